"""Prose that people may have edited on the wiki, into Markdown again.

The inverse of :mod:`loosbot.wikitext.markdown`: the wikitext is read into the tree of a Markdown
text (:mod:`loosbot.wikitext.wikireader`), the tree is written
(:mod:`loosbot.wikitext.markdownwriter`), and what is written is rendered again and compared. So no
text is ever guessed or lost: it comes back, or :class:`Undecodable` says in French what Markdown
cannot hold.
"""

from __future__ import annotations

from functools import cache

from loosbot.wikitext.doctree import Document
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.markdownwriter import Writer
from loosbot.wikitext.wikiblocks import split_blocks
from loosbot.wikitext.wikicode import Undecodable
from loosbot.wikitext.wikimarkup import Linker
from loosbot.wikitext.wikireader import Reader
from loosbot.wikitext.wikiserializer import Serializer

__all__ = ["Linker", "Undecodable", "split_blocks", "to_markdown"]


def to_markdown(wikitext: str, *, level: int, link: Linker) -> str:
    """The Markdown of a prose wikitext of one or many blocks; each paragraph is one line.

    ``level`` is that of the heading above, as for the renderer. ``link`` gets a wiki title (its
    first letter in upper case, no underscores) and a fragment, and gives what to write between a
    Markdown link's parentheses; None for a page it does not know. Signs are escaped only where
    they would be Markdown. :class:`Undecodable` names what the guide's Markdown cannot hold.
    """
    reader = Reader(level=level, link=link)
    document = reader.document(wikitext)
    meant = Serializer(document, level=level, resolve=reader.targets.get).wikitext()
    renderer = _renderer()
    for careful in (False, True):
        written = Writer(document, careful=careful).markdown()
        if renderer.to_wikitext(written, level=level, resolve=reader.targets.get) == meant:
            return written
    raise Undecodable(f"Markdown n’a pas cette suite de signes ou de blocs : {_start(document)}")


@cache
def _renderer() -> MarkdownRenderer:
    """Cached: building one takes longer than reading a paragraph. Not thread-safe."""
    return MarkdownRenderer()


def _start(document: Document) -> str:
    words = " ".join(" ".join(document.root.itertext()).split())
    return f"{words[:60]}…" if len(words) > 60 else words
