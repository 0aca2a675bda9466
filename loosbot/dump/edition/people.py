"""Who appears by name in an edition, who by pseudonym, and which names must be replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from loosbot.corpus.links import current_ids, first_ids
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.privacy.consent import Channel, for_channel, verdict
from loosbot.corpus.privacy.contacts import spellings
from loosbot.corpus.privacy.hidden import is_name
from loosbot.corpus.privacy.nearby import by_record
from loosbot.corpus.privacy.spellings import Tokens, tokens
from loosbot.corpus.privacy.tombstones import NEUTRAL, Alias
from loosbot.corpus.privacy.withdrawals import parts_of_speaker
from loosbot.corpus.values import STATES, UNKNOWN, speakers
from loosbot.corpus.wording import joined_slug
from loosbot.dump.edition.key import Pseudonyms
from loosbot.dump.filtered import value_of


@dataclass(slots=True)
class People:
    """The persons of a corpus, after the consent filter.

    ``shown`` is the corpus as the channel may show it. ``roles`` maps the id of each pseudonym to
    the role of its person ("" where nobody knows), ``undeclared`` are those of speakers without a
    record. ``hidden`` maps every name that has to go to
    what stands there instead, ``nearby`` gives by record the first names that mean somebody there.
    ``named`` are the names that may be shown, of organisations too; ``persons`` those of persons.
    """

    shown: Corpus
    roles: dict[str, str] = field(default_factory=dict)
    undeclared: set[str] = field(default_factory=set)
    hidden: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    nearby: dict[str, dict[Tokens, str | None]] = field(default_factory=dict)
    withdrawn: int = 0


def sort_out(
    corpus: Corpus, channel: Channel, days: tuple[date, ...], pseudonyms: Pseudonyms
) -> People:
    """Filter ``corpus`` for ``channel`` and classify its persons; one must be shown on each of
    ``days`` to be named. ``days`` are the first and last possible day where the day is unknown.
    """
    ids, first = current_ids(corpus), first_ids(corpus)
    given: dict[str, str] = {}

    def alias(who: str) -> str:
        who = ids.get(who, who)
        return given.setdefault(who, pseudonyms.person(first.get(who, who)))

    shown = corpus
    for day in days:
        shown = for_channel(shown, channel, day, alias)
    people = People(shown)
    for record in corpus.records.values():
        if record.type == "acteur":
            if record.id in shown.records:
                people.named.update(_names(record))
                if record.data.get("genre") == "personne":
                    people.persons.update(_names(record))
            else:
                _hide_person(people, corpus, record, channel, days, alias)
    _hide_voices(people, corpus, ids, given)
    for who, code in given.items():
        people.roles.setdefault(code, _role(corpus.records.get(who)))
        if who not in corpus.records:
            people.undeclared.add(code)
    _require_distinct(given)
    return people


def _hide_person(
    people: People,
    corpus: Corpus,
    record: Record,
    channel: Channel,
    days: tuple[date, ...],
    alias: Alias,
) -> None:
    verdicts = {verdict(record.data.get("consentement"), channel, day) for day in days}
    if verdicts <= {"masked", "shown"}:
        instead = alias(record.id).partition("/")[2]
    else:
        instead = NEUTRAL["sealed"]
        people.withdrawn += "withdrawn" in verdicts
    for name in chain.from_iterable(map(spellings, _names(record))):
        people.hidden[name] = instead
    for source, firsts in by_record(corpus, {record.id: instead}, {}).items():
        people.nearby.setdefault(source, {}).update(firsts)


def _hide_voices(
    people: People, corpus: Corpus, ids: Mapping[str, str], given: Mapping[str, str]
) -> None:
    """Names of speakers whom no record declares, and whose voice is not shown."""
    for record in corpus.records.values():
        voices = record.data.get("voix", ())
        kept = people.shown.records[record.id].data.get("voix", ()) if voices else ()
        for voice, left in zip(voices, kept, strict=True):
            if "texte" in left:
                continue
            # in one order: the first code that a name gets is the one that stands for it
            for who in sorted(set(speakers(voice)).difference(ids, STATES)):
                instead = given[who].partition("/")[2] if who in given else NEUTRAL["sealed"]
                for name in sorted(set(parts_of_speaker(who)) - people.named):
                    # « Des riverains » are named so by everybody
                    if is_name(name) and len(tokens(name)) > 1:
                        people.hidden.setdefault(name, instead)


def stubs(roles: Mapping[str, str], undeclared: Collection[str]) -> Iterator[Record]:
    """A record for each pseudonym: its code, and the role where it may be published. Whether an
    ``undeclared`` speaker (« Des habitants ») is one person, nobody wrote."""
    for code, role in sorted(roles.items()):
        name = code.partition("/")[2]
        genre = UNKNOWN if code in undeclared else "personne"
        data: dict[str, Any] = {"type": "acteur", "titre": name, "genre": genre}
        if role:
            data["role"] = role
        yield Record(code, "acteur", "", data)


def _names(record: Record) -> list[str]:
    spelled = record.names
    former = [str(id_).partition("/")[2] for id_ in record.data.get("anciens_ids", ())]
    return [
        *spelled,
        *(name for name in former if joined_slug(name) not in map(joined_slug, spelled)),
    ]


def _role(record: Record | None) -> str:
    return str(value_of(record, "role") or "") if record else ""


def _require_distinct(given: Mapping[str, str]) -> None:
    """Two persons under one code would become one: ten letters make that a bug, not bad luck."""
    names = {code: joined_slug(who) for who, code in given.items()}
    if len(names) != len({joined_slug(who) for who in given}):
        raise RuntimeError("two persons have one pseudonym")
