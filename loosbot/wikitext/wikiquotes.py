"""Apostrophes of wikitext into bold and italic, as MediaWiki's ``Parser::doQuotes`` reads them."""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

from loosbot.wikitext.doctree import add_text


class QuoteMark(enum.Enum):
    """What is neither text nor an element. The quotes are two, three or five apostrophes."""

    ITALIC = 2
    BOLD = 3
    BOTH = 5
    LINE = "\n"
    BREAK = "<br>"
    GAP = "<nowiki/>"


Token = str | Element | QuoteMark

_PIECES = re.compile(r"('{2,})|\n")
_TAGS = {QuoteMark.ITALIC: "em", QuoteMark.BOLD: "strong"}


def tokens_of(text: str) -> list[Token]:
    """Plain text with its newlines and runs of apostrophes apart."""
    tokens: list[Token] = []
    end = 0
    for piece in _PIECES.finditer(text):
        before = text[end : piece.start()]
        end = piece.end()
        if piece[1] is None:
            tokens += [before, QuoteMark.LINE]
            continue
        count = len(piece[1])
        wanted = 3 if count == 4 else min(count, 5)
        tokens += [before + "'" * (count - wanted), QuoteMark(wanted)]
    return [token for token in (*tokens, text[end:]) if token]


def grow(parent: Element, tokens: Iterable[Token]) -> None:
    """The tokens as the content of ``parent``; a newline is a space and closes what is open."""
    line: list[Token] = []
    for token in tokens:
        line.append(token)
        if token is QuoteMark.LINE:
            _grow_line(parent, line)
            line = []
    _grow_line(parent, line)


def _grow_line(parent: Element, tokens: list[Token]) -> None:
    _even_out(tokens)
    stack = [parent]
    for index, token in enumerate(tokens):
        here = stack[-1]
        if isinstance(token, str):
            add_text(here, token)
        elif isinstance(token, Element):
            here.append(token)
        elif token in _TAGS:
            _toggle(stack, _TAGS[token])
        elif token is QuoteMark.BOTH:
            opened = [element.tag for element in stack[1:]]
            rest = itertools.islice(tokens, index + 1, None)
            following = next((token for token in rest if _is_quote(token)), None)
            order = ["strong", "em"] if following is QuoteMark.ITALIC else ["em", "strong"]
            for tag in opened[::-1] + [tag for tag in order if tag not in opened]:
                _toggle(stack, tag)
        elif token is QuoteMark.BREAK:
            SubElement(here, "br")
        elif token is QuoteMark.LINE:
            add_text(parent, " ")


def _toggle(stack: list[Element], tag: str) -> None:
    tags = [element.tag for element in stack]
    if tag not in tags[1:]:
        stack.append(SubElement(stack[-1], tag))
        return
    place = tags.index(tag, 1)
    inner = tags[place + 1 :]
    del stack[place:]
    for other in inner:
        stack.append(SubElement(stack[-1], other))


def _is_quote(token: Token) -> bool:
    return token in _TAGS or token is QuoteMark.BOTH


def _even_out(tokens: list[Token]) -> None:
    """With odd numbers of both, one of the bolds is an apostrophe and an italic: ``l'''eau''``."""
    bolds = [index for index, token in enumerate(tokens) if token is QuoteMark.BOLD]
    both = tokens.count(QuoteMark.BOTH)
    if (
        (len(bolds) + both) % 2 == 0
        or (tokens.count(QuoteMark.ITALIC) + both) % 2 == 0
        or not bolds
    ):
        return
    chosen = _odd_bold(tokens, bolds)
    tokens[chosen] = QuoteMark.ITALIC
    tokens.insert(chosen, "'")


def _odd_bold(tokens: Sequence[Token], bolds: list[int]) -> int:
    after_space = after_word = -1
    for index in bolds:
        before = tokens[index - 1] if index else ""
        text = before if isinstance(before, str) else "xx"
        if text.endswith(" "):
            after_space = index if after_space < 0 else after_space
        elif text[-2:-1] == " ":
            return index
        elif after_word < 0:
            after_word = index
    return after_word if after_word >= 0 else after_space
