"""French typography: the blanks that no line may break at."""

from __future__ import annotations

import re
from html import escape

_NARROW = "\N{NARROW NO-BREAK SPACE}"
_FULL = "\N{NO-BREAK SPACE}"
_BEFORE = re.compile(r"(?<=\S) (?=[;!?%»])")
_COLON = re.compile(r"(?<=\S) (?=:)")
_AFTER = re.compile(r"(?<=«) ")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_NUMBERED = re.compile(
    r"(?<=§) (?=\w)|(?:(?<=n°)|(?<=\b[np]\.)|(?<=\bart\.)) (?=\d)|(?<=\d) (?=€|km|ha\b|kWh|m²)"
)


def spaced(text: str) -> str:
    """No line begins with a sign that belongs to the word before it.

    >>> spaced("Pourquoi ? « Ici »").encode("unicode_escape").decode()
    'Pourquoi\\\\u202f? \\\\xab\\\\u202fIci\\\\u202f\\\\xbb'
    """
    if not text:
        return ""
    text = _AFTER.sub(_NARROW, _BEFORE.sub(_NARROW, text))
    text = _COLON.sub(_FULL, text)
    return _NUMBERED.sub(_FULL, _THOUSANDS.sub(_NARROW, text))


def typeset(text: str) -> str:
    """Any text as HTML, with its French blanks."""
    return escape(spaced(text))
