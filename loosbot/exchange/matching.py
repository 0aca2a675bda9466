"""Matching an item of an exported list with one of today's list."""

from __future__ import annotations

import operator
from typing import Any

from loosbot.diff.words import identity


def same_item(then: list[Any], today: list[Any], index: int) -> int | None:
    """The index in ``today`` of the item ``then[index]``: the equal one, else the only one of the
    same name; None where neither is certain."""
    if not 0 <= index < len(then):
        return None
    if len(then) == len(today) and all(
        identity(mine) == identity(other) or mine == other
        for mine, other in zip(then, today, strict=True)
    ):
        return index
    for alike in (operator.eq, _named):
        places = [rank for rank, item in enumerate(today) if alike(item, then[index])]
        if len(places) == 1 and sum(alike(item, then[index]) for item in then) == 1:
            return places[0]
    return None


def _named(mine: Any, other: Any) -> bool:
    return identity(mine) is not None and identity(mine) == identity(other)
