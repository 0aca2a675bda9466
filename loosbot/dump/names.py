"""Names of persons in free text: those to replace, however spelled, and those nobody declared.

What a machine cannot do is written in ``docs/dumps.md``: a person told without a name, a first
name alone far from the records that speak of them, a name that is also a common word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
    rf"((?:{_CAPITAL}\. )?{_CAPITAL}[\w’'-]+(?: {_CAPITAL}[\w’'-]+)?)"
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


class Names:
    """Names to replace. ``names`` maps each name to what stands in its place."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[tuple[Tokens, str, bool]]] = {}
        self._surnames: dict[str, str] = {}
        for name, instead in sorted(names.items()):
            words = tokens(name)
            if not words or max(map(len, words)) < 2:
                continue
            # one word is often a common word too: it counts only with a capital
            self._add(words, instead, capital=len(words) == 1)
            if len(words) > 1:
                if len("".join(words)) >= _SHORTEST:
                    self._add(("".join(words),), instead, capital=False)
                if all(len(word) > 1 for word in words):
                    self._add(tuple(reversed(words)), instead, capital=False)
                    self._surnames.setdefault(words[-1], instead)

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def _add(self, words: Tokens, instead: str, *, capital: bool) -> None:
        self._by_first.setdefault(words[0], []).append((words, instead, capital))

    def replace(self, text: str, nearby: Mapping[str, str] | None = None) -> tuple[str, int]:
        """``text`` without any of the names, and how many there were.

        ``nearby`` are folded first names that mean somebody in this record only.
        """
        if not self._suspect(text, nearby or {}):
            return text, 0
        hits = list(self._hits(text, folded(text), nearby or {}))
        hits += self._titled(text)
        return _replaced(text, hits)

    def within(self, slug: str) -> bool:
        """Whether an id holds one of the names."""
        words = tuple(_TOKEN.findall(plain(slug)))
        return any(
            words[rank : rank + len(wanted)] == wanted
            for rank, word in enumerate(words)
            for wanted, _, _ in self._by_first.get(word, ())
        )

    def _suspect(self, text: str, nearby: Mapping[str, str]) -> bool:
        words = _TOKEN.findall(plain(text))
        known = self._by_first.keys() | nearby.keys() | self._surnames.keys()
        return any(word in known for word in words)

    def _hits(self, text: str, view: Folded, nearby: Mapping[str, str]) -> Iterator[Hit]:
        found = list(_TOKEN.finditer(view.text))
        words = [match[0] for match in found]
        for rank, word in enumerate(words):
            start = view.starts[found[rank].start()]
            capital = text[start : start + 1].isupper() or text[start : start + 1] in "&%\\"
            for wanted, instead, needs_capital in self._by_first.get(word, ()):
                last = rank + len(wanted) - 1
                if tuple(words[rank : last + 1]) != wanted or (needs_capital and not capital):
                    continue
                gaps = (
                    view.text[found[at].end() : found[at + 1].start()] for at in range(rank, last)
                )
                if all(_GAP.fullmatch(gap) for gap in gaps):
                    end = view.ends[found[last].end() - 1]
                    # an initial takes its point with it
                    if len(wanted) > 1 and len(wanted[-1]) == 1 and text[end : end + 1] == ".":
                        end += 1
                    yield Hit(start, end, instead)
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
