"""Wikitext back into text: the exact inverse of :mod:`loosbot.wikitext.encoding`.

Tolerant of what people type (``&eacute;``, ``<br />``), so :func:`decode` is no canonical form:
compare decoded texts.
"""

from __future__ import annotations

import re
from html.entities import html5

from loosbot import lazy
from loosbot.corpus.titles import ENTITY_NAME
from loosbot.wikitext.encoding import Context

_REFERENCE = (
    rf"&(?:\#0*(?P<dec>[0-9]{{1,7}})|\#[xX]0*(?P<hex>[0-9A-Fa-f]{{1,6}})|(?P<name>{ENTITY_NAME}));"
)
_BREAK = r"(?P<br><[bB][rR][ ]?/?>\n?)"
_VERBATIM = lazy.pattern(_REFERENCE)
_LINE = lazy.pattern(rf"{_REFERENCE}|{_BREAK}|(?P<nl>\n)")
_BLOCK = lazy.pattern(rf"{_REFERENCE}|{_BREAK}|(?P<gap>\n{{2,}})|(?P<nl>\n)")
_BLOCKS = frozenset({Context.PROSE, Context.PARAM_BLOCK})
# Names that MediaWiki knows beside HTML's (Sanitizer::HTML_ENTITY_ALIASES)
_ALIASES = {"רלמ": "\u200f", "رلم": "\u200f"}


def decode(wikitext: str, context: Context) -> str:
    """The text of which ``wikitext`` is the encoding. ``decode(encode(t, c), c) == t``.

    Exact for what ``encode`` takes, but for the newlines that a heading and a sort key
    cannot keep. A newline typed by a person inside a paragraph is a space, as readers see it.
    Live markup stays as it is. Blanks around a value (``| x = value``) are the caller's to strip.
    """
    if context is Context.COMMENT:
        return wikitext
    if context is Context.PRE:
        return _VERBATIM.sub(_unescape, wikitext)
    return (_BLOCK if context in _BLOCKS else _LINE).sub(_unescape, wikitext)


def _unescape(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "br":
        return "\n"
    if kind == "gap":
        return "\n\n"
    if kind == "nl":
        return " "
    whole = match.group()
    if kind == "name":
        name = match["name"]
        return _ALIASES.get(name) or html5.get(f"{name};", whole)
    code = int(match["dec"]) if kind == "dec" else int(match["hex"], 16)
    return chr(code) if _valid(code) else whole


def _valid(code: int) -> bool:
    """Whether MediaWiki decodes a reference to this character; it shows others as typed."""
    return (
        code in (9, 10)
        or 0x20 <= code <= 0x7E
        or 0xA0 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
