"""What stands beside the cells of a workbook of Excel: comments, pictures, words in shapes, and
which cells are merged. openpyxl reads none of it where it reads a sheet row by row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from loosbot.exchange.received import MOST_CELLS, Leftover, comment, shape
from loosbot.exchange.unpacked import bare_name, parsed
from loosbot.parsing import whole_number

_MERGED = b"mergeCell"


class Parts:
    """The parts of a workbook that :func:`loosbot.exchange.unpacked.require_sound` let through."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = set(self._archive.namelist())

    def covered(self, sheet: str) -> frozenset[str]:
        """The cells that are merged into another one. Raises ValueError for too many of them."""
        name = sheet.lstrip("/")
        if name not in self._names or _MERGED not in (part := self._archive.read(name)):
            return frozenset()
        covered: set[str] = set()
        for _, element in ElementTree.iterparse(io.BytesIO(part)):  # noqa: S314 - looked at before
            if bare_name(element) == "mergeCell":
                covered.update(_inner(element.get("ref", "")))
                if len(covered) > MOST_CELLS:
                    raise ValueError("ce tableau a trop de cases fusionnées")
            element.clear()
        return frozenset(covered)

    def left(self, sheet: str) -> Iterator[Leftover]:
        """What stands beside the cells of a sheet, by its path."""
        related = self._related(sheet.lstrip("/"))
        threaded = {
            element.get("ref", ""): "".join(element.itertext())
            for kind, part in related
            if kind == "threadedComment"
            for element in part
        }
        for kind, part in related:
            if kind == "comments":
                for element in part.iter():
                    if bare_name(element) == "comment":
                        where = element.get("ref", "")
                        yield comment(where, threaded.get(where) or _words(element))
            elif kind == "drawing":
                for anchor in part:
                    yield from _drawn(anchor)

    def _related(self, sheet: str) -> list[tuple[str, Element]]:
        """The parts that a sheet names: the last word of their kind, and their root."""
        listed = f"{dirname(sheet)}/_rels/{basename(sheet)}.rels"
        if listed not in self._names:
            return []
        parts = []
        for relation in parsed(self._archive.read(listed)):
            target = normpath(join("/", dirname(sheet), relation.get("Target", ""))).lstrip("/")
            if target in self._names and target.endswith(".xml"):
                kind = relation.get("Type", "").rpartition("/")[2]
                parts.append((kind, parsed(self._archive.read(target))))
        return parts


def _inner(reference: str) -> Iterator[str]:
    """The cells of ``D3:D5`` but the first, which holds what all of them show."""
    try:
        first, top, last, bottom = range_boundaries(reference)
    except ValueError:
        # no range: nothing is merged
        return
    if first is None or top is None or last is None or bottom is None:
        return
    if (last - first + 1) * (bottom - top + 1) > MOST_CELLS:
        raise ValueError("ce tableau a trop de cases fusionnées")
    for row in range(top, bottom + 1):
        for column in range(first, last + 1):
            if (row, column) != (top, first):
                yield f"{get_column_letter(column)}{row}"


def _drawn(anchor: Element) -> Iterator[Leftover]:
    """What is fixed at one place of a sheet."""
    place = {
        bare_name(inner): whole_number(inner.text or "") or 0
        for element in anchor
        if bare_name(element) == "from"
        for inner in element
    }
    kinds = {bare_name(element) for element in anchor.iter()}
    if kinds & {"pic", "sp", "graphicFrame", "grpSp", "cxnSp"}:
        where = (
            f"{get_column_letter(min(place.get('col', 0), 16_383) + 1)}{place.get('row', 0) + 1}"
        )
        words = "".join(
            f"{element.text} "
            for element in anchor.iter()
            if bare_name(element) == "t" and element.text
        ).strip()
        # a line or an arrow alone says nothing
        if words or kinds & {"pic", "graphicFrame"}:
            yield shape(where, words)


def _words(element: Element) -> str:
    return "".join(inner.text or "" for inner in element.iter() if bare_name(inner) == "t").strip()
