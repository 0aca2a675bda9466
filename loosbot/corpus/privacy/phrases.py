"""Words in a row: which text holds the words of which, by how they sound (``folding``). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any

Phrase = tuple[str, ...]
"""Words as ``folding.words_of`` gives them."""


def texts_of(value: Any) -> list[str]:
    """Every text of a document, in no order."""
    texts: list[str] = []
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            left += value.values()
        elif isinstance(value, list):
            left += value
    return texts


def rows(words: Phrase, length: int) -> Iterator[Phrase]:
    """Every ``length`` words in a row."""
    return zip(*(words[start:] for start in range(length)), strict=False)


def within(
    phrases: Set[Phrase], words: Phrase, lengths: Iterable[int] | None = None
) -> Iterator[Phrase]:
    """The phrases that stand in a text, word for word; ``lengths`` as for :func:`holds`."""
    for length in lengths_of(phrases) if lengths is None else lengths:
        yield from filter(phrases.__contains__, rows(words, length))


def holds(phrases: Set[Phrase], words: Phrase, lengths: Iterable[int] | None = None) -> bool:
    """Whether one of these phrases stands in a text. ``lengths`` are those of the phrases,
    precomputed: finding them takes longer than searching a text."""
    sizes = lengths_of(phrases) if lengths is None else lengths
    return not all(phrases.isdisjoint(rows(words, length)) for length in sizes)


def lengths_of(phrases: Set[Phrase]) -> frozenset[int]:
    """How many words the phrases have."""
    return frozenset(map(len, phrases))
