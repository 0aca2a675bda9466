"""``parquet/projets/commune=01999/part.parquet``: one folder a table, where many towns can lie side
by side.

Columns and types are the same for every town. The code of the town is also inside, as text: what
readers make of a folder's name depends on the other folders (``01001`` becomes 1001 where all
look like numbers), and they refuse a column of the same name with another type.
The bytes depend on the version of the writer, the rows do not.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from loosbot.dump.filtered import Edition
from loosbot.dump.tables.columns import texts_of
from loosbot.dump.tables.fields import Cell, Column
from loosbot.dump.tables.table import Table, column

FOLDER = "parquet/"
_TOWN = column("insee", "Code de la commune", "Code INSEE de la commune : cinq signes, du texte.")
_PORTION = 2048
"""Rows of a row group."""
_CODES = {"integer": "q", "number": "d"}
"""How the ``array`` module calls 64-bit integers and floats."""


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One Parquet file a table: strings, 64-bit integers and floats, no index."""
    # heavy, and only needed here
    import pyarrow

    # the default pool keeps what it was given once
    arrow_pool = pyarrow.system_memory_pool()
    pyarrow.set_memory_pool(arrow_pool)
    # by its corpus where it has no code: two such towns may lie side by side
    commune = edition.snapshot.insee or edition.snapshot.corpus
    for table in tables:
        data = _encoded(table, edition.snapshot.insee or None, pyarrow)
        yield f"{FOLDER}{table.name}/commune={commune}/part.parquet", data
        arrow_pool.release_unused()


def table_of(path: str) -> str:
    """The table that a file of ours holds."""
    return path.removeprefix(FOLDER).partition("/")[0]


def _encoded(table: Table, code: str | None, arrow: Any) -> bytes:
    """The table with the code of its town in front."""
    from pyarrow import parquet

    columns = (_TOWN, *table.columns)
    types = {"integer": arrow.int64(), "number": arrow.float64()}
    schema = arrow.schema(
        [
            arrow.field(
                column.name,
                types.get(column.type, arrow.string()),
                metadata={"description": column.description},
            )
            for column in columns
        ],
        metadata={"title": table.title, "description": table.description},
    )
    sink = arrow.BufferOutputStream()
    # not zstd: hyparquet 1.31.5, which reads Parquet in browsers, takes no other packing than this
    with parquet.ParquetWriter(sink, schema, compression="snappy") as writer:
        # in portions, since Arrow's copy of a table is as large as the table
        for start in range(0, max(len(table.rows), 1), _PORTION):
            rows = table.rows[start : start + _PORTION]
            by_column = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
            arrays = [
                _array(cells, column, schema.field(rank).type, arrow)
                for rank, (column, cells) in enumerate(
                    zip(columns, ([code] * len(rows), *by_column), strict=True)
                )
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
    return bytes(sink.getvalue())


def _array(cells: Sequence[Cell], column: Column, type_: Any, arrow: Any) -> Any:
    """The cells of a column as an Arrow array.

    From its buffers (https://arrow.apache.org/docs/format/Columnar.html), since ``pyarrow.array``
    imports pandas wherever there is one: fifty megabytes for nothing.
    """
    missing = cells.count(None)
    if missing == len(cells):
        return arrow.nulls(len(cells), type_)
    present = None
    if missing:
        # one bit a cell, the first in the lowest
        bits = "".join(["0" if cell is None else "1" for cell in reversed(cells)])
        present = int(f"0{bits}", 2).to_bytes((len(cells) + 7) // 8, "little")
    if code := _CODES.get(column.type):
        number = int if code == "q" else float
        data: list[Any] = [array(code, (number(cell or 0) for cell in cells))]
    else:
        words = texts_of(cells, str)
        if words is None:
            words = [b"" if cell is None else str(cell).encode("utf-8") for cell in cells]
        data = [array("i", accumulate(map(len, words), initial=0)), b"".join(words)]
    buffers = [present and arrow.py_buffer(present), *map(arrow.py_buffer, data)]
    return arrow.Array.from_buffers(type_, len(cells), buffers)
