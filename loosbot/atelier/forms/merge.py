"""Two people on one record: field by field, and both shown where they differ. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.yaml.changes import same
from loosbot.fields.dictionary import Field

MINE, THEIRS = "mien", "autre"
_ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that two people changed in two ways. ``mine`` is None where it was cleared.

    ``key`` names this very disagreement: a choice made about another one does not count.
    """

    path: KeyPath
    mine: Any
    theirs: Any
    key: str


@dataclass(frozen=True, slots=True)
class MergedData:
    """The record of both; ``clashes`` are left to be settled, and mine stands there so far."""

    data: dict[str, Any]
    clashes: list[FieldConflict]


def merge(
    fields: Sequence[Field],
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[str, str],
) -> MergedData:
    """What I changed of ``base``, on top of what somebody else made of it.

    ``choices`` settle clashes, by their key: ``MINE`` or ``THEIRS``.
    """
    merging = _Merging(choices)
    return MergedData(merging.group(fields, (base, mine, theirs), ()), merging.clashes)


class _Merging:
    """``sides`` are three values of one place: before, mine and theirs."""

    def __init__(self, choices: Mapping[str, str]) -> None:
        self._choices = choices
        self.clashes: list[FieldConflict] = []

    def group(
        self, fields: Sequence[Field], sides: tuple[Mapping[str, Any], ...], path: KeyPath
    ) -> dict[str, Any]:
        """The group of both people, its keys in the order of theirs, then of mine; what clashes
        is noted."""
        known = {field.key: field for field in fields}
        _, mine, theirs = sides
        merged: dict[str, Any] = {}
        for key in dict.fromkeys([*theirs, *mine]):
            inner = tuple(side.get(key, _ABSENT) for side in sides)
            value = self._value(known.get(key), inner, (*path, key))
            if value is not _ABSENT:
                merged[key] = value
        return merged

    def _value(self, field: Field | None, sides: tuple[Any, ...], path: KeyPath) -> Any:
        base, mine, theirs = sides
        if _same(mine, base) or _same(mine, theirs):
            return theirs
        if _same(theirs, base):
            return mine
        if field is not None and field.fields:
            if all(isinstance(side, dict) for side in sides):
                return self.group(field.fields, sides, path)
            lists = [side for side in sides if isinstance(side, list)]
            # items of lists of different lengths cannot be matched
            if len(lists) == len(sides) and len({len(side) for side in lists}) == 1:
                return [
                    self._item(field, items, (*path, index))
                    for index, items in enumerate(zip(*sides, strict=True))
                ]
        if isinstance(theirs, list) and isinstance(mine, list):
            added = _both_added(base, mine, theirs)
            if added is not None:
                return added
        clash = _clash(mine, theirs, path)
        choice = self._choices.get(clash.key)
        if choice is None:
            self.clashes.append(clash)
        return theirs if choice == THEIRS else mine

    def _item(self, field: Field, sides: tuple[Any, ...], path: KeyPath) -> Any:
        base, mine, theirs = sides
        if all(isinstance(side, dict) for side in sides) and not (
            _same(mine, base) or _same(theirs, base)
        ):
            return self.group(field.fields, sides, path)
        return self._value(None, sides, path)


def _both_added(base: Any, mine: list[Any], theirs: list[Any]) -> list[Any] | None:
    """Both sides, where each only added at the end of what was there."""
    old = base if isinstance(base, list) else []
    count = len(old)
    if not (_same(mine[:count], old) and _same(theirs[:count], old)):
        return None
    new = [item for item in mine[count:] if not any(_same(item, other) for other in theirs)]
    return [*theirs, *new]


def _clash(mine: Any, theirs: Any, path: KeyPath) -> FieldConflict:
    text = repr((path, None if mine is _ABSENT else mine, None if theirs is _ABSENT else theirs))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return FieldConflict(
        path, None if mine is _ABSENT else mine, None if theirs is _ABSENT else theirs, digest
    )


def _same(first: Any, other: Any) -> bool:
    if first is _ABSENT or other is _ABSENT:
        return first is other
    return same(first, other)
