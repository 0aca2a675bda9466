"""A document with the type and the keys that its author meant, so that a wrong one hides no other
fault. Pure."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from loosbot.corpus.check.validate import TYPE_KEYS
from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import Fault, nearest
from loosbot.corpus.yaml.changes import value_at


def type_of(data: Any, known: tuple[str, ...], folder: str) -> str:
    """The type that a document with a fault of :func:`.validate.type_fault` is meant to have,
    which its folder tells where nothing else does; "" where nobody can know."""
    if not isinstance(data, dict):
        return ""
    given = next((data[key] for key in ("type", *TYPE_KEYS) if key in data), "")
    near = nearest(given, known) if isinstance(given, str) and given else None
    return near or (folder if folder in known else "")


def with_keys(data: Any, told: list[Fault]) -> tuple[Any, dict[KeyPath, KeyPath]]:
    """The document with each key that was meant in the place of an unknown one, and where the
    values of these keys stand in ``data``."""
    meant: dict[KeyPath, str] = {}
    taken: set[KeyPath] = set()
    for fault in told:
        group, name = fault.path[:-1], fault.meant
        if name and name not in value_at(data, group) and (*group, name) not in taken:
            taken.add((*group, name))
            meant[fault.path] = name
    if not meant:
        return data, {}
    data = deepcopy(data)
    for path, name in sorted(meant.items(), key=lambda renamed: -len(renamed[0])):
        group = value_at(data, path[:-1])
        pairs = [(name if key == path[-1] else key, value) for key, value in group.items()]
        group.clear()
        group.update(pairs)
    typed: dict[KeyPath, KeyPath] = {
        tuple(meant.get(path[: rank + 1], key) for rank, key in enumerate(path)): path
        for path in meant
    }
    return data, typed
