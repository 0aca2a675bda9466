"""When a case began and ended, and how finely that is known."""

from __future__ import annotations

from datetime import date

from loosbot.dump.filtered import value_of
from loosbot.dump.formats.participedia.answer import ABSENT, Answer, nothing, source_of, state_of
from loosbot.dump.formats.participedia.case import Case, DatedEvent, moment_of
from loosbot.dump.tables.fields import precision

FINISHED = ("abouti", "abandonne")
"""Words of ``statut`` for what is over."""
_FIRST, _LAST = date.min.year, date.max.year


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
