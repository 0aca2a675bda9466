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

_KEPT = re.compile(
    r"(<(?:(?:textarea|option|script|style|title|pre|code)\b|[a-z]+ class=\"texte\")[^>]*>"
    r"[^<]*(?:</[a-z]+>)?|<[^>]*>)"
)
"""A tag; with the text inside it where that is somebody's own, or a machine's."""


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


def typeset_page(page: str) -> str:
    """A whole HTML page with the blanks of what it says; what somebody typed, or may copy, stays.

    >>> typeset_page('<p title="Quoi ?">Quoi ?</p><textarea>Non !</textarea>') == (
    ...     f'<p title="Quoi ?">Quoi{_NARROW}?</p><textarea>Non !</textarea>'
    ... )
    True
    """
    parts = _KEPT.split(page)
    parts[::2] = map(spaced, parts[::2])
    return "".join(parts)
