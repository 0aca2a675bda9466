"""Small groups: no combination of what is told of persons may single out fewer than k of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loosbot.dump.model import THRESHOLD, WITHHELD, Grouping

Row = tuple[str, ...]


def generalised(
    table: str, columns: Sequence[str], rows: Sequence[Row], k: int = THRESHOLD
) -> tuple[list[Row], Grouping]:
    """The same rows, with cells left out from the last column on until each group has k rows.

    ``rows`` hold the values of ``columns`` only, the most useful first. A row whose every cell is
    left out says nothing, so its group needs no size.
    """
    shown = list(rows)
    for rank in reversed(range(len(columns))):
        sizes = Counter(shown)
        shown = [
            row
            if sizes[row] >= k or row[rank] is WITHHELD
            else (*row[:rank], WITHHELD, *row[rank + 1 :])
            for row in shown
        ]
    shown = _mended(shown, k)
    sizes = Counter(row for row in shown if not _empty(row))
    hidden = {
        column: sum(
            new[rank] is WITHHELD and old[rank] is not WITHHELD
            for old, new in zip(rows, shown, strict=True)
        )
        for rank, column in enumerate(columns)
    }
    smallest = min(sizes.values(), default=0)
    return shown, Grouping(table, tuple(columns), k, len(rows), smallest, hidden)


def _mended(rows: list[Row], k: int) -> list[Row]:
    """What is still alone after every column was tried says nothing at all."""
    sizes = Counter(rows)
    return [row if sizes[row] >= k or _empty(row) else tuple(WITHHELD for _ in row) for row in rows]


def _empty(row: Row) -> bool:
    return all(value is WITHHELD for value in row)
