"""Which voice of one dump is which of another: the id of a voice is its rank in its record, and is
that of the next one as soon as somebody before it left.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from loosbot.dump.check.received import Row

COLUMNS = ("id", "voix", "texte")


class Voice(NamedTuple):
    """A row of ``passages``: its id, who speaks, and the words; "" for words that are not shown."""

    id: str
    speakers: str
    text: str

    @property
    def record(self) -> str:
        return self.id.rpartition("/")[0]

    @property
    def place(self) -> str:
        return self.id.rpartition("/")[2]


def of_row(row: Row) -> Voice:
    """The voice of a row that has :data:`COLUMNS`."""
    return Voice(*(row.get(column, "") for column in COLUMNS))


def followed(
    before: Iterable[Voice], after: Iterable[Voice], renamed: Mapping[str, str]
) -> dict[str, str]:
    """The id that each voice of an earlier dump has in a later one, "" for one that is not there.

    A voice is known by its words, before all where the same person says them; by its place where
    nobody left the record meanwhile, if its words were corrected or are not shown. ``renamed`` are
    the records that have another id by now. The voices of a record stand together in both.
    """
    now = {record: list(voices) for record, voices in groupby(after, lambda voice: voice.record)}
    ids: dict[str, str] = {}
    for record, voices in groupby(before, lambda voice: voice.record):
        ids.update(_paired(list(voices), now.get(renamed.get(record, record), [])))
    return ids


def _paired(before: Sequence[Voice], after: Sequence[Voice]) -> Iterator[tuple[str, str]]:
    ids: dict[str, str] = {}
    used: set[str] = set()

    def pair(key: Callable[[Voice], object], fits: Callable[[Voice, Voice], bool]) -> None:
        free: dict[object, deque[Voice]] = defaultdict(deque)
        for voice in after:
            if voice.id not in used:
                free[key(voice)].append(voice)
        for voice in before:
            same = free.get(key(voice))
            if voice.id not in ids and same and fits(voice, same[0]):
                ids[voice.id] = same.popleft().id
                used.add(ids[voice.id])

    pair(lambda voice: voice[1:], lambda old, new: True)
    pair(lambda voice: voice.text, lambda old, new: bool(old.text))
    if len(after) >= len(before):
        pair(lambda voice: voice.place, _at_one_place)
    return ((voice.id, ids.get(voice.id, "")) for voice in before)


def _at_one_place(old: Voice, new: Voice) -> bool:
    """Whether they may be one voice: its words corrected, or shown on one side only.

    Of who takes back what they told and tells something else, the former words are gone.
    """
    if not (old.text and new.text):
        return True
    words, now = (set(voice.text.split()) for voice in (old, new))
    return old.speakers == new.speakers and 2 * len(words & now) >= len(words)
