"""What the consent filter takes out of texts: names however they are typed, and quoted words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate

from loosbot.corpus.model import Record
from loosbot.corpus.privacy.contacts import is_contact, spellings
from loosbot.corpus.privacy.folding import folded, words_of
from loosbot.corpus.privacy.names import Names
from loosbot.corpus.privacy.nearby import Nearby
from loosbot.corpus.privacy.phrases import rows
from loosbot.corpus.privacy.spellings import TOKEN, tokens
from loosbot.frozen import dataclass

_WORD = re.compile(r"\w+")
_TOWNS = ("commune", "quartier")
"""Genres of places that are called after no person of today."""
ARTICLE = re.compile(r"(?:les?|la|une?|des|du|l['’]|d['’])\b", re.IGNORECASE)
_ROW = 8
"""Words in a row that two texts do not share by chance."""
_PART = 4
"""So many of them are looked for first: quicker than all, and rare enough."""
_LONG = 4
"""Letters of a word that says something: « il y a eu un peu de tout à » is nobody's."""
PASSAGE = "[passage non publié]"
"""Stands for words of a masked voice that another text quotes."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Names to replace in texts. An id or a phrase (« une voisine ») goes as it is written."""

    names: Names | None = None
    pattern: re.Pattern[str] | None = None
    instead: Mapping[str, str] | None = None
    beginnings: frozenset[str] = frozenset()
    """First words of the phrases, "" where one has none: the pattern is slow, and most texts hold
    no name."""
    loose: re.Pattern[str] | None = None
    """The phrases wherever they stand, within a word too: what it does not find is not there, and
    it is quick where all begin alike, as ids do."""

    def hide(self, text: str, nearby: Nearby | None = None) -> str:
        if self.pattern and not self.beginnings.isdisjoint(("", *_WORD.findall(text))):
            known = self.instead or {}
            text = self.pattern.sub(lambda match: known[_composed(match[0])], text)
        return self.names.replace(text, nearby)[0] if self.names else text

    def spares(self, text: str, nearby: Nearby) -> bool:
        """A quick test: True where neither the text nor any part of it has anything to hide."""
        if self.pattern and self.loose and self.loose.search(text) and self.pattern.search(text):
            return False
        return self.names is None or not self.names.suspects(text, nearby)

    def persons_in(self, texts: Iterable[str]) -> Nearby:
        """See :meth:`Names.persons_in`."""
        return self.names.persons_in(texts) if self.names else {}

    def within(self, text: str) -> bool:
        """Whether a text, an address or a file name holds one of the names."""
        if self.pattern and self.loose and self.loose.search(text) and self.pattern.search(text):
            return True
        return self.names is not None and self.names.finds_one(text)


NOTHING = Hidden()


def hidden(instead: Mapping[str, str], shown: Iterable[str] = ()) -> Hidden:
    """``instead`` maps each name to what stands there; ``shown`` are the names that stay."""
    replacements = {name: neutral for name, neutral in instead.items() if name.strip()}
    if not replacements:
        return NOTHING
    names = {
        spelling: neutral
        for name, neutral in replacements.items()
        if is_name(name) or is_contact(name)
        for spelling in spellings(name)
    }
    phrases = {
        _composed(name): instead for name, instead in replacements.items() if name not in names
    }
    pattern, beginnings, loose = _exactly(phrases)
    return Hidden(Names(names, shown) if names else None, pattern, phrases, beginnings, loose)


def is_name(name: str) -> bool:
    """Whether a person is named so: « Célia C. », not « une voisine » nor an id."""
    return "/" not in name and not ARTICLE.match(name) and name != name.lower()


def towns(records: Iterable[Record]) -> set[str]:
    """Names of towns that are one word, « Lens »: to be shown, whoever bears the same surname.

    A shop or a house may have that of the very person who is hidden.
    """
    return {
        name
        for record in records
        if record.type == "lieu" and record.data.get("genre") in _TOWNS
        for name in record.names
        if len(tokens(name)) == 1
    }


def _exactly(
    phrases: Mapping[str, str],
) -> tuple[re.Pattern[str] | None, frozenset[str], re.Pattern[str] | None]:
    if not phrases:
        return None, frozenset(), None
    forms = set(phrases) | {unicodedata.normalize("NFD", name) for name in phrases}
    longest_first = "|".join(
        # an id must not match the beginning of a longer one
        re.escape(form) + (r"(?!-\w)" if "/" in form else "")
        for form in sorted(forms, key=len, reverse=True)
    )
    words = (_WORD.search(form) for form in forms)
    beginnings = frozenset(word[0] if word else "" for word in words)
    loose = re.compile("|".join(map(re.escape, sorted(forms))))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)"), beginnings, loose


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class Words:
    """Finds quotations of masked voices in other records."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(filter(None, texts))

    @cached_property
    def _rows(self) -> set[tuple[str, ...]]:
        """Built for the first text that is long enough to quote anybody."""
        return {row for text in self._texts for row in _rows(words_of(text))}

    @cached_property
    def _parts(self) -> set[tuple[str, ...]]:
        """The longest words of each row: where they do not stand in a row, nor does it."""
        return {max(rows(row, _PART), key=_letters) for row in self._rows}

    def spares(self, text: str) -> bool:
        """A quick test: True where neither the text nor any part of it quotes them."""
        if not self._texts or len(text) < _ROW * 2:
            return True
        seen = words_of(text)
        if len(seen) < _ROW or not self._rows:
            return True
        if self._parts.isdisjoint(rows(seen, _PART)):
            return True
        # all rows, whatever they say: only those that say something are in the set
        return self._rows.isdisjoint(rows(seen, _ROW))

    def hide(self, text: str) -> str:
        """``text`` without what it quotes of them."""
        if self.spares(text):
            return text
        view = folded(text)
        matches = list(TOKEN.finditer(view.text))
        words = [match[0] for match in matches]
        spans: list[tuple[int, int]] = []
        for rank in range(len(words) - _ROW + 1):
            if tuple(words[rank : rank + _ROW]) in self._rows:
                last = rank + _ROW - 1
                if spans and rank <= spans[-1][1] + 1:
                    spans[-1] = (spans[-1][0], last)
                else:
                    spans.append((rank, last))
        for first, last in reversed(spans):
            start = view.starts[matches[first].start()]
            end = view.ends[matches[last].end() - 1]
            text = f"{text[:start]}{PASSAGE}{text[end:]}"
        return text


def _letters(words: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return sum(map(len, words)), words


def _rows(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    # how many long words stand before each: the difference of two counts a row's
    before = [0, *accumulate(len(word) >= _LONG for word in words)]
    for start in range(len(words) - _ROW + 1):
        if before[start + _ROW] - before[start] >= _LONG:
            yield words[start : start + _ROW]
