"""One table, whatever it is written in: a terminal, a spreadsheet, HTML or a page of the wiki.

What a report or a handover says is built once, as tables of plain values; each way of writing
(:mod:`loosbot.trace.layout.typeset`, :mod:`loosbot.render.reports.layout`) lays the same ones out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import lru_cache
from typing import Literal, TypeVar

from loosbot.corpus import french
from loosbot.frozen import dataclass

_OFTEN = 1 << 13
"""Cells that are remembered: the same record, the same date and the same word come back in table
after table, and nothing changes a cell."""
T = TypeVar("T")
Kind = Literal["text", "record", "date", "number", "state"]


@dataclass(frozen=True, slots=True)
class Column:
    """What stands under one heading.

    ``key`` is the column of a spreadsheet that its cells go to, one of a few for all tables; where
    there is none they go to its ``message``, behind the heading. ``apart`` says what a cell is
    where it has a line of its own there, as each stage of a project.
    """

    title: str
    kind: Kind = "text"
    key: str = ""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value. ``record`` is the id that it leads to, where it names a record; ``date`` what
    a date is sorted by; ``under`` what is said below it, smaller; ``lists`` who stands behind it,
    by a word for how they stand; ``sign`` what shows before it. ``parts`` is what a spreadsheet
    has of it, by column, where that is more than its text."""

    text: str = ""
    record: str = ""
    date: str = ""
    state: str = ""
    under: tuple[Cell, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sign: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def signed(self) -> str:
        """Its sign and its text."""
        return f"{self.sign} {self.text}" if self.sign else self.text

    @property
    def listing(self) -> bool:
        """Whether the cell is a list: several things, and nothing above them."""
        return bool(self.under) and not (self.text or self.record)

    @property
    def empty(self) -> bool:
        return not (self.text or self.record or self.under or self.lists)


@dataclass(frozen=True, slots=True)
class Row:
    """``mark`` is the value by which a reader filters rows."""

    cells: tuple[Cell, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table. ``notes`` are sentences under it; where nothing stands in it, only they are
    said, so that what everybody has is one sentence. ``genre`` says what a row of it is."""

    id: str
    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    genre: str = ""

    @property
    def says_nothing(self) -> bool:
        return not self.rows and not self.notes


@lru_cache(maxsize=_OFTEN)
def words(value: str) -> Cell:
    return Cell(value)


def names(record: str, *, under: Iterable[Cell] = ()) -> Cell:
    """A cell that leads to a record, or names somebody who has none."""
    under = tuple(under)
    return Cell(record=record, under=under) if under else _named(record)


@lru_cache(maxsize=_OFTEN)
def _named(record: str) -> Cell:
    return Cell(record=record)


@lru_cache(maxsize=_OFTEN)
def day(value: str) -> Cell:
    """A "date souple", as it reads alone."""
    return Cell(french.when(value), date=value) if value else Cell()


def number(value: float | None, unit: str = "") -> Cell:
    """A count with its unit; nothing where it is not known: that is never a zero."""
    if value is None:
        return Cell()
    return Cell(french.counted(value, unit) if unit else french.count(value))


def rows(each: Iterable[Iterable[Cell]]) -> tuple[Row, ...]:
    return tuple(Row(tuple(cells)) for cells in each)


def told(
    id_: str,
    title: str,
    caption: str,
    each: Iterable[T],
    *columns: tuple[Column, Callable[[T], Cell]],
    notes: tuple[str, ...] = (),
    genre: str = "",
) -> Table:
    """A table with a row for ``each``; a column says what is in it of one."""
    headings = tuple(column for column, _ in columns)
    lines = rows([cell(one) for _, cell in columns] for one in each)
    return Table(id_, title, caption, headings, lines, notes, genre)


_ALIKE = 3
"""From so many rows on, a column that says the same of all is a sentence."""


def without_constant_columns(table: Table) -> Table:
    """The table without the columns that say nothing, and those that say the same of every row
    as a sentence under it. A table that is filtered keeps all of them: what is alike changes."""
    if any(row.mark for row in table.rows) or len(table.columns) == 1:
        return table
    kept, alike = [], []
    for place, column in enumerate(table.columns):
        cells = [row.cells[place] for row in table.rows]
        if place and all(cell.empty for cell in cells):
            continue
        if place and len(cells) >= _ALIKE and cells[0].text and _are_alike(cells):
            alike.append(f"{column.title}, pour tous : {cells[0].text}.")
            continue
        kept.append(place)
    if len(kept) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(Row(tuple(row.cells[place] for place in kept)) for row in table.rows),
        notes=(*alike, *table.notes),
    )


def _are_alike(cells: list[Cell]) -> bool:
    first = _plain(cells[0])
    return all(_plain(cell) == first for cell in cells)


def _plain(cell: Cell) -> tuple[str, str, tuple[str, ...]]:
    return cell.signed, cell.record, tuple(inner.text or inner.record for inner in cell.under)
