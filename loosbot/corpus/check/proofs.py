"""Proofs that name nothing: ``preuve: oui``. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.values import at, texts
from loosbot.corpus.wording import Fault, folded, quoted, warning

SIGN = b"preuve"
"""A file without it has no proof."""
_YES = frozenset(("oui", "yes", "true", "ok", "vrai", "x"))
_NO = frozenset(("non", "no", "false", "faux", "aucune", "aucun", "neant"))


def faults(data: Any, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each proof of a document that says only that there is one, or none."""
    for path, text in texts(data):
        word = folded(text) if path[-1:] == ("preuve",) and path not in spoiled else ""
        if word in _YES or (word in _NO and not _is_not_claimed(data, path)):
            example = "une cote, un courriel daté" if "consentement" in path else "source/son-nom"
            yield warning(
                path,
                "preuve-sans-nom",
                f"{quoted(text)} ne dit pas où est la preuve.",
                f"Dites où la trouver ({example}), ou en une phrase ce qui le montre. Si vous n’en "
                "avez pas, retirez cette clé.",
            )


def _is_not_claimed(data: Any, path: KeyPath) -> bool:
    """Whether a proof is that of a consent which is not said to be given: « aucune » is then its
    answer."""
    if path[-2:-1] != ("consentement",):
        return False
    return bool(at(data, path[:-1]).get("etat", "public") != "public")
