"""``data/*.csv``: the normative copy of every table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from loosbot.dump.model import Edition
from loosbot.dump.tables.fields import Cell
from loosbot.dump.tables.table import Table


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One file a table: UTF-8 without byte order mark, comma, LF, quotes only where needed."""
    for table in tables:
        yield table.path, encoded([one.name for one in table.columns], table.rows)


def encoded(header: Sequence[str], rows: Iterable[Sequence[Cell]], mark: str = "") -> bytes:
    """A table as CSV bytes; ``mark`` is for the one reader that wants a byte order mark."""
    data = io.BytesIO()
    text = io.TextIOWrapper(data, encoding="utf-8", newline="", write_through=False)
    text.write(mark)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([shown(cell) for cell in row] for row in rows)
    text.flush()
    return data.getvalue()


def shown(cell: Cell) -> str:
    """A cell as text; a whole number written as a float has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
