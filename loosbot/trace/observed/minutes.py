"""Minutes of meetings: how many days until they were given back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from loosbot import resources
from loosbot.corpus.dates import Span, loosened
from loosbot.corpus.model import Record
from loosbot.corpus.values import NOT_APPLICABLE, UNKNOWN, day_span, is_forecast, known, last_day
from loosbot.trace.facts import View
from loosbot.trace.figures import share
from loosbot.trace.reported import Figure, Minutes, MinutesStatus, Observation
from loosbot.trace.rules import MINUTES_RULE, Rules
from loosbot.trace.words import MINUTES
from loosbot.trace.words import quarter as said

UNDATED = "sans trimestre"
NO_SERVICE = "service non précisé"
NO_NAME = "le service qui a réuni"
"""Who can say what became of the minutes of a meeting that names no service."""


def minutes(view: View, rules: Rules) -> tuple[Minutes, ...]:
    """Every meeting that owes minutes, of those since the first day on which the rule held."""
    since = rules.since.get(MINUTES_RULE, "")
    return tuple(
        _minutes(record, view, rules.delays[MINUTES_RULE])
        for record in view.corpus.records.values()
        if owes_minutes(record, since) and not _is_to_come(record, view.today)
    )


def _is_to_come(record: Record, today: date | None) -> bool:
    """Whether a meeting was not held yet: nobody owes anything of it."""
    span = day_span(record.data.get("date"))
    return today is not None and span is not None and span.earliest > today


def owes_minutes(record: Record, since: str = "") -> bool:
    """Whether this is a meeting whose minutes have a reason to be.

    The rule is about meetings that people came to be heard at: a feast, a council whose minutes
    the law asks, the colloquium of others owe none, unless they consulted. What was only
    announced owes none either.
    """
    if record.type != "reunion" or record.data.get("compte_rendu") == NOT_APPLICABLE:
        return False
    day = record.data.get("date")
    if is_forecast(day):
        return False
    begun, last = day_span(since), last_day(day)
    if begun is not None and last is not None and last < begun.earliest:
        return False
    consulted = known(record.data.get("niveau")) == "consultation"
    return consulted or known(record.data.get("genre")) not in _owe_none()


@cache
def _owe_none() -> frozenset[str]:
    """The kinds of meeting of which the vocabulary says that they owe no minutes."""
    words = json.loads(
        (resources.schemas() / "vocabulaires" / "genre-reunion.json").read_text(encoding="utf-8")
    )
    return frozenset(
        kind["const"] for kind in words["oneOf"] if kind.get("x-compte-rendu") == "non"
    )


def observe(view: View, met: Iterable[Minutes]) -> Iterator[Observation]:
    """What the rules judge; a consultation has a subject of its own, its rule is stricter."""
    for meeting in met:
        record = view.corpus.records[meeting.id]
        consulted = known(record.data.get("niveau")) == "consultation"
        value = record.data.get("compte_rendu")
        published = value.get("date") if isinstance(value, dict) else None
        yield Observation(
            meeting.id,
            "compte-rendu-consultation" if consulted else "compte-rendu",
            _state(value),
            ("compte_rendu",),
            since=last_day(record.data.get("date")),
            until=_first_day(published),
            when=meeting.date,
            values={
                "jours": "?" if meeting.days is None else str(meeting.days),
                "service": NO_NAME if meeting.service == NO_SERVICE else meeting.service,
            },
        )


def figures(met: tuple[Minutes, ...], delay: int) -> Iterator[Figure]:
    """The share in time: of all, by quarter, by service."""
    rule = (
        f"La ville vise {delay} jours entre une réunion et son compte rendu : c’est un but, non "
        "un délai légal. Sont comptées les réunions qui en doivent un et dont le délai est passé ; "
        "une fête, une séance du conseil, un colloque n’en doivent pas."
    )
    due = [meeting for meeting in met if meeting.status != "not-due"]
    name = f"Comptes rendus publiés en {delay} jours au plus"
    yield _share("comptes-rendus", name, due, rule)
    quarters: dict[str, list[Minutes]] = {}
    services: dict[str, list[Minutes]] = {}
    for meeting in due:
        quarters.setdefault(meeting.quarter, []).append(meeting)
        services.setdefault(meeting.service, []).append(meeting)
    for quarter, among in sorted(quarters.items()):
        yield _share(f"comptes-rendus/{quarter}", f"{name}, {said(quarter)}", among, rule)
    for service, among in sorted(services.items()):
        yield _share(f"comptes-rendus/{service}", f"{name}, {service}", among, rule)


def _share(code: str, label: str, among: list[Minutes], rule: str) -> Figure:
    standing = [(meeting.id, MINUTES[meeting.status]) for meeting in among]
    return share(
        code,
        label,
        rule,
        standing,
        MINUTES["in-time"],
        unit="compte rendu",
        unsure={MINUTES[status]: "délai inconnu" for status in ("unknown", "not-dated")},
    )


def _minutes(record: Record, view: View, delay: int) -> Minutes:
    value = record.data.get("compte_rendu")
    published = known(value.get("date")) if isinstance(value, dict) else ""
    meeting, given = day_span(record.data.get("date")), day_span(published)
    days: int | None = None
    status = _status(value)
    if meeting is not None and given is not None:
        longest, shortest = _days(meeting, given)
        days = longest if longest == shortest else None
        status = "in-time" if longest <= delay else "late" if shortest > delay else "not-dated"
    elif status in ("not-published", "unknown") and meeting is not None and view.today is not None:
        end = last_day(record.data.get("date"))
        if end is not None and (view.today - end).days <= delay:
            status = "not-due"
    return Minutes(
        record.id,
        record.title,
        known(record.data.get("date")),
        published,
        days,
        _quarter(meeting),
        view.name(record.data.get("service")) or NO_SERVICE,
        status,
    )


def _days(meeting: Span, given: Span) -> tuple[int, int]:
    """The most and the fewest days that can lie between two dates."""
    given, meeting = loosened(given), loosened(meeting)
    return (given.latest - meeting.earliest).days, (given.earliest - meeting.latest).days


def _status(value: Any) -> MinutesStatus:
    if value is None:
        return "not-published"
    return "unknown" if value == UNKNOWN else "not-dated"


def _state(value: Any) -> str:
    if value is None:
        return "missing"
    if value == UNKNOWN:
        return "unknown"
    return "published" if known(value.get("date")) else "undated"


def _first_day(value: Any) -> date | None:
    span = day_span(value)
    return span.earliest if span and span.earliest > date.min else None


def _quarter(meeting: Span | None) -> str:
    if meeting is None:
        return UNDATED
    first, last = ((day.year, (day.month + 2) // 3) for day in (meeting.earliest, meeting.latest))
    return f"{first[0]}-T{first[1]}" if first == last else UNDATED
