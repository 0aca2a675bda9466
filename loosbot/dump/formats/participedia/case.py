"""What an answer is made from: one record, what others say of it, when it began and ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.corpus.stages import STAGES
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import happened, is_forecast
from loosbot.dump.filtered import Edition, known, stated, value_of
from loosbot.dump.formats.participedia.answer import (
    ABSENT,
    Answer,
    items,
    nothing,
    source_of,
    state_of,
    words,
)
from loosbot.dump.tables.fields import precision
from loosbot.dump.tables.parts import parts, when

FINISHED = ("abouti", "abandonne")
"""Words of ``statut`` for what is over."""
_FIRST, _LAST = date.min.year, date.max.year
LEVELS = ("information", "consultation", "coproduction")


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """When something happened, and the words of the record that say so."""

    first: date
    last: date
    written: str


@dataclass(frozen=True, slots=True)
class Case:
    """A record with the meetings and récits about it; ``parts`` are the cases it is the parent of.

    What was only announced is not in ``record``, nor a meeting to come in ``meetings``.
    ``records`` are those of the edition: nothing else may be looked at.
    """

    record: Record
    records: Mapping[str, Record]
    meetings: tuple[Record, ...] = ()
    stories: tuple[Record, ...] = ()
    parts: tuple[Record, ...] = ()
    parent: Record | None = None

    def get(self, field_: str) -> Any:
        """A field as its record writes it."""
        return self.record.data.get(field_)

    def stage(self, name: str) -> Mapping[str, Any]:
        """A stage of the record; an empty mapping where it has none."""
        group = self.record.data.get(name)
        return group if isinstance(group, dict) else {}

    def named(self, raw: Any) -> list[Record]:
        """The records that a field refers to, in its order; free words are left aside."""
        return [self.records[word] for word in words(raw) if word in self.records]

    def levels(self) -> list[tuple[str, Any, Mapping[str, Any]]]:
        """Every known level of involvement: its word, its fact and the group around it."""
        groups = [self.record.data, *(self.stage(name) for name in (*STAGES, "arret"))]
        levels = [(str(value_), group.get("niveau"), group) for group in groups
                 if (value_ := known(stated(group.get("niveau")))) in LEVELS]  # fmt: skip
        return sorted(levels, key=lambda level: LEVELS.index(level[0]))

    def moments(self) -> list[DatedEvent]:
        """The stages that have a date, as the record has them."""
        dates = (when(part) for part in parts(self.record) if part.kind == "etape")
        return [moment for date in dates if (moment := moment_of(date)) is not None]

    def sources(self) -> list[Record]:
        """The source records that this one cites anywhere at its top, without repeats."""
        return cited(self.record.data, self.records)


def moment_of(value: Any) -> DatedEvent | None:
    """A date of a record; None where it says none."""
    value = known(stated(value))
    if value is None or value == "":
        return None
    span = dates.parse(value)
    return DatedEvent(span.earliest, span.latest, str(value))


def cited(group: Mapping[str, Any], records: Mapping[str, Record]) -> list[Record]:
    """The source records that a group cites."""
    ids = dict.fromkeys(
        str(stated(source)).partition(" ")[0] for source in items(group.get("sources"))
    )
    return [records[id_] for id_ in ids if id_ in records]


@dataclass(slots=True)
class _CaseContext:
    meetings: dict[str, list[Record]] = field(default_factory=dict)
    stories: dict[str, list[Record]] = field(default_factory=dict)
    parts: dict[str, list[Record]] = field(default_factory=dict)


def _past(record: Record) -> Record:
    """A record without what was only announced: no answer to a question about what happened."""
    return replace(record, data=happened(record.data))


def _is_case(record: Record, edition: Edition) -> bool:
    """Every fifty-fifty; a project once it has a level of involvement and a date or a period."""
    if record.type == "fifty-fifty":
        return True
    case = Case(record, edition.records)
    if not case.levels():
        return False
    return bool(case.moments()) or value_of(record, "annee") is not None


def cases(edition: Edition) -> Iterator[Case]:
    """The cases of an edition, sorted by id as it is."""
    projects = (_past(record) for record in edition.records.values() if record.type in PROJECTS)
    chosen = {record.id: record for record in projects if _is_case(record, edition)}
    about = _CaseContext()
    for record in edition.records.values():
        kept = {"reunion": about.meetings, "recit": about.stories}.get(record.type)
        if kept is not None and not is_forecast(record.data.get("date")):
            for project in words(record.data.get("projet")):
                kept.setdefault(project, []).append(record)
        if record.id in chosen:
            for parent in words(record.data.get("parent"))[:1]:
                about.parts.setdefault(parent, []).append(record)
    for id_, record in chosen.items():
        parent = next(iter(words(record.data.get("parent"))), "")
        yield Case(
            record,
            edition.records,
            tuple(about.meetings.get(id_, ())),
            tuple(about.stories.get(id_, ())),
            tuple(about.parts.get(id_, ())),
            chosen.get(parent),
        )


def start_date(case: Case) -> Answer:
    """The first day that the oldest stage can mean, else the year."""
    moments = [moment for moment in case.moments() if moment.first.year > _FIRST]
    if moments:
        oldest = min(moments, key=lambda moment: moment.first)
        return _day(oldest.first, oldest, case, "deduit")
    year = moment_of(case.get("annee"))
    if year is None or year.first.year == _FIRST:
        return nothing(case.get("annee")) or ABSENT
    return _day(year.first, year, case, state_of(case.get("annee")))


def end_date(case: Case) -> Answer:
    """The last day that the newest stage of something that is over can mean, else the year."""
    status = value_of(case.record, "statut")
    if status in ("en-cours", "entretien-erode", "suspendu", "annonce"):
        return Answer((), "sans-objet")
    if status not in FINISHED:
        return nothing(case.get("statut")) or ABSENT
    moments = [moment for moment in case.moments() if moment.last.year < _LAST]
    year = moment_of(case.get("annee"))
    if year is not None and year.last.year < _LAST:
        moments.append(year)
    if not moments:
        return nothing(case.get("annee")) or ABSENT
    newest = max(moments, key=lambda moment: moment.last)
    return _day(newest.last, newest, case, "deduit")


def _day(day: date, moment: DatedEvent, case: Case, state: str) -> Answer:
    note = f"écrit « {moment.written} », précision : {precision(moment.written)}"
    # a day taken from a month or a year is a deduction, whoever wrote the year
    exact = moment.first == moment.last and state == "atteste"
    source = source_of(case.get("annee"), case.record.data)
    return Answer((day.isoformat(),), "atteste" if exact else "deduit", source, note)
