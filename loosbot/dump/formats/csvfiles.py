"""``data/*.csv``: the normative copy of every table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from loosbot.dump.filtered import Edition
from loosbot.dump.tables.fields import Cell
from loosbot.dump.tables.table import Table

_QUOTE, _DOUBLED = '"', '""'


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One file a table: UTF-8 without byte order mark, comma, LF, texts in quotes, days not."""
    for table in tables:
        bare = [rank for rank, column in enumerate(table.columns) if column.type == "date"]
        header = [column.name for column in table.columns]
        yield table.path, encoded(header, table.rows, bare=frozenset(bare))


def encoded(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    mark: str = "",
    bare: Set[int] = frozenset(),
) -> bytes:
    """A table as CSV bytes; ``mark`` is for the one reader that wants a byte order mark.

    Every text is in quotes but those of the columns ``bare``: a spreadsheet that is asked to keep
    as text what is quoted makes no number of « 01001 » and no formula of « =1+1 ».
    """
    head = f"{mark}{','.join(header)}\n"
    return "".join((head, *(line(row, bare) for row in rows))).encode("utf-8")


def line(row: Sequence[Cell], bare: Set[int] = frozenset()) -> str:
    """One row, with its line feed."""
    # nothing stays nothing: what is quoted and empty is a text to some readers
    cells = [
        ""
        if cell is None or cell == ""
        else shown(cell)
        if not isinstance(cell, str)
        else cell
        if rank in bare
        else f'"{cell}"'
        if _QUOTE not in cell
        else f'"{cell.replace(_QUOTE, _DOUBLED)}"'
        for rank, cell in enumerate(row)
    ]
    return f"{','.join(cells)}\n"


def shown(cell: Cell) -> str:
    """A cell as text; a whole number written as a float has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
