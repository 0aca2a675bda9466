"""A state in other words, where a text is asked for: « Inconnu », « N.C. », « Sans objet »."""

from __future__ import annotations

from loosbot.corpus.dateslips import says_unknown
from loosbot.corpus.values import NOT_APPLICABLE, UNKNOWN
from loosbot.corpus.wording import without_accents

_NO_STATE = frozenset(("x", "en attente", "a completer"))
"""What says of a date that nobody knows it: a name may be « X », and the others are told
elsewhere."""
_NOT_APPLICABLE = frozenset(
    ("sans objet", "sans-objet", "non applicable", "non concerne", "non concernee", "pas concerne")
)


def state_meant(text: str) -> str:
    """The state that a whole text says in other words, ``inconnu`` or ``sans-objet``; "" for what
    says neither, and for a state as it is written."""
    if text in (UNKNOWN, NOT_APPLICABLE):
        return ""
    words = without_accents(text).strip(" .()«»\u00a0\u202f")
    if words in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    return UNKNOWN if says_unknown(words) and words not in _NO_STATE else ""
