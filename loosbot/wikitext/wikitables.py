"""A table of wikitext or of HTML tags, into the tree of a Markdown table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from mwparserfromhell.nodes import Node, Tag

from loosbot.wikitext.wikiblocks import Item, items
from loosbot.wikitext.wikicode import Undecodable

CellReader = Callable[[Sequence[Item], Element], None]
_ALIGNMENT = re.compile(r"text-align: ?(left|center|right);?")


def attributes_of(tag: Tag) -> dict[str, str]:
    """Its attributes by name; one without a value is ""."""
    return {
        str(attribute.name).strip().lower(): ""
        if attribute.value is None
        else str(attribute.value).strip()
        for attribute in tag.attributes
    }


def table_of(tag: Tag, read: CellReader) -> Element:
    """The tree of the table; its first row is its header, or has no text.

    :class:`Undecodable` for what a Markdown table has not: spans, captions, headers elsewhere.
    """
    rows = list(_rows(tag.contents.nodes))
    if not rows:
        raise Undecodable("un tableau vide")
    table = Element("table")
    head, body = SubElement(table, "thead"), SubElement(table, "tbody")
    has_header = all(str(cell.tag) == "th" for cell in rows[0])
    width = len(rows[0]) if has_header else max(len(row) for row in rows)
    alignments = [_alignment(rows, column) for column in range(width)]
    if not has_header:
        _row(head, "th", alignments)
    for index, row in enumerate(rows):
        is_header = has_header and index == 0
        wanted = "th" if is_header else "td"
        if len(row) > width or any(str(cell.tag) != wanted for cell in row):
            raise Undecodable(
                "un tableau dont les lignes ne vont pas sous la première (autant de cases partout, "
                "et « ! » devant celles de la première ligne seule)"
            )
        cells = _row(head if is_header else body, wanted, alignments)
        for cell, source in zip(cells, row, strict=False):
            read(items(source.contents.nodes), cell)
    return table


def _row(parent: Element, tag: str, alignments: list[str]) -> list[Element]:
    row = SubElement(parent, "tr")
    styles = [
        {"style": f"text-align: {alignment};"} if alignment else {} for alignment in alignments
    ]
    return [SubElement(row, tag, style) for style in styles]


def _rows(nodes: Sequence[Node]) -> Iterator[list[Tag]]:
    """The cells of each row; those before the first ``|-`` are a row of their own."""
    loose: list[Item] = []
    for item in items(nodes):
        if not isinstance(item, Tag) or str(item.tag) != "tr":
            loose.append(item)
            continue
        if cells := _cells(loose):
            yield cells
        loose = []
        if item.attributes:
            raise Undecodable(f"une ligne de tableau avec des attributs (à ôter) : {_short(item)}")
        if cells := _cells(items(item.contents.nodes)):
            yield cells
    if cells := _cells(loose):
        yield cells


def _cells(row: Sequence[Item]) -> list[Tag]:
    cells = []
    for item in row:
        if isinstance(item, str) and not item.strip():
            continue
        if not isinstance(item, Tag) or str(item.tag) not in ("td", "th"):
            raise Undecodable(f"dans un tableau, Markdown n’a pas : {_short(item)}")
        if item.wiki_markup == "|" and str(item.contents).startswith("+"):
            if str(item.contents).strip() == "+":
                continue  # the visual editor puts an empty one into every table that it makes
            raise Undecodable(
                f"un tableau qui a un titre (à écrire au-dessus de lui) : {_short(item)}"
            )
        cells.append(item)
    return cells


def _short(item: Item) -> str:
    return " ".join(str(item).split())[:40]


def _alignment(rows: list[list[Tag]], column: int) -> str:
    """That of all cells of the column which name one."""
    wanted = set()
    for row in rows:
        if column >= len(row):
            continue
        attributes = attributes_of(row[column])
        if attributes.pop("scope", "col") != "col" or set(attributes) - {"style"}:
            spans = {"colspan", "rowspan"} & attributes.keys()
            why = (
                "une case qui en couvre plusieurs (séparez-les, ses mots dans chacune)"
                if spans
                else "une case avec des attributs (à ôter)"
            )
            raise Undecodable(f"{why} : {_short(row[column])}")
        if "style" in attributes:
            alignment = _ALIGNMENT.fullmatch(attributes["style"])
            if alignment is None:
                raise Undecodable(f"une case avec un style (à ôter) : {attributes['style'][:40]}")
            wanted.add(alignment[1])
    if len(wanted) > 1:
        raise Undecodable("une colonne alignée de plusieurs façons (alignez ses cases de même)")
    return wanted.pop() if wanted else ""
