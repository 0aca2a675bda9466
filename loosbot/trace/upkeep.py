"""What is known of the upkeep of what was made: last visit, erosion, silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from loosbot.corpus.dates import display
from loosbot.corpus.model import Record
from loosbot.trace.facts import View, day_span, items, known, last_day, nested
from loosbot.trace.model import Observation, Upkeep

_OVER = frozenset({"abandonne", "abouti"})
_DATES = ("date", "du", "au", "date_issue", "date_suite")


def upkeep(view: View) -> tuple[Upkeep, ...]:
    """Every project that was made and not stopped: its ``realisation`` tells something."""
    return tuple(
        _upkeep(one, view)
        for one in view.projects()
        if isinstance(one.data.get("realisation"), Mapping) and "arret" not in one.data
    )


def observe(view: View, found: tuple[Upkeep, ...]) -> Iterator[Observation]:
    """Erosion, and a silence since the last day that the corpus knows of."""
    for one in found:
        record = view.corpus.records[one.id]
        place = ("suivi",)
        if one.state in ("erode", "abandonne"):
            yield Observation(one.id, "entretien", one.state, (*place, "etat"))
        if known(record.data.get("statut")) in _OVER:
            continue
        since = _last_news(record, view)
        # what was last heard is said by a date; without any, nothing tells since when
        state = "silent" if since else "undated"
        values = {"nouvelles": display(since.isoformat()) if since else ""}
        yield Observation(one.id, "nouvelles", state, place, since=since, values=values)


def _upkeep(record: Record, view: View) -> Upkeep:
    follow = record.data.get("suivi")
    value: Mapping[str, object] = follow if isinstance(follow, Mapping) else {}
    visits = [
        (day, text)
        for _, one in items(value.get("visites"))
        if (text := known(one["date"])) and (day := last_day(text))
    ]
    last = _last_news(record, view)
    return Upkeep(
        record.id,
        max(visits)[1] if visits else "",
        known(value.get("etat")),
        last.isoformat() if last else "",
        (view.today - last).days if view.today and last else None,
    )


def _last_news(record: Record, view: View) -> date | None:
    """The last day, not after today, that the record or what is told about it names."""
    days = []
    for one in (record, *view.about.get(record.id, ())):
        for key in _DATES:
            for value in nested(one.data, key):
                span = day_span(value) if not isinstance(value, list | dict) else None
                if span is None:
                    continue
                day = last_day(value)
                if day and view.today and day > view.today:
                    # a whole year that is not over counts up to today
                    day = view.today if span.earliest <= view.today else None
                if day:
                    days.append(day)
    return max(days, default=None)
