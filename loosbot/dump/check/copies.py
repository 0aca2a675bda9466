"""The cells of the copies of a table (database, Parquet, workbook) against its CSV file.

Sums tell what was changed since they were written, and nothing of a folder whose sums somebody
wrote again: there, one copy that says another thing than the others tells it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from loosbot.dump.check.bounds import TooMuch
from loosbot.dump.check.received import Received, Unreadable
from loosbot.dump.check.tables import groups
from loosbot.dump.formats.csvfiles import shown
from loosbot.harmless import beginning

_MOST = 3
"""Rows of a copy that are named; where more differ, it was made from other records."""
_SHOWN = 60
_OFTEN = 1_000
_NUMBERS = ("integer", "number")
_TEXTS = ("string", "large_string", "string_view")
_TOWN = "insee"
_PACKED = ("SNAPPY", "UNCOMPRESSED")
"""How much these unfold to is bounded by their size."""
_SPARE = 1 << 20
"""Bytes that tell of a Parquet file's columns, however few rows it has."""

Rows = Mapping[tuple[str, ...], int]


class Copies:
    """What the CSV files of a dump say, each row by its key, to be compared with."""

    def __init__(self, dump: Received) -> None:
        self._dump = dump
        self._rows: dict[str, Rows] = {}

    def columns(self, table: str) -> list[str]:
        """The names that the descriptor gives to the columns of a table."""
        fields = groups(self._dump.tables[table]["schema"].get("fields"))
        return [str(field.get("name")) for field in fields]

    def faults(self, table: str, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
        """Which rows of a copy are not those of the CSV; cells may be texts, numbers or None.

        Nothing for a CSV that cannot be read: its own check has said so. Raises TooMuch.
        """
        try:
            known, described = self._known(table), self._dump.tables[table]
        except (Unreadable, TooMuch, OSError):
            return
        numbers, key = _shape(described, self.columns(table))
        other: list[str] = []
        for count, cells in enumerate(rows):
            if not count % _OFTEN:
                self._dump.budget.look()
            texts = [cell if isinstance(cell, str) else shown(cell) for cell in cells]
            row = _plain(texts, numbers)
            name = tuple(row[rank] for rank in key)
            if known.get(name) != hash(row):
                other.append(" ".join(name))
                if len(other) == _MOST:
                    break
        for text in other:
            yield f"{table}, « {beginning(text, _SHOWN)} » : pas ce que dit le CSV"

    def _known(self, table: str) -> Rows:
        if table not in self._rows:
            numbers, key = _shape(self._dump.tables[table], self.columns(table))
            lines = self._dump.lines(table)
            next(lines, None)
            rows = (_plain(line, numbers) for line in lines)
            self._rows[table] = {tuple(row[rank] for rank in key): hash(row) for row in rows}
        return self._rows[table]


def _shape(described: Mapping[str, Any], columns: Sequence[str]) -> tuple[list[int], list[int]]:
    """The ranks of the columns of numbers, and of those of the key."""
    schema = described["schema"]
    kinds = [str(field.get("type")) for field in groups(schema.get("fields"))]
    given = schema.get("primaryKey")
    names = [given] if isinstance(given, str) else given
    key = [columns.index(name) for name in names] if _fits(names, columns) else []
    return [rank for rank, kind in enumerate(kinds) if kind in _NUMBERS], key or [
        *range(len(columns))
    ]


def _fits(names: Any, columns: Sequence[str]) -> bool:
    return isinstance(names, list) and all(name in columns for name in names)


def _plain(cells: Sequence[str], numbers: Sequence[int]) -> tuple[str, ...]:
    """The cells of a row; « 1250.50 » is 1250.5. Raises Unreadable for a row that is too short."""
    if not numbers:
        return tuple(cells)
    row = list(cells)
    try:
        for rank in numbers:
            if row[rank]:
                row[rank] = shown(float(row[rank]))
    except IndexError as error:
        raise Unreadable("une ligne n’a pas toutes ses cases") from error
    except ValueError:
        # no number: its own check says so
        pass
    return tuple(row)


def database_rows(base: Connection, name: str, columns: Sequence[str]) -> Generator[Sequence[Any]]:
    """The rows of a table; its ``name`` was looked at before. Raises Unreadable, DatabaseError."""
    found = base.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - letters only
    if [column[0] for column in found.description] != list(columns):
        raise Unreadable(f"{name} n’a pas les colonnes du CSV")
    yield from found


def parquet_rows(
    file: Any, path: str, columns: Sequence[str], most: int
) -> Generator[Sequence[Any]]:
    """The rows of a Parquet file, without the code of their town, which the path must say too.

    ``most`` bounds its bytes, and each of its texts. Raises Unreadable, TooMuch, ArrowException.
    """
    # heavy, and only needed here
    from pyarrow.compute import binary_length
    from pyarrow.compute import max as largest
    from pyarrow.parquet import ParquetFile

    metadata = ParquetFile(file).metadata
    if list(metadata.schema.names) != [_TOWN, *columns]:
        raise Unreadable("n’a pas les colonnes du CSV")
    packed = {
        metadata.row_group(group).column(rank).compression
        for group in range(metadata.num_row_groups)
        for rank in range(metadata.num_columns)
    }
    if not packed <= {*_PACKED}:
        raise Unreadable("comprimé autrement qu’à l’écriture, ses cases ne sont pas relues")
    file.seek(0, 2)
    if file.tell() > 2 * most + _SPARE:
        raise TooMuch("pas relu, bien plus long que le CSV")
    arrow = ParquetFile(file).schema_arrow
    texts = [field.name for field in arrow if str(field.type) in _TEXTS]
    if any(str(field.type) not in (*_TEXTS, "int64", "double", "null") for field in arrow):
        raise Unreadable("n’a pas les types du CSV")
    town = path.split("/")[2].partition("=")[2]
    # as dictionaries: a long text that stands in many rows is there once
    for batch in ParquetFile(file, read_dictionary=texts).iter_batches(batch_size=_OFTEN):
        for column in batch.columns:
            words = getattr(column, "dictionary", None)
            if words is not None and (largest(binary_length(words)).as_py() or 0) > most:
                raise TooMuch("pas relu, un texte est plus long que tout le CSV")
        code, *cells = (column.to_pylist() for column in batch.columns)
        if {*code} - {town, None}:
            raise Unreadable(f"le code de la commune n’y est pas celui du dossier, « {town} »")
        yield from zip(*cells, strict=True)
