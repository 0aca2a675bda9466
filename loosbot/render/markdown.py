"""Markdown as the guide for staff documents it, into wikitext, through Python-Markdown.

Read are headings, paragraphs, hard breaks, bold, italic, code, nested lists, quotes, tables,
rules, inline links and footnotes. All the rest is text: raw HTML,
``&eacute;``, underscores, underlined titles, reference links.
Which wikitext each becomes is written in :mod:`loosbot.render.wikiserializer`.

Three limits keep any text of 1 MiB from taking for ever, and lose no character: a paragraph of
more than ``LONGEST_PARAGRAPH`` characters is shown with its Markdown signs as typed (the library
rebuilds the whole paragraph at each sign), so is what is nested deeper than ``DEEPEST_BLOCK``
lists and quotes (it recurses), and a link's label holds one level of brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from loosbot.render.doctree import Document, one_line, visible_text
from loosbot.render.emphasis import Emphasis
from loosbot.render.inlinetidy import tidy_inline
from loosbot.render.wikiinline import Resolver, Target
from loosbot.render.wikiserializer import Serializer
from loosbot.render.wikitext import Context, encode

__all__ = ["MarkdownRenderer", "Resolver", "Target", "markdown_to_wikitext", "plain_text"]

LONGEST_PARAGRAPH = 20_000
DEEPEST_BLOCK = 40

# A label with one level of brackets, a target with one level of parentheses, a title to drop.
# Possessive, so that thousands of brackets take no more than one look each.
_LINK = (
    r"\[((?:[^][]++|\[[^][]*+\])*+)\]"
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^()\s<>]++|\([^()\s]*+\))*+))"
    r"(?:\s++(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?\s*+\)"
)
_SENTENCE = r"[^\W\d_](?: ?+(?:[^\W_]|[-,.;?!'\"’«»()…–—/%€°]|:(?=[ \n]|\Z))++)*+"
_MERE_PROSE = re.compile(rf"{_SENTENCE}(?:\n{{1,2}}{_SENTENCE})*+")
"""Paragraphs whose lines begin with a letter and hold no sign of Markdown: most of what people
write, in a tenth of the time that the library takes."""
_IN_NOTE = "note"
_MAIL = r"<(?:mailto:)?([^<>\s@!]{1,64}@[^<>\s@]{1,255})>"


class MarkdownRenderer:
    """Built once (some milliseconds), used for any number of texts, one after the other."""

    def __init__(self) -> None:
        self._notes = _Notebook()
        self._markdown = markdown.Markdown(
            extensions=[
                TableExtension(),
                SaneListExtension(),
                self._notes,
                _OnlyWhatIsDocumented(self._notes),
            ]
        )

    def to_wikitext(self, source: str, *, level: int, resolve: Resolver) -> str:
        """Wikitext of a canonical Markdown text, without a newline at its end.

        ``level`` is that of the heading above (the page's title is 1): ``#`` becomes one more.
        ``resolve`` gets what is between a link's parentheses and gives the page it leads to, or
        None; http, https and mailto lead out of the wiki, any other link is mere text.
        """
        if _MERE_PROSE.fullmatch(source):
            paragraphs = (one_line(one) for one in source.split("\n\n"))
            return "\n\n".join(encode(one, Context.PROSE) for one in paragraphs)
        return Serializer(self._parse(source), level=level, resolve=resolve).wikitext()

    def plain_text(self, source: str) -> str:
        """What a reader sees of it, without notes: blocks apart by a blank line, no markup."""
        return visible_text(self._parse(source).root)

    def _parse(self, source: str) -> Document:
        """The library's steps up to its tree: its HTML serializer is of no use here."""
        engine = self._markdown
        engine.reset()
        lines = source.split("\n")
        for preprocessor in engine.preprocessors:
            lines = preprocessor.run(lines)
        root = Element("div")
        engine.parser.parseChunk(root, "\n".join(lines))
        for treeprocessor in engine.treeprocessors:
            treeprocessor.run(root)  # all of ours change the tree in place
        notes = {note.get("id", ""): note for note in root.findall("note")}
        for note in notes.values():
            root.remove(note)
            tidy_inline(note)
        tidy_inline(root)
        return Document(root, notes)


def markdown_to_wikitext(source: str, *, level: int, resolve: Resolver) -> str:
    """One text; see :meth:`MarkdownRenderer.to_wikitext`, which is better for many."""
    return MarkdownRenderer().to_wikitext(source, level=level, resolve=resolve)


def plain_text(source: str) -> str:
    """One text; see :meth:`MarkdownRenderer.plain_text`, which is better for many."""
    return MarkdownRenderer().plain_text(source)


class _OnlyWhatIsDocumented(Extension):
    """Takes HTML, entities and reference links out of Markdown, and puts the limits in."""

    def __init__(self, notes: FootnoteExtension) -> None:
        super().__init__()
        self._notes = notes

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        for name in ("reference", "image_reference", "short_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("entity")
        # `__NOTOC__` and `mon_fichier_` are text: bold and italic are written with asterisks
        md.inlinePatterns.register(_Verbatim("_+", md), "underscore", 65)
        md.inlinePatterns.register(Emphasis(), "em_strong", 60)
        # a line of dashes under a sentence is a rule, not a sign that the sentence was a title
        md.parser.blockprocessors.deregister("setextheader")
        # a reference definition would make its line vanish
        md.parser.blockprocessors.deregister("reference")
        md.parser.blockprocessors.register(_NoteDefinition(self._notes), "footnote", 17)
        md.inlinePatterns.register(_NoteMark(self._notes), "footnote", 175)
        md.inlinePatterns.register(_Link(r"(?<!\!)" + _LINK, md), "link", 160)
        md.inlinePatterns.register(_Image(r"\!" + _LINK, md), "image_link", 150)
        md.inlinePatterns.register(_Mail(_MAIL, md), "automail", 110)
        md.parser.blockprocessors.register(
            _Table(md.parser, {"use_align_attribute": False}), "table", 75
        )
        md.parser.blockprocessors.register(_TooDeep(md.parser), "too-deep", 95)
        md.treeprocessors.deregister("footnote")
        md.treeprocessors.deregister("footnote-duplicate")
        md.treeprocessors.register(_Notes(md, self._notes), "notes", 50)
        md.treeprocessors.register(_TooLong(md), "too-long", 40)


class _Verbatim(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return m.group(), m.start(0), m.end(0)


class _Link(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("a")
        element.text = m.group(1)
        element.set("href", self.unescape(m.group(2) or m.group(3) or "").strip())
        return element, m.start(0), m.end(0)


class _Image(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        element = Element("img")
        element.set("alt", self.unescape(m.group(1)))
        return element, m.start(0), m.end(0)


class _Mail(InlineProcessor):
    """The library's own writes the address as HTML references, to hide it from robots."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        address = self.unescape(m.group(1))
        element = Element("a")
        element.set("href", f"mailto:{address}")
        element.text = AtomicString(address)
        return element, m.start(0), m.end(0)


class _Notebook(FootnoteExtension):
    def setFootnote(self, id: str, text: str) -> None:  # noqa: N802 - the library's own names
        """A second note of the same name goes under the first, which the library would drop."""
        before = self.footnotes.get(id)
        super().setFootnote(id, text if before is None else f"{before}\n\n{text}")


class _NoteDefinition(FootnoteBlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Inside a note, what looks like another one is its text."""
        return _IN_NOTE not in self.parser.state


class _NoteMark(InlineProcessor):
    def __init__(self, notes: FootnoteExtension) -> None:
        super().__init__(r"\[\^([^\]\n]*)\]")
        self._notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if m.group(1) not in self._notes.footnotes:
            return None, None, None
        element = Element("sup")
        element.set("id", m.group(1))
        return element, m.start(0), m.end(0)


class _Notes(Treeprocessor):
    """Each note's content at the end of the tree, so that its inline Markdown is read too."""

    def __init__(self, md: markdown.Markdown, notes: FootnoteExtension) -> None:
        super().__init__(md)
        self._notes = notes

    def run(self, root: Element) -> None:
        for name, text in self._notes.footnotes.items():
            note = SubElement(root, "note", {"id": name})
            self.md.parser.state.set(_IN_NOTE)
            self.md.parser.parseChunk(note, text)
            self.md.parser.state.reset()


class _Table(TableProcessor):
    """The library drops the cells beyond the header's last column; they stay in the last one."""

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]  # not in types-Markdown
        cells = self._split_row(row)  # type: ignore[attr-defined]  # not in types-Markdown
        if len(cells) > len(align):
            parent[-1][-1].text = " | ".join(cell.strip(" ") for cell in cells[len(align) - 1 :])

    def _build_empty_row(self, parent: Element, align: Sequence[str | None]) -> None:
        """A header alone has no row under it."""


class _TooDeep(BlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return len(self.parser.state) > DEEPEST_BLOCK

    def run(self, parent: Element, blocks: list[str]) -> None:
        paragraph = SubElement(parent, "p")
        paragraph.text = AtomicString(blocks.pop(0).strip("\n"))


class _TooLong(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and len(element.text) > LONGEST_PARAGRAPH:
                element.text = AtomicString(element.text)
            if element.tail and len(element.tail) > LONGEST_PARAGRAPH:
                element.tail = AtomicString(element.tail)
