"""A text as it sounds, with the way back: accents, case, entities and escapes set aside."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

_ESCAPES = re.compile(r"&#?\w{1,32};|(?:%[0-9A-Fa-f]{2})+|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}")
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
_LEVELS = 3
"""How often an escape may itself be escaped (``%25C3%25A9``)."""


@dataclass(frozen=True, slots=True)
class Folded:
    """``text[i]`` comes from the characters ``starts[i]`` to ``ends[i]`` of the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def plain(text: str) -> str:
    """The folded form alone; cheap."""
    if text.isascii() and not _may_escape(text):
        return text.lower()
    for _ in range(_LEVELS):
        if not _may_escape(text) or (decoded := _ESCAPES.sub(_decoded, text)) == text:
            break
        text = decoded
    return text.translate(_FOLDS)


def folded(text: str) -> Folded:
    """The folded form, each of its characters with its place in ``text``."""
    pieces = [(char, index, index + 1) for index, char in enumerate(text)]
    for _ in range(_LEVELS):
        joined = "".join(char for char, _, _ in pieces)
        if not _may_escape(joined) or not _ESCAPES.search(joined):
            break
        pieces = _unescaped(pieces, joined)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for char, start, end in pieces:
        for one in _fold_char(char):
            out.append(one)
            starts.append(start)
            ends.append(end)
    return Folded("".join(out), tuple(starts), tuple(ends))


def _may_escape(text: str) -> bool:
    return "&" in text or "%" in text or "\\" in text


def _unescaped(pieces: list[tuple[str, int, int]], joined: str) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    at = 0
    for match in _ESCAPES.finditer(joined):
        found += pieces[at : match.start()]
        span = pieces[match.start()][1], pieces[match.end() - 1][2]
        found += [(char, *span) for char in _decoded(match)]
        at = match.end()
    return found + pieces[at:]


def _decoded(match: re.Match[str]) -> str:
    escape = match[0]
    if escape[0] == "&":
        return html.unescape(escape)
    if escape[0] == "%":
        return unquote(escape, errors="replace")
    return chr(int(escape[2:], 16))


def _fold_char(char: str) -> str:
    """Lower case without accents; format characters (soft hyphen, joiners) sound like nothing."""
    return _FOLDS[ord(char)]


class _Folds(dict[int, str]):
    """What each character sounds like, found out once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        low = _LIGATURES.get(char.lower(), char)
        decomposed = unicodedata.normalize("NFKD", low).casefold()
        self[code] = "".join(
            one for one in decomposed if unicodedata.category(one) not in ("Mn", "Mc", "Me", "Cf")
        )
        return self[code]


_FOLDS = _Folds({ord(one): " " for one in "\u115f\u1160\u3164\uffa0"})
"""Four letters of Korean are blanks to the eye."""
