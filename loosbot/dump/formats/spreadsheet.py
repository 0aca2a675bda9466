"""``donnees.ods``: every table as a sheet of one workbook, its types set (OpenDocument 1.2).

For those who never import: nothing is guessed from what a cell looks like, and no text is ever a
formula. Members are stored, not deflated, so that the bytes are the same everywhere.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from loosbot import __version__
from loosbot.dump.filtered import Edition
from loosbot.dump.formats.csvfiles import shown
from loosbot.dump.formats.opendocument import (
    MIME,
    XML,
    is_bare,
    manifest,
    named,
    no_styles,
    paragraphs,
)
from loosbot.dump.tables.columns import (
    BETWEEN,
    is_empty,
    numbers_of,
    portions,
    side_by_side,
    texts_of,
)
from loosbot.dump.tables.fields import Cell, Column
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import Data, member
from loosbot.files import writing

PATH = "donnees.ods"
_PART = 1 << 20
_LONGEST = 31
"""Empty cells that are told by their number: ezodf, and pyexcel-ods3 by it, takes 32 for one and
reads the rest of the row to the left (findings/ods-repeats.sh)."""
_GREGORIAN = "1582-10-15"
"""Days before are texts: LibreOffice (7.4) shows 1245-01-01 as 1244-12-25, by the Julian
calendar."""
_NAMES = named("office", "table", "text", "style", "number")
_LONG = 'number:style="long"'
_STYLES = (
    f'<number:date-style style:name="N1"><number:year {_LONG}/><number:text>-</number:text>'
    f"<number:month {_LONG}/><number:text>-</number:text><number:day {_LONG}/></number:date-style>"
    '<number:text-style style:name="N2"><number:text-content/></number:text-style>'
    '<style:style style:name="jour" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="mots" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="nombre" style:family="table-cell"/>'
)
BEGIN = (
    f'{XML}<office:document-content {_NAMES} office:version="1.2">'
    f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
    "<office:body><office:spreadsheet>"
).encode()
"""What stands before the sheets, and after them."""
END = b"</office:spreadsheet></office:body></office:document-content>"


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, Data]]:
    """One workbook."""
    yield PATH, _workbook(edition, tables)


def _workbook(edition: Edition, tables: Sequence[Table]) -> Iterator[bytes]:
    # on disk: in memory it would be larger than the tables
    place = Path(tempfile.gettempdir(), PATH)
    with (
        writing(place, "Donnez à TMPDIR un dossier d’un autre disque."),
        tempfile.TemporaryFile() as stream,
    ):
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            # first and not compressed, so that the format can be recognised by its first bytes
            archive.writestr(member("mimetype"), MIME)
            with archive.open(member("content.xml"), "w", force_zip64=True) as file:
                file.write(BEGIN)
                for table in tables:
                    file.writelines(sheet(table.name, table.columns, table.rows))
                file.write(END)
            archive.writestr(member("styles.xml"), no_styles())
            archive.writestr(member("meta.xml"), _meta(edition))
            archive.writestr(member("META-INF/manifest.xml"), manifest())
        stream.seek(0)
        while data := stream.read(_PART):
            yield data


def sheet(name: str, fields: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A table as it stands in the workbook, in parts."""
    styles = [_style(column) for column in fields]
    # so that what somebody types under the last row stays what they typed
    columns = "".join(
        f'<table:table-column table:default-cell-style-name="{style}"/>' for style in styles
    )
    head = f"<table:table table:name={quoteattr(name)}>{columns}<table:table-header-rows>"
    yield head.encode("utf-8")
    yield written([[column.name for column in fields]], ["mots"] * len(styles))
    yield b"</table:table-header-rows>"
    for portion in portions(rows):
        yield written(portion, styles)
    yield b"</table:table>"


def _style(column: Column) -> str:
    return {"integer": "nombre", "number": "nombre", "date": "jour"}.get(column.type, "mots")


def written(rows: Sequence[Sequence[Cell]], styles: Sequence[str]) -> bytes:
    """The XML of many rows; runs of empty cells are written as one with a repeat count."""
    parts: list[Iterable[bytes]] = [repeat(b"<table:table-row>", len(rows))]
    # the empty cells before this column: those of all rows, and what each row has more of them
    empty, more = 0, list[int]()
    for cells, style in zip(zip(*rows, strict=True), styles, strict=True):
        if is_empty(cells):
            empty += 1
            continue
        begin, texts, end = _column(cells, style)
        if b"" in texts:
            gaps = more or [0] * len(rows)
            parts.append(
                [
                    _gap(empty + gap) + begin + text + end if text else text
                    for gap, text in zip(gaps, texts, strict=True)
                ]
            )
            more = [0 if text else empty + gap + 1 for gap, text in zip(gaps, texts, strict=True)]
        else:
            before = [_gap(empty + gap) + begin for gap in more]
            parts += before or repeat(_gap(empty) + begin, len(rows)), texts, repeat(end, len(rows))
            more = []
        empty = 0
    return side_by_side((*parts, repeat(b"</table:table-row>", len(rows))))


@cache
def _gap(count: int) -> bytes:
    """So many empty cells."""
    runs = [_LONGEST] * (count // _LONGEST) + [count % _LONGEST]
    cells = (f'<table:table-cell table:number-columns-repeated="{run}"/>' for run in runs if run)
    return "".join(cells).encode("ascii")


def _column(cells: Sequence[Cell], style: str) -> tuple[bytes, list[bytes], bytes]:
    """What begins each cell that is not empty, what stands in each, and what ends it."""
    if style == "jour" and any(cell and str(cell) < _GREGORIAN for cell in cells):
        return b"", [_cell(cell, _style_of(cell)).encode("utf-8") for cell in cells], b""
    texts, numbers = texts_of(cells, _as_they_stand), None
    if texts is None:
        numbers = numbers_of(cells)
    values = texts or numbers
    if values is None:
        return b"", [_cell(cell, style).encode("utf-8") for cell in cells], b""
    pattern = _typed("%b", style, "<text:p>%b</text:p>", text=numbers is None).encode("ascii")
    if pattern.count(b"%b") > 1:
        return b"", [pattern % (value, value) if value else value for value in values], b""
    begin, end = pattern.split(b"%b")
    return begin, values, end


def _style_of(day: Cell) -> str:
    return "mots" if day and str(day) < _GREGORIAN else "jour"


def _as_they_stand(texts: str) -> str | None:
    """The texts of a column, where each is written as it stands."""
    apart = f" {BETWEEN}" not in texts and f"{BETWEEN} " not in texts
    return texts if apart and is_bare(texts) else None


def _cell(cell: Cell, style: str) -> str:
    if cell is None or cell == "":
        return ""
    text = shown(cell)
    return _typed(text, style, paragraphs(text), text=isinstance(cell, str))


def _typed(value: str, style: str, paragraphs: str, *, text: bool) -> str:
    """A cell with its type; ``value`` stands in an attribute too, but that of a text."""
    if not text:
        kind = f'office:value-type="float" office:value="{value}"'
    elif style == "jour":
        kind = f'office:value-type="date" office:date-value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f'<table:table-cell table:style-name="{style}" {kind}>{paragraphs}</table:table-cell>'


def _meta(edition: Edition) -> str:
    snapshot = edition.snapshot
    return (
        f'{XML}<office:document-meta {named("office", "meta", "dc")} office:version="1.2">'
        "<office:meta>"
        f"<meta:generator>loosbot/{__version__}</meta:generator>"
        f"<dc:title>{escape(snapshot.commune)}, édition {edition.kind}</dc:title>"
        f"<dc:date>{snapshot.date or '1970-01-01'}T00:00:00</dc:date>"
        "</office:meta></office:document-meta>"
    )
