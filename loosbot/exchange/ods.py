"""Sheets as an OpenDocument workbook, and back; nothing in it is ever computed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from loosbot.dump.formats.opendocument import (
    MIME,
    XML,
    manifest,
    named,
    no_styles,
    paragraph_text,
    paragraphs,
    qn,
)
from loosbot.dump.writer import member
from loosbot.exchange.book import COMMIT_NAME, FIRST, LISTS, Book, Page, RawSheet, letters
from loosbot.exchange.received import (
    LONGEST_READ,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    TOO_LONG,
    Cell,
    Kind,
    Leftover,
    comment,
    shape,
)
from loosbot.exchange.unpacked import parsed

_NAMES = named("office", "table", "text", "style", "number", "meta", "fo", "of", "dc")
_STYLES = (
    '<number:text-style style:name="N2"><number:text-content/></number:text-style>'
    '<style:style style:name="mots" style:family="table-cell" style:data-style-name="N2">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="tete" style:family="table-cell" style:data-style-name="N2">'
    '<style:table-cell-properties fo:wrap-option="wrap" fo:background-color="#e7ecef"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="cachee" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def write(book: Book) -> bytes:
    """The workbook: the same bytes for the same records."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        # first and not compressed, so that the format can be recognised by its first bytes
        archive.writestr(member("mimetype"), MIME, zipfile.ZIP_STORED)
        for name, text in (
            ("content.xml", "".join(_content(book))),
            ("styles.xml", no_styles()),
            ("meta.xml", _meta(book)),
            ("META-INF/manifest.xml", manifest()),
        ):
            archive.writestr(member(name), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _content(book: Book) -> Iterator[str]:
    yield f'{XML}<office:document-content {_NAMES} office:version="1.2">'
    widths = sorted({width or 20 for page in book.pages for width in page.widths})
    columns = "".join(
        f'<style:style style:name="l{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.2:.1f}cm"/></style:style>'
        for width in widths
    )
    yield f"<office:automatic-styles>{_STYLES}{columns}</office:automatic-styles>"
    yield "<office:body><office:spreadsheet>"
    if book.lists:
        yield "<table:content-validations>"
        for rank, words in enumerate(book.lists):
            column = letters(rank + 1)
            cells = f"[$'{LISTS}'.${column}${FIRST}:.${column}${FIRST + len(words) - 1}]"
            condition = quoteattr(f"of:cell-content-is-in-list({cells})")
            yield (
                f'<table:content-validation table:name="v{rank}" table:condition={condition} '
                'table:allow-empty-cell="true" table:display-list="unsorted">'
                '<table:error-message table:message-type="stop" table:display="true" '
                'table:title="Mot inconnu"><text:p>Choisissez un mot de la liste.</text:p>'
                "</table:error-message></table:content-validation>"
            )
        yield "</table:content-validations>"
    for page in book.pages:
        yield from _page(page)
    yield from _lists(book)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _page(page: Page) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(page.name)}>"
    yield '<table:table-column table:visibility="collapse"/>'
    for width in page.widths:
        hidden = "" if width else ' table:visibility="collapse"'
        yield (
            f'<table:table-column table:style-name="l{width or 20}"{hidden} '
            'table:default-cell-style-name="mots"/>'
        )
    rules = ["", *(f"v{choice[0]}" if choice else "" for choice in page.choices)]
    yield _row((page.key, *page.keys), "mots", [], hidden=True)
    yield _row(("", *page.titles), "tete", [])
    for row in page.rows:
        yield _row(("", *row), "mots", rules)
    # future rows get the lists and the text format too
    yield _row(("",) * (1 + len(page.keys)), "mots", rules, times=2_000)
    yield "</table:table>"


def _lists(book: Book) -> Iterator[str]:
    yield f'<table:table table:name="{LISTS}" table:style-name="cachee">'
    yield f'<table:table-column table:number-columns-repeated="{len(book.lists) + 2}"/>'
    yield _row((COMMIT_NAME, book.commit), "mots", [])
    yield _row((), "mots", [])
    for rank in range(max(map(len, book.lists), default=0)):
        cells = tuple(words[rank] if rank < len(words) else "" for words in book.lists)
        yield _row(cells, "mots", [])
    yield "</table:table>"


def _row(
    cells: tuple[str, ...], style: str, rules: list[str], *, hidden: bool = False, times: int = 1
) -> str:
    collapsed = ' table:visibility="collapse"' if hidden else ""
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    row = [f"<table:table-row{collapsed}{repeated}>"]
    for rank, text in enumerate(cells):
        rule = rules[rank] if rank < len(rules) else ""
        given = f' table:content-validation-name="{rule}"' if rule else ""
        if not text:
            row.append(f'<table:table-cell table:style-name="{style}"{given}/>')
            continue
        row.append(
            f'<table:table-cell table:style-name="{style}"{given} office:value-type="string">'
            f"{paragraphs(text)}</table:table-cell>"
        )
    return "".join([*row, "<table:table-cell/>" if not cells else "", "</table:table-row>"])


def _meta(book: Book) -> str:
    return (
        f'{XML}<office:document-meta {_NAMES} office:version="1.2"><office:meta>'
        f"<meta:generator>loosbot</meta:generator><dc:title>{escape(book.title)}</dc:title>"
        f'<meta:user-defined meta:name="{COMMIT_NAME}">{escape(book.commit or "-")}'
        "</meta:user-defined></office:meta></office:document-meta>"
    )


def read(data: bytes) -> tuple[str, Iterator[RawSheet]]:
    """The commit that the file names, and its sheets. Raises ValueError for no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = parsed(archive.read("content.xml"))
            meta = archive.read("meta.xml") if "meta.xml" in archive.namelist() else b"<m/>"
            tree = parsed(meta)
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, OSError) as fault:
        raise ValueError("ce n’est pas un classeur") from fault
    name = qn("meta:name")
    commit = next(
        (
            entry.text
            for entry in tree.iter(qn("meta:user-defined"))
            if entry.get(name) == COMMIT_NAME
        ),
        "",
    )
    tables = content.iterfind(f"{qn('office:body')}/{qn('office:spreadsheet')}/{qn('table:table')}")
    return commit or "", (
        RawSheet(table.get(qn("table:name"), ""), _rows(table), *_beside(table)) for table in tables
    )


def _beside(table: Element) -> tuple[frozenset[str], tuple[Leftover, ...]]:
    """The cells that are merged into another one, and what stands beside the cells."""
    covered: set[str] = set()
    left = [
        found
        for shapes in table.iterfind(qn("table:shapes"))
        for drawn in shapes
        for found in _drawn(drawn, drawn.get(qn("table:end-cell-address"), "").rpartition(".")[2])
    ]
    number = 1
    for row in table.iter(qn("table:table-row")):
        rank = 1
        for cell in row:
            if cell.tag not in (qn("table:table-cell"), qn("table:covered-table-cell")):
                continue
            times = _times(cell, "table:number-columns-repeated")
            if cell.tag == qn("table:covered-table-cell"):
                covered.update(f"{letters(rank + more)}{number}" for more in range(times))
                if len(covered) > MOST_CELLS:
                    raise ValueError("ce tableau a trop de cases fusionnées")
            for element in cell:
                if element.tag == qn("office:annotation"):
                    left.append(comment(f"{letters(rank)}{number}", _text_within(element)))
                elif element.tag.startswith(qn("draw:")):
                    left += _drawn(element, f"{letters(rank)}{number}")
            rank += times
        number += _times(row, "table:number-rows-repeated")
    return frozenset(covered), tuple(left)


def _text_within(element: Element) -> str:
    return "\n".join(paragraph_text(line, LONGEST_READ) for line in element.iter(qn("text:p")))


def _drawn(element: Element, where: str) -> Iterator[Leftover]:
    words = _text_within(element).strip()
    if words or element.tag == qn("draw:frame"):
        yield shape(where or "A1", words)


def _rows(table: Element) -> Iterator[tuple[int, list[Cell]]]:
    number, left, signs = 0, MOST_CELLS, MOST_BYTES
    for row in table.iter(qn("table:table-row")):
        times = _times(row, "table:number-rows-repeated")
        cells = _cells(row, number + 1)
        if any(cell.text for cell in cells):
            # a full row that is repeated a million times is a few bytes of file
            left -= times * len(cells)
            # and a million blanks are one element
            signs -= sum(len(cell.text) for cell in cells)
            if left < 0 or signs < 0:
                raise ValueError("ce tableau a trop de cases")
            yield number + 1, cells
            for below in range(number + 2, number + times + 1):
                # references, not copies: a long text may be repeated
                yield below, [_moved(cell, below) for cell in cells]
        number += times


def _moved(cell: Cell, number: int) -> Cell:
    return replace(cell, where=f"{cell.where.rstrip('0123456789')}{number}")


def _cells(row: Element, number: int) -> list[Cell]:
    cells: list[Cell] = []
    empty = 0
    for cell in row:
        if cell.tag not in (qn("table:table-cell"), qn("table:covered-table-cell")):
            continue
        times = _times(cell, "table:number-columns-repeated")
        text, kind = _text_of(cell)
        if not text:
            empty += times
            continue
        if len(cells) + empty + times > MOST_COLUMNS:
            raise ValueError("ce tableau a trop de colonnes")
        for _ in range(empty):
            cells.append(Cell("", "text", f"{letters(len(cells) + 1)}{number}"))
        empty = 0
        for _ in range(times):
            cells.append(Cell(text, kind, f"{letters(len(cells) + 1)}{number}"))
    return cells


_KINDS: dict[str, Kind] = {
    "float": "number", "percentage": "number", "currency": "number", "date": "date",
    "time": "time", "boolean": "logical",
}  # fmt: skip


def _text_of(cell: Element) -> tuple[str, Kind]:
    shown = ""
    for rank, paragraph in enumerate(cell.findall(qn("text:p"))):
        shown += "\n" * bool(rank) + paragraph_text(paragraph, LONGEST_READ)
        if len(shown) > LONGEST_READ:
            raise ValueError(TOO_LONG)
    if cell.get(qn("table:formula")) is not None:
        return shown or "=", "formula"
    kind = _KINDS.get(cell.get(qn("office:value-type"), ""), "text")
    match kind:
        case "number":
            value = cell.get(qn("office:value"), shown)
            return value.removesuffix(".0").replace(".", ","), kind
        case "date":
            return cell.get(qn("office:date-value"), shown).removesuffix("T00:00:00"), kind
        case "text":
            return shown or cell.get(qn("office:string-value"), ""), kind
    return shown, kind


def _times(element: Element, name: str) -> int:
    given = element.get(qn(name), "1")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 1
