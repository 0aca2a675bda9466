"""Who organized, worked and carried out: organizations by name, persons by their role only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from loosbot.corpus.model import Record
from loosbot.dump.filtered import value_of
from loosbot.dump.formats.participedia.answer import (
    ABSENT,
    NO_WORD,
    Answer,
    items,
    nothing,
    source_of,
    state_of,
    unique,
    words,
)
from loosbot.dump.formats.participedia.case import Case
from loosbot.dump.formats.participedia.mapping import load

_INVOLVED = ("initiative", "parties_prenantes")
_WORD = re.compile(r"[^\W\d_]+")


def organizer(case: Case, part: Literal["id", "title"]) -> Answer:
    """The first organization that took the initiative. A person is never named."""
    raw = case.get("initiative")
    if (absent := nothing(raw)) is not None:
        return absent
    for record in case.named(raw):
        if value_of(record, "genre") != "personne":
            named = record.id if part == "id" else record.title
            return Answer((named,), state_of(raw), source_of(raw, case.record.data))
    return NO_WORD


def organizer_types(case: Case) -> Answer:
    """The kinds of those who took the initiative."""
    raw = case.get("initiative")
    if (absent := nothing(raw)) is not None:
        return absent
    known = load().tables["organizer_types"]
    codes: list[str] = []
    for word in words(raw):
        record = case.records.get(word)
        codes += _kind(record, known) if record else _named_in(word, known)
    kept = unique(codes)[:3]
    source = source_of(raw, case.record.data)
    return Answer(kept, "deduit", source) if kept else NO_WORD


def _kind(record: Record, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    kind = str(value_of(record, "genre"))
    return known.get(kind) or _named_in(record.title, known)


def _named_in(text: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The codes of the first of our words that stands in a title or in free text."""
    by_word = {word.casefold(): codes for word, codes in known.items()}
    for word in _WORD.findall(text):
        if word.casefold() in by_word:
            return by_word[word.casefold()]
    return ()


def staff(case: Case) -> Answer:
    """1 where a service or an agent is named; who is absent is not nobody."""
    followers = [person.get("qui") for person in items(case.get("referents"))]
    for raw in (*(case.get(field) for field in _INVOLVED), followers):
        for record in case.named(raw):
            if value_of(record, "genre") == "service" or _role(record) == "agent":
                return Answer(("1",), state_of(raw), source_of(raw, case.record.data))
    answers = [nothing(case.get(field)) for field in _INVOLVED]
    return next(
        (answer for answer in answers if answer is not None and answer is not ABSENT), ABSENT
    )


def targeted(case: Case) -> Answer:
    """The groups that the convention binds, by kind."""
    raw = case.stage("convention").get("parties")
    if (absent := nothing(raw)) is not None:
        stage = case.get("convention")
        return (nothing(stage) if not isinstance(stage, dict) else None) or absent
    known = load().tables["targeted_participants"]
    codes = [
        code for record in case.named(raw) for code in known.get(str(value_of(record, "genre")), ())
    ]
    source = source_of(case.stage("convention"), case.record.data)
    return Answer(unique(codes)[:3], "deduit", source) if codes else NO_WORD


def implementers(case: Case) -> Answer:
    """Who carried the change, by kind, or by role for a person."""
    raw = case.get("parties_prenantes")
    if (absent := nothing(raw)) is not None:
        return absent
    known = load().tables["implementers_of_change"]
    codes: list[str] = []
    for record in case.named(raw):
        codes += known.get(str(value_of(record, "genre"))) or known.get(_role(record)) or ()
    kept = unique(codes)[:3]
    return Answer(kept, "deduit", source_of(raw, case.record.data)) if kept else NO_WORD


def _role(record: Record) -> str:
    return str(value_of(record, "role") or "")
