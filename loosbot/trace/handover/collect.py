"""What somebody who leaves hands over: what runs, what is promised, late, stopped, and by whom.

Pure: the corpus is filtered already, and the day is given. Nothing is judged late without a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import items, known, last_day, several
from loosbot.fields.vocabulary import vocabulary
from loosbot.frozen import dataclass
from loosbot.trace.facts import View, follows, listed, view
from loosbot.trace.observed.announced import announced
from loosbot.trace.observed.minutes import minutes
from loosbot.trace.observed.promises import ledger
from loosbot.trace.reported import Announcement, Minutes, Outcome, Promise
from loosbot.trace.rules import Rules

_RUNNING = frozenset({"en-cours", "annonce"})
_STOPPED = frozenset({"abandonne", "suspendu", "entretien-erode"})
KEEPS = "suivi"
"""The role of who looks after what was made."""
_LONG_AGO = 3652
"""Days after which what is over is history."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a handover is about. ``key`` is "" for the whole town, else ``service-…`` or
    ``theme-…``; ``subject`` is the id of the service, or the word of the theme."""

    key: str
    subject: str
    records: frozenset[str]


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries, or carried, something. ``until`` is a "date souple" or ""; ``left``: whether
    they stopped, even on an unknown day. ``successor`` is the id of who took over, or ""."""

    who: str
    role: str
    record: str
    since: str
    until: str
    successor: str
    left: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """Ids of projects by how they stand, promises by what became of them, and who carries them."""

    running: tuple[str, ...]
    stopped: tuple[str, ...]
    undecided: tuple[str, ...]
    """Nobody wrote how they stand, or somebody looked and could not tell."""
    uncarried: tuple[str, ...]
    """Running, and nobody is written as following them now."""
    promised: tuple[Promise, ...]
    late: tuple[Promise, ...]
    unknown: tuple[Promise, ...]
    late_minutes: tuple[Minutes, ...]
    lessons: tuple[Promise, ...]
    carriers: tuple[Carrier, ...]
    heard: tuple[tuple[str, tuple[str, ...]], ...]
    """Projects that somebody speaks of, with the records that hold these voices."""
    announced: tuple[Announcement, ...]
    """What was announced, whose day is over or was never said, and that nobody spoke of again."""
    today: date | None


def scopes(corpus: Corpus) -> tuple[Scope, ...]:
    """The town, then each service that projects or meetings name, then each theme of projects.

    What a theme takes in (``x-plus-large`` in the vocabulary) stands in it.
    """
    records = corpus.records
    everything = frozenset(
        id_
        for id_, record in records.items()
        if record.type in PROJECTS or record.type == "reunion"
    )
    if not any(records[id_].type in PROJECTS for id_ in everything):
        return ()
    every = [Scope("", "", everything)]
    for record in records.values():
        if record.type == "acteur" and record.data.get("genre") == "service":
            named = {link.source for link in corpus.backlinks.get(record.id, ())} & everything
            if named:
                slug = record.id.partition("/")[2]
                every.append(Scope(f"service-{slug}", record.id, frozenset(named)))
    themes: dict[str, set[str]] = {}
    for id_ in everything:
        for _, word in items(records[id_].data.get("themes")):
            themes.setdefault(vocabulary("theme").widest(str(word)), set()).add(id_)
    every += [
        Scope(f"theme-{word}", word, frozenset(ids))
        for word, ids in sorted(themes.items())
        if any(records[id_].type in PROJECTS for id_ in ids)
    ]
    return tuple(every)


def key_of(wanted: str) -> str:
    """The key of the scope that holds what is asked for: ``theme-voirie`` has none of its own."""
    kind, dash, word = wanted.partition("-")
    return f"{kind}{dash}{vocabulary('theme').widest(word)}" if kind == "theme" else wanted


def handovers(
    corpus: Corpus, rules: Rules, today: date | None, every: Iterable[Scope] | None = None
) -> Iterator[tuple[Scope, Handover]]:
    """Each scope with what is handed over; the town first. ``every`` are they, where they are
    known."""
    seen = view(corpus, today)
    promises = tuple(promise for promise, _ in ledger(seen))
    meetings = minutes(seen, rules)
    announcements = announced(seen)
    for scope in scopes(corpus) if every is None else every:
        yield scope, _handover(scope, seen, promises, meetings, announcements)


def _handover(
    scope: Scope,
    seen: View,
    promises: tuple[Promise, ...],
    meetings: tuple[Minutes, ...],
    announcements: tuple[Announcement, ...],
) -> Handover:
    # a lesson or a promise may stand in a récit about a project of the scope
    about = scope.records | {
        tale.id for id_ in scope.records for tale in seen.about.get(id_, ()) if tale.type == "recit"
    }
    if not scope.key:
        about |= {id_ for id_, record in seen.corpus.records.items() if record.type == "recit"}
    mine = [promise for promise in promises if promise.record in about]
    promised = [promise for promise in mine if promise.kind != "enseignement"]
    learnt = [promise for promise in mine if promise.kind == "enseignement"]
    projects = [project for project in seen.projects() if project.id in scope.records]
    standing: dict[str, list[str]] = {}
    for project in projects:
        standing.setdefault(_stands(project), []).append(project.id)
    running = tuple(standing.get("running", ()))
    carriers = tuple(_carriers(projects, seen))
    followed = {carrier.record for carrier in carriers if not carrier.left}
    return Handover(
        running=running,
        stopped=tuple(standing.get("stopped", ())),
        undecided=tuple(standing.get("undecided", ())),
        uncarried=tuple(project for project in running if project not in followed),
        promised=_with_outcome(promised, "open"),
        late=_still_binding(_with_outcome(mine, "late"), seen),
        unknown=_still_binding(_with_outcome(promised, "unverifiable"), seen),
        late_minutes=tuple(
            meeting
            for meeting in meetings
            if meeting.id in scope.records and meeting.status == "not-published"
        ),
        lessons=_with_outcome(learnt, "open", "unverifiable"),
        carriers=carriers,
        heard=tuple(
            (project.id, where) for project in projects if (where := _heard(project, seen))
        ),
        announced=tuple(
            announcement
            for announcement in announcements
            if announcement.record in about and (announcement.over or not announcement.due)
        ),
        today=seen.today,
    )


def _with_outcome(promises: Iterable[Promise], *outcomes: Outcome) -> tuple[Promise, ...]:
    return tuple(promise for promise in promises if promise.outcome in outcomes)


def _still_binding(promises: Iterable[Promise], seen: View) -> tuple[Promise, ...]:
    return tuple(promise for promise in promises if not _is_history(promise, seen))


def _heard(project: Record, seen: View) -> tuple[str, ...]:
    """The ids of the records with voices on a project: its own first."""
    where = (project, *seen.about.get(project.id, ()))
    return tuple(record.id for record in where if record.data.get("voix"))


def _is_history(promise: Promise, seen: View) -> bool:
    """Whether a promise no longer matters: what it was about is over, and
    no date of the last ten years says that it still binds somebody."""
    record = seen.corpus.records[promise.record]
    about = [seen.ids.get(project, project) for project in listed(record.data.get("projet"))]
    projects = [seen.corpus.records[project] for project in about if project in seen.corpus.records]
    if record.type in PROJECTS:
        projects = [record]
    if not projects or any(_stands(project) != "over" for project in projects):
        return False
    due = last_day(promise.due)
    return due is None or seen.today is None or (seen.today - due).days > _LONG_AGO


def _stands(project: Record) -> str:
    state = known(project.data.get("statut"))
    if "arret" in project.data or state in _STOPPED:
        return "stopped"
    if state in _RUNNING:
        return "running"
    return "undecided" if not state else "over"


def _carriers(projects: list[Record], seen: View) -> Iterator[Carrier]:
    """The ``referents`` of each project, then who looks after what was made."""
    for project in projects:
        for _, referent in items(project.data.get("referents")):
            yield _carrier(referent["qui"], project, seen, referent)
        follow = project.data.get("suivi")
        keeper = follow.get("responsable") if isinstance(follow, dict) else None
        for who in several(keeper):
            if known(who):
                yield _carrier(who, project, seen, {"role": KEEPS})


def _carrier(who: object, project: Record, seen: View, referent: dict[str, object]) -> Carrier:
    text = known(who)
    person = seen.record(text)
    return Carrier(
        person.id if person else text,
        known(referent.get("role")),
        project.id,
        known(referent.get("du")),
        known(referent.get("au")),
        _successor(person, seen) if person else "",
        left=not follows(referent, person, seen.today),
    )


def _successor(person: Record, seen: View) -> str:
    """Who took over, and who took over from them, down to the last."""
    met = {person.id}
    successor = ""
    current: Record | None = person
    while current is not None:
        named = known(current.data.get("successeur"))
        id_ = seen.ids.get(named, named)
        if not id_ or id_ in met:
            break
        met.add(id_)
        successor, current = id_, seen.corpus.records.get(id_)
    return successor
