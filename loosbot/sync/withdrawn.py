"""Words of people who withdrew their consent, page by page, so that they can be found. Pure.

They are what the pages would show if nobody had withdrawn, and do not show now. A person may
have touched them up on the wiki, so they are looked for by six words in a row; names are looked
for whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from loosbot.corpus.model import Corpus, Record
from loosbot.render.model import RenderedPage
from loosbot.sync.whereabouts import strings, words

_ROW = 6
"""Words in a row that are nobody else's by chance."""
_ARTICLE = re.compile(r"(?:les?|la|une?|des|du|l['’]|d['’])\b", re.IGNORECASE)

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Who withdrew, and where the corpus still has their words: ``field`` of the file ``path``."""

    who: str
    id: str
    path: str
    field: str
    names: frozenset[Phrase]
    said: frozenset[Phrase]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What one page must not show any more, and of whom.

    ``before`` is what it showed once and shows still, since it is somebody else's too: its old
    versions told it of the person all the same.
    """

    id: str
    phrases: frozenset[Phrase]
    sources: tuple[Source, ...]
    before: frozenset[Phrase] = frozenset()

    def within(self, text: str) -> bool:
        """Whether a text holds some of it, wherever its lines end."""
        return holds(self.phrases, words(text))

    def was_within(self, text: str) -> bool:
        """The same for an old version."""
        return holds(self.phrases | self.before, words(text))

    def lines(self, text: str) -> list[str]:
        """The lines of a text that hold some of it."""
        return [line for line in text.splitlines() if holds(self.phrases, words(line))]


def as_if_nobody_had(corpus: Corpus) -> Corpus | None:
    """The corpus with every withdrawn consent given; None where nobody withdrew."""
    records = {id_: replace(one, data=_given(one.data)) for id_, one in corpus.records.items()}
    if all(one.data is corpus.records[id_].data for id_, one in records.items()):
        return None
    return replace(corpus, records=records)


def sources_of(corpus: Corpus) -> list[Source]:
    """Every person and every voice of the whole corpus whose consent was withdrawn."""
    found = []
    for record in corpus.records.values():
        if _is_withdrawn(record.data):
            names = [record.title, *record.data.get("variantes", ())]
            found.append(_source(record.title, record, "", names, record.data))
        for rank, voice in enumerate(record.data.get("voix", ())):
            if _is_withdrawn(voice):
                speakers = [
                    corpus.records[one].title if one in corpus.records else one
                    for one in _listed(voice.get("qui"))
                ]
                who = ", ".join(speakers) or "une personne"
                names = [part for one in speakers for part in _names(one)]
                found.append(_source(who, record, f"voix[{rank}]", names, voice))
    return found


def withdrawn_words(
    before: Mapping[str, RenderedPage], after: Mapping[str, RenderedPage], sources: list[Source]
) -> dict[str, Withdrawn]:
    """What each page lost with the withdrawals: ``before`` is as if there were none.

    Both are rendered with the same titles. Pages that lost nothing are left out. A page that is
    gone as a whole bears the name in its title, so it is not looked for in its text: it is told
    all the same, for its title.
    """
    lost_by = {}
    for id_, page in before.items():
        left = after[id_].body if id_ in after else ""
        kept = set(left.splitlines())
        gone = [words(line) for line in page.body.splitlines() if line not in kept]
        if not gone:
            continue
        still = words(left)
        mine = []
        lost: set[Phrase] = set()
        shared_before: set[Phrase] = set()
        for one in sources:
            phrases = one.said | one.names if id_ in after else one.said
            theirs = {found for line in gone for found in _within(phrases, line)}
            shared = set(_within(theirs, still))
            own_page = id_ not in after and not one.field and one.id == id_
            if theirs or own_page:
                mine.append(one)
                lost |= theirs - shared
                shared_before |= shared
        if mine:
            lost_by[id_] = Withdrawn(id_, frozenset(lost), tuple(mine), frozenset(shared_before))
    return lost_by


def _given(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same document, itself where nothing in it was withdrawn."""
    given = {**data, "consentement": {"etat": "public"}} if _is_withdrawn(data) else data
    voices = data.get("voix", ())
    if not any(map(_is_withdrawn, voices)):
        return given
    public = {"consentement": {"etat": "public"}}
    return {**given, "voix": [{**one, **public} if _is_withdrawn(one) else one for one in voices]}


def _is_withdrawn(document: Mapping[str, Any]) -> bool:
    consent = document.get("consentement")
    return isinstance(consent, Mapping) and consent.get("etat") == "retire"


def _source(who: str, record: Record, field: str, names: Iterable[str], data: Any) -> Source:
    said = {row for _, text in strings(data) for row in _rows(words(text), _ROW)}
    texts = {words(str(data[key])) for key in ("texte", "resume") if key in data}
    return Source(
        who,
        record.id,
        record.path,
        field,
        frozenset(filter(None, map(words, names))),
        frozenset(said | {one for one in texts if 1 < len(one) < _ROW}),
    )


def _names(speaker: str) -> list[str]:
    """``MIG, dessinateur`` -> both together, and ``MIG``; nothing for ``une habitante``."""
    if _ARTICLE.match(speaker) or "/" in speaker:
        return []
    parts = [part.strip() for part in re.split(r",| et ", speaker)]
    return [speaker, *(part for part in parts if part[:1].isupper() and len(part) > 1)]


def _listed(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _rows(said: Phrase, length: int) -> Iterator[Phrase]:
    return (said[start : start + length] for start in range(len(said) - length + 1))


def holds(phrases: Collection[Phrase], said: Phrase) -> bool:
    """Whether one of these phrases stands in a text, word for word."""
    return any(True for _ in _within(phrases, said))


def _within(phrases: Collection[Phrase], said: Phrase) -> Iterator[Phrase]:
    for length in {len(one) for one in phrases}:
        yield from (row for row in _rows(said, length) if row in phrases)
