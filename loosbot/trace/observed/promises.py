"""The ledger of promises: engagements, decisions of meetings, lessons and their follow-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from loosbot.corpus.model import KeyPath, Record
from loosbot.corpus.stages import end_of
from loosbot.corpus.values import (
    NOT_APPLICABLE,
    STATES,
    UNKNOWN,
    at,
    day_span,
    items,
    known,
    last_day,
)
from loosbot.trace.facts import View
from loosbot.trace.figures import share
from loosbot.trace.reported import Figure, Observation, Outcome, Promise
from loosbot.trace.words import UNWRITTEN, became, shortened, stated
from loosbot.trace.words import outcome as word

Entry = tuple[Promise, Observation]


def ledger(view: View) -> list[Entry]:
    """Every promise with what the rules must know of it, by record and in the order of files."""
    return [entry for record in view.corpus.records.values() for entry in _entries(record, view)]


def promises_something(record: Record) -> bool:
    """Whether a record holds an engagement, a decision or a lesson."""
    inside = at(record.data, ("convention", "engagements"))
    own = (record.data.get(key) for key in ("engagements", "decisions", "enseignements"))
    return any(items(listed) for listed in (inside, *own))


def figures(entries: Sequence[Entry]) -> Iterator[Figure]:
    """The share of engagements kept, and of lessons that have a follow-up."""
    # a promise not yet due counts as unknown
    apart = ("open", "not-applicable")
    commitments = [promise for promise, _ in entries if promise.kind == "engagement"]
    commitments = [promise for promise in commitments if promise.outcome not in apart]
    rule = (
        "Engagements dont l’issue écrite est « tenu », parmi tous, sauf ceux qui sont en cours ou "
        "sans issue écrite, et dont le terme n’est pas passé, ou qui sont sans objet."
    )
    yield _share("engagements-tenus", "Engagements tenus", commitments, rule, "issue inconnue")
    learnt = [promise for promise, _ in entries if promise.kind == "enseignement"]
    learnt = [promise for promise in learnt if promise.outcome != "not-applicable"]
    rule = (
        "Enseignements dont la suite est faite, parmi tous les enseignements écrits, sauf ceux "
        "dont la suite est sans objet."
    )
    label = "Enseignements suivis d’effet"
    yield _share("enseignements-suivis", label, learnt, rule, "suite inconnue")


def _share(code: str, label: str, among: list[Promise], rule: str, unknown: str) -> Figure:
    kind = "engagement" if code.startswith("engagement") else "enseignement"
    standing = [(f"{promise.record}#{promise.name}", became(promise)) for promise in among]
    unsure = {word(kind, "unverifiable"): unknown, UNWRITTEN: unknown}
    return share(code, label, rule, standing, word(kind, "kept"), unit=kind, unsure=unsure)


def _entries(record: Record, view: View) -> Iterator[Entry]:
    convention = record.data.get("convention")
    if isinstance(convention, dict):
        yield from _engagements(record, convention, ("convention",), view)
    yield from _engagements(record, record.data, (), view)
    for rank, item in items(record.data.get("decisions")):
        path: KeyPath = ("decisions", rank)
        follow = item.get("suite")
        told: Outcome = "told" if known(follow) else "unverifiable"
        outcome: Outcome = "not-applicable" if follow == NOT_APPLICABLE else told
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
            status=_status(item),
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
            unwritten=outcome == "late" and state == "missing",
            status=_status(engagement),
        )
        place: KeyPath = (*path, "engagements", rank)
        yield promise, _seen(record, "engagement", state, place, promise)


def _outcome(promise: Mapping[str, Any], view: View) -> tuple[Outcome, str]:
    """What became of an engagement, and the state that the rules know it by."""
    issue = promise.get("issue")
    over = view.is_past(last_day(promise.get("echeance")))
    match issue:
        case "tenu" if _to_come(promise.get("date_issue"), view):
            return "open", "open"
        case "tenu":
            return "kept", "kept" if promise.get("preuve") else "kept-unproved"
        case "abandonne":
            reason = known(promise.get("motif"))
            return ("dropped", "dropped") if reason else ("dropped-without-reason", "unexplained")
        case "en-retard":
            return "late", "late"
        case "inverifiable" | "inconnu":
            return "unverifiable", "unknown"
        case "sans-objet":
            return "not-applicable", "not-applicable"
        case _ if over:
            return "late", "late" if issue == "en-cours" else "missing"
        case _:
            return "open", "open"


def _to_come(value: Any, view: View) -> bool:
    """Whether the day that somebody wrote of a deed is still to come: it is a forecast."""
    days = day_span(value)
    return days is not None and view.today is not None and days.earliest > view.today


def _lesson(record: Record, lesson: Mapping[str, Any], rank: int, view: View) -> Entry:
    follow_up = lesson.get("suite")
    follow: Mapping[str, Any] = follow_up if isinstance(follow_up, dict) else {}
    late = view.is_past(last_day(follow.get("echeance")))
    done = known(follow.get("fait")) == "oui" and not _to_come(follow.get("date"), view)
    if follow_up == NOT_APPLICABLE:
        outcome: Outcome = "not-applicable"
    elif follow.get("fait") == UNKNOWN:
        outcome = "unverifiable"
    else:
        outcome = "kept" if done else "late" if late else "open" if follow else "unverifiable"
    state = "late" if outcome == "late" else _follow(follow_up)
    if follow.get("fait") == UNKNOWN:
        state = "unknown"
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
        status=_status(lesson),
    )
    return promise, _seen(record, "enseignement", state, ("enseignements", rank), promise)


def _status(item: Any) -> str:
    """The word for how sure it is that this was promised, decided or learnt; "" for none."""
    return known(item.get("statut")) if isinstance(item, Mapping) else ""


def _follow(value: Any) -> str:
    """The state of a follow-up: ``missing``, ``unknown`` and the like, or ``told``."""
    if value is None:
        return "missing"
    if isinstance(value, str) and value in STATES:
        return "unknown" if value == "inconnu" else "not-applicable"
    return "told"


def _seen(record: Record, topic: str, state: str, path: KeyPath, promise: Promise) -> Observation:
    what = stated(replace(promise, what=shortened(promise.what)))
    ask = "" if promise.said else ", ou dites ce qui la retarde dans « motif »"
    values = {"quoi": what, "qui": promise.who or "à retrouver", "ou_motif": ask}
    since, when = last_day(promise.due), end_of(promise.due)
    return Observation(record.id, topic, state, path, since=since, when=when, values=values)
