"""Sheets as a workbook of Excel or LibreOffice, and back; nothing in it is ever computed."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as OpenpyxlCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from loosbot.dump.writer import member
from loosbot.exchange.book import COMMIT_NAME, FIRST, LISTS, Book, Page, RawSheet
from loosbot.exchange.received import (
    LONGEST_READ,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    TOO_LONG,
    Cell,
    Kind,
)
from loosbot.exchange.xlsxbeside import Parts

_NEW_ROWS = 500
"""So many rows below the last have drop-downs; every column is text down to the end of the sheet.
Gnumeric (1.12.55) saves a cell for each row of each drop-down: many more, and its file of all the
records of a town would be too large to be read back."""
_HEAD = PatternFill("solid", start_color="E7ECEF")


def write(book: Book) -> bytes:
    """The workbook. Every cell is text, one that begins with « = » too."""
    workbook = Workbook()
    workbook.remove(workbook.active or workbook.create_sheet())
    for page in book.pages:
        _page(workbook.create_sheet(page.name), page)
    lists = workbook.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    _texts(lists, 1, [COMMIT_NAME, book.commit])
    for number, words in enumerate(book.lists, 1):
        for row, word in enumerate(words, FIRST):
            _text(lists, row, number, word)
    commit = StringProperty(name=COMMIT_NAME, value=book.commit or "-")
    workbook.custom_doc_props.append(commit)  # type: ignore[attr-defined]  # unknown to its stubs
    workbook.properties.title = book.title
    workbook.properties.creator = "loosbot"
    # the time of the export would make the bytes differ at each one
    workbook.properties.created = workbook.properties.modified = datetime.datetime(2000, 1, 1)
    stream = io.BytesIO()
    with _UndatedArchive(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(workbook, archive).write_data()
    return stream.getvalue()


class _UndatedArchive(zipfile.ZipFile):
    """An archive whose members have no time: a ZIP knows none before 1980, where the clock of a
    machine without battery begins."""

    def writestr(self, name: Any, data: Any, *rest: Any) -> None:
        info = name if isinstance(name, zipfile.ZipInfo) else member(name)
        super().writestr(info, data, zipfile.ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *rest: Any) -> None:
        self.writestr(str(arcname), Path(filename).read_bytes())


def _page(sheet: Worksheet, page: Page) -> None:
    _texts(sheet, 1, [page.key, *page.keys])
    sheet.row_dimensions[1].hidden = True
    _texts(sheet, 2, ["", *page.titles])
    sheet.column_dimensions["A"].hidden = True
    for head in range(2, 2 + len(page.titles)):
        header = sheet.cell(2, head)
        header.font = Font(bold=True)
        header.fill = _HEAD
        header.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(page.rows, FIRST):
        _texts(sheet, number, ["", *row])
    for number, width in enumerate(page.widths, 2):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.number_format = "@"
        dimension.width = width or 20
        dimension.hidden = not width
    for number, listed in enumerate(page.choices, 2):
        if listed is None:
            continue
        rank, size = listed
        column = get_column_letter(rank + 1)
        rule = DataValidation(
            type="list",
            formula1=f"'{LISTS}'!${column}${FIRST}:${column}${FIRST + size - 1}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Mot inconnu",
            error="Choisissez un mot de la liste.",
        )
        letter = get_column_letter(number)
        rule.add(f"{letter}{FIRST}:{letter}{FIRST + len(page.rows) + _NEW_ROWS}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = f"C{FIRST}"


def _texts(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, 1):
        if text:
            _text(sheet, row, number, text)


def _text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = text
    # what begins with « = » would be a formula
    cell.data_type = "s"
    cell.number_format = "@"
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def read(data: bytes) -> tuple[str, Iterator[RawSheet]]:
    """The commit that the file names, and its sheets. Raises ValueError for no workbook."""
    try:
        # the library warns of what it leaves out of a workbook, in English, on the terminal
        warnings.simplefilter("ignore", UserWarning)
        workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        properties = workbook.custom_doc_props.props  # type: ignore[attr-defined] # as above
        commit = next((entry.value for entry in properties if entry.name == COMMIT_NAME), "")
        parts = Parts(data)
        left = [MOST_CELLS]
        return str(commit or ""), (_sheet(sheet, parts, left) for sheet in workbook.worksheets)
    except Exception as fault:
        # openpyxl raises any exception on a damaged workbook
        raise ValueError("ce n’est pas un classeur") from fault


def _sheet(sheet: Any, parts: Parts, left: list[int]) -> RawSheet:
    # where the part of a sheet stands, the library says nowhere else
    path = str(sheet._worksheet_path)
    try:
        return RawSheet(
            sheet.title, _rows(sheet, left), parts.covered(path), tuple(parts.left(path))
        )
    except (ElementTree.ParseError, KeyError) as fault:
        raise ValueError("une feuille est abîmée") from fault


def _rows(sheet: Any, left: list[int]) -> Iterator[tuple[int, list[Cell]]]:
    """``left`` holds how many cells all sheets may still have, the empty ones counted."""
    # the declared dimensions may be wrong: cells would be lost, or added
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1), 1)
    while True:
        try:
            number, row = next(rows)
        except StopIteration:
            return
        except Exception as fault:
            # the library reads a sheet lazily: errors come here too
            raise ValueError("une feuille est abîmée") from fault
        left[0] -= 1 + len(row)
        if left[0] < 0:
            raise ValueError("ce tableau a trop de cases")
        cells = [_cell(cell, number, rank) for rank, cell in enumerate(row, 1)]
        while cells and not cells[-1].text:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise ValueError("ce tableau a trop de colonnes")
        if any(len(cell.text) > LONGEST_READ for cell in cells):
            raise ValueError(TOO_LONG)
        if cells:
            yield number, cells


def _cell(cell: OpenpyxlCell, row: int, column: int) -> Cell:
    where = f"{get_column_letter(column)}{row}"
    text, kind = _content(cell.value, cell.data_type)
    return Cell(text, kind, where)


def _content(value: Any, data_type: str) -> tuple[str, Kind]:
    if value is None:
        return "", "text"
    if data_type == "f" or not isinstance(
        value, str | bool | int | float | datetime.date | datetime.time
    ):
        return str(value), "formula"
    if data_type == "e":
        return str(value), "error"
    if isinstance(value, bool):
        return ("VRAI" if value else "FAUX"), "logical"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return (value.date().isoformat() if midnight else value.isoformat(" ")), "date"
    if isinstance(value, datetime.date):
        return value.isoformat(), "date"
    if isinstance(value, datetime.time):
        return value.isoformat("minutes"), "time"
    if isinstance(value, int | float):
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        return str(whole).replace(".", ","), "number"
    return value.replace("\r\n", "\n").replace("\r", "\n"), "text"
