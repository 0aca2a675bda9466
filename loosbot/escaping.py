"""Escaping untrusted text for a terminal, a log or a spreadsheet.

A wiki page, a file name, a ref, a refusal: whoever wrote them must not move the cursor, set the
window's title, forge a line or turn the reading direction of what we print. A long one is not cut
without a sign.
"""

from __future__ import annotations

import re

# C0 and C1 (ESC, and CSI as U+009B), what separates lines, what turns the direction of reading,
# and surrogates, which stand for bytes that are no UTF-8 and which no stream can encode
_IN_A_LINE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_IN_LINES = re.compile(_IN_A_LINE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With what a cell of a CSV file begins that a spreadsheet runs (OWASP, « CSV Injection »)."""


def harmless(text: str) -> str:
    r"""One line that shows ``text``: each sign that would act on a terminal as ``\u009b``.

    This is JSON's own way to write them, so a JSON text that is shown so says the same.
    """
    return _IN_A_LINE.sub(_escape, text)


def harmless_lines(text: str) -> str:
    """As :func:`harmless`, for a text of several lines: line feeds and tabs stay."""
    return _IN_LINES.sub(_escape, text)


def printable(line: str) -> str:
    """One line without what no stream shows; a tab or a no-break space is a blank, not nothing."""
    return "".join(
        sign if sign.isprintable() else " " for sign in line if sign.isprintable() or sign.isspace()
    )


def no_formula(cell: str) -> str:
    """A cell of a CSV file that no spreadsheet runs: behind an apostrophe where it would."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def beginning(text: str, most: int = 40) -> str:
    """The beginning of a text: ``most`` characters at most, then « … »."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _escape(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign[0]):04x}"
