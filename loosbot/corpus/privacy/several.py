"""Many texts looked through at once, as long as there is nothing in any of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from loosbot.corpus.model import Record
from loosbot.frozen import dataclass

_Some = TypeVar("_Some")
_MANY = 16
"""Texts that are looked through together, at most."""


@dataclass(frozen=True, slots=True)
class Spared:
    """The ``records`` of a corpus in which nothing was found, by id, and all that was
    ``looked_for``."""

    looked_for: tuple[Any, ...]
    records: Mapping[str, Record]


def all_at_once(
    several: Sequence[_Some], harmless: Callable[[Sequence[_Some]], bool]
) -> Iterator[_Some]:
    """Those that are harmless; ``harmless`` says it of many, where it is true of each.

    Many are asked about at once, as long as there is nothing in any of them.
    """
    start, many = 0, 1
    while start < len(several):
        some = several[start : start + many]
        if harmless(some):
            yield from some
            many = min(many * 2, _MANY)
        elif many > 1:
            # each by itself, until one in a row is harmless again
            many = 1
            continue
        start += len(some)
