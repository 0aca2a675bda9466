"""The ways in which the name of one person is written: what a text may hold of it.

Only a name that looks like one is taken apart: words with capitals, no comma. « Laurent, de
Dukass » is found as it stands, and Dukass alone remains the company that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loosbot.corpus.privacy.folding import plain
from loosbot.frozen import dataclass

TOKEN = re.compile(r"[0-9]+|[^\W_0-9]+")
"""A word as ``folding.words_of`` has it."""
PARTICLES = frozenset({"d", "de", "des", "du", "l", "la", "le", "les", "da", "di", "van", "von"})
_SHORTEST = 3
"""Letters of a surname that can stand for its person alone."""

Tokens = tuple[str, ...]


def tokens(name: str) -> Tokens:
    """A name's words, folded: ``Célia C.`` -> ``("celia", "c")``."""
    return tuple(TOKEN.findall(plain(name)))


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of the first name and those of the surname, folded."""

    first: Tokens
    last: Tokens

    def surnames(self) -> Tokens:
        """The words that can stand for the person alone; none for an initial."""
        return tuple(word for word in self.last if word not in PARTICLES and len(word) >= _SHORTEST)

    def initials(self) -> frozenset[str]:
        """Letters that stand for the surname: « L. » and « G. » for Le Goffic, « D. » and « B. »
        for de la Bruyandière."""
        return frozenset(
            (self.last[0][0], *(word[0] for word in self.last if word not in PARTICLES))
        )

    def abridged(self) -> Iterator[Tokens]:
        """Forms that hold an initial: ``J.-B. Martin``, ``Jean-Baptiste M.``; ``Loïc L.`` and
        ``Loïc G.`` for Le Goffic, one for each half of a double name."""
        initials = tuple(word[0] for word in self.first)
        bare = tuple(word for word in self.last if word not in PARTICLES)
        if self.surnames():
            heads = {initials, initials[:1]}
            # « M. Martin » is mister Martin, whatever his first name
            for head in heads - {("m",)}:
                yield from ((*head, *last) for last in (self.last, bare))
            yield from ((*self.first, initial) for initial in sorted(self.initials()))
            yield from ((*self.first, *(word[0] for word in last)) for last in (self.last, bare))

    def with_civility(self) -> Iterator[Tokens]:
        """``mmartin`` of an address, which is Monsieur Martin’s as well as Marie’s."""
        if self.surnames():
            yield ("m", *self.last)

    def whole_surname(self) -> Iterator[Tokens]:
        """A surname of several words: ``de la Bruyandière``, ``Wartelle-Bouquillon``."""
        if len(self.last) > 1 and self.surnames():
            yield self.last

    def shortened(self) -> Iterator[Tokens]:
        """Forms that leave out a particle, or one half of a double name."""
        for word in self.surnames():
            yield (*self.first, word)
        bare = tuple(word for word in self.last if word not in PARTICLES)
        if self.surnames():
            yield (*self.first, *bare)


def parts(name: str) -> Parts | None:
    """A name in its two parts; None for one that has not both. ``MARTIN Jeanne`` is turned."""
    words = name.split()
    bare = [word for word in words if plain(word) not in PARTICLES]
    # « Ada et Rémi P. » are two, each told by ``contacts.spellings``
    if "," in name or len(bare) < 2 or not {"et", "&"}.isdisjoint(words):
        return None
    # « d’Ormesson » has its capital inside
    if not bare[0][0].isupper() or bare[-1] == bare[-1].lower():
        return None
    capitals = [word.isupper() and len(word) > 2 for word in words]
    if capitals[0] and not all(capitals):
        turn = capitals.index(False)
        words = [*words[turn:], *words[:turn]]
    first, last = tokens(words[0]), tokens(" ".join(words[1:]))
    return Parts(first, last) if first and last else None
