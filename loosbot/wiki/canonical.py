"""The form in which two texts are compared, and in which one is sent."""

from __future__ import annotations

import unicodedata

STRIPPED = " \t\n\r\x00\x0b"
"""What MediaWiki's pre-save transform takes off the end of a page (PHP ``rtrim``)."""


def canonical(text: str) -> str:
    """The text as MediaWiki would store it, apart from what it expands (signatures, subst).

    NFC, LF line ends, nothing of ``STRIPPED`` at the end. Raises ValueError for a control
    character, which the API would replace by U+FFFD (TypeDef tests of MediaWiki).
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.rstrip(STRIPPED)
    for position, character in enumerate(text):
        if character < " " and character not in "\t\n":
            raise ValueError(f"control character U+{ord(character):04X} at {position}")
    return text
