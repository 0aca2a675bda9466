"""The same rows in SQLite and Parquet, opened by the tools that people have."""

from __future__ import annotations

import asyncio
import csv
import json
import shutil
import sqlite3
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from datasette.app import Datasette

from loosbot.dump.filtered import Edition
from loosbot.dump.formats import spreadsheet
from loosbot.dump.tables.fields import number_of
from loosbot.dump.tables.normative import tables
from loosbot.errors import UserError


def connected(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{folder}/data.sqlite?mode=ro", uri=True)


@pytest.mark.parametrize("dump", ["public_dump", "research_dump"])
def test_sqlite_holds_the_rows_of_the_csv_files(dump: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(dump)
    with connected(folder) as database:
        cursor = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        names = sorted(name for (name,) in cursor)
        assert names == sorted(path.stem for path in folder.glob("data/*.csv"))
        for name in names:
            with (folder / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            cursor = database.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own tables
            assert [column[0] for column in cursor.description] == header
            stored = [["" if cell is None else _text(cell) for cell in row] for row in cursor]
            assert sorted(stored) == sorted(rows), name


def _text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def test_a_full_temporary_folder_is_named(
    research: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    # what a folder on a full disk gives
    full = partial(Path("/dev/full").open, "w+b")
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    [(_, data)] = spreadsheet.files(research, tables(research))

    with pytest.raises(UserError, match=f"« {tempfile.gettempdir()}/donnees.ods »") as caught:
        list(data)
    assert caught.value.hint.endswith("ou donnez à TMPDIR un dossier d’un autre disque.")


def test_sqlite_is_sound_and_keeps_no_freed_page(public_dump: Path) -> None:
    with connected(public_dump) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_datasette_serves_the_tables_with_their_metadata(public_dump: Path, tmp_path: Path) -> None:
    # Datasette opens the file beside which it may write
    path = shutil.copy(public_dump / "data.sqlite", tmp_path)
    metadata = json.loads((public_dump / "metadata.json").read_text("utf-8"))

    async def ask() -> tuple[Any, str]:
        served = Datasette([str(path)], metadata=metadata)
        rows = await served.client.get("/data/passages.json?_shape=array")
        page = await served.client.get("/data/passages")
        return rows.json(), page.text

    rows, page = asyncio.run(ask())
    assert len(rows) == 4
    assert sum(bool(row["texte"]) for row in rows) == 1
    assert "Ce que dit chaque voix" in page and "Partage dans les mêmes conditions" in page


def test_parquet_holds_the_same_cells(research: Edition, research_dump: Path) -> None:
    for table in tables(research):
        path = research_dump / f"parquet/{table.name}/commune=62999/part.parquet"
        relation = duckdb.read_parquet(str(path), hive_partitioning=False)
        assert relation.columns == ["insee", *(column.name for column in table.columns)]
        kinds = {"integer": "BIGINT", "number": "DOUBLE"}
        assert [str(type_) for type_ in relation.types[1:]] == [
            kinds.get(column.type, "VARCHAR") for column in table.columns
        ]
        packed = pyarrow.parquet.ParquetFile(path).metadata.row_group(0).column(0).compression
        assert packed == "SNAPPY"  # hyparquet 1.31.5 takes no zstd
        coded = [("62999", *row) for row in table.rows]
        assert sorted(relation.fetchall(), key=repr) == sorted(coded, key=repr)


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (9007199254740991, 9007199254740991),
        (9007199254740993, None),
        ("9 007 199 254 740 993", None),
        (-9007199254740993, None),
        ("-12,5", -12.5),
        (True, None),
    ],
)
def test_a_number_is_the_same_in_every_copy_or_in_none(given: object, number: object) -> None:
    """A double, which two of them hold, would make 9007199254740992 of the second."""
    assert number_of(given) == number
