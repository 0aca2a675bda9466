"""Names of persons in free text, however they are typed: those to replace.

The one recogniser: the consent filter (wiki, reports, diffs) and the dumps use it alike. What a
machine cannot do is written in ``docs/dumps.md``: a person told without a name, a first name alone
far from the records that speak of them, a name that is also a common word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, groupby

from loosbot.corpus.privacy.folding import different_words, words_of
from loosbot.corpus.privacy.glued import GluedNames
from loosbot.corpus.privacy.nearby import (
    CIVIL,
    Nearby,
    add,
    first_name_forms,
    one_or_several,
    surely_first_name,
)
from loosbot.corpus.privacy.spellings import Tokens, parts, tokens
from loosbot.corpus.privacy.typed import (
    in_an_address,
    is_an_account,
    is_namesake,
    marks_a_word,
    untagged,
    widened,
)
from loosbot.corpus.privacy.wordrun import SHORTEST, JoinedName, View, WordRun, view_of
from loosbot.frozen import dataclass

_CIVIL = CIVIL | {"famille"}
"""Words after which a surname is one even without its capital."""
_MOST = 4
"""Words of a first name, or of a surname with its particles."""
_FEASTS = frozenset({"noel", "paques", "toussaint"})


@dataclass(frozen=True, slots=True)
class NameMatch:
    """``text[start:end]`` is a name; ``instead`` is to stand there, None where it stays."""

    start: int
    end: int
    instead: str | None
    first: Tokens = ()
    """The first name of who is called so, where it is one."""


class Names:
    """Names to replace. ``names`` maps each name to what stands in its place.

    Words are compared joined, so that a name is found however its words are parted: ``Jean-Loup``,
    ``JeanLoup``, ``jean_loup``. ``shown`` are names that stay: what could mean one of them is not
    taken for a shorter form of another. A hidden surname that is one of them, of a single word, is
    found after a first name or a civility alone.
    """

    def __init__(self, names: Mapping[str, str], shown: Iterable[str] = ()) -> None:
        self._known: dict[str, JoinedName] = {}
        self._surnames: dict[str, str] = {}
        self._initials: dict[Tokens, set[str]] = {}
        """By first name, the letters with which a surname of somebody hidden begins."""
        shown = frozenset(shown)
        spellings: set[Tokens] = set()
        self._homonyms = _FEASTS | {words[0] for words in map(tokens, shown) if len(words) == 1}
        """Surnames that mean nobody by themselves: a town, « Noël »."""
        for name, instead in sorted(names.items()):
            words = tokens(name)
            if all(len(word) < 2 and word.isalpha() for word in words):
                continue
            spellings.add(words)
            initialed = 1 in (len(words[0]), len(words[-1]))
            first = surely_first_name(name)
            joined = JoinedName(instead, len(words), initialed=initialed, first=first)
            self._known.setdefault("".join(words), joined)
            if len(words) > 1 and len(words[-1]) > 1:
                # the name before the first name: Grévisse Jean-Loup
                for rank in range(1, len(words)):
                    turned = "".join((*words[rank:], *words[:rank]))
                    self._known.setdefault(turned, JoinedName(instead, len(words), first=first))
            elif len(words) > 1 and words[-1] != "m" and parts(name):
                # « P. Rémi », but « M. Rémi » is mister Rémi
                turned = "".join((words[-1], *words[:-1]))
                known = JoinedName(instead, len(words), abridged=True, initialed=True, first=first)
                self._known.setdefault(turned, known)
        self._marked = _markers(spellings | self._derive(names, shown))
        """Words of which a text holds one, where marks part the words of a name."""
        for name in sorted(shown):
            words = tokens(name)
            # a first name that is hidden is not taken out of the whole name of somebody shown
            if len(words) > 1:
                self._known.setdefault("".join(words), JoinedName(None, len(words)))
        self._glued = self._glued_names()
        self._beginnings = _beginnings(self._known)
        surnames = (*self._surnames, *(f"{word}s" for word in self._surnames))
        self._heads = frozenset((*self._beginnings, *surnames))
        """Words that a name, or a surname in the plural, may begin with: few of a long text."""
        hidden = (joined for joined, known in self._known.items() if known.instead is not None)
        self._hidden_heads = frozenset((*_beginnings(hidden), *surnames))
        """The same for the names that do not stay: far fewer, where a whole town is shown."""

    def _derive(self, names: Mapping[str, str], shown: frozenset[str]) -> set[Tokens]:
        """Add shorter forms and bare surnames, except those that may mean somebody shown; the
        words of each."""
        spellings: set[Tokens] = set()
        kept = {"".join(tokens(name)) for name in shown}
        borne = {
            word for name in shown if (name_parts := parts(name)) for word in name_parts.surnames()
        }
        forms: dict[str, JoinedName] = {}
        for name, instead in sorted(names.items()):
            name_parts = parts(name)
            if name_parts is None:
                continue
            first = surely_first_name(name)
            for form in first_name_forms(name_parts.first):
                self._initials.setdefault(form, set()).update(name_parts.initials())
            for word in name_parts.surnames():
                if word not in borne:
                    self._surnames[word] = one_or_several(self._surnames.get(word), instead)
            for words, shape in (
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
                    spellings.add(words)
                    before = forms.get(joined)
                    replacement = one_or_several(before.instead if before else None, instead)
                    abridged = shape in ("abridged", "glued")
                    forms[joined] = JoinedName(
                        replacement,
                        len(words),
                        abridged=abridged,
                        initialed=abridged,
                        glued=shape == "glued",
                        surname=shape == "surname",
                        first=first if replacement == instead else (),
                    )
        self._known = forms | self._known
        for word, replacement in self._surnames.items():
            # a surname with marks inside it: « Pontar**lier** »
            if word not in self._homonyms:
                self._known.setdefault(word, JoinedName(replacement, 1))
        return spellings

    def _glued_names(self) -> GluedNames:
        whole = {
            joined: known.instead
            for joined, known in self._known.items()
            if known.instead and known.parts > 1 and not (known.initialed or known.surname)
        }
        surnames = {
            name: instead for name, instead in self._surnames.items() if name not in self._homonyms
        }
        return GluedNames(whole, surnames)

    def within(self, slug: str) -> bool:
        """Whether an id, a path or an address holds one of the names."""
        words = words_of(slug)
        return any(
            (word in self._surnames and word not in self._homonyms)
            or self._glued.within(word)
            or any(
                known.instead is not None and (last > rank or known.may_be(word))
                for last, known in self._at(words, rank)
            )
            for rank, word in enumerate(words)
        )

    def replace(self, text: str, nearby: Nearby | None = None) -> tuple[str, int]:
        """``text`` without any of the names, and how many there were.

        ``nearby`` are first names that mean somebody in this record only.
        """
        if not self.suspects(text, nearby or {}):
            return text, 0
        return _replaced(text, chain.from_iterable(self._hits(text, nearby or {})))

    def persons_in(self, texts: Iterable[str]) -> Nearby:
        """The first names of those whom texts name in full, and what stands for each."""
        nearby: dict[Tokens, str | None] = {}
        for text in texts:
            if not self.suspects(text, {}):
                continue
            for hit in _kept(chain.from_iterable(self._hits(text, {}))):
                if hit.first and hit.instead is not None:
                    add(nearby, hit.first, hit.instead)
        return nearby

    def finds_one(self, text: str) -> bool:
        """Whether ``replace`` would find a name; stops at the first hit."""
        return self.suspects(text, {}) and any(map(_tell_one, self._hits(text, {})))

    def _at(self, words: Sequence[str], rank: int) -> Iterator[tuple[int, JoinedName]]:
        """(rank of the last word, name) for each name that begins at this word."""
        joined = ""
        for last in range(rank, len(words)):
            joined += words[last]
            if joined not in self._beginnings:
                return
            if known := self._known.get(joined):
                yield last, known

    def suspects(self, text: str, nearby: Nearby) -> bool:
        """A quick test: False where neither the text nor any part of it holds a name."""
        if self._suspects(text, nearby):
            return True
        # marks are taken out of few texts only: it takes as long as all the rest
        if self._marked.isdisjoint(different_words(text)) and not marks_a_word(text):
            return False
        bare = untagged(text)
        return bare != text and self._suspects(bare, nearby)

    def _suspects(self, text: str, nearby: Nearby) -> bool:
        words, different = words_of(text), different_words(text)
        # most texts have no word that could begin a name: a set operation tells, without a loop
        near = {first[0] for first in nearby}
        if self._glued and any(map(self._glued.within, different)):
            return True
        if different.isdisjoint(self._hidden_heads) and near.isdisjoint(different):
            return False
        begin = self._hidden_heads | near if near else self._hidden_heads
        # in a long text few words do: only those are visited
        return any(
            self._surname(words[rank])
            or words[rank] in near
            or any(known.instead is not None for _, known in self._at(words, rank))
            for rank in compress(range(len(words)), map(begin.__contains__, words))
        )

    def _surname(self, word: str) -> str:
        """What stands for a surname, which may be in the plural; "" for any other word."""
        return self._surnames.get(word) or self._surnames.get(word.removesuffix("s"), "")

    def _hits(self, text: str, nearby: Nearby) -> Iterator[Iterator[NameMatch]]:
        """The names in a text as it is typed, and as it is seen where that is otherwise."""
        yield self._hits_in(text, view_of(text), nearby)
        if untagged(text) != text:
            yield self._hits_in(text, view_of(text, tagged=False), nearby)

    def _hits_in(self, text: str, seen: View, nearby: Nearby) -> Iterator[NameMatch]:
        view, matches, words = seen
        near = {first[0] for first in nearby}
        for rank, word in enumerate(words):
            glued = self._glued.within(word)
            if not glued and word not in self._heads and word not in near:
                continue
            start = view.starts[matches[rank].start()]
            capital = text[start : start + 1].isupper() or text[start : start + 1] in "&%\\"
            for last, known in self._at(words, rank):
                spelled = WordRun(text, view, matches[rank : last + 1])
                if spelled.is_name(known, capital=capital):
                    instead = None if spelled.is_namesake() else known.instead
                    yield NameMatch(start, spelled.end, instead, known.first)
            end = view.ends[matches[rank].end() - 1]
            if glued and (
                glued.whole or in_an_address(text, start, end) or is_an_account(text, start, end)
            ):
                yield NameMatch(start, end, glued.instead)
            surname = self._surname(word)
            alone = capital or (len(word) >= SHORTEST and in_an_address(text, start, end))
            if (
                surname
                and (
                    (alone and word not in self._homonyms)
                    or (rank > 0 and words[rank - 1] in _CIVIL)
                )
                and not is_namesake(text, start, end)
            ):
                yield NameMatch(start, end, surname)
            if capital and word in near:
                yield from self._first_names(text, seen, rank, nearby)

    def _first_names(self, text: str, seen: View, rank: int, nearby: Nearby) -> Iterator[NameMatch]:
        """The first names at this word, with a surname of which the initial alone is declared."""
        view, matches, words = seen
        shown = [last for last, known in self._at(words, rank) if known.instead is None]
        for last in range(rank, min(rank + _MOST, len(words))):
            first = tuple(words[rank : last + 1])
            if first not in nearby:
                continue
            run = WordRun(text, view, matches[rank : last + 1])
            instead = nearby[first]
            surname = last + run.surname_behind(
                matches[last + 1 : last + 1 + _MOST], self._initials.get(first, ())
            )
            if instead is not None and surname > last and surname not in shown:
                yield NameMatch(run.start, view.ends[matches[surname].end() - 1], instead)
            elif run.is_first_name():
                yield NameMatch(run.start, run.end, instead)


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


def _markers(spellings: Collection[Tokens]) -> frozenset[str]:
    """Of each name its rarest word, alone and written as one with those beside it."""
    counts = Counter(word for words in spellings for word in set(words))
    markers: set[str] = set()
    for words in spellings:
        # an initial is a word of nearly every text
        rarity = [(len(word) < 2, counts[word], -len(word)) for word in words]
        rank = rarity.index(min(rarity))
        markers.update(
            "".join(words[start:end])
            for start in range(rank + 1)
            for end in range(rank + 1, len(words) + 1)
        )
    return frozenset(markers)


def _kept(hits: Iterable[NameMatch]) -> list[NameMatch]:
    """The names to replace: of overlapping ones the longest."""
    kept: list[NameMatch] = []
    reached = 0
    for hit in sorted(hits, key=_precedence):
        if hit.start < reached:
            continue
        reached = hit.end
        if hit.instead is not None:
            kept.append(hit)
    return kept


def _replaced(text: str, hits: Iterable[NameMatch]) -> tuple[str, int]:
    kept = _kept(hits)
    # marks around, or the address that a name stands in, may take in the hit before
    spans: list[tuple[int, int, str]] = []
    for hit in kept:
        start, end = widened(text, hit.start, hit.end)
        if spans and start < spans[-1][1]:
            start, end = spans[-1][0], max(end, spans[-1][1])
            spans.pop()
        spans.append((start, end, hit.instead or ""))
    for start, end, instead in reversed(spans):
        # a row of a table keeps as many cells
        cells = 0 if "[[" in text[start:end] else text.count("|", start, end)
        text = f"{text[:start]}{instead}{' |' * cells}{text[end:]}"
    return text, len(kept)
