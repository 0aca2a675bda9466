"""``data/*.csv``: the normative copy of every table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import repeat

from loosbot.dump.filtered import Edition
from loosbot.dump.tables.columns import is_empty, numbers_of, portions, side_by_side, texts_of
from loosbot.dump.tables.fields import Cell, plain
from loosbot.dump.tables.table import Table


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
    head = f"{mark}{','.join(header)}\n".encode()
    written = (side_by_side(_parts(portion, bare)) for portion in portions(rows))
    return b"".join((head, *written))


def lines(rows: Sequence[Sequence[Cell]]) -> list[bytes]:
    """Rows as CSV, each with its line feed."""
    return list(map(b"".join, zip(*_parts(rows, frozenset()), strict=True))) if rows else []


def _parts(rows: Sequence[Sequence[Cell]], bare: Set[int]) -> list[Iterable[bytes]]:
    """The pieces that make the rows when joined across: each is what it is in every row."""
    parts: list[Iterable[bytes]] = []
    around = b""
    for rank, cells in enumerate(zip(*rows, strict=True)):
        around += b"," if rank else b""
        if is_empty(cells):
            continue
        texts = texts_of(cells, str if rank in bare else _doubled)
        quote = b"" if rank in bare or texts is None else b'"'
        if texts is None:
            texts = numbers_of(cells) or [_cell(cell, bare=rank in bare).encode() for cell in cells]
        elif quote and b"" in texts:
            texts, quote = [b'"%b"' % text if text else b"" for text in texts], b""
        parts += repeat(around + quote, len(rows)), texts
        around = quote
    return [*parts, repeat(around + b"\n", len(rows))]


def _cell(cell: Cell, *, bare: bool) -> str:
    # an empty cell is not quoted: some readers take "" for a text
    if cell is None or cell == "":
        return ""
    if not isinstance(cell, str):
        return shown(cell)
    return cell if bare else f'"{_doubled(cell)}"'


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def shown(cell: Cell) -> str:
    """A cell as text; a whole number written as a float has no point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else plain(cell)
    return str(cell)
