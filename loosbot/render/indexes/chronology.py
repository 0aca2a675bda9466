"""What happened when: every dated fact of some records, gathered from where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.french import counted
from loosbot.corpus.model import IndexPage, Record
from loosbot.corpus.values import at, groups, known
from loosbot.fields.certainty import status_call
from loosbot.fields.codecs import LINK_LIST, NUMBER, word
from loosbot.fields.collation import sort_key
from loosbot.fields.parameters import STAGES, STOP
from loosbot.fields.site import Site, references
from loosbot.fields.vocabulary import STATES
from loosbot.frozen import dataclass
from loosbot.render.indexes import grouped
from loosbot.wikitext.blocks import bullets, join, section, table
from loosbot.wikitext.encoding import Context, encode

RETURNING = "Ce qui revient"
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STAGE_TEXTS = ("besoin", "objet", "motif")
"""Keys of a stage that tell what it was about."""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. ``when`` is a "date souple", ``text`` is wikitext and may be empty.

    ``status`` is the word of ``statut-fait`` that says how sure it is, or "".
    """

    when: str
    text: str
    record: Record
    status: str

    @property
    def first_day(self) -> date:
        """Where it stands: "avant 1990" has no beginning, and stands where 1990 begins."""
        span = dates.parse(self.when)
        return span.latest if span.earliest == date.min else span.earliest

    @property
    def order(self) -> tuple[date, date, str]:
        return self.first_day, dates.parse(self.when).latest, sort_key(self.record.title)


def body(
    index: IndexPage, periods: Iterable[Mapping[str, Any]], records: Iterable[Record], site: Site
) -> str:
    """The events of ``records``, a list a period, then what comes back year after year.

    ``periods`` is the index's ``chronologie``; a period lasts until the next one begins. It is read
    from one end to the other: three columns on a phone left a word a line.
    """
    chosen = list(records)
    parts = parted(periods, gathered(chosen, site))
    ways = ((title, len(part)) for title, part in parts)
    return join(
        grouped.jumps(index.id, ways, site),
        *(section(title, bullets(_line(event, site) for event in part)) for title, part in parts),
        section(RETURNING, _returning(chosen, site)),
    )


def parted(
    periods: Iterable[Mapping[str, Any]], every: Sequence[Event]
) -> list[tuple[str, list[Event]]]:
    """The events of each period that has some, under its title."""
    starts = sorted((_start(period), str(period["titre"])) for period in periods)
    parts = []
    for number, (start, title) in enumerate(starts):
        # what is older than the first period has no other place
        first = start if number else date.min
        end = starts[number + 1][0] if number + 1 < len(starts) else date.max
        part = [event for event in every if first <= event.first_day < end]
        if part:
            parts.append((title, part))
    return parts


def gathered(records: Iterable[Record], site: Site) -> list[Event]:
    """The dated facts of ``records``, each once, the oldest first."""
    return sorted(_once(records, site), key=lambda event: event.order)


def _start(period: Mapping[str, Any]) -> date:
    return dates.parse(period["a_partir_de"]).earliest if "a_partir_de" in period else date.min


def _once(records: Iterable[Record], site: Site) -> Iterator[Event]:
    """The events without doubles: a meeting counts in its own record, not again in its project."""
    every = [event for record in records for event in events(record, site)]
    meetings = {
        (project, event.when)
        for event in every
        if event.record.type == "reunion"
        for project in references(event.record, "projet")
    }
    return (event for event in every if (event.record.id, event.when) not in meetings)


def events(record: Record, site: Site) -> Iterator[Event]:
    """The dated facts of one record: its episodes, then what they do not date already.

    A stage with a day of an episode, or a record's own date that begins with one, says nothing
    more than the episode; nor does a stage of which only the beginning is known, and it is the
    record's own.
    """
    dated = [
        *_told(record, record.data.get("deroule"), "texte"),
        *_told(record, record.data.get("reperes"), "texte"),
        *_terms(record),
        *_told(record, at(record.data, ("suivi", "visites")), "constat"),
    ]
    yield from dated
    days = {event.when for event in dated}
    own = _own_date(record, site)
    for event, its_days in _stages(record):
        bare_start = ":" not in event.text and own is not None and event.first_day == own.first_day
        if days.isdisjoint(its_days) and not bare_start:
            yield event
            days |= its_days
    if own is not None and own.first_day not in {event.first_day for event in dated}:
        yield own


def _told(record: Record, value: Any, key: str) -> Iterator[Event]:
    """Those of a list that have a date, and their words."""
    for _, item in groups(value):
        if when := known(item.get("date")):
            yield Event(when, encode(item[key], Context.CELL), record, item.get("statut", ""))


def _terms(record: Record) -> Iterator[Event]:
    """``mandats`` of an actor."""
    for _, item in groups(record.data.get("mandats")):
        first, last = known(item.get("du")), known(item.get("au"))
        if when := _period(first, last) if last else first and f"depuis {first}":
            yield Event(
                when, encode(item["fonction"], Context.CELL), record, item.get("statut", "")
            )


def _stages(record: Record) -> Iterator[tuple[Event, set[str]]]:
    """Each dated stage, and the days that it names."""
    for stage in (*STAGES, STOP):
        value = record.data.get(stage.key)
        if not isinstance(value, Mapping):
            continue
        duration = value.get("duree")
        lasting = duration if isinstance(duration, Mapping) else value
        single = known(value.get("date")) or known(value.get("signature"))
        first, last = known(lasting.get("du")), known(lasting.get("au"))
        when = single or _period(first, last)
        if when:
            part = "" if single or (first and last) else " (début)" if first else " (fin)"
            words = next((known(value.get(key)) for key in _STAGE_TEXTS if key in value), "")
            text = stage.name + part + (f" : {encode(words, Context.CELL)}" if words else "")
            yield Event(when, text, record, value.get("statut", "")), {single, first, last} - {""}


def _period(first: str, last: str) -> str:
    """A period that ``dates.parse`` reads; one of its ends where there is no other."""
    if not first or not last:
        return first or last
    if len(first) == len(last) == 4:
        return f"{first}-{last}"
    if _DAY.fullmatch(first) and _DAY.fullmatch(last):
        if first[:7] == last[:7]:
            month = dates.display(first[:7])
            return f"du {int(first[8:])} au {int(last[8:])} {month}"
        return f"du {first} au {last}"
    return f"de {first} à {last}"


def _own_date(record: Record, site: Site) -> Event | None:
    for key in ("date", "annee"):
        value = record.data.get(key)
        if when := known(value):
            status = value.get("statut", "") if isinstance(value, Mapping) else ""
            return Event(when, _about(record, site), record, status)
    return None


def _about(record: Record, site: Site) -> str:
    """What a record is about, in a few words."""
    data, names = record.data, site.names
    match record.type:
        case "indicateur":
            counted = "unite" in data and data["valeur"] not in STATES
            unit = encode(data["unite"], Context.CELL) if counted else ""
            return f"{NUMBER.encode(data['valeur'], names)} {unit}".strip()
        case "source":
            kind = word("genre-source").encode(data["genre"], names) if "genre" in data else ""
            authors = data.get("auteurs")
            by = LINK_LIST.encode(authors, names) if isinstance(authors, list) else ""
            return " : ".join(word for word in (kind, by) if word)
        case "reunion" if known(data.get("sujet")):
            return encode(data["sujet"], Context.CELL)
    summary = data.get("resume")
    if not isinstance(summary, str):
        return ""
    first = _SENTENCE_END.split(site.markdown.plain_text(summary).strip(), maxsplit=1)[0]
    return encode(first, Context.CELL)


def _line(event: Event, site: Site) -> str:
    link = site.names.link_or_text(event.record.id, Context.LIST_ITEM)
    return f"'''{shown_date(event, site)}''' : {link}" + (f" – {event.text}" if event.text else "")


def shown_date(event: Event, site: Site) -> str:
    """When it was, and how sure that is, as a table or a list shows it."""
    shown = encode(dates.display(event.when), Context.CELL)
    shown = shown[:1].upper() + shown[1:]
    return f"{shown} {status_call(event.status, site.names)}" if event.status else shown


def returning(records: Iterable[Record]) -> list[tuple[Record, str]]:
    """The records that come back, by title, and when they do."""
    return [
        (record, when)
        for record in sorted(records, key=lambda record: sort_key(record.title))
        if (when := known(record.data.get("recurrence")))
    ]


def _returning(records: Iterable[Record], site: Site) -> str:
    rows = [
        (str(site.names.link_or_text(record.id, Context.CELL)), encode(when, Context.CELL))
        for record, when in returning(records)
    ]
    return (
        table(counted(len(rows), "fiche"), ["Fiche", "Quand"], rows, label=RETURNING)
        if rows
        else ""
    )
