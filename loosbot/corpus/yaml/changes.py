"""Changes to one YAML document, as plain data: what they are and what they make of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.pairing import pairs
from loosbot.errors import LoosbotError
from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Put:
    """The value at ``path`` becomes this one; missing keys, and missing mappings above, are added.

    A key that is there without a value counts as missing. Items of a list are never added.
    """

    path: KeyPath
    value: Any


@dataclass(frozen=True, slots=True)
class Insert:
    """A new list item: ``path`` ends with its index, and the items from there move down.

    The index may be the length of the list. A list that is missing is made.
    """

    path: KeyPath
    value: Any


@dataclass(frozen=True, slots=True)
class Remove:
    """A key goes with its value, or an item leaves its list."""

    path: KeyPath


Change = Put | Insert | Remove


class Unpatchable(LoosbotError, ValueError):
    """The change cannot be made in this file as it is written; ``str()`` is a French sentence.

    ``line`` is where, from 1; None when it is the change itself that does not fit the values.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"Ligne {line} : {message}" if line else message)
        self.line = line


def apply(data: Any, changes: Sequence[Change]) -> Any:
    """The values after the changes, one after the other. ``data`` itself is left as it is.

    Raises Unpatchable where a path leads nowhere.
    """
    for change in changes:
        data = _changed(data, change, change.path)
    return data


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same types throughout: 1, 1.0 and True are three values."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def value_at(data: Any, path: KeyPath) -> Any:
    """The value at a path that the data has."""
    for part in path:
        data = data[part]
    return data


def steps(data: Any, change: Change) -> list[Change]:
    """The change, split into the smallest steps with the same effect.

    A mapping put in place of a mapping, or a list in place of a list, only touches what differs.
    Each step is a Put on a value that is there, or of a key whose mapping is there; an Insert
    into a list that is there; or a Remove.
    """
    _changed(data, change, change.path)  # raises where the path leads nowhere
    if isinstance(change, Remove):
        return [change]
    path, value = change.path, change.value
    for length in range(len(path)):
        present = value_at(data, path[:length])
        missing = present is None or (
            length < len(path) - 1 and isinstance(present, dict) and path[length] not in present
        )
        if missing:
            top = path[: length + (present is not None)]
            return [Put(top, _wrapped(path[len(top) :], value))]
    if isinstance(change, Insert):
        return [change]
    above = value_at(data, path[:-1]) if path else None
    if isinstance(above, dict) and path[-1] not in above:
        return [change]
    return list(_differences(value_at(data, path), value, path))


def _wrapped(path: KeyPath, value: Any) -> Any:
    for part in reversed(path):
        value = {part: value} if isinstance(part, str) else [value]
    return value


def _differences(old: Any, new: Any, path: KeyPath) -> list[Change]:
    if same(old, new):
        return []
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        changes: list[Change] = []
        for key, value in new.items():
            if key in old:
                changes += _differences(old[key], value, (*path, key))
            else:
                changes.append(Put((*path, key), value))
        return changes + [Remove((*path, key)) for key in old if key not in new]
    if isinstance(old, list) and isinstance(new, list) and old and new:
        return _list_differences(old, new, path)
    return [Put(path, new)]


def _list_differences(old: list[Any], new: list[Any], path: KeyPath) -> list[Change]:
    """From the last to the first, so that the indexes stay true."""
    changes: list[Change] = []
    for start, end, new_start, new_end in reversed(list(_blocks(old, new))):
        shared = min(end - start, new_end - new_start)
        for offset in range(new_end - new_start - 1, shared - 1, -1):
            changes.append(Insert((*path, end), new[new_start + offset]))
        for index in range(end - 1, start + shared - 1, -1):
            changes.append(Remove((*path, index)))
        for offset in range(shared):
            where = (*path, start + offset)
            changes += _differences(old[start + offset], new[new_start + offset], where)
    return changes


def _blocks(old: list[Any], new: list[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Where two lists differ: from and to in the one, from and to in the other.

    An item of which some words changed is a block of its own, so that it keeps its lines, and the
    comments on them, where others come or go beside it.
    """
    # repr tells 1 from True, and can be compared whatever the values are
    matcher = SequenceMatcher(
        None, [repr(item) for item in old], [repr(item) for item in new], False
    )
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        at, new_at = start, new_start
        texts, new_texts = map(_texts, old[start:end]), map(_texts, new[new_start:new_end])
        for n, m in pairs(list(texts), list(new_texts)):
            yield at, start + n, new_at, new_start + m
            yield start + n, start + n + 1, new_start + m, new_start + m + 1
            at, new_at = start + n + 1, new_start + m + 1
        yield at, end, new_at, new_end


def _texts(item: Any) -> str:
    """What an item says, without the names of its keys."""
    if isinstance(item, (dict, list)):
        return " ".join(map(_texts, item.values() if isinstance(item, dict) else item))
    return str(item)


def _changed(data: Any, change: Change, path: KeyPath) -> Any:
    if not path:
        if isinstance(change, Put):
            return change.value
        raise Unpatchable("On ne peut pas retirer la fiche entière.")
    part, rest = path[0], path[1:]
    if isinstance(part, str):
        return _in_mapping(data, change, part, rest)
    return _in_list(data, change, part, rest)


def _in_mapping(data: Any, change: Change, key: str, rest: KeyPath) -> dict[str, Any]:
    if data is None and not isinstance(change, Remove):
        data = {}
    if not isinstance(data, Mapping):
        raise Unpatchable(f"Il n’y a pas de clés là où l’on cherche « {key} ».")
    if isinstance(change, Insert) and not rest:
        raise Unpatchable(f"« {key} » est une clé et non le rang d’un élément de liste.")
    if isinstance(change, Remove) and key not in data:
        raise Unpatchable(f"La clé « {key} » n’existe pas.")
    if isinstance(change, Remove) and not rest:
        return {name: value for name, value in data.items() if name != key}
    return {**data, key: _changed(data.get(key), change, rest)}


def _in_list(data: Any, change: Change, index: int, rest: KeyPath) -> list[Any]:
    inserting = isinstance(change, Insert) and not rest
    if data is None and inserting:
        data = []
    if not isinstance(data, list) or not 0 <= index < len(data) + inserting:
        raise Unpatchable(f"La liste n’a pas d’élément n° {index + 1}.")
    if isinstance(change, Insert) and not rest:
        return [*data[:index], change.value, *data[index:]]
    if isinstance(change, Remove) and not rest:
        return [*data[:index], *data[index + 1 :]]
    return [*data[:index], _changed(data[index], change, rest), *data[index + 1 :]]
