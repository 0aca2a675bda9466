"""Searching many records at once: batches double while nothing is found, and a hit is searched
record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from loosbot.corpus.model import Corpus, Record

_Some = TypeVar("_Some")
_MANY = 16
"""Texts that are looked through together, at most."""


def clear_of(
    corpus: Corpus,
    records: Sequence[Record],
    looked_for: object,
    harmless: Callable[[Sequence[Record]], bool],
) -> set[str]:
    """The ids of the harmless ones among these records; uses the corpus's cache of earlier
    searches. ``looked_for`` must hold all that ``harmless`` depends on beside the records: it is
    the cache key."""

    def ask(some: Sequence[Record]) -> set[str]:
        return {record.id for record in all_at_once(some, harmless)}

    return corpus.cleared.among(records, looked_for, ask) if corpus.cleared else ask(records)


def all_at_once(
    several: Sequence[_Some], harmless: Callable[[Sequence[_Some]], bool]
) -> Iterator[_Some]:
    """Those that are harmless; ``harmless`` says it of many, where it is true of each.

    Many are asked about at once, as long as there is nothing in any of them.
    """
    start, many = 0, 1
    while start < len(several):
        some = several[start : start + many]
        if harmless(some):
            yield from some
            many = min(many * 2, _MANY)
        elif many > 1:
            # each by itself, until one in a row is harmless again
            many = 1
            continue
        start += len(some)
