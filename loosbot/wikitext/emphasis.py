"""Bold and italic of Markdown, found in one pass.

The library's own processor (Python-Markdown 3.11) mixes up the places of overlapping signs, and
letters are lost: ``a*[x](y)**b*c``. This one pairs asterisks and underscores as CommonMark does
("process emphasis"), but for one thing that the library has too: only blanks decide whether a run
of asterisks may begin or end something, so ``**Attention :**`` and ``«*mot*»`` need no space.
"""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element, SubElement

from markdown.inlinepatterns import InlineProcessor

from loosbot.frozen import dataclass
from loosbot.wikitext.doctree import add_text

_RUN = re.compile(r"\*+|_+")


@dataclass(slots=True)
class _Run:
    """``sign``s from ``start`` to ``end`` that no pair has taken; ``typed`` of them at first."""

    sign: str
    start: int
    end: int
    opens: bool
    closes: bool
    typed: int

    def may_close(self, opener: _Run) -> bool:
        """CommonMark's rule of three, for runs that may both begin and end something."""
        if self.sign != opener.sign:
            return False
        if not (self.opens or opener.closes) or (self.typed + opener.typed) % 3:
            return True
        return self.typed % 3 == 0 and opener.typed % 3 == 0


@dataclass(frozen=True, slots=True)
class _Pair:
    """``size`` signs from ``start``, and as many before ``end``."""

    start: int
    end: int
    size: int


class Emphasis(InlineProcessor):
    """Gives the outermost element that begins at each match."""

    def __init__(self) -> None:
        super().__init__(_RUN.pattern)
        self._source = ""
        self._from = 0
        self._pairs: dict[int, _Pair] = {}

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's own signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int, int]:
        # Text before the match changes as elements are made of it, the rest does not: pairs are
        # cached by their distance from the end.
        moved = len(data) - len(self._source)
        place = m.start() - moved
        if place < self._from or data[m.start() :] != self._source[place:]:
            self._source, self._from, moved, place = data, m.start(), 0, m.start()
            self._pairs = {pair.start: pair for pair in _pairs(data, m.start())}
        for start in range(place, m.end() - moved):
            if start in self._pairs:
                if start > place:
                    return None, m.start(), start + moved
                pair = self._pairs[start]
                return self._element(pair), m.start(), pair.end + moved
        return None, m.start(), m.end()

    def _element(self, pair: _Pair) -> Element:
        """The element of a pair, with all pairs inside it."""
        root = Element("div")
        stack: list[tuple[Element, int]] = [(root, pair.end)]
        position = pair.start
        while stack:
            here, end = stack[-1]
            inner = self._pairs.get(position)
            if position == end:
                stack.pop()
                position += 2 if here.tag == "strong" else 1 if here.tag == "em" else 0
            elif inner is not None and inner.end <= end + 2:
                child = SubElement(here, "strong" if inner.size == 2 else "em")
                stack.append((child, inner.end - inner.size))
                position += inner.size
            else:
                following = _RUN.search(self._source, position + 1, end)
                stop = following.start() if following else end
                add_text(here, self._source[position:stop])
                position = stop
        return root[0]


def _pairs(text: str, start: int) -> list[_Pair]:
    """All pairs of the text after ``start``; they are nested, or apart."""
    pairs: list[_Pair] = []
    openers: list[_Run] = []
    # per kind of closer, how many of the openers are known not to suit it
    unsuitable: dict[tuple[str, bool, int], int] = {}
    for match in _RUN.finditer(text, start):
        run = _run(text, match.start(), match.end())
        kind = run.sign, run.opens, run.typed % 3
        while run.closes and run.start < run.end:
            index = len(openers) - 1
            while index >= unsuitable.get(kind, 0) and not run.may_close(openers[index]):
                index -= 1
            if index < unsuitable.get(kind, 0):
                unsuitable[kind] = len(openers)
                break
            opener = openers[index]
            size = 2 if min(opener.end - opener.start, run.end - run.start) > 1 else 1
            opener.end -= size
            run.start += size
            pairs.append(_Pair(opener.end, run.start, size))
            del openers[index + (opener.start < opener.end) :]
            for known, count in unsuitable.items():
                unsuitable[known] = min(count, len(openers))
        if run.opens and run.start < run.end:
            openers.append(run)
    return pairs


def _run(text: str, start: int, end: int) -> _Run:
    """A run of signs, with whether it may open or close, by the characters on both sides."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    opens, closes = not _is_blank(after), not _is_blank(before)
    if text[start] == "_":
        # CommonMark's "flanking": an underscore inside a word is a letter of it
        inward = opens and (not _is_punctuation(after) or not closes or _is_punctuation(before))
        outward = closes and (not _is_punctuation(before) or not opens or _is_punctuation(after))
        opens = inward and (not outward or _is_punctuation(before))
        closes = outward and (not inward or _is_punctuation(after))
    return _Run(text[start], start, end, opens=opens, closes=closes, typed=end - start)


def _is_blank(character: str) -> bool:
    return not character or character.isspace()


def _is_punctuation(character: str) -> bool:
    """Whether a character is punctuation; also a placeholder that the library put for a link, code
    or escape."""
    return unicodedata.category(character)[0] in "PSC"
