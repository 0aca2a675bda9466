"""What a plain scalar means: YAML 1.2's core schema, restricted.

PyYAML's own resolver follows YAML 1.1, where ``on`` and ``non`` are booleans, ``18:30`` is
1110 and ``012`` is ten; none of that is what a clerk means. Rules: https://yaml.org/spec/1.2.2/,
section 10.3, without octal, hexadecimal, exponents, ``.inf`` and ``.nan``.
"""

from __future__ import annotations

import re

Scalar = str | int | float | bool | None

MAX_DIGITS = 18
"""Longer runs of digits are identifiers, not quantities; and int() of a long text is slow."""

_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
}
_NUMBER_STARTS = frozenset("+-0123456789")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?", re.ASCII)


def plain_value(text: str) -> Scalar:
    """The value of an unquoted scalar; anything that is no number, boolean or null is text."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] in _NUMBER_STARTS and (number := _NUMBER.fullmatch(text)):
        return float(text) if number[1] else int(text)
    return text
