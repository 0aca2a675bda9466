"""The tree of a Markdown text, written as wikitext that people can read and edit.

One form for each construct, so that wikitext can be read back as Markdown:

==================================  ==========================================================
Markdown                            wikitext
==================================  ==========================================================
paragraph                           one line, a blank line between two
newline in a paragraph              a space
two spaces and a newline            ``<br>`` and a newline; in lists and cells ``<br>``
``# T`` under a heading of level n  ``== T ==`` with n + 1 signs (6 at most)
heading in a quote, list or note    ``'''T'''``
``**b**``, ``*i*``                  ``'''b'''``, ``''i''``
`````c`````                         ``<code>c</code>``
indented code                       ``<pre>``; in a list ``<code style="white-space:pre-wrap">``
``- a``, ``1. a``                   ``* a``, ``# a``; nested ``**``, ``*#``
list from another number            ``<ol start="3"><li>a</li></ol>`` on one line
second paragraph of an item         ``<br><br>``; its other blocks in HTML on the same line
``> q``                             ``<blockquote>``, the blocks, ``</blockquote>``
``---``                             ``----``
table                               ``{| class="wikitable"`` in :func:`opened_region`
``[a](cible)``                      ``[[Titre|a]]``, ``[[Titre]]`` when they are the same
``[a](https://x)``                  ``[https://x a]``
``<https://x>``                     ``https://x`` where it stays a link, else ``[https://x …]``
other link, image                   its label, its alternative text
``[^1]``                            ``<ref>…</ref>``; ``<ref name="note-…">`` if cited twice
note nobody cites                   ``[^1]: …`` at the end
==================================  ==========================================================
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from loosbot.wikitext.blocks import UNNAMED, opened_region
from loosbot.wikitext.doctree import (
    BLOCKS,
    HEADINGS,
    Document,
    citations,
    code_text,
    one_line,
    rows,
    starts_elsewhere,
    trailing_lists,
)
from loosbot.wikitext.encoding import Context, Markup, encode
from loosbot.wikitext.links import heading_of, preformatted
from loosbot.wikitext.notes import name_of
from loosbot.wikitext.wikiinline import InlineWriter, Part, Resolver

EMPTY_ITEM = "&nbsp;"
"""What an item shows in which nothing is written: MediaWiki hides one that is empty, and the
numbers of the others would move up."""
EMPTY_QUOTE = "<blockquote>\n</blockquote>"
_ALIGNMENT = re.compile(r"text-align: (\w+);")


class Serializer:
    """Writes one document once."""

    def __init__(self, document: Document, *, level: int, resolve: Resolver) -> None:
        self._document = document
        self._level = level
        self._inline = InlineWriter(resolve, self._note)
        self._citations = Counter(citations(document.root))
        self._written: dict[str, str] = {}
        self._named: set[str] = set()
        self._in_note = False

    def wikitext(self) -> str:
        blocks = self._blocks(self._document.root, quoted=False)
        blocks += self._forgotten_notes()
        return _stack(blocks)

    # Blocks that stand on lines of their own

    def _blocks(self, parent: Element, *, quoted: bool) -> list[str]:
        return [text for child in parent if (text := self._block(child, quoted=quoted))]

    def _block(self, element: Element, *, quoted: bool) -> str:
        match element.tag:
            case "ul" | "ol":
                if starts_elsewhere(element):
                    return self._flow_block(element, Context.LIST_ITEM)
                return "\n".join(self._list(element, ""))
            case "blockquote":
                inner = _stack(self._blocks(element, quoted=True))
                return f"<blockquote>\n{inner}\n</blockquote>" if inner else EMPTY_QUOTE
            case "pre":
                return preformatted(code_text(element))
            case "table":
                return self._table(element)
            case "hr":
                return "----"
            case tag if tag in HEADINGS and not quoted:
                text = self._inline.write(element, Context.HEADING)
                return heading_of(self._level + HEADINGS[tag], text) if text else ""
            case tag if tag in HEADINGS:
                return self._inline.write(element, Context.PROSE, bold=True)
            case _:
                return self._inline.write(element, Context.PROSE)

    def _list(self, element: Element, above: str) -> Iterator[str]:
        marker = above + ("#" if element.tag == "ol" else "*")
        for item in element:
            nested = trailing_lists(item)
            head = self._flow(item, Context.LIST_ITEM, leave_out=len(nested))
            below = [line for child in nested for line in self._list(child, marker)]
            yield f"{marker} {head if head or below else EMPTY_ITEM}".rstrip(" ")
            yield from below

    def _table(self, table: Element) -> str:
        lines = [opened_region(UNNAMED), '{| class="wikitable"']
        for row in rows(table):
            lines.append("|-")
            for cell in row:
                mark, context = (
                    ("!", Context.HEADER_CELL) if cell.tag == "th" else ("|", Context.CELL)
                )
                text = self._inline.write(cell, context)
                attributes = _cell_attributes(cell)
                start = f"{mark} {attributes} |" if attributes else mark
                lines.append(f"{start} {text}".rstrip(" "))
        return "\n".join([*lines, "|}", "</div>"])

    # Blocks on one line, where MediaWiki needs one line

    def _flow(self, parent: Element, context: Context, leave_out: int = 0) -> str:
        """The content of a list item or a note; its last ``leave_out`` children excepted."""
        pieces: list[tuple[bool, str]] = []
        parts: list[Part] = [one_line(parent.text)]
        for child in parent[: len(parent) - leave_out]:
            if child.tag in BLOCKS:
                pieces.append((True, self._inline.compose(parts, context)))
                is_text = child.tag == "p" or child.tag in HEADINGS
                pieces.append((is_text, self._flow_block(child, context)))
                parts = [one_line(child.tail)]
            else:
                self._inline.append(parts, child)
        pieces.append((True, self._inline.compose(parts, context)))
        flow, after_text = "", False
        for is_text, piece in pieces:
            if piece:
                flow += f"<br><br>{piece}" if is_text and after_text else piece
                after_text = is_text
        return flow

    def _flow_block(self, element: Element, context: Context) -> str:
        tag = element.tag
        match tag:
            case "ul" | "ol":
                start = f' start="{element.get("start")}"' if starts_elsewhere(element) else ""
                items = [self._flow(item, context) or EMPTY_ITEM for item in element]
                lines = "".join(f"<li>{flow}</li>" for flow in items)
                return f"<{tag}{start}>{lines}</{tag}>"
            case "blockquote":
                flow = self._flow(element, context)
                return f"<blockquote>{flow}</blockquote>"
            case "pre":
                code = encode(code_text(element), Context.LIST_ITEM)
                return f'<code style="white-space:pre-wrap">{code}</code>' if code else ""
            case "table":
                return f'<table class="wikitable">{self._flow_rows(element, context)}</table>'
            case "hr":
                return "<hr>"
            case _:
                return self._inline.write(element, context, bold=tag in HEADINGS)

    def _flow_rows(self, table: Element, context: Context) -> str:
        lines = []
        for row in rows(table):
            cells = [
                f"<{' '.join((cell.tag, _cell_attributes(cell))).strip()}>"
                f"{self._inline.write(cell, context)}</{cell.tag}>"
                for cell in row
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        return "".join(lines)

    # Notes

    def _note(self, name: str) -> Markup | None:
        """The citation of a note; None when it has nothing to say."""
        if not self._in_note and self._citations[name] > 1 and name in self._written:
            return Markup(f'<ref name="{self._written[name]}" />')
        content = "" if self._in_note else self._note_content(name, Context.REF)
        if not content:
            return None
        anchor = name_of(content)
        self._written[name] = anchor
        if self._citations[name] > 1:
            if anchor in self._named:
                # another note has the same text, hence the same name: the wiki shows them as one
                return Markup(f'<ref name="{anchor}" />')
            self._named.add(anchor)
            return Markup(f'<ref name="{anchor}">{content}</ref>')
        return Markup(f"<ref>{content}</ref>")

    def _note_content(self, name: str, context: Context) -> str:
        """A note is no place for another one: MediaWiki refuses it."""
        self._in_note = True
        content = self._flow(self._document.notes[name], context)
        self._in_note = False
        return content

    def _forgotten_notes(self) -> Iterator[str]:
        for name in self._document.notes:
            if name not in self._written:
                content = self._note_content(name, Context.LIST_ITEM)
                label = encode(f"[^{name}]:", Context.PROSE)
                yield f"{label} {content}".rstrip()


def _stack(blocks: list[str]) -> str:
    """A blank line between two blocks; none under a heading."""
    out: list[str] = []
    for block in blocks:
        if out:
            # only a heading begins with an unescaped ``=``
            out.append("\n" if out[-1].startswith("=") else "\n\n")
        out.append(block)
    return "".join(out)


def _cell_attributes(cell: Element) -> str:
    scope = 'scope="col"' if cell.tag == "th" else ""
    alignment = _ALIGNMENT.fullmatch(cell.get("style", ""))
    style = f'style="text-align:{alignment[1]}"' if alignment else ""
    return f"{scope} {style}".strip()
