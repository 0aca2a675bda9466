"""Names of persons in free text, however they are spelled: those to replace.

What a machine cannot do is written in ``docs/dumps.md``: a person told without a name, a first
name alone far from the records that speak of them, a name that is also a common word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loosbot.corpus.folding import Folded, folded, plain
from loosbot.corpus.spellings import PARTICLES, Tokens, parts, tokens
from loosbot.corpus.strangers import CIVILITIES

_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]{1,4}")
_SHORTEST = 6
"""Letters of a name written in one word (``jeanmartin``) below which it is too common."""
_CIVIL = frozenset((*(plain(one).removesuffix(".") for one in CIVILITIES), "famille"))
"""Words after which a surname is one even without its capital."""
SEVERAL = "[nom]"
"""Stands for a surname that several hidden persons bear."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` is a name; ``instead`` is to stand there."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A name written in one word; ``parts`` is how many words it has.

    ``abridged`` tells that one of them is an initial which nobody declared: all need their capital,
    since « Marie a dit » is no Marie A., nor « j’aime » Julie Aimé.
    """

    instead: str
    parts: int
    abridged: bool = False


class Names:
    """Names to replace. ``names`` maps each name to what stands in its place.

    Words are compared joined, so that a name is found however its words are parted: ``Jean-Loup``,
    ``JeanLoup``, ``jean_loup``. ``shown`` are names that stay: what could mean one of them is not
    taken for a shorter form of another.
    """

    def __init__(self, names: Mapping[str, str], shown: Iterable[str] = ()) -> None:
        self._known: dict[str, _Known] = {}
        self._surnames: dict[str, str] = {}
        for name, instead in sorted(names.items()):
            words = tokens(name)
            if not words or max(map(len, words)) < 2:
                continue
            self._add(words, instead)
            if len(words) > 1 and len(words[-1]) > 1:
                # the name before the first name: Grévisse Jean-Loup
                for rank in range(1, len(words)):
                    self._add((*words[rank:], *words[:rank]), instead)
        self._derive(names, frozenset(shown))
        self._beginnings = {
            joined[:end] for joined in self._known for end in range(1, len(joined) + 1)
        }

    def _add(self, words: Tokens, instead: str) -> None:
        self._known.setdefault("".join(words), _Known(instead, len(words)))

    def _derive(self, names: Mapping[str, str], shown: frozenset[str]) -> None:
        """Shorter forms of the names, and surnames alone, where they mean no one that is shown."""
        kept = {"".join(tokens(name)) for name in shown}
        borne = {word for name in shown if (one := parts(name)) for word in one.surnames()}
        forms: dict[str, _Known] = {}
        for name, instead in sorted(names.items()):
            one = parts(name)
            if one is None:
                continue
            for word in one.surnames():
                if word not in borne:
                    self._surnames[word] = _one_or_several(self._surnames.get(word), instead)
            for words, abridged in (
                *((words, False) for words in one.shortened()),
                *((words, True) for words in one.abridged()),
            ):
                joined = "".join(words)
                if joined not in kept:
                    before = forms.get(joined)
                    told = _one_or_several(before.instead if before else None, instead)
                    forms[joined] = _Known(told, len(words), abridged)
        self._known = forms | self._known

    def within(self, slug: str) -> bool:
        """Whether an id, a path or an address holds one of the names."""
        words = _TOKEN.findall(plain(slug))
        return any(
            word in self._surnames or any(True for _ in self._at(words, rank))
            for rank, word in enumerate(words)
        )

    def replace(self, text: str, nearby: Mapping[str, str] | None = None) -> tuple[str, int]:
        """``text`` without any of the names, and how many there were.

        ``nearby`` are folded first names that mean somebody in this record only.
        """
        if not self._suspect(text, nearby or {}):
            return text, 0
        return _replaced(text, self._hits(text, folded(text), nearby or {}))

    def _at(self, words: Sequence[str], rank: int) -> Iterator[tuple[int, _Known]]:
        """The names that begin with this word: the rank of their last word, and the name."""
        joined = ""
        for last in range(rank, len(words)):
            joined += words[last]
            if joined not in self._beginnings:
                return
            found = self._known.get(joined)
            # two words in one, and so short: a common word
            if found and (last > rank or found.parts == 1 or len(joined) >= _SHORTEST):
                yield last, found

    def _suspect(self, text: str, nearby: Mapping[str, str]) -> bool:
        words = _TOKEN.findall(plain(text))
        # most texts have no word that could begin a name: found out without looking at each
        heads = self._beginnings, self._surnames.keys(), nearby.keys()
        several = {word.removesuffix("s") for word in words}
        if all(one.isdisjoint(words) for one in heads) and heads[1].isdisjoint(several):
            return False
        return any(
            self._surname(word) or word in nearby or any(True for _ in self._at(words, rank))
            for rank, word in enumerate(words)
        )

    def _surname(self, word: str) -> str:
        """What stands for a surname, which may be in the plural; "" for any other word."""
        return self._surnames.get(word) or self._surnames.get(word.removesuffix("s"), "")

    def _hits(self, text: str, view: Folded, nearby: Mapping[str, str]) -> Iterator[Hit]:
        found = list(_TOKEN.finditer(view.text))
        words = [match[0] for match in found]
        for rank, word in enumerate(words):
            start = view.starts[found[rank].start()]
            capital = text[start : start + 1].isupper() or text[start : start + 1] in "&%\\"
            for last, known in self._at(words, rank):
                # one word is often a common word too: it counts only with a capital
                if known.parts == 1 and not capital:
                    continue
                gaps = [
                    view.text[found[at].end() : found[at + 1].start()] for at in range(rank, last)
                ]
                begins = [
                    text[view.starts[found[at].start()]]
                    for at in range(rank, last + 1)
                    if words[at] not in PARTICLES or len(words[at]) == 1
                ]
                if known.abridged and not (_tied(gaps) or all(one.isupper() for one in begins)):
                    continue
                if all(_GAP.fullmatch(gap) for gap in gaps):
                    end = view.ends[found[last].end() - 1]
                    # an initial takes its point with it
                    if len(words[last]) == 1 and text[end : end + 1] == ".":
                        end += 1
                    yield Hit(start, end, known.instead)
            end = view.ends[found[rank].end() - 1]
            instead = self._surname(word)
            if instead and (
                capital
                or (rank > 0 and words[rank - 1] in _CIVIL)
                or (len(word) >= _SHORTEST and _in_a_path(text, start, end))
            ):
                yield Hit(start, end, instead)
            if capital and word in nearby:
                yield Hit(start, end, nearby[word])


def _in_a_path(text: str, start: int, end: int) -> bool:
    """Whether a word is part of an address or of the name of a file, where nothing has capitals."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(one in "/_-.@" for one in around.removesuffix("."))


def _tied(gaps: Sequence[str]) -> bool:
    """Whether words are written as one, as in an address: ``j.martin``, ``jmartin``."""
    return all(gap in (".", "-", "_") for gap in gaps)


def _one_or_several(before: str | None, instead: str) -> str:
    """What stands for a form that one person has, or several."""
    return instead if before in (None, instead) else SEVERAL


def _replaced(text: str, hits: Iterable[Hit]) -> tuple[str, int]:
    """The longest of overlapping hits wins."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    for hit in reversed(kept):
        text = f"{text[: hit.start]}{hit.instead}{text[hit.end :]}"
    return text, len(kept)
