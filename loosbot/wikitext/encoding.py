"""Any text into wikitext, so that MediaWiki shows the characters that were typed.

Each place of a page (prose, template value, heading, table cell...) has its own few rules; what
a place does not need stays raw, because people read and edit the result. Tried against the
parsers of MediaWiki 1.39 and 1.43. The exact inverse is :mod:`loosbot.wikitext.plaintext`.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from loosbot.corpus.titles import ENTITY_NAME
from loosbot.frozen import dataclass


class Context(enum.Enum):
    """Where a text is going to stand.

    ``PARAM`` is a named template value on one line (a newline becomes ``<br>``); ``PARAM_BLOCK``
    one that the template shows on a line of its own, where it may hold paragraphs. Both labels
    may stand inside a cell or a template value. ``PRE`` is what follows ``<pre>`` and a newline.
    """

    PROSE = "prose"
    REF = "ref"
    PARAM_BLOCK = "param-block"
    PARAM = "param"
    LIST_ITEM = "list-item"
    HEADING = "heading"
    LINK_LABEL = "link-label"
    EXTERNAL_LABEL = "external-label"
    CELL = "cell"
    HEADER_CELL = "header-cell"
    CAPTION = "caption"
    PRE = "pre"
    SORT_KEY = "sort-key"
    COMMENT = "comment"

    # members are singletons, so identity will do; Enum's own hash is slow, and used for every text
    __hash__ = object.__hash__


class Markup(str):
    """Wikitext that is finished already: :func:`compose` leaves it as it is."""

    __slots__ = ()


BLANK_SEPARATORS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Unicode's Zs but for the space, as the inside of a character class."""

_SCHEME_NAMES = (
    # $wgUrlProtocols of MediaWiki 1.39 and 1.43
    r"(?:bitcoin|geo|magnet|mailto|matrix|news|sips?|sms|tel|urn|xmpp):"
    r"|(?:ftps?|git|gopher|https?|ircs?|mms|nntp|redis|sftp|ssh|svn|telnet|wikipedia|worldwind)://"
)
_SCHEME = re.compile(rf"(?<!\w)(?:{_SCHEME_NAMES})", re.IGNORECASE)
_URL_RUN = re.compile(rf'[^][<>"\x00-\x20\x7f{BLANK_SEPARATORS}]*')
_URL_DANGER = re.compile(r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|&(?=#|amp;)")

# A Markup stands in the text as one control character while the text around it is encoded; which
# one tells what it begins with (nothing special, a quote, a bracket) and whether it ends with a
# quote. No text that check takes holds these characters.
_STAND_INS = re.compile("[\x01-\x06]")

_AMP = rf"&(?=(?:{ENTITY_NAME}|\#[0-9]+|\#[xX][0-9A-Za-z]+);)"
_APOS = r"(?<=['\x02\x04\x06])'|'(?=[\x03\x04])"
_BRACKET = r"(?<=\[)\[|\[(?=[\x05\x06])"
_BRACKET_URL = rf"\[(?=//|(?i:{_SCHEME_NAMES}))"
# a last `{` would make `{{{`, a parameter, with a template that follows
_BRACE = r"(?<=\{)\{|\{(?=[\x01-\x06]|\Z)"
_EDGE = r"\A[ \t]|[ \t]\Z"
_INLINE: tuple[str, ...] = (
    _AMP,
    r"<(?=[A-Za-z/!])",
    _APOS,
    _BRACKET,
    _BRACE,
    r"(?<=_)_(?=\w)",
    _EDGE,
)
_TILDES = "~~~"
_SHORT = 120
"""Characters of a text whose wikitext is kept: a title, a name, a date."""
_LINE_START = r"\A(?:[*\#:;=]|\{(?=\|)|-(?=---))"
# `|` ends a value, `}}` the template, `-{` would hide both from MediaWiki's preprocessor
_IN_PARAM = (r"\|", r"\}(?=\}|\Z)", r"(?<=-)\{")
_PARAM_START = (_LINE_START, r"\A!")
# A label must survive inside a cell, a header row and a template value
_IN_LABEL = (r"\|", r"\}(?=\})", r"(?<=-)\{", "(?<=!)!")
# MediaWiki turns these spaces into no-break spaces, even in <pre> (Sanitizer::armorFrenchSpaces)
_FRENCH_SPACE = r"[ ](?=[?:;!%»›](?!\w))|(?<=[«‹])[ ]"

_NO_LETTER = r"(?=[^A-Za-z0-9,.\u00c0-\u024f])"
"""None of these signs is a letter: looking once at each spares trying them all on every one."""

_NEWLINES = re.compile(r"(?P<gap>(?<=[^\n])\n\n(?=[^\n]))|(?P<last>\n\Z)|(?P<inner>\n)")
_NEWLINE_FORMS = {"gap": "\n\n", "last": "<br>", "inner": "<br>\n"}

Newline = Literal["paragraph", "break", "space", "keep"]


@dataclass(frozen=True, slots=True)
class _Rules:
    """``first`` is for the start of a line of the wikitext, ``inner`` for what follows a <br>."""

    first: re.Pattern[str]
    inner: re.Pattern[str]
    newline: Newline
    urls: bool


def _rules(
    *alternatives: str, start: tuple[str, ...] = (), newline: Newline, urls: bool = True
) -> _Rules:
    first = re.compile(f"{_NO_LETTER}(?:{'|'.join((*alternatives, *start))})")
    inner = re.compile(f"{_NO_LETTER}(?:{'|'.join(alternatives)})") if newline == "break" else first
    return _Rules(first, inner, newline, urls)


@cache
def _rules_of(context: Context) -> _Rules:
    text = (*_INLINE, _BRACKET_URL, _TILDES)
    label = (*_INLINE, _TILDES, *_IN_LABEL)
    match context:
        case Context.PROSE:
            return _rules(*text, start=(_LINE_START,), newline="paragraph")
        case Context.REF:
            # Cite makes no paragraphs: a blank line would leave nothing but a space
            return _rules(*_INLINE, _BRACKET_URL, start=(_LINE_START,), newline="break")
        case Context.PARAM_BLOCK:
            return _rules(*text, *_IN_PARAM, start=_PARAM_START, newline="paragraph")
        case Context.PARAM:
            return _rules(*text, *_IN_PARAM, "(?<=!)!", start=_PARAM_START, newline="break")
        case Context.LIST_ITEM:
            return _rules(*text, newline="break")
        case Context.HEADING:
            return _rules(*text, newline="space")
        case Context.CELL | Context.CAPTION:
            return _rules(*text, r"\|", newline="break")
        case Context.HEADER_CELL:
            return _rules(*text, r"\|", "(?<=!)!", newline="break")
        case Context.LINK_LABEL:
            return _rules(*label, r"\](?=\]|\Z)", newline="break", urls=False)
        case Context.EXTERNAL_LABEL:
            blank = rf"\A[{BLANK_SEPARATORS}]"
            return _rules(*label, r"\]", start=(blank,), newline="break", urls=False)
        case Context.PRE:
            # MediaWiki shows « <!-- » as text here, but the search for the end of our block must
            # not see a comment
            tag = r"<(?=/?(?i:pre|nowiki)|!--)"
            return _rules(_AMP, tag, _FRENCH_SPACE, newline="keep", urls=False)
        case Context.SORT_KEY:
            return _rules(*_INLINE, _TILDES, r"\](?=\]|\Z)", newline="space", urls=False)
        case Context.COMMENT:
            raise ValueError("a comment is not encoded")


def encode(text: str, context: Context) -> str:
    """The wikitext that shows exactly ``text`` in this context.

    ``text`` is expected canonical (``loosbot.canonical``), without what ``check`` refuses
    (``corpus.decoding.FORBIDDEN``).
    A newline becomes a space in a heading and a sort key, which have one line; a sort key loses
    the blanks around it. A comment cannot hold ``-->``: ``ValueError``.
    """
    # cached: titles, labels and dates repeat on many pages; long texts do not
    return _encode_known(text, context) if len(text) <= _SHORT else _encode(text, context)


def _encode(text: str, context: Context) -> str:
    if context is Context.COMMENT:
        if "-->" in text:
            raise ValueError("a wikitext comment cannot hold -->")
        return text
    rules = _rules_of(context)
    if rules.newline == "space":
        text = text.replace("\n", " ")
    if context is Context.SORT_KEY:
        text = text.strip()
    if "\n" not in text:
        return _encode_line(text, rules.first, rules.urls)
    first, *others = text.split("\n")
    lines = [_encode_line(first, rules.first, rules.urls)]
    lines += [_encode_line(line, rules.inner, rules.urls) for line in others]
    if rules.newline == "break":
        return "<br>".join(lines)
    encoded = "\n".join(lines)
    return _paragraphs(encoded) if rules.newline == "paragraph" else encoded


_encode_known = lru_cache(maxsize=32_768)(_encode)


def compose(parts: Iterable[str | Markup], context: Context) -> str:
    """Text and finished markup put together, as in "``il l'a vu [[X|ici]]``".

    Each plain ``str`` is encoded knowing what stands on both sides of it; each :class:`Markup`
    is kept. Two texts in a row count as one.
    """
    texts: list[str] = []
    markup: list[str] = []
    for part in parts:
        if not part:
            continue
        if isinstance(part, Markup):
            markup.append(str(part))
            texts.append(_stand_in(part))
        else:
            # MediaWiki stores these as U+FFFD as well
            texts.append(_STAND_INS.sub("\ufffd", part))
    kept = iter(markup)
    return _STAND_INS.sub(lambda _: next(kept), encode("".join(texts), context))


def _stand_in(markup: str) -> str:
    begins = 0
    if markup.startswith("'"):
        begins = 1
    elif markup.startswith("[") or _SCHEME.match(markup):
        begins = 2
    return chr(1 + 2 * begins + markup.endswith("'"))


def _encode_line(line: str, pattern: re.Pattern[str], urls: bool) -> str:
    encoded = pattern.sub(_escape, line)
    return _break_urls(encoded) if urls and ":" in encoded else encoded


def _escape(match: re.Match[str]) -> str:
    sign = match.group()
    if sign == _TILDES:
        return "~~&#126;"
    return {"&": "&amp;", "<": "&lt;"}.get(sign) or f"&#{ord(sign)};"


def _paragraphs(text: str) -> str:
    """A blank line between two paragraphs; ``<br>`` for every other newline."""
    return _NEWLINES.sub(lambda line_break: _NEWLINE_FORMS[line_break.lastgroup or ""], text)


def _break_urls(line: str) -> str:
    """Stop the bare URLs whose shown text MediaWiki would change (``|`` becomes ``%7C``...).

    A URL of harmless characters stays raw and becomes a link. Measured on the encoded line.
    """
    out: list[str] = []
    position = run_end = last_danger = 0
    while scheme := _SCHEME.search(line, position):
        start = scheme.end()
        if start > run_end:
            run = _URL_RUN.match(line, start)
            run_end = run.end() if run else start
            dangers = [danger.start() for danger in _URL_DANGER.finditer(line, start, run_end)]
            last_danger = dangers[-1] if dangers else -1
        # `http://[::1]/...` goes on after its bracket: stop it at once
        if last_danger >= start or line[start : start + 1] == "[":
            out += (line[position : scheme.start()], scheme.group().replace(":", "&#58;", 1))
            position = start
        else:
            out.append(line[position:run_end])
            position = max(run_end, start)
    out.append(line[position:])
    return "".join(out)
