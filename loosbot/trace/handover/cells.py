"""What a handover says of one project, promise or person, as cells of its tables."""

from __future__ import annotations

from loosbot.corpus import french
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.values import items, known
from loosbot.fields.vocabulary import vocabulary
from loosbot.trace.handover.collect import Carrier, Handover
from loosbot.trace.layout.tables import Cell, day, names, words
from loosbot.trace.reported import Minutes, Promise
from loosbot.trace.words import stated, sure

Item = tuple[str, Cell]
"""The id of a record, and one thing to say of it."""


def heard(project: str, where: str, corpus: Corpus) -> Cell:
    """The page that holds voices; of its own ones, from which places they speak."""
    if where != project:
        return names(where)
    roles = vocabulary("role")
    places = dict.fromkeys(
        str(voice.get("accord") or roles.label(str(voice.get("role", ""))).lower())
        for voice in corpus.records[where].data["voix"]
    )
    return words(f"sur sa page : {french.listed(filter(None, places))}")


def aged(item: Cell, handover: Handover) -> Cell:
    """An item with its day, and how long ago that is."""
    if not item.date:
        return item
    age = french.ago(item.date, handover.today)
    details = ", ".join(filter(None, (french.due(item.date), age)))
    return Cell(f"{item.text} ({details})")


def late_minutes(minutes: Minutes) -> Item:
    """Minutes to publish, of which meeting, and by which service."""
    day = f" de la réunion du {french.when(minutes.date)}" if minutes.date.count("-") == 2 else ""
    who = f" – {minutes.service}" if minutes.service else ""
    return minutes.id, Cell(f"Compte rendu{day} à publier{who}")


def promise(made: Promise) -> Item:
    """What was promised, and by whom, where somebody wrote it."""
    what = french.open_end(stated(made))
    return made.record, Cell(f"{what} – {made.who}" if made.who else what, date=made.due)


def lesson(learnt: Promise) -> Item:
    """What was learnt, and what is to follow from it."""
    after = f" – suite prévue : {french.open_end(learnt.said)}" if learnt.said else ""
    return learnt.record, Cell(f"{french.open_end(stated(learnt))}{after}", date=learnt.due)


def stopped(record: Record) -> tuple[Cell, ...]:
    """A project that ended or wore away: its name, its state, when and why."""
    stop = record.data.get("arret")
    stop = stop if isinstance(stop, dict) else {}
    when = known(stop.get("date")) or known(stop.get("du"))
    reason = known(stop.get("motif"))
    why = f"{reason}{sure(stop)}" if reason else _limits(record) or "raison à écrire"
    return names(record.id), words(state(record)), day(when), words(why)


def _limits(record: Record) -> str:
    limits = [
        vocabulary("limite").label(known(limit)) + sure(limit)
        for _, limit in items(record.data.get("limites"))
        if known(limit)
    ]
    return f"limites dites : {french.listed(limits)}" if limits else ""


def carried(carrier: Carrier) -> Cell:
    """What somebody carries, in which role, and from when to when."""
    details = ", ".join(filter(None, (carrier.role, _term(carrier))))
    return Cell(record=carrier.record, under=(words(details),) if details else ())


def _term(carrier: Carrier) -> str:
    if carrier.since and carrier.until:
        return french.period(carrier.since, carrier.until)
    if carrier.since and carrier.left and "parti" not in carrier.role:
        return f"{french.since(carrier.since)}, on ne sait pas jusqu’à quand"
    if carrier.since:
        return french.since(carrier.since)
    if carrier.until:
        return french.until(carrier.until)
    # the role often says it already, in the words of the record
    return "on ne sait pas jusqu’à quand" if carrier.left and "parti" not in carrier.role else ""


def dated(record: Record, handover: Handover) -> tuple[Cell, ...]:
    """The date of a project, with how it is known and how old it is; it stands under its name,
    so that a phone shows the other columns."""
    value = record.data.get("date") or record.data.get("annee")
    text = known(value)
    if not text:
        return ()
    age = french.ago(text, handover.today)
    date_text = french.when(text) + sure(value)
    return (words(f"{date_text}, {age}" if age else date_text),)


def state(record: Record) -> str:
    """The word for how far a project is; "" where it is not known."""
    value = known(record.data.get("statut"))
    word = vocabulary("statut-projet").label(value)
    return word + sure(record.data.get("statut")) if value else ""
