"""Numbers as French readers write them: ``25 000`` and ``12,5``."""

from __future__ import annotations

import re

from loosbot.guarded import decimal_number, whole_number

_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+")
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+,[0-9]+(?:e[+-]?[0-9]+)?|-?[0-9]+e[+-]?[0-9]+")


def number_text(value: float) -> str:
    """``25000`` -> ``25 000`` (no-break space), ``12.5`` -> ``12,5``."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value).replace(".", ",")
    return f"{int(value):,}".replace(",", "\u00a0")


def parse_number(text: str) -> int | float | None:
    """The inverse, tolerant of any of the three spaces; None when ``text`` is no number.

    A number too long to be a quantity is none.
    """
    if _GROUPED.fullmatch(text):
        return whole_number(re.sub(r"[ \u00a0\u202f]", "", text))
    if _INTEGER.fullmatch(text):
        return whole_number(text)
    if _DECIMAL.fullmatch(text):
        return decimal_number(text.replace(",", "."))
    return None
