"""The header of an e-mail that somebody copied with what it says. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from loosbot import lazy

_LINE = (
    r"^(?:de|from|[àa]|to|pour|cc|cci|bcc|copie à|objet|sujet|subject|envoyé(?: le)?|sent|date"
    r"|répondre à|reply-to|pièces? jointes?|attachments?|importance)[ \u00a0]?:[^\n]*(?:\n|\Z)"
)
_HEAD = lazy.pattern(rf"(?:{_LINE})+", re.IGNORECASE | re.MULTILINE)
_SENDER = lazy.pattern(r"^(?:de|from)[ \u00a0]?: *[^ \d]", re.IGNORECASE | re.MULTILINE)
_SUBJECT = lazy.pattern(
    r"^(?:objet|sujet|subject)[ \u00a0]?:\s*(?:(?:re|ré|réf|tr|fwd?)[ \u00a0]?:\s*)*([^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 3
"""Lines of the header of an e-mail: minutes may begin with « Date : » and « Objet : »."""


def header(texts: Sequence[str]) -> tuple[int, str]:
    """How many of the first paragraphs are the header of an e-mail, and its subject, without what
    a mail program puts before it; 0 and "" where there is none."""
    head = [text.strip() for text in takewhile(lambda text: _HEAD.fullmatch(text.strip()), texts)]
    lines = "\n".join(head)
    subject = _SUBJECT.search(lines)
    if not subject or not _SENDER.search(lines) or lines.count("\n") + 1 < _FEWEST:
        return 0, ""
    return len(head), subject[1]
