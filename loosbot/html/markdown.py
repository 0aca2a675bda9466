"""A Markdown text as HTML: the tree that becomes wikitext elsewhere, written another way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import islice
from xml.etree.ElementTree import Element

from loosbot.html.typography import typeset
from loosbot.wikitext.doctree import DEEPEST_INLINE, HEADINGS, TAGS, Document, code_text, rows
from loosbot.wikitext.links import external_target

Resolver = Callable[[str], str | None]
"""From what stands between a link's parentheses to an address; None where it leads nowhere."""
_PLAIN: Mapping[str, str] = {
    "strong": "strong",
    "em": "em",
    **TAGS,
    "p": "p",
    "ul": "ul",
    "li": "li",
    "blockquote": "blockquote",
    "thead": "thead",
    "tbody": "tbody",
}


def framed(label: str, rows: str) -> str:
    """A table, from its rows in HTML, in a frame that scrolls sideways: the keyboard reaches it,
    and a screen reader says ``label``, plain text (WCAG 2.1.1, 4.1.2)."""
    return (
        f'<div class="large" role="region" aria-label="{typeset(label)}" tabindex="0">'
        f"<table>{rows}</table></div>"
    )


def markdown_html(document: Document, *, level: int, resolve: Resolver, prefix: str) -> str:
    """The HTML of a Markdown text. ``level`` (1 to 6) is that of the heading above, ``resolve``
    gives the address of a target; ``prefix`` begins the ids of its notes, and so keeps those of two
    texts on one page apart."""
    return _Writer(document, level, resolve, prefix).written()


class _Writer:
    def __init__(self, document: Document, level: int, resolve: Resolver, prefix: str) -> None:
        self._document = document
        self._level = level
        self._resolve = resolve
        self._prefix = prefix
        self._cited: dict[str, int] = {}

    def written(self) -> str:
        body = self._inside(self._document.root, 0)
        return body + "".join(self._notes())

    def _notes(self) -> Iterator[str]:
        """What is cited, in the order of the text; a note may cite another."""
        done = 0
        notes = []
        waiting = list(self._cited)
        while done < len(waiting):
            text = self._inside(self._document.notes[waiting[done]], 0)
            done += 1
            notes.append(f'<li id="{self._anchor(done)}">{text}</li>')
            waiting += islice(self._cited, len(waiting), None)
        if notes:
            yield f'<ol class="notes">{"".join(notes)}</ol>'

    def _anchor(self, number: int) -> str:
        return f"note-{escape(self._prefix)}-{number}"

    def _inside(self, element: Element, depth: int) -> str:
        if depth > 3 * DEEPEST_INLINE:
            return typeset("".join(element.itertext()))
        parts = [typeset(element.text or "")]
        for child in element:
            parts.append(self._element(child, depth + 1))
            parts.append(typeset(child.tail or ""))
        return "".join(parts)

    def _element(self, element: Element, depth: int) -> str:
        tag = element.tag
        if tag in HEADINGS:
            name = f"h{min(self._level + HEADINGS[tag], 6)}"
            return f"<{name}>{self._inside(element, depth)}</{name}>"
        match tag:
            case "code":
                return f"<code>{escape(code_text(element))}</code>"
            case "pre":
                return f'<pre tabindex="0">{escape(code_text(element))}</pre>'
            case "hr":
                return "<hr>"
            case "br":
                return "<br>"
            case "img":
                return typeset(element.get("alt") or "")
            case "ol":
                start = element.get("start", "1")
                first = f' start="{int(start)}"' if start.isdecimal() and start != "1" else ""
                return f"<ol{first}>{self._inside(element, depth)}</ol>"
            case "table":
                return self._table(element, depth)
            case "a":
                return self._link(element, depth)
            case "sup":
                return self._note(element.get("id", ""))
            case _:
                name = _PLAIN.get(tag, "")
                inside = self._inside(element, depth)
                return f"<{name}>{inside}</{name}>" if name else inside

    def _table(self, element: Element, depth: int) -> str:
        head, *below = rows(element)
        # Markdown has no caption: its columns say which table it is
        columns = ", ".join(filter(None, ("".join(cell.itertext()).strip() for cell in head)))
        return framed(
            f"Tableau : {columns}" if columns else "Tableau",
            f"<thead>{self._row(head, depth)}</thead>"
            f"<tbody>{''.join(self._row(row, depth) for row in below)}</tbody>",
        )

    def _row(self, row: Iterable[Element], depth: int) -> str:
        cells = (
            f'<th scope="col">{self._inside(cell, depth)}</th>'
            if cell.tag == "th"
            else f"<td>{self._inside(cell, depth)}</td>"
            for cell in row
        )
        return f"<tr>{''.join(cells)}</tr>"

    def _link(self, element: Element, depth: int) -> str:
        href = element.get("href", "")
        label = self._inside(element, depth)
        address = self._resolve(href)
        if address is None and external_target(href):
            address = href.strip()
        if address is None:
            return label
        return f'<a href="{escape(address)}">{label or typeset(href)}</a>'

    def _note(self, name: str) -> str:
        if name not in self._document.notes:
            return typeset(f"[^{name}]")
        number = self._cited.setdefault(name, len(self._cited) + 1)
        return f'<sup><a href="#{self._anchor(number)}">{number}</a></sup>'
