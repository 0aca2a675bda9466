"""Names inside a longer word: ``#MerciRémiPontarlier``, ``menuiseriepontarlier@``. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.corpus.privacy.firstnames import FIRST_NAMES
from loosbot.corpus.privacy.nearby import CIVIL
from loosbot.frozen import dataclass

LONG = 10
"""Letters of a word that may hold a name beside others."""
_SURNAME = 7
"""Letters of a surname below which many words end like it."""
_BESIDE = 3
"""Letters before a surname that make another word of it."""
_SAINTS = ("saint", "sainte")


@dataclass(frozen=True, slots=True)
class GluedName:
    """What stands for a name within a word. ``whole``: with its first name, so that it is one
    wherever it stands; a surname alone is one in an address."""

    instead: str
    whole: bool


class GluedNames:
    """Finds names at the beginning or at the end of folded words."""

    def __init__(self, whole: Mapping[str, str], surnames: Mapping[str, str]) -> None:
        self._whole = {name: instead for name, instead in whole.items() if len(name) >= LONG}
        self._surnames = {
            name: instead
            for name, instead in surnames.items()
            if len(name) >= _SURNAME and name not in FIRST_NAMES
        }
        self._tails = {name[-_SURNAME:] for name in (*self._whole, *self._surnames)}
        self._heads = {name[:_SURNAME] for name in self._whole}
        self._lengths = sorted({*map(len, self._whole), *map(len, self._surnames)}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._tails)

    def within(self, word: str) -> GluedName | None:
        """The name with which a word begins or ends; None for the name alone."""
        # nearly every word is done with after two look-ups
        if len(word) < LONG or not (
            word[-_SURNAME:] in self._tails or word[:_SURNAME] in self._heads
        ):
            return None
        for length in self._lengths:
            rest, end = word[:-length], word[-length:]
            if not rest:
                continue
            if instead := self._whole.get(end) or self._whole.get(word[:length]):
                return GluedName(instead, whole=True)
            surname = self._surnames.get(end)
            if surname and (len(rest) >= _BESIDE or rest in CIVIL) and not rest.endswith(_SAINTS):
                return GluedName(surname, whole=False)
        return None
