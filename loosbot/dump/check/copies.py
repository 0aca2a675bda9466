"""The cells of the copies of a table (database, Parquet, workbook) against its CSV file.

Sums tell what was changed since they were written, and nothing of a folder whose sums somebody
wrote again: there, one copy that says another thing than the others tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from sqlite3 import Connection
from typing import Any

from loosbot.dump.check.bounds import LimitReached
from loosbot.dump.check.received import ReceivedDump, Unreadable, groups
from loosbot.dump.check.tables import columns_of
from loosbot.dump.formats.csvfiles import shown
from loosbot.escaping import beginning

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

    def __init__(self, dump: ReceivedDump) -> None:
        self._dump = dump
        self._rows: dict[str, Rows] = {}

    def columns(self, table: str) -> list[str]:
        """Those of a table, in their order."""
        return columns_of(self._dump, table)

    def typed(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of the CSV as the copies have them: numbers as such, None for an empty cell.

        They end where the CSV cannot be read: its own check has said so.
        """
        try:
            numbers, _ = _shape(self._dump.tables[table], self.columns(table))
            lines = self._dump.lines(table)
            next(lines, None)
            for line in lines:
                row: list[Any] = [cell or None for cell in line]
                # what is no number is left as it is: its own check says so
                with suppress(IndexError, ValueError):
                    for rank in numbers:
                        if row[rank]:
                            row[rank] = float(row[rank])
                yield tuple(row)
        except (Unreadable, LimitReached, OSError):
            return

    def faults(self, table: str, rows: Callable[[], Generator[Sequence[Any]]]) -> Iterator[str]:
        """What :meth:`strays` tells, of as many rows as the CSV has; they are read again where not
        all of them are there as they are.
        """
        left = {*self.typed(table)}
        for row in rows():
            left.discard(tuple(row))
        if left:
            # a look that ends early must not outlive the database
            with closing(rows()) as all_rows:
                yield from self.strays(table, all_rows)

    def strays(self, table: str, rows: Iterable[Sequence[Any]]) -> Iterator[str]:
        """Which rows of a copy are not those of the CSV, or there twice; cells may be texts,
        numbers or None, and « 1250.50 » is 1250.5.

        Nothing for a CSV that cannot be read: its own check has said so. Raises LimitReached.
        """
        numbers, key = _shape(self._dump.tables[table], self.columns(table))
        other: list[str] = []
        seen: set[tuple[str, ...]] = set()
        for count, cells in enumerate(rows):
            if not count % _OFTEN:
                self._dump.budget.look()
                try:
                    known = self._known(table)
                except (Unreadable, LimitReached, OSError):
                    return
            texts = [cell if isinstance(cell, str) else shown(cell) for cell in cells]
            row = _plain(texts, numbers)
            name = tuple(row[rank] for rank in key)
            if known.get(name) != hash(row) or name in seen:
                other.append(" ".join(name))
                if len(other) == _MOST:
                    break
            seen.add(name)
        for text in other:
            yield f"{table}, « {beginning(text, _SHOWN)} » : pas ce que dit le CSV"

    def _known(self, table: str) -> Rows:
        """The rows of the CSV. Raises Unreadable, LimitReached, OSError."""
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
    primary_key = schema.get("primaryKey")
    names = [primary_key] if isinstance(primary_key, str) else primary_key
    key = [columns.index(name) for name in names] if _fits(names, columns) else []
    return [rank for rank, kind in enumerate(kinds) if kind in _NUMBERS], key or [
        *range(len(columns))
    ]


def _fits(names: Any, columns: Sequence[str]) -> bool:
    return isinstance(names, list) and all(name in columns for name in names)


def _plain(cells: Sequence[str], numbers: Sequence[int]) -> tuple[str, ...]:
    """The cells of a row, numbers in one form. Raises Unreadable for a row that is too short."""
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
    cursor = base.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - letters only
    if [column[0] for column in cursor.description] != list(columns):
        raise Unreadable(f"{name} n’a pas les colonnes du CSV")
    yield from cursor


def parquet_rows(
    file: Any, path: str, columns: Sequence[str], data: bytes
) -> Generator[Sequence[Any]]:
    """The rows of a Parquet file, without the code of their town, which the path must say too.

    None where they are, one by one, those of the CSV, which is ``data``: its length bounds the file
    and its texts. Raises Unreadable, LimitReached, ArrowException.
    """
    # heavy, and only needed here
    from pyarrow.parquet import ParquetFile

    most = len(data)
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
        raise LimitReached("pas relu, bien plus long que le CSV")
    arrow = ParquetFile(file).schema_arrow
    texts = [field.name for field in arrow if str(field.type) in _TEXTS]
    if any(str(field.type) not in (*_TEXTS, "int64", "double", "null") for field in arrow):
        raise Unreadable("n’a pas les types du CSV")
    town = path.split("/")[2].partition("=")[2]
    from_csv, place = _arrow(data, arrow.remove(0)), 0
    for part in _parts(file, texts, town, most):
        if from_csv is None or not part.equals(from_csv.slice(place, len(part))):
            break
        place += len(part)
    else:
        return
    for part in _parts(file, texts, town, most):
        yield from zip(*(column.to_pylist() for column in part.columns), strict=True)


def _parts(file: Any, texts: Sequence[str], town: str, most: int) -> Iterator[Any]:
    """The rows of a Parquet file without their town, as Arrow has them, some at a time.

    Raises Unreadable, LimitReached, ArrowException.
    """
    from pyarrow import Table
    from pyarrow.compute import binary_length
    from pyarrow.compute import sum as added
    from pyarrow.parquet import ParquetFile

    schema = ParquetFile(file).schema_arrow.remove(0)
    # as dictionaries: a long text that stands in many rows is there once
    for batch in ParquetFile(file, read_dictionary=texts).iter_batches(batch_size=_OFTEN):
        code, *cells = batch.columns
        if {*code.unique().to_pylist()} - {town, None}:
            raise Unreadable(f"le code de la commune n’y est pas celui du dossier, « {town} »")
        for rank, column in enumerate(cells):
            if words := getattr(column, "dictionary", None):
                if (added(binary_length(words).take(column.indices)).as_py() or 0) > most:
                    raise LimitReached("pas relu, ses textes sont plus longs que tout le CSV")
                cells[rank] = words.take(column.indices)
        yield Table.from_arrays(cells, schema=schema)


def _arrow(data: bytes, schema: Any) -> Any:
    """A CSV file with the types of a Parquet file; None where it has others."""
    from pyarrow import ArrowException, BufferReader
    from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv

    types = ConvertOptions(column_types=schema, null_values=[""], strings_can_be_null=True)
    try:
        return read_csv(
            BufferReader(data),
            ReadOptions(use_threads=False),
            ParseOptions(newlines_in_values=True),
            types,
        )
    except ArrowException:
        return None
