"""Web addresses and the schemes that a link may have."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from loosbot import lazy
from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import Fault

_SCHEME = lazy.pattern(r"\s*([a-z][a-z0-9+.\s-]*):", re.IGNORECASE)
_HARMLESS = frozenset({"http", "https", "mailto"})
_UNSAFE_IN_ADDRESS = lazy.pattern(r"[\s<>\"{}|\\^`\x00-\x1f\x7f]")


def scheme(target: str) -> str:
    """The scheme of a link's target in lower case, blanks removed; "" when it has none.

    Browsers ignore tabs and line ends inside ``java\\tscript:``, so they do not hide it here.
    """
    match = _SCHEME.match(target)
    return re.sub(r"\s", "", match[1]).lower() if match else ""


def is_harmless(target: str) -> bool:
    """Whether the target has no scheme, or one that only opens a page or a letter."""
    name = scheme(target)
    return not name or name in _HARMLESS


def is_web_address(text: str) -> bool:
    """A complete ``http(s)://`` address without credentials, blanks or brackets."""
    if _UNSAFE_IN_ADDRESS.search(text):
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises ValueError when the port is not a number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def dangerous(path: KeyPath, target: str) -> Fault:
    """The fault of a link that :func:`is_harmless` refuses."""
    return Fault(
        path,
        "adresse-refusee",
        f"Un lien ne peut pas commencer par « {scheme(target)}: ».",
        "Seuls https:, http: et mailto: sont admis.",
        needle=target,
    )
