"""Markdown as the guide for staff documents it, into wikitext, through Python-Markdown.

Blocks are CommonMark's, with GitHub's tables (:mod:`loosbot.wikitext.blockparser`); in them bold,
italic, code, links, hard breaks, notes, the tags of ``doctree.TAGS``. All the rest is text: HTML,
``&eacute;``. Which wikitext each becomes is written in :mod:`loosbot.wikitext.wikiserializer`.

Three limits keep any text of 1 MiB from taking for ever, and lose no character: a paragraph of
more than ``LONGEST_PARAGRAPH`` characters is shown with its Markdown signs as typed (the library
rebuilds the whole paragraph at each sign), so is what is nested too deep (it recurses), and a
link's label holds one level of brackets.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from loosbot.wikitext import markdowninline
from loosbot.wikitext.blockparser import parse_blocks
from loosbot.wikitext.doctree import Document, visible_text
from loosbot.wikitext.inlinetidy import tidy_inline
from loosbot.wikitext.markdowninline import LIVE, Definitions
from loosbot.wikitext.wikiinline import Resolver, Target
from loosbot.wikitext.wikiserializer import Serializer

__all__ = ["MarkdownRenderer", "Resolver", "Target", "markdown_to_wikitext"]

LONGEST_PARAGRAPH = 20_000
_LIBRARY_BLOCKS = (
    *("empty", "indent", "code", "hashheader", "setextheader", "hr"),
    *("olist", "ulist", "quote", "reference", "paragraph"),
)
_SENTENCE = r"[^\W\d_](?: ?+(?:[-\w,.;?!'\"’«»()…–—/%€°]++|:(?=[ \n]|\Z))++)*+"
_PROSE = re.compile(rf"{_SENTENCE}(?:\n{{1,2}}{_SENTENCE})*+(?:\n\n\[…\])?+")


def _is_mere_prose(text: str) -> bool:
    """Whether it is paragraphs whose lines begin with a letter and hold no sign of Markdown, nor
    any that wikitext would read: most of what people write, in a hundredth of the time that the
    library takes. The last paragraph may say that more follows elsewhere."""
    return "_" not in text and "''" not in text and _PROSE.fullmatch(text) is not None


def _paragraphs(mere_prose: str) -> str:
    """Each paragraph on one line: its lines begin with a letter and end without a blank."""
    return "\n\n".join(part.replace("\n", " ") for part in mere_prose.split("\n\n"))


class MarkdownRenderer:
    """Built once (some milliseconds), used for any number of texts, one after the other."""

    def __init__(self) -> None:
        self._markdown = markdown.Markdown(extensions=[_OurMarkdown(Definitions())])

    def to_wikitext(self, source: str, *, level: int, resolve: Resolver) -> str:
        """Wikitext of a canonical Markdown text, without a newline at its end.

        ``level`` is that of the heading above (the page's title is 1): ``#`` becomes one more.
        ``resolve`` gets what is between a link's parentheses and gives the page it leads to, or
        None; http, https and mailto lead out of the wiki, any other link is mere text.
        """
        if _is_mere_prose(source):
            return _paragraphs(source)
        return Serializer(self.parse(source), level=level, resolve=resolve).wikitext()

    def plain_text(self, source: str) -> str:
        """What a reader sees of it, without notes: blocks apart by a blank line, no markup."""
        # a text over several lines of a file ends with one
        prose = source.rstrip("\n")
        if _is_mere_prose(prose):
            return _paragraphs(prose)
        return visible_text(self.parse(source).root)

    def parse(self, source: str) -> Document:
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
        root[:] = [block for block in root if block.tag != "note"]
        for note in notes.values():
            tidy_inline(note)
        tidy_inline(root)
        return Document(root, notes)


def markdown_to_wikitext(source: str, *, level: int, resolve: Resolver) -> str:
    """One text; see :meth:`MarkdownRenderer.to_wikitext`, which is better for many."""
    return MarkdownRenderer().to_wikitext(source, level=level, resolve=resolve)


class _OurMarkdown(Extension):
    """CommonMark's blocks and the guide's signs in place of the library's."""

    def __init__(self, definitions: Definitions) -> None:
        super().__init__()
        self._definitions = definitions

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the library's name
        for name in ("html_block", "normalize_whitespace"):
            md.preprocessors.deregister(name)
        md.treeprocessors.deregister("prettify")
        for name in _LIBRARY_BLOCKS:
            md.parser.blockprocessors.deregister(name)
        md.parser.blockprocessors.register(_Blocks(md.parser, self._definitions), "blocks", 100)
        markdowninline.register(md, self._definitions)
        md.treeprocessors.register(_Unparsed(md), "as-typed", 40)


class _Blocks(BlockProcessor):
    """All the blocks of a text; its notes at the end of the tree, to be read as the rest is."""

    def __init__(self, parser: BlockParser, definitions: Definitions) -> None:
        super().__init__(parser)
        self._definitions = definitions

    def test(self, parent: Element, block: str) -> bool:
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        named = parse_blocks("\n\n".join(blocks), parent)
        blocks.clear()
        parent.extend(named.notes.values())
        self._definitions.notes, self._definitions.references = named.notes, named.references


class _Unparsed(Treeprocessor):
    """Marks text that is too long for the library, or holds no Markdown, as not to be parsed."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            text = element.text
            if text and (len(text) > LONGEST_PARAGRAPH or not LIVE.search(text)):
                element.text = AtomicString(text)
