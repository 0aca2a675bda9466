"""The ledger of promises: engagements, decisions of meetings, lessons and their follow-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from loosbot.corpus.model import KeyPath, Record
from loosbot.corpus.stages import end_of
from loosbot.corpus.values import STATES, items, known, last_day
from loosbot.trace.facts import View
from loosbot.trace.figures import share
from loosbot.trace.reported import Figure, Observation, Outcome, Promise
from loosbot.trace.words import outcome as word
from loosbot.trace.words import shortened

Entry = tuple[Promise, Observation]
_UNWRITTEN = "échu, issue non écrite"


def ledger(view: View) -> list[Entry]:
    """Every promise with what the rules must know of it, by record and in the order of files."""
    return [entry for record in view.corpus.records.values() for entry in _entries(record, view)]


def promises_something(record: Record) -> bool:
    """Whether a record holds an engagement, a decision or a lesson."""
    convention = record.data.get("convention")
    inside = convention.get("engagements") if isinstance(convention, dict) else None
    own = (record.data.get(key) for key in ("engagements", "decisions", "enseignements"))
    return any(items(listed) for listed in (inside, *own))


def figures(entries: Sequence[Entry]) -> Iterator[Figure]:
    """The share of engagements kept, and of lessons that have a follow-up."""
    # a promise not yet due counts as unknown
    made = [
        entry for entry in entries if entry[0].kind == "engagement" and entry[0].outcome != "open"
    ]
    rule = (
        "Engagements dont l’issue écrite est « tenu », parmi tous, sauf ceux qui sont en cours ou "
        "sans issue écrite, et dont le terme n’est pas passé."
    )
    yield _share("engagements-tenus", "Engagements tenus", made, rule, "issue inconnue")
    learnt = [entry for entry in entries if entry[0].kind == "enseignement"]
    rule = "Enseignements dont la suite est faite, parmi tous les enseignements écrits."
    label = "Enseignements suivis d’effet"
    yield _share("enseignements-suivis", label, learnt, rule, "suite inconnue")


def _share(code: str, label: str, among: list[Entry], rule: str, unknown: str) -> Figure:
    kind = "engagement" if code.startswith("engagement") else "enseignement"
    standing = [
        (f"{promise.record}#{promise.name}", _word(promise, seen)) for promise, seen in among
    ]
    unsure = {word(kind, "unverifiable"): unknown, _UNWRITTEN: unknown}
    return share(code, label, rule, standing, word(kind, "kept"), unit=kind, unsure=unsure)


def _word(promise: Promise, seen: Observation) -> str:
    """What became of it; of one whose day is past and whose outcome nobody wrote, nobody knows."""
    if promise.outcome == "late" and promise.kind == "engagement" and seen.state == "missing":
        return _UNWRITTEN
    return word(promise.kind, promise.outcome)


def _entries(record: Record, view: View) -> Iterator[Entry]:
    convention = record.data.get("convention")
    if isinstance(convention, dict):
        yield from _engagements(record, convention, ("convention",), view)
    yield from _engagements(record, record.data, (), view)
    for rank, item in items(record.data.get("decisions")):
        path: KeyPath = ("decisions", rank)
        follow = item.get("suite")
        outcome: Outcome = "told" if known(follow) else "unverifiable"
        promise = Promise(
            record=record.id,
            title=record.title,
            kind="decision",
            name=f"decision-{rank + 1}",
            who=view.name(item.get("qui")),
            what=known(item.get("texte")),
            due="",
            outcome=outcome,
            said=known(follow),
            proof="",
        )
        yield promise, _seen(record, "decision", _follow(follow), path, promise)
    for rank, item in items(record.data.get("enseignements")):
        lesson: Mapping[str, Any] = item if isinstance(item, dict) else {"texte": item}
        yield _lesson(record, lesson, rank, view)


def _engagements(
    record: Record, holder: Mapping[str, Any], path: KeyPath, view: View
) -> Iterator[Entry]:
    for rank, engagement in items(holder.get("engagements")):
        outcome, state = _outcome(engagement, view)
        promise = Promise(
            record=record.id,
            title=record.title,
            kind="engagement",
            name=str(engagement.get("id", rank + 1)),
            who=view.name(engagement.get("qui")),
            what=known(engagement.get("quoi")),
            due=known(engagement.get("echeance")),
            outcome=outcome,
            said=known(engagement.get("motif")),
            proof=view.name(engagement.get("preuve")),
        )
        place: KeyPath = (*path, "engagements", rank)
        yield promise, _seen(record, "engagement", state, place, promise)


def _outcome(promise: Mapping[str, Any], view: View) -> tuple[Outcome, str]:
    """What became of an engagement, and the state that the rules know it by."""
    issue = promise.get("issue")
    due = last_day(promise.get("echeance"))
    over = due is not None and view.today is not None and due < view.today
    match issue:
        case "tenu":
            return "kept", "kept" if promise.get("preuve") else "kept-unproved"
        case "abandonne":
            reason = known(promise.get("motif"))
            return ("dropped", "dropped") if reason else ("dropped-without-reason", "unexplained")
        case "en-retard":
            return "late", "late"
        case "inverifiable" | "inconnu":
            return "unverifiable", "unknown"
        case _ if over:
            return "late", "late" if issue == "en-cours" else "missing"
        case "en-cours" | None:
            return "open", "open"
        case _:
            return "unverifiable", "not-applicable"


def _lesson(record: Record, lesson: Mapping[str, Any], rank: int, view: View) -> Entry:
    follow_up = lesson.get("suite")
    follow: Mapping[str, Any] = follow_up if isinstance(follow_up, dict) else {}
    due = last_day(follow.get("echeance"))
    late = due is not None and view.today is not None and due < view.today
    done = known(follow.get("fait")) == "oui"
    outcome: Outcome = "kept" if done else "late" if late else "open" if follow else "unverifiable"
    state = "late" if late and not done else _follow(follow_up)
    promise = Promise(
        record=record.id,
        title=record.title,
        kind="enseignement",
        name=f"enseignement-{rank + 1}",
        who=view.name(follow.get("qui")),
        what=known(lesson.get("texte")),
        due=known(follow.get("echeance")),
        outcome=outcome,
        said=known(follow.get("quoi")),
        proof=view.name(follow.get("preuve")),
    )
    return promise, _seen(record, "enseignement", state, ("enseignements", rank), promise)


def _follow(value: Any) -> str:
    """How a follow-up is told: ``missing``, a state, or ``told``."""
    if value is None:
        return "missing"
    if isinstance(value, str) and value in STATES:
        return "unknown" if value == "inconnu" else "not-applicable"
    return "told"


def _seen(record: Record, topic: str, state: str, path: KeyPath, promise: Promise) -> Observation:
    what = shortened(promise.what) or "on ne sait plus quoi"
    values = {"quoi": what, "qui": promise.who or "à retrouver"}
    since, when = last_day(promise.due), end_of(promise.due)
    return Observation(record.id, topic, state, path, since=since, when=when, values=values)
