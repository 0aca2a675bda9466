"""Normalises nested bold and italic to one canonical tree.

Markdown and wikitext both have several for the same letters (``**a *b***``, ``**a** ***b***``
with nothing between...). The serializer and what reads wikitext back must agree on one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from loosbot.frozen import dataclass
from loosbot.wikitext.doctree import BLOCKS, DEEPEST_INLINE, TAGS, add_text, one_line

_ATOMS = frozenset({"br", "code", "sup", "img"})
_HOLD_NO_TEXT = frozenset({"pre", "hr"})


@dataclass(frozen=True, slots=True)
class _Run:
    """Text or an element, with its bold and italic state."""

    what: str | Element
    bold: bool = False
    italic: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it looks the same in bold."""
        if isinstance(self.what, str):
            return not self.what.strip(" ")
        return self.what.tag == "br"


def tidy_inline(parent: Element) -> None:
    """All bold and italic below ``parent``, which is a block: merged, without blanks at the edges.

    The one that lasts longer is outside; bold is, when both do.
    """
    if parent.tag in _HOLD_NO_TEXT:
        return
    children = list(parent)
    if not children:
        parent.text = one_line(parent.text).strip(" ") or None
        return
    pending = [_Run(parent.text)] if parent.text else []
    parent.text = None
    parent[:] = []
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS or child.tag in ("li", "thead", "tbody", "tr", "td", "th", "note"):
            if pending:
                _build(parent, _settled(pending))
                pending = []
            parent.append(child)
            tidy_inline(child)
        else:
            pending += _runs_of(child, _Run(""), 0)
        if tail:
            pending.append(_Run(tail))
    if pending:
        _build(parent, _settled(pending))


def _runs_of(element: Element, look: _Run, depth: int) -> Iterator[_Run]:
    if element.tag == "a" or element.tag in TAGS:
        shown = one_line("".join(element.itertext()))
        if shown.startswith(" "):
            yield replace(look, what=" ")
        yield replace(look, what=_inside(element, look))
        if shown.endswith(" "):
            yield replace(look, what=" ")
        return
    if element.tag in _ATOMS:
        yield replace(look, what=element)
        return
    if depth > DEEPEST_INLINE:
        yield replace(look, what=one_line("".join(element.itertext())))
        return
    look = replace(
        look, bold=look.bold or element.tag == "strong", italic=look.italic or element.tag == "em"
    )
    yield replace(look, what=element.text or "")
    for child in element:
        tail, child.tail = child.tail, None
        yield from _runs_of(child, look, depth + 1)
        yield replace(look, what=tail or "")


def _inside(element: Element, look: _Run) -> Element:
    """The link or tag with tidy content, in which nothing is bold that is so outside."""
    copy = Element(element.tag, dict(element.attrib))
    runs = [_Run(element.text or "")]
    for child in list(element):
        tail, child.tail = child.tail, None
        if child.tag == "a" and element.tag == "a":
            # no link in a link
            child.tag = "span"
        runs += (*_runs_of(child, _Run(""), 1), _Run(tail or ""))
    bare = [
        replace(run, bold=run.bold and not look.bold, italic=run.italic and not look.italic)
        for run in runs
    ]
    _build(copy, _settled(bare))
    return copy


def _settled(runs: Iterable[_Run]) -> list[_Run]:
    """Runs split at blanks; a blank or break at the edge of bold is not bold."""
    pieces: list[_Run] = []
    for run in runs:
        if not isinstance(run.what, str):
            pieces.append(run)
            continue
        text = one_line(run.what)
        inner = text.strip(" ")
        start = len(text) - len(text.lstrip(" "))
        rest = text[start + len(inner) :]
        pieces += [replace(run, what=part) for part in (text[:start], inner, rest) if part]
    return _edged([run for index, run in enumerate(pieces) if not _hidden(pieces, index)])


def _hidden(pieces: list[_Run], index: int) -> bool:
    """Whether it is a blank beside a line break, which is not visible."""
    if not isinstance(pieces[index].what, str) or not pieces[index].is_blank:
        return False
    return any(
        isinstance(beside.what, Element) and beside.what.tag == "br"
        for beside in (*pieces[max(index - 1, 0) : index], *pieces[index + 1 : index + 2])
    )


def _edged(pieces: list[_Run]) -> list[_Run]:
    """Blanks in a row are bold only where all of them are, and what is on both sides.

    Those at both ends are left out.
    """
    out: list[_Run] = []
    blanks: list[_Run] = []
    before, end = _Run(""), _Run("end")
    for run in [*pieces, end]:
        if run.is_blank:
            blanks.append(run)
            continue
        row = (before, *blanks, run)
        bold, italic = all(piece.bold for piece in row), all(piece.italic for piece in row)
        if out and run is not end:
            out += [replace(blank, bold=bold, italic=italic) for blank in blanks]
        out.append(run)
        blanks, before = [], run
    return out[:-1]


def _build(parent: Element, runs: list[_Run]) -> None:
    index = 0
    while index < len(runs):
        run = runs[index]
        if run.is_blank or not (run.bold or run.italic):
            if isinstance(run.what, Element):
                parent.append(run.what)
            else:
                add_text(parent, run.what)
            index += 1
            continue
        bold, italic = index, index
        while bold < len(runs) and runs[bold].bold:
            bold += 1
        while italic < len(runs) and runs[italic].italic:
            italic += 1
        outer = SubElement(parent, "strong" if bold >= italic else "em")
        end = max(bold, italic)
        while runs[end - 1].is_blank:
            end -= 1
        inside = runs[index:end]
        if bold >= italic:
            _build(outer, [replace(piece, bold=False) for piece in inside])
        else:
            _build(outer, [replace(piece, italic=False) for piece in inside])
        index = end
