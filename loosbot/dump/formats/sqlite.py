"""``data.sqlite``: the same tables in one file, and what Datasette shows of them.

A fresh database that only ever had rows added: no page was freed, so none keeps an erased text.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from loosbot.corpus import french
from loosbot.dump.filtered import Edition
from loosbot.dump.licences import LICENCES, covering
from loosbot.dump.tables.columns import is_empty
from loosbot.dump.tables.fields import Column
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import Data, json_bytes
from loosbot.errors import UserError

NAME, METADATA = "data.sqlite", "metadata.json"
_TYPES = {"integer": "INTEGER", "number": "REAL"}
_PART = 1 << 20
_WRITER = slice(96, 100)
"""Bytes of the header that name the SQLite version which wrote last; nothing reads them
(https://www.sqlite.org/fileformat.html#the_database_header)."""


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, Data]]:
    """The database, then its metadata for ``datasette data.sqlite -m metadata.json``."""
    yield NAME, database(tables)
    yield METADATA, json_bytes(_metadata(edition, tables))


def database(tables: Sequence[Table]) -> Iterator[bytes]:
    """The database's bytes in parts, the same whichever SQLite wrote them. Raises UserError."""
    # on disk: in memory it would be there twice
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        try:
            _write(path, tables)
        except sqlite3.OperationalError as error:
            raise UserError(
                f"{NAME} ne peut pas être écrit dans le dossier temporaire {folder} ({error}).",
                "Faites-y de la place, ou donnez à TMPDIR un dossier d’un autre disque.",
            ) from error
        with path.open("r+b") as file:
            file.seek(_WRITER.start)
            file.write(bytes(_WRITER.stop - _WRITER.start))
            file.seek(0)
            while part := file.read(_PART):
                yield part


def _write(path: Path, tables: Sequence[Table]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA encoding = 'UTF-8'")
        connection.execute("PRAGMA journal_mode = OFF")
        with connection:
            for table in tables:
                _fill(connection, table)


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    connection.execute(_create(table))
    # most columns of a wide table hold nothing: to say so of each cell takes longer than the rest
    filled = [
        (_quoted(column.name), cells)
        for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=False)
        if not is_empty(cells)
    ]
    if filled:
        names, columns = zip(*filled, strict=True)
        marks = ", ".join("?" * len(filled))
        place = f"{_quoted(table.name)} ({', '.join(names)})"
        insert = f"INSERT INTO {place} VALUES ({marks})"  # noqa: S608 - our own names
        connection.executemany(insert, zip(*columns, strict=True))
    for reference in table.references:
        connection.execute(
            f'CREATE INDEX "{table.name}_{reference.column}" '
            f'ON "{table.name}" ("{reference.column}")'
        )


def _create(table: Table) -> str:
    columns = ",\n  ".join(
        (
            *map(_column, table.columns),
            f"PRIMARY KEY ({', '.join(map(_quoted, table.key))})",
            *(
                f'FOREIGN KEY ("{reference.column}") '
                f'REFERENCES "{reference.table}" ("{reference.target}")'
                for reference in table.references
            ),
        )
    )
    # without a hidden rowid the rows are stored in the order of their key, whoever wrote them
    return f"CREATE TABLE {_quoted(table.name)} (\n  {columns}\n) WITHOUT ROWID"


def _column(column: Column) -> str:
    required = " NOT NULL" if column.required else ""
    return f"{_quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}{required}"


def _quoted(name: str) -> str:
    return f'"{name}"'


def _metadata(edition: Edition, tables: Sequence[Table]) -> dict[str, object]:
    """https://docs.datasette.io/en/stable/metadata.html"""
    licence = covering(edition)
    # where no voice speaks, no table holds any of their words
    of = {table.name: LICENCES[table.licence] for table in tables}
    town = edition.snapshot.commune
    return {
        "title": edition.title,
        "description": "Données pseudonymisées, pas anonymes : voir README.md.",
        "license": licence.title,
        "license_url": licence.path,
        "source": f"Commune {french.of(town)}",
        "databases": {
            "data": {
                "tables": {
                    table.name: {
                        "title": table.title,
                        "description": table.description,
                        "license": of[table.name].title,
                        "license_url": of[table.name].path,
                        "columns": {column.name: column.description for column in table.columns},
                    }
                    for table in tables
                }
            }
        },
    }
