"""Names of persons in free text: those to replace, however spelled, and those nobody declared.

What a machine cannot do is written in ``docs/dumps.md``: a person told without a name, a first
name alone far from the records that speak of them, a name that is also a common word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loosbot.dump.folding import Folded, folded, plain

_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\W_]{1,4}")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_SMALL = r"[a-zà-öø-ÿœ]"
_NAME = rf"{_CAPITAL}{_SMALL}+(?:[-’']{_CAPITAL}{_SMALL}+)*"
_INITIALED = re.compile(rf"\b({_NAME} {_CAPITAL}\.)(?!\w)")
"""How the house writes a private person: first name and initial."""
_TITLED = re.compile(
    rf"\b(?:M\.|MM\.|Mr|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Dr|Docteur)[ \u00a0\u202f]"
    rf"((?:{_CAPITAL}\. )?(?:d[’']|de la |de |du |des )?{_CAPITAL}[\w’'-]+(?: {_CAPITAL}[\w’'-]+)?)"
)
_WHOLE = re.compile(rf"{_NAME}(?: (?:de |du |d’|d'|le |la )?(?:{_NAME}|{_CAPITAL}{{2,}})){{1,2}}")
"""A field that holds nothing but a first name and a name."""
_SHORTEST = 6
"""Letters of a name written in one word (``jeanmartin``) below which it is too common."""

Tokens = tuple[str, ...]


def tokens(name: str) -> Tokens:
    """A name's words, folded: ``Célia C.`` -> ``("celia", "c")``."""
    return tuple(_TOKEN.findall(plain(name)))


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` is a name; ``instead`` is to stand there."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A name written in one word; ``parts`` is how many words it has."""

    instead: str
    parts: int


class Names:
    """Names to replace. ``names`` maps each name to what stands in its place.

    Words are compared joined, so that a name is found however its words are parted: ``Jean-Loup``,
    ``JeanLoup``, ``jean_loup``.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._known: dict[str, _Known] = {}
        self._beginnings: set[str] = set()
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
                self._surnames.setdefault(words[-1], instead)

    def _add(self, words: Tokens, instead: str) -> None:
        joined = "".join(words)
        self._known.setdefault(joined, _Known(instead, len(words)))
        self._beginnings.update(joined[:end] for end in range(1, len(joined) + 1))

    def within(self, slug: str) -> bool:
        """Whether an id holds one of the names."""
        words = _TOKEN.findall(plain(slug))
        return any(True for rank in range(len(words)) for _ in self._at(words, rank))

    def replace(self, text: str, nearby: Mapping[str, str] | None = None) -> tuple[str, int]:
        """``text`` without any of the names, and how many there were.

        ``nearby`` are folded first names that mean somebody in this record only.
        """
        if not self._suspect(text, nearby or {}):
            return text, 0
        hits = list(self._hits(text, folded(text), nearby or {}))
        hits += self._titled(text)
        return _replaced(text, hits)

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
        if all(one.isdisjoint(words) for one in heads):
            return False
        return any(
            word in self._surnames or word in nearby or any(True for _ in self._at(words, rank))
            for rank, word in enumerate(words)
        )

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
                gaps = (
                    view.text[found[at].end() : found[at + 1].start()] for at in range(rank, last)
                )
                if all(_GAP.fullmatch(gap) for gap in gaps):
                    end = view.ends[found[last].end() - 1]
                    # an initial takes its point with it
                    if len(words[last]) == 1 and text[end : end + 1] == ".":
                        end += 1
                    yield Hit(start, end, known.instead)
            if capital and word in nearby:
                yield Hit(start, view.ends[found[rank].end() - 1], nearby[word])

    def _titled(self, text: str) -> Iterator[Hit]:
        """``Mme Martin`` where Jeanne Martin is to be replaced."""
        for match in _TITLED.finditer(text):
            surname = tokens(match[1])[-1]
            if surname in self._surnames:
                yield Hit(match.start(1), match.end(1), self._surnames[surname])


def _replaced(text: str, hits: Iterable[Hit]) -> tuple[str, int]:
    """The longest of overlapping hits wins."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    for hit in reversed(kept):
        text = f"{text[: hit.start]}{hit.instead}{text[hit.end :]}"
    return text, len(kept)


class Strangers:
    """Finds what looks like the name of a private person and is nobody's that may be shown."""

    def __init__(self, shown: Iterable[str]) -> None:
        self._shown = {tokens(name) for name in shown}
        self._surnames = {words[-1] for words in self._shown if len(words) > 1}

    def in_text(self, text: str) -> list[str]:
        """Undeclared names, in their order."""
        found = [one for one in _INITIALED.findall(text) if tokens(one) not in self._shown]
        for one in _TITLED.findall(text):
            words = tokens(one)
            if words not in self._shown and words[-1] not in self._surnames:
                found.append(one)
        return found

    def in_field(self, text: str) -> list[str]:
        """The same for a field where a person is expected: a bare first name and name counts."""
        if _WHOLE.fullmatch(text) and tokens(text) not in self._shown:
            return [text]
        return self.in_text(text)
