"""Names of persons in free text, however they are typed: those to replace.

The one recogniser: the consent filter (wiki, reports, diffs) and the dumps use it alike. What a
machine cannot do is written in ``docs/dumps.md``: a person told without a name, a first name alone
far from the records that speak of them, a name that is also a common word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, compress, groupby, pairwise

from loosbot.corpus.privacy.firstnames import FIRST_NAMES
from loosbot.corpus.privacy.folding import FoldedText, different_words, folded, plain, words_of
from loosbot.corpus.privacy.spellings import PARTICLES, TOKEN, parts, tokens
from loosbot.corpus.privacy.strangers import CIVILITIES
from loosbot.corpus.privacy.typed import (
    TAGS,
    between,
    in_an_address,
    is_an_account,
    is_elided,
    tied,
    untagged,
    widened,
    within_a_word,
)
from loosbot.frozen import dataclass

_SHORTEST = 6
"""Letters of a name written in one word (``jeanmartin``) below which it is too common."""
_UNCOMMON = 10
"""The same where one of its words is an initial: « plaine » is no P. Laine."""
_CIVIL = frozenset((*(plain(civility).removesuffix(".") for civility in CIVILITIES), "famille"))
"""Words after which a surname is one even without its capital."""
_WORDS = frozenset("aàcdjlmnoqsty")
"""Letters that stand alone in French: « marie a dit » names no Marie A."""
_POINT = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]{0,5}\.(?!\w)")
SEVERAL = "[nom]"
"""Stands for a surname that several hidden persons bear."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """``text[start:end]`` is a name; ``instead`` is to stand there, None where it stays."""

    start: int
    end: int
    instead: str | None


@dataclass(frozen=True, slots=True)
class _JoinedName:
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

    def may_be(self, word: str) -> bool:
        """Whether this one word, in small letters, is the name wherever it stands."""
        shortest = _UNCOMMON if self.initialed else _SHORTEST
        return self.parts == 1 or (len(word) >= shortest and word not in FIRST_NAMES)


class Names:
    """Names to replace. ``names`` maps each name to what stands in its place.

    Words are compared joined, so that a name is found however its words are parted: ``Jean-Loup``,
    ``JeanLoup``, ``jean_loup``. ``shown`` are names that stay: what could mean one of them is not
    taken for a shorter form of another.
    """

    def __init__(self, names: Mapping[str, str], shown: Iterable[str] = ()) -> None:
        self._known: dict[str, _JoinedName] = {}
        self._surnames: dict[str, str] = {}
        for name, instead in sorted(names.items()):
            words = tokens(name)
            if all(len(word) < 2 and word.isalpha() for word in words):
                continue
            initialed = 1 in (len(words[0]), len(words[-1]))
            joined = _JoinedName(instead, len(words), initialed=initialed)
            self._known.setdefault("".join(words), joined)
            if len(words) > 1 and len(words[-1]) > 1:
                # the name before the first name: Grévisse Jean-Loup
                for rank in range(1, len(words)):
                    turned = "".join((*words[rank:], *words[:rank]))
                    self._known.setdefault(turned, _JoinedName(instead, len(words)))
            elif len(words) > 1 and words[-1] != "m" and parts(name):
                # « P. Rémi », but « M. Rémi » is mister Rémi
                turned = "".join((words[-1], *words[:-1]))
                known = _JoinedName(instead, len(words), abridged=True, initialed=True)
                self._known.setdefault(turned, known)
        shown = frozenset(shown)
        self._derive(names, shown)
        for name in sorted(shown):
            words = tokens(name)
            # a first name that is hidden is not taken out of the whole name of somebody shown
            if len(words) > 1:
                self._known.setdefault("".join(words), _JoinedName(None, len(words)))
        self._beginnings = _beginnings(self._known)
        surnames = (*self._surnames, *(f"{word}s" for word in self._surnames))
        self._heads = frozenset((*self._beginnings, *surnames))
        """Words that a name, or a surname in the plural, may begin with: few of a long text."""
        hidden = (joined for joined, known in self._known.items() if known.instead is not None)
        self._hidden_heads = frozenset((*_beginnings(hidden), *surnames))
        """The same for the names that do not stay: far fewer, where a whole town is shown."""

    def _derive(self, names: Mapping[str, str], shown: frozenset[str]) -> None:
        """Add shorter forms and bare surnames, except those that may mean somebody shown."""
        kept = {"".join(tokens(name)) for name in shown}
        borne = {
            word for name in shown if (name_parts := parts(name)) for word in name_parts.surnames()
        }
        forms: dict[str, _JoinedName] = {}
        for name, instead in sorted(names.items()):
            name_parts = parts(name)
            if name_parts is None:
                continue
            for word in name_parts.surnames():
                if word not in borne:
                    self._surnames[word] = _one_or_several(self._surnames.get(word), instead)
            for words, form in (
                *((words, "") for words in name_parts.shortened()),
                *((words, "abridged") for words in name_parts.abridged()),
                *((words, "glued") for words in name_parts.with_civility()),
                *(
                    (words, "surname")
                    for words in name_parts.whole_surname()
                    if words[-1] not in borne
                ),
            ):
                joined = "".join(words)
                if joined not in kept:
                    before = forms.get(joined)
                    replacement = _one_or_several(before.instead if before else None, instead)
                    abridged = form in ("abridged", "glued")
                    forms[joined] = _JoinedName(
                        replacement,
                        len(words),
                        abridged=abridged,
                        initialed=abridged,
                        glued=form == "glued",
                        surname=form == "surname",
                    )
        self._known = forms | self._known
        for word, replacement in self._surnames.items():
            # a surname with marks inside it: « Pontar**lier** »
            self._known.setdefault(word, _JoinedName(replacement, 1))

    def within(self, slug: str) -> bool:
        """Whether an id, a path or an address holds one of the names."""
        words = words_of(slug)
        return any(
            word in self._surnames
            or any(
                known.instead is not None and (last > rank or known.may_be(word))
                for last, known in self._at(words, rank)
            )
            for rank, word in enumerate(words)
        )

    def replace(self, text: str, nearby: Mapping[str, str] | None = None) -> tuple[str, int]:
        """``text`` without any of the names, and how many there were.

        ``nearby`` are folded first names that mean somebody in this record only.
        """
        if not self.suspects(text, nearby or {}):
            return text, 0
        return _replaced(text, chain.from_iterable(self._hits(text, nearby or {})))

    def finds_one(self, text: str) -> bool:
        """Whether ``replace`` would find a name; stops at the first hit."""
        return self.suspects(text, {}) and any(map(_tell_one, self._hits(text, {})))

    def _at(self, words: Sequence[str], rank: int) -> Iterator[tuple[int, _JoinedName]]:
        """(rank of the last word, name) for each name that begins at this word."""
        joined = ""
        for last in range(rank, len(words)):
            joined += words[last]
            if joined not in self._beginnings:
                return
            if known := self._known.get(joined):
                yield last, known

    def suspects(self, text: str, nearby: Mapping[str, str]) -> bool:
        """A quick test: False where neither the text nor any part of it holds a name."""
        bare = untagged(text)
        return self._suspects(text, nearby) or (bare != text and self._suspects(bare, nearby))

    def _suspects(self, text: str, nearby: Mapping[str, str]) -> bool:
        words, different = words_of(text), different_words(text)
        # most texts have no word that could begin a name: a set operation tells, without a loop
        if different.isdisjoint(self._hidden_heads) and nearby.keys().isdisjoint(different):
            return False
        begin = {*self._hidden_heads, *nearby} if nearby else self._hidden_heads
        # in a long text few words do: only those are visited
        return any(
            self._surname(words[rank])
            or words[rank] in nearby
            or any(known.instead is not None for _, known in self._at(words, rank))
            for rank in compress(range(len(words)), map(begin.__contains__, words))
        )

    def _surname(self, word: str) -> str:
        """What stands for a surname, which may be in the plural; "" for any other word."""
        return self._surnames.get(word) or self._surnames.get(word.removesuffix("s"), "")

    def _hits(self, text: str, nearby: Mapping[str, str]) -> Iterator[Iterator[NameMatch]]:
        """The names in a text as it is typed, and as it is seen where that is otherwise."""
        yield self._hits_in(text, _view(text), nearby)
        if untagged(text) != text:
            yield self._hits_in(text, _view(text, tagged=False), nearby)

    def _hits_in(self, text: str, seen: _View, nearby: Mapping[str, str]) -> Iterator[NameMatch]:
        view, matches, words = seen
        for rank, word in enumerate(words):
            if word not in self._heads and word not in nearby:
                continue
            start = view.starts[matches[rank].start()]
            capital = text[start : start + 1].isupper() or text[start : start + 1] in "&%\\"
            for last, known in self._at(words, rank):
                spelled = _WordRun(text, view, matches[rank : last + 1])
                if spelled.is_name(known, capital=capital):
                    yield NameMatch(start, spelled.end, known.instead)
            end = view.ends[matches[rank].end() - 1]
            instead = self._surname(word)
            if instead and (
                capital
                or (rank > 0 and words[rank - 1] in _CIVIL)
                or (len(word) >= _SHORTEST and in_an_address(text, start, end))
            ):
                yield NameMatch(start, end, instead)
            if capital and word in nearby:
                yield NameMatch(start, end, nearby[word])


_View = tuple[FoldedText, list[re.Match[str]], list[str]]
"""The folded text, its tokens, and their letters."""


@lru_cache(maxsize=2)
def _view(text: str, *, tagged: bool = True) -> _View:
    """Cached for the search and the replacement."""
    view = folded(text, None if tagged else TAGS)
    matches = list(TOKEN.finditer(view.text))
    return view, matches, [match[0] for match in matches]


class _WordRun:
    """A run of words of a text that may spell a name."""

    def __init__(self, text: str, view: FoldedText, matches: Sequence[re.Match[str]]) -> None:
        self._text = text
        self._words = [match[0] for match in matches]
        self._starts = [view.starts[match.start()] for match in matches]
        self._ends = [view.ends[match.end() - 1] for match in matches]
        # in the folded view, where no sign that cannot be seen stands between two letters
        self._gaps = [view.text[word.end() : other.start()] for word, other in pairwise(matches)]

    @property
    def end(self) -> int:
        """Where the name ends: an initial takes its point with it, but for that of a file."""
        end = self._ends[-1]
        point = len(self._words[-1]) == 1 and _POINT.match(self._text, end)
        return point.end() if point else end

    def is_name(self, known: _JoinedName, *, capital: bool) -> bool:
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

    def _is_in_one_word(self, known: _JoinedName) -> bool:
        """Whether a name of several words may be written as this single one: « jeanmartin »; with
        an initial, where capitals part it (« JMartin ») or in an address alone."""
        word, start, end = self._words[0], self._starts[0], self._ends[0]
        typed = self._text[start:end]
        if known.may_be(word) or (typed != typed.upper() and typed[1:] != typed[1:].lower()):
            return True
        if word in FIRST_NAMES:
            return False
        return is_an_account(self._text, start, end) or (
            len(word) >= _SHORTEST and in_an_address(self._text, start, end, hyphens=False)
        )

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


def _tell_one(hits: Iterable[NameMatch]) -> bool:
    """Whether one of these names, in their order, is replaced."""
    reached = 0
    # as in ``_replaced``: of hits that begin at one place one counts, and none inside another
    for _, beginning in groupby(hits, key=lambda hit: hit.start):
        hit = min(beginning, key=_precedence)
        if hit.start >= reached:
            if hit.instead is not None:
                return True
            reached = hit.end
    return False


def _precedence(hit: NameMatch) -> tuple[int, int, bool]:
    return hit.start, -hit.end, hit.instead is None


def _beginnings(joined: Iterable[str]) -> set[str]:
    return {word[:end] for word in joined for end in range(1, len(word) + 1)}


def _one_or_several(before: str | None, instead: str) -> str:
    """What stands for a form that one person has, or several."""
    return instead if before in (None, instead) else SEVERAL


def _replaced(text: str, hits: Iterable[NameMatch]) -> tuple[str, int]:
    """Replace the hits; of overlapping ones the longest."""
    kept: list[NameMatch] = []
    reached = 0
    for hit in sorted(hits, key=_precedence):
        if hit.start < reached:
            continue
        reached = hit.end
        if hit.instead is not None:
            kept.append(hit)
    # marks around, or the address that a name stands in, may take in the hit before
    spans: list[tuple[int, int, str]] = []
    for hit in kept:
        start, end = widened(text, hit.start, hit.end)
        if spans and start < spans[-1][1]:
            start, end = spans[-1][0], max(end, spans[-1][1])
            spans.pop()
        spans.append((start, end, hit.instead or ""))
    for start, end, instead in reversed(spans):
        text = f"{text[:start]}{instead}{text[end:]}"
    return text, len(kept)
