"""Words in a row of a text, and whether they spell a name. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from loosbot import lazy
from loosbot.corpus.privacy.firstnames import FIRST_NAMES
from loosbot.corpus.privacy.folding import FoldedText, folded
from loosbot.corpus.privacy.spellings import PARTICLES, TOKEN, Tokens
from loosbot.corpus.privacy.typed import (
    TAGS,
    between,
    in_an_address,
    is_an_account,
    is_elided,
    is_namesake,
    seen,
    tied,
    within_a_word,
)
from loosbot.frozen import dataclass

SHORTEST = 6
"""Letters of a name written in one word (``jeanmartin``) below which it is too common."""
_UNCOMMON = 10
"""The same where one of its words is an initial: « plaine » is no P. Laine."""
_WORDS = frozenset("aàcdjlmnoqsty")
"""Letters that stand alone in French: « marie a dit » names no Marie A."""
_HYPHENS = ("-", "\u2010", "\u2011")
_TIED_BEFORE = lazy.pattern(r"[^\W\d_a-zà-öø-ÿ]\w*[-\u2010\u2011]\Z")
_TIED_AFTER = lazy.pattern(r"[-\u2010\u2011][^\W\d_a-zà-öø-ÿ]")
_COMPOUND = 20
"""Letters before a first name in which the first half of a double one is looked for."""
_BESIDE = lazy.pattern(r"[^\S\n]{1,3}|['’\-\u2010\u2011]")
"""What parts a first name, the particles and the surname."""
_POINT = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]{0,5}\.(?!\w)")


@dataclass(frozen=True, slots=True)
class JoinedName:
    """A name written in one word; ``parts`` is how many words it has.

    ``abridged``: whether one of them is an initial which nobody declared: all need their capital,
    since « Marie a dit » is no Marie A., nor « j’aime » Julie Aimé. ``instead`` is None for a name
    that may be shown.
    """

    instead: str | None
    parts: int
    abridged: bool = False
    initialed: bool = False
    """Whether it begins or ends with an initial, declared or not: « Martine » is no Martin E."""
    glued: bool = False
    """Whether it is a name in one word only: « M. Martin » keeps his « M. », « mmartin@ » does
    not."""
    surname: bool = False
    """A surname of several words, without the first name: « de la Bruyandière »."""
    first: Tokens = ()
    """The first name of the person, where it is surely one."""

    def may_be(self, word: str) -> bool:
        """Whether this one word, in small letters, is the name wherever it stands."""
        shortest = _UNCOMMON if self.initialed else SHORTEST
        return self.parts == 1 or (len(word) >= shortest and word not in FIRST_NAMES)


View = tuple[FoldedText, list[re.Match[str]], list[str]]
"""The folded text, its tokens, and their letters."""


@lru_cache(maxsize=2)
def view_of(text: str, *, tagged: bool = True) -> View:
    """Cached for the search and the replacement."""
    view = folded(text) if tagged else folded(text, TAGS, seen)
    matches = list(TOKEN.finditer(view.text))
    return view, matches, [match[0] for match in matches]


class WordRun:
    """A run of words of a text that may spell a name."""

    def __init__(self, text: str, view: FoldedText, matches: Sequence[re.Match[str]]) -> None:
        self._text = text
        self._view = view
        self._words = [match[0] for match in matches]
        self._starts = [view.starts[match.start()] for match in matches]
        self._ends = [view.ends[match.end() - 1] for match in matches]
        # in the folded view, where no sign that cannot be seen stands between two letters
        self._gaps = [view.text[word.end() : other.start()] for word, other in pairwise(matches)]

    @property
    def start(self) -> int:
        return self._starts[0]

    @property
    def end(self) -> int:
        """Where the name ends: an initial takes its point with it, but for that of a file."""
        end = self._ends[-1]
        point = len(self._words[-1]) == 1 and _POINT.match(self._text, end)
        return point.end() if point else end

    def is_name(self, known: JoinedName, *, capital: bool) -> bool:
        """Whether these words, which have the letters of ``known``, spell this name.

        ``capital``: whether the first of them has one.
        """
        if len(self._words) == 1 and not self._is_in_one_word(known):
            return False
        if known.parts == 1:
            # one word is often a common word too: it counts only with a capital, and whole
            return capital and all(map(within_a_word, self._gaps))
        if known.glued and len(self._words) > 1:
            return False
        if known.abridged and not (tied(self._gaps) or all(map(str.isupper, self._heads()))):
            return False
        if (
            known.surname
            and not self._text[self._starts[-1]].isupper()
            and not in_an_address(self._text, self._starts[0], self._ends[-1])
        ):
            return False
        initial = len(self._words[-1]) == 1
        if initial and not self._ends_with_an_initial():
            return False
        strict = initial or known.abridged
        return all(
            between(gap, strict=strict, after_initial=len(word) == 1)
            for word, gap in zip(self._words, self._gaps, strict=False)
        )

    def _is_in_one_word(self, known: JoinedName) -> bool:
        """Whether a name of several words may be written as this single one: « jeanmartin »; with
        an initial, where capitals part it (« JMartin ») or in an address alone."""
        word, start, end = self._words[0], self._starts[0], self._ends[0]
        typed = self._text[start:end]
        if known.may_be(word) or (typed != typed.upper() and typed[1:] != typed[1:].lower()):
            return True
        if word in FIRST_NAMES:
            return False
        return is_an_account(self._text, start, end) or (
            len(word) >= SHORTEST and in_an_address(self._text, start, end, hyphens=False)
        )

    def is_first_name(self) -> bool:
        """Whether it is a whole one: no half of « Jean-Rémi » nor of « Rémi-Luc »."""
        end = self._ends[-1]
        return not (
            _TIED_BEFORE.search(self._text[max(0, self.start - _COMPOUND) : self.start])
            or _TIED_AFTER.match(self._text[end : end + 2])
        ) and all(between(gap, strict=True, after_initial=False) for gap in self._gaps)

    def surname_behind(self, matches: Sequence[re.Match[str]], initials: Collection[str]) -> int:
        """How many of the words behind are the surname, which begins with one of the initials."""
        end, count, found = self._ends[-1], 0, False
        for match in matches:
            start = self._view.starts[match.start()]
            gap, word = self._text[end:start], match[0]
            capital = self._text[start].isupper()
            if found:
                if not (capital and gap in _HYPHENS):
                    break
            elif not _BESIDE.fullmatch(gap):
                break
            elif capital and len(word) > 1 and word[0] in initials and word not in PARTICLES:
                found = True
            elif word not in PARTICLES:
                break
            end, count = self._view.ends[match.end() - 1], count + 1
        return count if found else 0

    def is_namesake(self) -> bool:
        """Whether it is tied by hyphens, as the name of a street is: « rue Jean-Moulin »."""
        tied_up = len(self._words) == 1 or set(self._gaps) == {"-"}
        return tied_up and is_namesake(self._text, self._starts[0], self.end)

    def _heads(self) -> Iterator[str]:
        for word, start in zip(self._words, self._starts, strict=True):
            if word not in PARTICLES or len(word) == 1:
                yield self._text[start]

    def _ends_with_an_initial(self) -> bool:
        """« Marie A. » and « marie-a », not « Marie a dit » nor « Sylvie d’abord »."""
        start, end = self._starts[-1], self._ends[-1]
        if is_elided(self._text, end):
            return False
        if self._text[start].isupper() or tied(self._gaps) or self._text[end : end + 1] == ".":
            return True
        return self._words[-1] not in _WORDS
