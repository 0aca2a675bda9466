"""Small pieces of French that pages, reports and messages share."""

from __future__ import annotations

import re

_ELISION = re.compile(r"(?<=\w)'(?=\w)")


def typographic(text: str) -> str:
    """The apostrophe that we print: ``l’eau``, also where somebody typed ``l'eau``."""
    return _ELISION.sub("’", text)
