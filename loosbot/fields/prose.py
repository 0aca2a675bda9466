"""Markdown fields of a record, with their links resolved to wiki pages. Written, and read again."""

from __future__ import annotations

from urllib.parse import unquote

from loosbot.canonical import canonical
from loosbot.corpus.markdown import resolve_markdown_target
from loosbot.corpus.model import KeyPath
from loosbot.fields.site import Site
from loosbot.fields.slots import Slot
from loosbot.wikitext import wikicode
from loosbot.wikitext.markdown import Target
from loosbot.wikitext.wikiblocks import split_blocks


def prose(source: str, site: Site, path: str, level: int = 2) -> str:
    """Wikitext of a Markdown text of the file ``path``; ``level`` is that of the heading above."""

    def resolve(target: str) -> Target | None:
        return _target(target, site, path)

    return site.markdown.to_wikitext(canonical(source), level=level, resolve=resolve)


def read_prose(text: str, path: KeyPath, label: str) -> list[Slot]:
    """The slot of such a text; none where there is nothing."""
    blocks = tuple(split_blocks(text.strip("\n")))
    return [Slot(path, "prose", blocks, label, level=2)] if wikicode.trim(text) else []


def _target(target: str, site: Site, path: str) -> Target | None:
    """Where a relative link leads: the file's own page, or its row on a shared page."""
    named = resolve_markdown_target(site.current, path, target)
    if named is None:
        return None
    id_ = site.current[named]
    fragment = unquote(target.partition("#")[2])
    row = site.names.rows.get(id_)
    title = site.names.titles.get(row or id_)
    if title is None:
        return None
    return Target(title, site.names.anchor(id_) if row else fragment, site.names.label(id_))


UNPRINTED = "noprint"
"""The class that every skin of MediaWiki leaves out on paper."""
_LARGER = 'style="font-size:1.15em;line-height:1.6"'
_OTHER_BLOCKS = ("*", "#", ":", ";", "=", "{|", "<", "----")


def story(source: object, site: Site, path: str, *, printed: bool = True) -> str:
    """The summary that opens a page, a little larger than the rest; "" when there is none.

    Each paragraph is a ``<p>``: extensions that show the first words of a page leave out every
    ``<div>``. The tags have lines of their own: what a search shows are the lines that match.
    """
    if not isinstance(source, str):
        return ""
    body = prose(source, site, path)
    css = "resume" if printed else f"resume {UNPRINTED}"
    paragraphs = split_blocks(body)
    if any(paragraph.startswith(_OTHER_BLOCKS) for paragraph in paragraphs):
        return f'<div class="{css}" {_LARGER}>\n{body}\n</div>'
    return "\n\n".join(
        f'<p class="{css}" {_LARGER}>\n{paragraph}\n</p>' for paragraph in paragraphs
    )
