"""Small groups: no combination of what is told of persons may single out fewer than k of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loosbot.dump.model import THRESHOLD, WITHHELD, Grouping

Row = tuple[str, ...]


def generalised(
    table: str, columns: Sequence[str], rows: Sequence[Row], fixed: int = 0, k: int = THRESHOLD
) -> tuple[list[Row], Grouping]:
    """The same rows, with cells left out from the last column on until each group has k rows.

    ``rows`` hold the values of ``columns`` only. The first ``fixed`` ones are told by another
    table as well: they count in every group, and leaving them out would hide nothing. A row that
    tells nothing beside them needs no group.
    """
    shown = list(rows)
    for rank in reversed(range(fixed, len(columns))):
        sizes = Counter(shown)
        shown = [
            row if sizes[row] >= k else (*row[:rank], WITHHELD, *row[rank + 1 :]) for row in shown
        ]
    # what is still alone after every column was tried says nothing at all
    sizes = Counter(shown)
    nothing = (WITHHELD,) * (len(columns) - fixed)
    shown = [row if sizes[row] >= k else (*row[:fixed], *nothing) for row in shown]
    told = Counter(row for row in shown if any(one is not WITHHELD for one in row[fixed:]))
    hidden = {
        column: sum(
            new[rank] is WITHHELD and old[rank] is not WITHHELD
            for old, new in zip(rows, shown, strict=True)
        )
        for rank, column in enumerate(columns)
    }
    smallest = min(told.values(), default=0)
    return shown, Grouping(table, tuple(columns), k, len(rows), smallest, hidden)
