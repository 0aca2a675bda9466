"""The rows of a corpus, sheet by sheet: what an export writes, and what an import compares with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.exchange.cells import look, written
from loosbot.exchange.sheets import Sheet, sheets
from loosbot.frozen import dataclass

Ranks = tuple[int, ...]
"""Which item of a list, from 1; of a list inside an item, which item first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record, or an item of one of its lists. ``cells`` are by the key of their column."""

    id: str
    ranks: Ranks
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with its rows."""

    sheet: Sheet
    rows: tuple[Row, ...]


def tables(type_name: str, records: Iterable[Record]) -> tuple[Table, ...]:
    """Every sheet of a type, with the rows of these records in their order."""
    every = list(records)
    by_key = {sheet.key: sheet for sheet in sheets(type_name)}
    return tuple(
        Table(
            sheet,
            tuple(
                Row(
                    record.id,
                    ranks,
                    {column.key: written(item, column, sheet.short) for column in sheet.columns},
                )
                for record in every
                for ranks, item in items(record.data, sheet, by_key)
            ),
        )
        for sheet in by_key.values()
    )


def items(data: Any, sheet: Sheet, by_key: Mapping[str, Sheet]) -> Iterator[tuple[Ranks, Any]]:
    """What the rows of a sheet are made from: the record itself, or each item with its ranks."""
    if not sheet.chain:
        yield (), data
        return
    above = by_key[sheet.above]
    for ranks, item in items(data, above, by_key):
        inner = look(item, sheet.chain, above.short)
        if isinstance(inner, list):
            for rank, member in enumerate(inner, 1):
                yield (*ranks, rank), member
