"""Questions about what a document holds beside its text, whatever kind of document it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loosbot.corpus.french import counted
from loosbot.corpus.wording import quoted
from loosbot.exchange.passages import Text

_ALONE = re.compile(r"[\W\d_]+|\b(?:page|sur|de|p)\b", re.IGNORECASE)
"""What the foot of a page says where it says nothing but its number."""


def comments(count: int, left: Text) -> None:
    """Comments in the margin, of a document of any kind."""
    if count:
        left.asked.append(
            f"{counted(count, 'commentaire')} en marge : faut-il en reprendre quelque chose ? Rien "
            "n’en est ici."
        )


def changes(deleted: int, struck: int, left: Text) -> None:
    """Words that a document shows as taken out: by its tracked changes, or struck through."""
    if deleted:
        words = counted(deleted, "mot supprimé", "mots supprimés")
        left.asked.append(
            f"{words} par le suivi des modifications, qui n’est pas encore accepté : rien n’en est "
            "ici, et ce qui fut ajouté y est. Est-ce bien ce qui est convenu ?"
        )
    if struck:
        words = counted(struck, "mot barré", "mots barrés")
        left.asked.append(f"{words} : repris comme les autres, faut-il les ôter ?")


def around(texts: Iterable[str], left: Text) -> None:
    """The heads and feet of pages, where they say more than a number."""
    quotes = [quoted(words) for words in dict.fromkeys(texts) if _ALONE.sub("", words)]
    if quotes:
        left.asked.append(f"en-tête ou pied de page, {', '.join(quotes)} : rien n’en est repris.")
