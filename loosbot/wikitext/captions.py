"""A caption, and a frame that the keyboard reaches, for the tables of a page in Markdown.

Markdown has no caption: that of a table is the heading above it. :func:`without_captions` takes
out what :func:`captioned` put in, so that the Markdown is found again.
"""

from __future__ import annotations

import re

import mwparserfromhell

from loosbot.wikitext.blocks import UNNAMED, opened_region
from loosbot.wikitext.encoding import Context, encode

_PLAIN = f'{opened_region(UNNAMED)}\n{{| class="wikitable"\n'
_PART = re.compile(
    rf"<pre\b.*?</pre>|^(?P<bars>={{2,6}}) (?P<title>[^\n]*) (?P=bars)$|^{re.escape(_PLAIN)}",
    re.DOTALL | re.MULTILINE,
)
_FRAMED = re.compile(
    r'^<div style="overflow-x:auto" tabindex="0" role="region" aria-label="[^"\n]*">\n'
    r'\{\| class="wikitable"\n(?:\|\+ (?P<caption>.*)\n)?',
    re.MULTILINE,
)


def captioned(text: str, title: str) -> str:
    """The wikitext of a page, each table named by the heading above it, or by the page's title."""
    heading = title

    def rewritten(part: re.Match[str]) -> str:
        nonlocal heading
        if part["title"] is not None:
            heading = _words(part["title"])
        if part[0] != _PLAIN:
            return part[0]
        return (
            f'{opened_region(heading)}\n{{| class="wikitable"\n'
            f"|+ {encode(heading, Context.CAPTION)}\n"
        )

    return _PART.sub(rewritten, text)


def _words(title: str) -> str:
    """What a heading says, without its notes."""
    code = mwparserfromhell.parse(title)
    for note in code.filter_tags(matches=lambda node: node.tag == "ref"):
        code.remove(note)
    return str(code.strip_code()).strip()


def without_captions(text: str) -> tuple[str, list[str]]:
    """The text with its tables as Markdown gives them, and what was put in, in their order."""
    heads = [frame[0].rstrip("\n") for frame in _FRAMED.finditer(text)]
    return _FRAMED.sub(_PLAIN, text), heads
