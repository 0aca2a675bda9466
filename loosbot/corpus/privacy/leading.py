"""Where the links of a text lead, of whatever kind they are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loosbot.corpus.inlinelinks import InlineLink, pieces
from loosbot.corpus.markdown import targets

INLINE_LINK = re.compile(
    r"\[([^\[\]\n]{0,500})\]\([ \t]*(?:<([^<>\n]{0,500})>|([^)\s<>]{1,500}))[^)\n]{0,200}\)"
)


def every_target(texts: Iterable[str]) -> Iterator[str]:
    """Where any link of these texts leads, be it shown as code."""
    for text in texts:
        if "]" in text:
            yield from (link[2] or link[3] or "" for link in INLINE_LINK.finditer(text))
            yield from (target.text for target in targets(text))
            yield from (part.target for part in pieces(text) if isinstance(part, InlineLink))
