"""The tables of a report as one table for a spreadsheet: a line for each item."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from loosbot.escaping import no_formula
from loosbot.trace.layout import contents, waiting
from loosbot.trace.layout.tables import Cell, Column, Row, Table
from loosbot.trace.reported import Report
from loosbot.trace.words import order

COLUMNS = (
    *("fiche", "titre", "genre", "sujet", "etat", "date", "sources", "message", "a_faire"),
    *("qui", "fichier", "ligne"),
)
_PLACES = {name: place for place, name in enumerate(COLUMNS)}
Line = dict[str, list[str]]
"""What one line says, by column; several things in a column stand one behind the other."""


def to_csv(report: Report) -> str:
    """RFC 4180, a line of names first; cells that a spreadsheet would run begin with ``'``, and
    all are in quotes: one that is asked to keep what is quoted makes no date of « 2018-06-01 ».

    ``genre`` says what a line is: a stage, a gap, a promise, a figure, a record behind it…
    """
    out = io.StringIO()
    csv.writer(out).writerow(COLUMNS)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for table in _tables(report):
        for line in _lines(table, report.titles):
            writer.writerow(_cells(line))
    return out.getvalue()


def _cells(line: Line) -> list[str]:
    """What stands in each column: in most of them nothing."""
    cells = [""] * len(COLUMNS)
    for name, texts in line.items():
        cells[_PLACES[name]] = no_formula(" ; ".join(texts))
    return cells


def _tables(report: Report) -> Iterator[Table]:
    """Those of the page in HTML, the gaps first: they are what a spreadsheet is opened for."""
    yield waiting.gaps(sorted(report.records, key=order))
    yield from contents.tables(report)
    yield from contents.silences(report)
    if report.progress is not None:
        yield from contents.closings(report.progress)


def _lines(table: Table, titles: Mapping[str, str]) -> Iterator[Line]:
    for row in table.rows:
        whole, parted = _row(row, table, titles)
        # a row that only holds what has lines of its own says nothing by itself
        if whole.keys() - {"fiche", "titre", "genre"} or not parted:
            yield whole
        yield from parted
    for note in table.notes:
        yield {"genre": ["note"], "sujet": [table.title], "message": [note]}


def _row(row: Row, table: Table, titles: Mapping[str, str]) -> tuple[Line, list[Line]]:
    """The line of a row, and those of its cells that stand apart."""
    first = row.cells[0].record
    about: Line = {"fiche": [first], "titre": [_title(first, titles)]} if first else {}
    line: Line = {**about, "genre": [table.genre or table.title]}
    apart: list[Line] = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        if cell.lists:
            apart += _behind(row.cells[0], cell, column, titles)
        elif column.apart:
            cells: Line = {}
            _put(cells, cell, column, titles)
            if cells:
                apart.append({**about, "genre": [column.apart], **cells})
        elif first and column is table.columns[0]:
            for under in cell.under:
                _put(line, under, column, titles)
        elif column.key == "genre" and not cell.empty:
            line["genre"] = [cell.text]
        else:
            _put(line, cell, column, titles)
    return line, apart


def _put(line: Line, cell: Cell, column: Column, titles: Mapping[str, str]) -> None:
    """What a cell says, in its columns."""
    for name, part in cell.parts.items():
        if part:
            line.setdefault(name, []).append(part)
    if cell.parts and column.apart:
        return
    texts = _texts(cell, column, titles)
    if cell.record:
        texts += [text for under in cell.under for text in _texts(under, column, titles)]
    if texts and column.key:
        line.setdefault(column.key, []).extend(texts)
    elif texts:
        line.setdefault("message", []).append(f"{column.title} : {', '.join(texts)}")
    for under in cell.under if not cell.record else ():
        _put(line, under, column, titles)


def _texts(cell: Cell, column: Column, titles: Mapping[str, str]) -> list[str]:
    """The value of a cell by itself: a date as the record has it, a record by its title."""
    if cell.parts:
        return []
    exact = cell.date if column.key == "date" and cell.date else cell.text
    text = exact or _title(cell.record, titles) or cell.record
    return [text] if text else []


def _behind(first: Cell, cell: Cell, column: Column, titles: Mapping[str, str]) -> Iterator[Line]:
    """A line for each record that stands behind a figure."""
    for stand, ids in cell.lists.items():
        for id_ in ids:
            yield {
                "fiche": [id_],
                "titre": [_title(id_, titles)],
                "genre": [column.apart],
                "sujet": [first.text],
                "etat": [stand],
            }


def _title(id_: str, titles: Mapping[str, str]) -> str:
    return titles.get(id_.partition("#")[0], "")
