"""``donnees.ods``: every table as a sheet of one workbook, its types set (OpenDocument 1.2).

For those who never import: nothing is guessed from what a cell looks like, and no text is ever a
formula. Members are stored, not deflated, so that the bytes are the same everywhere.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from loosbot import __version__
from loosbot.dump.filtered import Edition
from loosbot.dump.formats.csvfiles import shown
from loosbot.dump.formats.opendocument import MIME, XML, is_bare, manifest, named, paragraphs
from loosbot.dump.tables.fields import Cell, Column
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import Data, member

PATH = "donnees.ods"
_PART = 1 << 20
_ROWS = 256
"""Rows that are written at once."""
_NAMES = named("office", "table", "text", "style", "number")
_LONG = 'number:style="long"'
_WORDS = '<table:table-cell table:style-name="mots" office:value-type="string"><text:p>'
_STYLES = (
    f'<number:date-style style:name="N1"><number:year {_LONG}/><number:text>-</number:text>'
    f"<number:month {_LONG}/><number:text>-</number:text><number:day {_LONG}/></number:date-style>"
    '<number:text-style style:name="N2"><number:text-content/></number:text-style>'
    '<style:style style:name="jour" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="mots" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="nombre" style:family="table-cell"/>'
)


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, Data]]:
    """One workbook."""
    yield PATH, _workbook(edition, tables)


def _workbook(edition: Edition, tables: Sequence[Table]) -> Iterator[bytes]:
    # on disk: in memory it would be larger than the tables
    with tempfile.TemporaryFile() as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
            # first and not compressed, so that its kind can be told from its first bytes
            archive.writestr(member("mimetype"), MIME)
            with archive.open(member("content.xml"), "w", force_zip64=True) as content:
                for part in _content(tables):
                    content.write(part.encode("utf-8"))
            archive.writestr(member("meta.xml"), _meta(edition))
            archive.writestr(member("META-INF/manifest.xml"), manifest())
        stream.seek(0)
        while data := stream.read(_PART):
            yield data


def _content(tables: Sequence[Table]) -> Iterator[str]:
    yield XML
    yield f'<office:document-content {_NAMES} office:version="1.2">'
    yield f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
    yield "<office:body><office:spreadsheet>"
    for table in tables:
        styles = [_style(column) for column in table.columns]
        yield f"<table:table table:name={quoteattr(table.name)}>"
        # so that what somebody types under the last row stays what they typed
        yield from (
            f'<table:table-column table:default-cell-style-name="{style}"/>' for style in styles
        )
        yield "<table:table-header-rows>"
        yield _row([column.name for column in table.columns], ["mots"] * len(styles))
        yield "</table:table-header-rows>"
        for start in range(0, len(table.rows), _ROWS):
            yield "".join([_row(row, styles) for row in table.rows[start : start + _ROWS]])
        yield "</table:table>"
    yield "</office:spreadsheet></office:body></office:document-content>"


def _style(column: Column) -> str:
    return {"integer": "nombre", "number": "nombre", "date": "jour"}.get(column.type, "mots")


def _row(cells: Sequence[Cell], styles: Sequence[str]) -> str:
    row = ["<table:table-row>"]
    append = row.append
    empty = 0
    for cell, style in zip(cells, styles, strict=True):
        if cell is None or cell == "":
            empty += 1
            continue
        if empty:
            append(f'<table:table-cell table:number-columns-repeated="{empty}"/>')
            empty = 0
        if isinstance(cell, str) and style == "mots" and is_bare(cell):
            # nearly all of them
            append(f"{_WORDS}{cell}</text:p></table:table-cell>")
        else:
            append(_cell(cell, style))
    append("</table:table-row>")
    return "".join(row)


def _cell(cell: Cell, style: str) -> str:
    text = cell if isinstance(cell, str) else shown(cell)
    if not isinstance(cell, str):
        kind = f'office:value-type="float" office:value="{text}"'
    elif style == "jour":
        kind = f'office:value-type="date" office:date-value="{text}"'
    else:
        kind = 'office:value-type="string"'
    text = paragraphs(text)
    return f'<table:table-cell table:style-name="{style}" {kind}>{text}</table:table-cell>'


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
