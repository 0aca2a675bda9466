"""Which item of a list of today is the one that a sheet was made from."""

from __future__ import annotations

from typing import Any

from loosbot.diff.words import identity


def same_item(then: list[Any], today: list[Any], index: int) -> int | None:
    """Where an item of a list is today: as it was, else the one that bears its name, once."""
    if not 0 <= index < len(then):
        return None
    if len(then) == len(today) and all(
        identity(one) == identity(other) or one == other
        for one, other in zip(then, today, strict=True)
    ):
        return index
    for alike in (_equal, _named):
        places = [rank for rank, one in enumerate(today) if alike(one, then[index])]
        if len(places) == 1 and sum(alike(one, then[index]) for one in then) == 1:
            return places[0]
    return None


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _named(one: Any, other: Any) -> bool:
    return identity(one) is not None and identity(one) == identity(other)
