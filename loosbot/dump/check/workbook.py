"""``donnees.ods`` of a received dump, read as a stream: its sheets, against the CSV files."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from loosbot.corpus.french import counted
from loosbot.dump.check.bounds import LONGEST_TABLE, MOST_MEMBERS, LimitReached
from loosbot.dump.check.copies import Copies
from loosbot.dump.check.received import ReceivedDump, Unreadable, groups
from loosbot.dump.formats.opendocument import paragraph_text, qn
from loosbot.dump.formats.spreadsheet import BEGIN, END, PATH, sheet
from loosbot.dump.tables.fields import Column

_CONTENT = "content.xml"
_MOST = 512 << 20
"""Bytes of its content: an edition of 20,000 records takes half of it."""
_PART = 1 << 16
_HEAD = 100
"""Bytes that tell the name of a sheet."""
_SHEET = re.compile(b'<table:table table:name="([a-z_]{1,60})"')
_QUICK, _MOST_LINES, _WIDE = 8 << 20, 500_000, 400
"""Bytes, ends of lines and columns of a CSV file that is written again: the tables of 20,000
records have two thirds of these bytes."""
_MOST_ELEMENTS = 100_000
"""Between two rows, or in one."""
_WIDEST = 2_000
"""Cells that one element may stand for."""
_LONGEST = 1 << 24
"""Characters of a paragraph, as of a cell of a CSV file."""
_TABLE, _NAME, _ROW = qn("table:table"), qn("table:name"), qn("table:table-row")
_CELLS = (qn("table:table-cell"), qn("table:covered-table-cell"))
_TIMES, _TYPE = qn("table:number-columns-repeated"), qn("office:value-type")
_VALUE, _DAY = qn("office:value"), qn("office:date-value")
_PARAGRAPH = qn("text:p")
Sheet = list[list[str]]


def workbook_faults(dump: ReceivedDump, copies: Copies) -> Iterator[str]:
    """What is wrong with the workbook. Raises Unreadable, LimitReached, OSError."""
    if _as_written(dump, copies):
        return
    seen: set[str] = set()
    for name, rows in _sheets(dump):
        seen.add(name)
        if name not in dump.tables:
            yield f"la feuille « {name} » n’est aucune table"
            continue
        header, *lines = rows or [[]]
        columns = copies.columns(name)
        if header != columns:
            yield f"la feuille « {name} » n’a pas les colonnes du CSV"
        elif len(lines) != dump.count(name):
            yield f"{name} n’a pas autant de lignes que le CSV"
        else:
            width = len(columns)
            # empty cells at the end of a row are not written
            yield from copies.strays(name, ((line + [""] * width)[:width] for line in lines))
    lost = sorted(
        name for name in dump.tables if name not in seen and dump.path_of(name).startswith("data/")
    )
    if lost:
        yield f"{counted(len(lost), 'table')} n’y est pas : {', '.join(lost[:3])}"


def _as_written(dump: ReceivedDump, copies: Copies) -> bool:
    """Whether it is, to the byte, what this version makes of the CSV files: then no cell of it has
    to be read. Raises Unreadable, LimitReached, OSError.
    """
    left = {name for name in dump.tables if dump.path_of(name).startswith("data/")}
    with _content(dump) as content:
        if content.read(len(BEGIN)) != BEGIN:
            return False
        while match := _SHEET.match(content.peek(_HEAD)):
            name = match[1].decode("ascii")
            if name not in left or not _is_quick(dump.read(dump.path_of(name))):
                return False
            left.remove(name)
            try:
                for part in sheet(name, _columns(dump, name), copies.typed(name)):
                    dump.budget.look()
                    if content.read(len(part)) != part:
                        return False
            except ValueError:
                # rows of the CSV that are not as wide as it is described
                return False
        return not left and content.read(len(END) + 1) == END


def _is_quick(data: bytes) -> bool:
    """Whether a CSV file may be written again: what it becomes is many times as long."""
    lines, width = data.count(b"\n"), data.partition(b"\n")[0].count(b",")
    return len(data) <= _QUICK and lines <= _MOST_LINES and width <= _WIDE


def _columns(dump: ReceivedDump, name: str) -> list[Column]:
    fields = groups(dump.tables[name]["schema"].get("fields"))
    # of a stranger: a type that is none is that of a text
    types: list[Any] = [str(field.get("type")) for field in fields]
    names = [str(field.get("name")) for field in fields]
    return [Column(column, type_, "", "") for column, type_ in zip(names, types, strict=True)]


def _sheets(dump: ReceivedDump) -> Iterator[tuple[str, Sheet]]:
    """Each sheet once it is read. Raises Unreadable, LimitReached, OSError."""
    with _content(dump) as content:
        yield from _read(dump, content)


@contextmanager
def _content(dump: ReceivedDump) -> Iterator[zipfile.ZipExtFile]:
    """The member that holds the sheets. Raises Unreadable, LimitReached, OSError."""
    with dump.opened(PATH) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                if len(archive.infolist()) > MOST_MEMBERS:
                    raise LimitReached("pas relu, trop de fichiers dedans")
                info = archive.getinfo(_CONTENT)
                if info.flag_bits & 1:
                    raise Unreadable(f"{_CONTENT} est chiffré")
                if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise Unreadable(f"{_CONTENT} est comprimé d’une façon inconnue")
                # its stubs tell less of what it gives
                with archive.open(info) as content:
                    yield cast("zipfile.ZipExtFile", content)
        except KeyError as error:
            raise Unreadable(f"{_CONTENT} n’y est pas") from error
        except ParseError as error:
            raise Unreadable("XML mal formé") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Unreadable("illisible, ce n’est pas une archive entière") from error


def _read(dump: ReceivedDump, content: zipfile.ZipExtFile) -> Iterator[tuple[str, Sheet]]:
    # only what ends: a row is whole then, and half of the events are spared
    parser: XMLPullParser[Any] = XMLPullParser(("end",))
    left, before = _MOST, b""
    rows, cells, elements = Sheet(), 0, 0
    while part := content.read(_PART):
        left -= len(part)
        if left < 0:
            raise LimitReached("pas relu jusqu’au bout, trop long une fois ouvert")
        dump.budget.look()
        # an entity may stand for more than the file, and its declaration be written in UTF-16
        if b"<!" in before + part or b"\0" in part:
            raise Unreadable("contient une déclaration ou un commentaire, aucun export n’en a")
        before = part[-1:]
        parser.feed(part)
        events: Iterator[Any] = parser.read_events()
        for _, element in events:
            elements += 1
            if elements > _MOST_ELEMENTS or cells > LONGEST_TABLE:
                raise LimitReached("pas relu jusqu’au bout, une feuille est trop grande")
            if element.tag == _ROW:
                row = _row(element)
                dump.budget.row(len(row))
                cells += len(row) + 8
                rows.append(row)
                element.clear()
                elements = 0
            elif element.tag == _TABLE:
                yield element.get(_NAME, ""), rows
                rows, cells, elements = [], 0, 0
                element.clear()
    parser.close()


def _row(element: Element) -> list[str]:
    row: list[str] = []
    for cell in element:
        if cell.tag in _CELLS:
            given = cell.get(_TIMES, "1")
            if given == "1":
                row.append(_text(cell))
            elif given.isascii() and given.isdecimal() and len(given) < 6:
                row += [_text(cell)] * min(int(given), _WIDEST)
    return row


def _text(cell: Element) -> str:
    match cell.get(_TYPE):
        case None:
            return ""
        case "float" | "percentage" | "currency":
            return cell.get(_VALUE, "")
        case "date":
            return cell.get(_DAY, "").removesuffix("T00:00:00")
    try:
        return "\n".join(
            [paragraph_text(line, _LONGEST) for line in cell if line.tag == _PARAGRAPH]
        )
    except ValueError as error:
        raise LimitReached(f"pas relu jusqu’au bout, {error}") from error
