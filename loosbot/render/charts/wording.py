"""Sentences that stand for a picture."""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 8


def listed(told: Sequence[str]) -> str:
    """Some figures as one sentence; the table has those that are too many."""
    if not told:
        return "Aucun chiffre connu."
    more = " ; le reste est dans le tableau" if len(told) > _MOST else ""
    return f"{' ; '.join(told[:_MOST])}{more}."
