"""A handover as titled tables, whatever it is written in: a wiki page, HTML or plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from loosbot.corpus import schema
from loosbot.corpus.dates import display
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.values import items, known
from loosbot.trace.handover import Carrier, Handover, Scope
from loosbot.trace.model import Minutes, Promise
from loosbot.trace.words import KINDS

LEAD = (
    "Ce que laisse une équipe à celle qui la suit : ce qui est en cours, promis, en retard ou "
    "arrêté, ce que l’on a appris sans y donner suite, et qui s’en occupait."
)
NOTHING = "Rien de tout cela n’est écrit dans les fiches."


@dataclass(frozen=True, slots=True)
class Part:
    """One table under its title. ``rows`` are written already; ``remark`` is text or ""."""

    title: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """How a text, and the name of a record by its id (or of somebody without one), is written.

    ``order`` is what a title is sorted by.
    """

    text: Callable[[str], str]
    name: Callable[[str], str]
    order: Callable[[str], str]


def about(scope: Scope, corpus: Corpus) -> str:
    """The service, or the theme, in words; "" for the whole town."""
    if scope.key.startswith("service-"):
        return corpus.records[scope.subject].title
    return _label(schema.shape("projet").at(("themes", 0)).words, scope.subject)


def parts(found: Handover, corpus: Corpus, write: Writer) -> list[Part]:
    """The tables that have a line, in the order of urgency."""
    return [one for one in _parts(found, corpus, write) if one.rows]


def _parts(found: Handover, corpus: Corpus, write: Writer) -> Iterator[Part]:
    def by_title(ids: Sequence[str]) -> list[Record]:
        records = [corpus.records[one] for one in ids]
        return sorted(records, key=lambda one: (write.order(one.title), one.id))

    yield Part(
        "En cours ou annoncé",
        "Ce qui est en cours ou annoncé",
        ("Fiche", "Date", "État", "Qui suit"),
        tuple(_running(one, write) for one in by_title(found.running)),
        _uncarried(found),
    )
    yield Part(
        "En retard",
        "Ce qui est en retard",
        ("Fiche", "Nature", "Quoi, et qui", "Attendu le"),
        (
            *(_late(one, write) for one in found.late),
            *(_late_minutes(one, write) for one in found.late_minutes),
        ),
    )
    heads = ("Fiche", "Quoi", "Qui", "Pour quand")
    yield Part(
        "Promis",
        "Ce qui est promis, et court encore",
        heads,
        tuple(_promise(one, write) for one in found.promised),
    )
    yield Part(
        "Promis, sans que l’on sache la suite",
        "Promesses et décisions dont la suite n’est pas écrite",
        heads,
        tuple(_promise(one, write) for one in found.unknown),
    )
    yield Part(
        "Arrêté ou érodé, et pourquoi",
        "Ce qui s’est arrêté ou s’est érodé",
        ("Fiche", "État", "Quand", "Pourquoi"),
        tuple(_stopped(one, write) for one in by_title(found.stopped)),
    )
    yield Part(
        "Appris, sans suite",
        "Ce que l’on a appris, et la suite prévue",
        ("Fiche", "Appris", "Suite"),
        tuple(_lesson(one, write) for one in found.lessons),
    )
    yield Part(
        "Qui s’en occupe, et qui a pris la suite",
        "Qui s’occupe de quoi",
        ("Qui", "Fiche", "À quel titre", "Qui a pris la suite"),
        tuple(_carrier(one, write) for one in found.carriers),
    )
    yield Part(
        "État à retrouver",
        "Ceux dont personne n’a écrit où ils en sont, ou dont les sources ne le disent pas",
        ("Fiche", "Date"),
        tuple(
            (write.name(one.id), write.text(_day(_own_date(one))))
            for one in by_title(found.undecided)
        ),
    )


def _running(record: Record, write: Writer) -> tuple[str, ...]:
    followers = [
        write.name(str(one["qui"]))
        for _, one in items(record.data.get("referents"))
        if not known(one.get("au"))
    ]
    who = ", ".join(followers) or write.text("à désigner")
    return write.name(record.id), write.text(_day(_own_date(record))), _state(record, write), who


def _uncarried(found: Handover) -> str:
    number, total = len(found.uncarried), len(found.running)
    if not number:
        return ""
    return (
        f"Sur {total} projet{'s' if total > 1 else ''}, {number} "
        f"{'sont' if number > 1 else 'est'} sans référent écrit : à désigner, sous "
        "« referents » de la fiche."
    )


def _late(one: Promise, write: Writer) -> tuple[str, ...]:
    said = f"{one.what} ({one.who})" if one.who else one.what
    kind = KINDS[one.kind].capitalize()
    return write.name(one.record), write.text(kind), write.text(said), write.text(_day(one.due))


def _late_minutes(one: Minutes, write: Writer) -> tuple[str, ...]:
    held = f"réunion : {display(one.date)}" if one.date else ""
    return (
        write.name(one.id),
        write.text("Compte rendu"),
        write.text(f"À rendre : {one.service}" if one.service else "À rendre"),
        write.text(held),
    )


def _promise(one: Promise, write: Writer) -> tuple[str, ...]:
    who = one.who or "à retrouver"
    return write.name(one.record), write.text(one.what), write.text(who), write.text(_day(one.due))


def _lesson(one: Promise, write: Writer) -> tuple[str, ...]:
    follow = one.said or "aucune suite écrite"
    return write.name(one.record), write.text(one.what), write.text(follow)


def _stopped(record: Record, write: Writer) -> tuple[str, ...]:
    stop = record.data.get("arret")
    stop = stop if isinstance(stop, dict) else {}
    when = known(stop.get("date")) or known(stop.get("du"))
    reason = known(stop.get("motif")) or _limits(record) or "raison à écrire"
    return write.name(record.id), _state(record, write), write.text(_day(when)), write.text(reason)


def _limits(record: Record) -> str:
    words = schema.shape(record.type).at(("limites", 0))
    terms = words.words or words.at(("valeur",)).words
    said = [_label(terms, known(one)) for _, one in items(record.data.get("limites")) if known(one)]
    return f"limites dites : {', '.join(said)}" if said else ""


def _carrier(one: Carrier, write: Writer) -> tuple[str, ...]:
    title = ", ".join(filter(None, (one.role, _term(one))))
    after = write.name(one.successor) if one.successor else ""
    return write.name(one.who), write.name(one.record), write.text(title), after


def _term(one: Carrier) -> str:
    since, until = _day(one.since), _day(one.until)
    if since and until:
        return f"de {since} à {until}"
    return f"depuis {since}" if since else f"jusqu’à {until}" if until else ""


def _state(record: Record, write: Writer) -> str:
    state = known(record.data.get("statut"))
    shape = schema.shape(record.type).at(("statut",))
    terms = shape.words or shape.at(("valeur",)).words
    return write.text(_label(terms, state) if state else "")


def _own_date(record: Record) -> str:
    return known(record.data.get("date")) or known(record.data.get("annee"))


def _day(text: str) -> str:
    return display(text) if text else ""


def _label(words: Sequence[Word], value: str) -> str:
    return next((one.title for one in words if one.value == value), value)
