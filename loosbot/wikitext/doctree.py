"""The tree of a parsed Markdown text: what its elements hold, whatever it is written as."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from loosbot.frozen import dataclass

HEADINGS: Mapping[str, int] = {f"h{number}": number for number in range(1, 7)}
BLOCKS = frozenset({*HEADINGS, "p", "ul", "ol", "blockquote", "pre", "table", "hr"})
_CONTAINERS = BLOCKS | {"li", "thead", "tbody", "tr"}
TAGS: Mapping[str, str] = {
    "superscript": "sup",
    "subscript": "sub",
    "underline": "u",
    "strikethrough": "s",
    "small": "small",
}
"""What Markdown has no sign for, as the tree calls it (``sup`` cites a note there), and its tag in
HTML, in wikitext and in a Markdown text: what the toolbar of the visual editor makes."""
DEEPEST_INLINE = 40
"""Bold in a link in bold...: what is deeper counts as mere text."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed Markdown text: its blocks, and its notes by name."""

    root: Element
    notes: Mapping[str, Element]


def add_text(parent: Element, text: str) -> None:
    """Text after all that ``parent`` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def one_line(text: str | None) -> str:
    """Text of a paragraph: a newline in it, with the blanks around, is a space."""
    if not text or "\n" not in text:
        return text or ""
    first, *others = text.split("\n")
    *inner, last = others
    return " ".join([first.rstrip(" "), *(line.strip(" ") for line in inner), last.lstrip(" ")])


def code_text(element: Element) -> str:
    """What was typed in a ``code`` or ``pre``: the library holds it escaped for HTML."""
    return html.unescape("".join(element.itertext())).rstrip("\n")


def rows(table: Element) -> Iterator[Element]:
    """The rows of a table, but for a header without any text."""
    for row in table.iter("tr"):
        if any(cell.tag == "td" or "".join(cell.itertext()) for cell in row):
            yield row


def starts_elsewhere(element: Element) -> bool:
    """Whether an ordered list begins with another number than 1 (often a year)."""
    return element.get("start", "1") != "1"


def trailing_lists(item: Element) -> list[Element]:
    """The lists that end a list item, in order: those that wikitext can nest.

    Of two lists of one kind with nothing between them it would make one.
    """
    elements: list[Element] = []
    for child in reversed(item):
        is_list = child.tag in ("ul", "ol") and not (child.tail or "").strip()
        if not is_list or starts_elsewhere(child) or (elements and elements[0].tag == child.tag):
            break
        elements.insert(0, child)
    return elements


def citations(element: Element) -> Iterator[str]:
    """Names of the notes cited, in order; in the label of a link a mark is mere text."""
    for child in element:
        if child.tag == "sup":
            yield child.get("id", "")
        elif child.tag != "a":
            yield from citations(child)


def visible_text(element: Element) -> str:
    """What a reader sees, without markup and notes: blocks apart by a blank line."""
    return "\n\n".join(chunk for chunk in _chunks(element) if chunk)


def _chunks(element: Element) -> Iterator[str]:
    if element.tag == "pre":
        yield code_text(element)
        return
    if element.tag == "tr":
        yield " · ".join(_inline_text(cell).strip(" ") for cell in element)
        return
    line = one_line(element.text)
    for child in element:
        if child.tag in _CONTAINERS:
            yield _tidy(line)
            yield from _chunks(child)
            line = one_line(child.tail)
        else:
            line += _visible(child) + one_line(child.tail)
    yield _tidy(line)


def _tidy(text: str) -> str:
    """Without the blanks around a hard break, nor at the ends."""
    return "\n".join(line.strip(" ") for line in text.strip(" \n").split("\n"))


def _inline_text(element: Element, depth: int = 0) -> str:
    if depth > DEEPEST_INLINE:
        return one_line("".join(element.itertext()))
    text = one_line(element.text)
    return text + "".join(_visible(child, depth + 1) + one_line(child.tail) for child in element)


def _visible(element: Element, depth: int = 0) -> str:
    match element.tag:
        case "code":
            return one_line(code_text(element))
        case "img":
            return one_line(element.get("alt"))
        case "br":
            return "\n"
        case "sup":
            return ""
        case _:
            return _inline_text(element, depth)
