"""What a file once said of who withdrew: names since corrected, words since put otherwise. Pure.

What was published then stands in old versions of the wiki's pages, in redirections and in git.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from loosbot.corpus.privacy.folding import words_of
from loosbot.corpus.privacy.phrases import Phrase, holds
from loosbot.corpus.privacy.withdrawals import (
    ROW,
    WithdrawnPerson,
    parts_of_speaker,
    phrases_of,
    told_in,
)
from loosbot.corpus.values import groups, speakers, texts


def with_earlier(
    person: WithdrawnPerson, now: Mapping[str, Any], earlier: Iterable[Any]
) -> WithdrawnPerson:
    """``person`` with what ``earlier``, the older contents of its file, say of them.

    ``now`` is the content of today; the older ones stand from the newest to the oldest, whatever
    was read there. A voice is followed through them: it is the one of the same speaker, the one of
    the same rank among as many, or one that shares six of its words in a row.
    """
    names, phrases, told = set(person.names), set(person.phrases), set(person.told)
    if not person.field:
        for data in filter(_is_group, earlier):
            listed = data.get("variantes")
            others = listed if isinstance(listed, list) else ()
            names.update(name for name in (data.get("titre"), *others) if isinstance(name, str))
            phrases |= phrases_of(data)
            told |= told_in(data)
    else:
        for voice in voices_before(now, int(person.field[5:-1]), earlier, phrases):
            names.update(part for speaker in speakers(voice) for part in parts_of_speaker(speaker))
            told |= told_in(voice)
    rows = frozenset(phrase for phrase in phrases if len(phrase) == ROW)
    return replace(
        person,
        names=frozenset(names),
        phrases=frozenset(phrases),
        rows=rows,
        told=frozenset(told),
    )


def voices_before(
    now: Mapping[str, Any], rank: int, earlier: Iterable[Any], phrases: set[Phrase]
) -> Iterator[Mapping[str, Any]]:
    """The voice of a rank in older contents of its file, the newest first. ``phrases`` are what it
    says; what it said before is added to them."""
    voices = list(now["voix"])
    for data in filter(_is_group, earlier):
        before = [voice for _, voice in groups(data.get("voix"))]
        place = _followed(voices[rank], rank, len(voices), before, phrases)
        if place is not None:
            rank, voices = place, before
            phrases |= phrases_of(before[place])
            yield before[place]


def _is_group(data: Any) -> bool:
    return isinstance(data, Mapping)


def _followed(
    voice: Mapping[str, Any],
    rank: int,
    count: int,
    before: Sequence[Mapping[str, Any]],
    phrases: set[Phrase],
) -> int | None:
    """The rank of a voice among those of before, None where none is surely the same."""
    who = speakers(voice)
    same = [place for place, other in enumerate(before) if speakers(other) == who]
    if len(same) == 1:
        return same[0]
    told = [
        place
        for place, other in enumerate(before)
        if any(holds(phrases, words_of(text), (ROW,)) for _, text in texts(other))
    ]
    if told:
        return told[0]
    return rank if len(before) == count else None
