"""What is known of the upkeep of what was made: last visit, erosion, silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.values import day_span, happened, is_forecast, items, known, last_day
from loosbot.trace.facts import View, structured
from loosbot.trace.reported import Observation, Upkeep

OVER = frozenset({"abandonne", "abouti"})
_NOT_NEWS = frozenset({"relectures", "sources", "recherches"})
"""Where a date says when somebody looked at the record, or for papers, not at the place."""
_DATES = ("date", "du", "au", "date_issue", "date_suite")


def upkeep(view: View) -> tuple[Upkeep, ...]:
    """Every project that was made and not stopped: its ``realisation`` is written."""
    return tuple(_upkeep(project, view) for project in view.projects() if was_made(project))


def was_made(project: Record) -> bool:
    """Whether there is something to keep up: it was made, and not stopped."""
    stage = project.data.get("realisation")
    return isinstance(stage, dict) and not is_forecast(stage) and "arret" not in project.data


def observe(view: View, kept: tuple[Upkeep, ...]) -> Iterator[Observation]:
    """Erosion, and a silence since the last day that the corpus knows of."""
    for upkeep in kept:
        record = view.corpus.records[upkeep.id]
        place = ("suivi",)
        if upkeep.state in ("erode", "abandonne"):
            yield Observation(upkeep.id, "entretien", upkeep.state, (*place, "etat"))
        if known(record.data.get("statut")) in OVER:
            continue
        since = last_day(upkeep.last_news)
        # the silence begins with the last dated news; without any its beginning is unknown
        state = "silent" if since else "undated"
        yield Observation(upkeep.id, "nouvelles", state, place, since=since, when=upkeep.last_news)


def _upkeep(record: Record, view: View) -> Upkeep:
    follow = record.data.get("suivi")
    value: Mapping[str, object] = follow if isinstance(follow, dict) else {}
    visits = [
        (day, text)
        for _, visit in items(value.get("visites"))
        if (text := known(visit["date"])) and (day := last_day(text))
    ]
    last, text, status = _last_news(record, view)
    return Upkeep(
        record.id,
        max(visits)[1] if visits else "",
        known(value.get("etat")),
        text,
        (view.today - last).days if view.today and last else None,
        status,
    )


def _last_news(record: Record, view: View) -> tuple[date | None, str, str]:
    """The last day, not after today, that the record or what is told about it names.

    Also the date as it is written there: of a period that goes on the day would be today's. And
    how sure it is; what one passage attests is attested, whatever others deduce.
    """
    # what was announced is no news, however often the day for it has passed
    dated = structured(record, *_DATES).items()
    own = happened({key: value for key, value in dated if key not in _NOT_NEWS})
    for _, voice in items(own.get("voix")):
        voice.pop("consentement", None)  # who agrees to be quoted says nothing of the place
    # « statut » of the record itself is what became of it
    values = [*_dated({key: own[key] for key in own if key != "statut"})]
    tales = view.about.get(record.id, ())
    values += [
        (story.data[key], _status(story.data[key]))
        for story in tales
        for key in ("date", "annee")
        if key in story.data and not is_forecast(story.data[key])
    ]
    days = [
        (day, known(value), status) for value, status in values if (day := _day(value, view.today))
    ]
    return max(days, key=lambda found: (*found[:2], not found[2]), default=(None, "", ""))


def _dated(value: Any) -> Iterator[tuple[str | int, str]]:
    """Every date at any depth, with the status of what it dates."""
    if isinstance(value, dict):
        status = _status(value)
        for key in _DATES:
            if isinstance(date_ := value.get(key), str | int):
                yield date_, status
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _dated(inner)


def _status(fact: Any) -> str:
    """« deduit », « estime »…; "" of what is attested or says nothing of it."""
    status = fact.get("statut") if isinstance(fact, dict) else None
    return status if isinstance(status, str) and status != "atteste" else ""


def _day(value: str | int, today: date | None) -> date | None:
    """The last day of a date; today for a period that has begun, None for what is to come."""
    span, day = day_span(value), last_day(value)
    if span is None or day is None or today is None or day <= today:
        return day
    return today if span.earliest <= today else None
