"""The canonical form of a text, as MediaWiki stores it: for comparing and for sending."""

from __future__ import annotations

import re
import unicodedata

STRIPPED = " \t\n\r\x00\x0b"
"""What MediaWiki's pre-save transform takes off the end of a page (PHP ``rtrim``)."""

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that the API replaces by U+FFFD in any parameter (TypeDef tests of MediaWiki)."""
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))


def canonical(text: str) -> str:
    """The text as MediaWiki would store it, apart from what it expands (signatures, subst).

    NFC, LF line ends, nothing of ``STRIPPED`` at the end.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).rstrip(STRIPPED)


def storable(text: str) -> str:
    """The canonical text. Raises ValueError where it has a character of ``UNSTORABLE``."""
    text = canonical(text)
    match = None if _is_storable(text) else UNSTORABLE.search(text)
    if match:
        raise ValueError(f"character U+{ord(match[0]):04X} at {match.start()} cannot be stored")
    return text


def _is_storable(text: str) -> bool:
    """Whether the text has nothing of ``UNSTORABLE``: a pattern looks at each letter, which takes
    four times as long."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return False
    stays = len(raw.translate(None, _CONTROLS)) == len(raw)
    return stays and "\ufffe" not in text and "\uffff" not in text
