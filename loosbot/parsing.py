"""Parsing untrusted numbers and JSON within limits.

Python's own readers raise on a number of 4,301 digits, give infinity for ``1e999`` and take
``²`` for a digit; its JSON reader ends on a deep nesting with an error of its own kind.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

MAX_DIGITS = 18
"""Longer runs of digits are identifiers, not quantities."""

_WHOLE = re.compile(rf"[-+]?0*[0-9]{{1,{MAX_DIGITS}}}", re.ASCII)
_DECIMAL = re.compile(
    rf"[-+]?0*[0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{1,40}})?(?:e[-+]?[0-9]{{1,3}})?",
    re.ASCII | re.IGNORECASE,
)
_LONGEST = 100
"""Signs of a number that is worth matching: zeros in front are many only by intent."""


def whole_number(text: str) -> int | None:
    """A whole number of at most ``MAX_DIGITS`` digits; None for any other text."""
    if len(text) > _LONGEST or not _WHOLE.fullmatch(text):
        return None
    return int(text)


def decimal_number(text: str) -> float | None:
    """A finite number with a point, an exponent, or neither; None for any other text."""
    if len(text) > _LONGEST or not _DECIMAL.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def json_value(
    text: str | bytes, object_pairs_hook: Callable[[list[tuple[str, Any]]], Any] | None = None
) -> Any:
    """The value of a JSON text. Raises ValueError for anything malformed.

    ``NaN`` and ``Infinity``, which are Python's alone, are no JSON.
    """
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=object_pairs_hook)
    except RecursionError:
        raise ValueError("JSON nested too deep") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
