"""What is due in a corpus, on a day. Pure: the corpus holds only what may be shown.

A date that is not a day falls due on the last day that it can mean: « mai 2026 » on the 31st.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from loosbot.corpus.dates import display
from loosbot.corpus.model import Record
from loosbot.corpus.privacy.persons import consents
from loosbot.corpus.values import at, day_span, items, known, last_day, several
from loosbot.due.due import Due, Kind, by_day
from loosbot.trace.facts import View, follows
from loosbot.trace.observed.minutes import minutes
from loosbot.trace.observed.promises import ledger
from loosbot.trace.observed.upkeep import OVER, upkeep, was_made
from loosbot.trace.reported import Suspect
from loosbot.trace.rules import MINUTES_RULE, Rules
from loosbot.trace.words import stated, sure

SILENCE_RULE = "sans-nouvelles"
"""The rule whose delay is after how long somebody should go and see."""


def collect(seen: View, rules: Rules, suspects: Iterable[Suspect] = ()) -> tuple[Due, ...]:
    """Everything that is due, the nearest day first. Without a day nothing is known to be past, and
    everything is listed."""
    dues = list(_promises(seen))
    for record in seen.corpus.records.values():
        for part in (_meetings, _visits_to_come, _conventions, _consents):
            dues += part(record, seen)
    dues += _minutes(seen, rules)
    dues += _silences(seen, rules)
    dues += _reviews(seen, suspects)
    return tuple(sorted(dues, key=by_day))


def _due(
    kind: Kind,
    record: Record,
    seen: View,
    *,
    name: str,
    what: str,
    more: str,
    when: Any = "",
    day: date | None = None,
    who: Any = None,
) -> Due:
    """``who`` are references; where nobody is written, those who follow the record now."""
    people = _people(who, seen) or _followers(record, seen)
    return Due(
        kind=kind,
        record=record.id,
        title=record.title,
        path=record.path,
        name=name,
        what=what,
        more=more,
        when=known(when),
        day=day or last_day(when),
        people=people,
        who=", ".join(filter(None, map(seen.name, people))),
        place=seen.corpus.place_of(record.id, record.path),
    )


def _people(who: Any, seen: View) -> tuple[str, ...]:
    return tuple(seen.ids.get(text, text) for person in several(who) if (text := known(person)))


def _followers(record: Record, seen: View) -> tuple[str, ...]:
    """Who follows a project now, or its meeting's service; a récit's are those of its project."""
    if service := _people(record.data.get("service"), seen):
        return service
    projects = [record]
    if record.type in ("recit", "reunion"):
        named = _people(record.data.get("projet"), seen)
        projects = [project for id_ in named if (project := seen.corpus.records.get(id_))]
    return tuple(
        dict.fromkeys(
            person
            for project in projects
            for _, referent in items(project.data.get("referents"))
            if not known(referent.get("au"))
            and follows(referent, seen.record(referent.get("qui")), seen.today)
            for person in _people(referent.get("qui"), seen)
        )
    )


def _promises(seen: View) -> Iterator[Due]:
    """Engagements, and what is to follow from a lesson, that are neither kept nor dropped."""
    for promise, observed in ledger(seen):
        if promise.outcome not in ("open", "late"):
            continue
        record = seen.corpus.records[promise.record]
        item = at(record.data, observed.path)
        if promise.kind == "engagement":
            place = "convention-" if observed.path[0] == "convention" else ""
            yield _due(
                "promesse",
                record,
                seen,
                name=f"{place}{promise.name}",
                what=stated(promise) if promise.what else "On ne sait plus quoi",
                more="Une fois faite, écrivez « issue: tenu », et sa preuve.",
                when=promise.due,
                who=item.get("qui"),
            )
        elif promise.kind == "enseignement":
            yield _due(
                "suite",
                record,
                seen,
                name=promise.name,
                what=promise.said or stated(promise),
                more=f"Ce que l’on a appris : {stated(promise)}" if promise.said else "",
                when=promise.due,
                who=item["suite"].get("qui"),
            )


def _meetings(record: Record, seen: View) -> Iterator[Due]:
    span = day_span(record.data.get("date"))
    # a meeting dated by the year alone may be over already
    if record.type == "reunion" and span is not None and _to_come(span.earliest, seen):
        yield _due(
            "rencontre",
            record,
            seen,
            name="reunion",
            what=record.title,
            more=known(record.data.get("sujet")),
            when=record.data.get("date"),
        )


def _to_come(day: date, seen: View) -> bool:
    """Whether a day is not over; without a today none is known to be to come."""
    return seen.today is not None and seen.today <= day < date.max


def _visits_to_come(record: Record, seen: View) -> Iterator[Due]:
    follow = record.data.get("suivi")
    for rank, visit in items(follow.get("visites") if isinstance(follow, dict) else None):
        span = day_span(visit.get("date"))
        if span is not None and _to_come(span.earliest, seen):
            yield _due(
                "visite",
                record,
                seen,
                name=f"prevue-{rank + 1}",
                what=f"Passer voir : {record.title}",
                more="Ensuite, écrivez dans « constat » ce que vous avez vu.",
                when=visit["date"],
                who=visit.get("qui") or _keeper(record),
            )


def _keeper(record: Record) -> Any:
    follow = record.data.get("suivi")
    return follow.get("responsable") if isinstance(follow, dict) else None


def _silences(seen: View, rules: Rules) -> Iterator[Due]:
    """Where the last news are old: somebody should go and see, a year after by default."""
    delay = rules.delays.get(SILENCE_RULE)
    if delay is None:
        return
    for kept in upkeep(seen):
        record = seen.corpus.records[kept.id]
        last = last_day(kept.last_news)
        planned = any(True for _ in _visits_to_come(record, seen))
        over = known(record.data.get("statut")) in OVER
        if last is None or planned or over or not was_made(record):
            continue
        yield _due(
            "visite",
            record,
            seen,
            name="nouvelles",
            what=f"Prendre des nouvelles : {record.title}",
            more=f"Les dernières : {display(kept.last_news)}{sure({'statut': kept.news_status})}. "
            "Passez-y, et notez une visite datée dans « suivi ».",
            day=last + timedelta(days=delay),
            who=_keeper(record),
        )


def _minutes(seen: View, rules: Rules) -> Iterator[Due]:
    delay = rules.delays[MINUTES_RULE]
    for meeting in minutes(seen, rules):
        record = seen.corpus.records[meeting.id]
        met = last_day(meeting.date)
        owed = meeting.status in ("not-published", "not-due") and "compte_rendu" not in record.data
        if not owed or met is None or (seen.today is not None and met >= seen.today):
            continue
        yield _due(
            "compte-rendu",
            record,
            seen,
            name="compte-rendu",
            what=f"Rendre le compte rendu : {record.title}",
            more=f"La réunion : {display(meeting.date)}. Le délai est de {delay} jours.",
            day=met + timedelta(days=delay),
        )


def _conventions(record: Record, seen: View) -> Iterator[Due]:
    convention = record.data.get("convention")
    until = at(convention, ("duree", "au"))
    if until is not None and "arret" not in record.data and _ends(until, seen):
        yield _due(
            "echeance",
            record,
            seen,
            name="convention",
            what=f"La convention finit : {record.title}",
            more="Décidez ensemble de la prolonger, de la changer ou de l’arrêter.",
            when=until,
        )


def _ends(until: Any, seen: View) -> bool:
    day = last_day(until)
    return day is not None and (seen.today is None or day >= seen.today)


def _consents(record: Record, seen: View) -> Iterator[Due]:
    """Accords that end, and seals that open; who withdrew is not there any more."""
    for path, consent in consents(record.data):
        until = consent.get("jusquau")
        if until is None or consent.get("etat") == "retire" or not _ends(until, seen):
            continue
        rank = path[1] if path[0] == "voix" else None
        yield _due(
            "ouverture" if consent.get("etat") == "scelle" else "consentement",
            record,
            seen,
            name="personne" if rank is None else f"voix-{int(rank) + 1}",
            what=_ending(record, consent, rank, seen),
            more="Redemandez-le à la personne avant ce jour ; sinon ses mots quittent les pages."
            if consent.get("etat") != "scelle"
            else "Relisez ce qui s’ouvrira, avec la personne si l’on peut.",
            when=until,
            who=consent.get("recueilli_par"),
        )


def _ending(record: Record, consent: Mapping[str, Any], rank: str | int | None, seen: View) -> str:
    if consent.get("etat") == "scelle":
        return f"Une voix scellée s’ouvre : {record.title}"
    if rank is None:
        return f"L’accord de {record.title} finit"
    voice = record.data["voix"][rank]
    return f"L’accord de {seen.name(voice.get('qui'))} finit : {record.title}"


def _reviews(seen: View, suspects: Iterable[Suspect]) -> Iterator[Due]:
    """Récits and evaluations whose project changed since: once for each text."""
    newest: dict[tuple[str, str], Suspect] = {}
    for suspect in suspects:
        last = newest.get((suspect.record, suspect.kind))
        if last is None or suspect.date > last.date:
            newest[suspect.record, suspect.kind] = suspect
    for (id_, kind), change in newest.items():
        record = seen.corpus.records[id_]
        project = seen.corpus.records[change.project]
        text = "l’évaluation" if kind == "evaluation" else "le récit"
        yield _due(
            "relire",
            record,
            seen,
            name=kind,
            what=f"Relire {text} : {record.title}",
            more=f"« {project.title} » a changé ({display(change.date)}). Ensuite : loosbot review "
            f"{seen.corpus.place_of(id_, id_)}",
        )
