"""A handover as tables, whatever it is written in: a wiki page, HTML or plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from loosbot.corpus import french, schema
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.values import items, known
from loosbot.trace.handover.collect import KEEPS, Carrier, Handover, Scope
from loosbot.trace.layout import waiting
from loosbot.trace.layout.tables import Cell, Column, Table, day, names, rows, words
from loosbot.trace.reported import Minutes, Promise

LEAD = (
    "Ce que laisse une équipe à celle qui la suit : ce qui est en cours, promis, en retard ou "
    "arrêté, ce que l’on a appris sans y donner suite, et qui s’en occupait."
)
NOTHING = "Rien de tout cela n’est écrit dans les fiches."
_SHORT = 12
"""So many projects without anybody are named; of more only the number is said."""


def about(scope: Scope, corpus: Corpus) -> str:
    """The service, or the theme, in words; "" for the whole town."""
    if scope.key.startswith("service-"):
        return corpus.records[scope.subject].title
    return _label(schema.shape("projet").at(("themes", 0)).words, scope.subject)


def parts(handover: Handover, corpus: Corpus, order: Callable[[str], object]) -> list[Table]:
    """The tables that have a line, in the order of urgency; ``order`` is what titles are sorted
    by."""
    return [table for table in _parts(handover, corpus, order) if not table.says_nothing]


def _parts(handover: Handover, corpus: Corpus, order: Callable[[str], object]) -> Iterator[Table]:
    def by_title(ids: Iterable[str]) -> list[Record]:
        records = [corpus.records[id_] for id_ in ids]
        return sorted(records, key=lambda record: (order(record.title), record.id))

    reasons_of = _waiting(handover)
    reasons = {id_: tuple(reasons_of(id_)) for id_ in handover.running}
    weights = {id_: sum(number for number, _ in told) for id_, told in reasons.items()}
    running = sorted(by_title(handover.running), key=lambda record: -weights[record.id])
    carriers: dict[str, list[Carrier]] = {}
    for carrier in handover.carriers:
        carriers.setdefault(carrier.record, []).append(carrier)
    yield Table(
        "en-cours",
        "En cours ou annoncé",
        "D’abord ce qui a le plus de choses en attente",
        (
            Column("Fiche", "record"),
            Column("Ce qui attend"),
            Column("Qui suit"),
            Column("État"),
        ),
        rows(
            (
                names(record.id, under=_dated(record, handover)),
                words(" ; ".join(told for _, told in reasons[record.id])),
                _followers(record, carriers.get(record.id, ())),
                words(_state(record)),
            )
            for record in running
        ),
        _uncarried(handover, corpus),
    )
    late = [*map(_promise, handover.late), *map(_late_minutes, handover.late_minutes)]
    yield _grouped("retard", "En retard", "Ce qui est en retard", late, handover)
    yield _grouped(
        "promis",
        "Promis",
        "Ce qui est promis, et court encore",
        map(_promise, handover.promised),
        handover,
    )
    yield _grouped(
        "sans-suite",
        "Promis, sans que l’on sache la suite",
        "Promesses et décisions dont la suite n’est pas écrite : à demander",
        map(_promise, handover.unknown),
        handover,
    )
    yield waiting.announcements(handover.announced)
    yield Table(
        "arrete",
        "Arrêté ou érodé, et pourquoi",
        "Ce qui s’est arrêté ou s’est érodé",
        (
            Column("Fiche", "record"),
            Column("État"),
            Column("Quand", "date"),
            Column("Pourquoi"),
        ),
        rows(map(_stopped, by_title(handover.stopped))),
    )
    yield _grouped(
        "appris",
        "Appris, sans suite",
        "Ce que l’on a appris, et la suite prévue",
        map(_lesson, handover.lessons),
        handover,
        ("Toutes attendent que quelqu’un leur donne une suite, ou écrive qu’il n’y en aura pas.",)
        if handover.lessons and not any(lesson.said for lesson in handover.lessons)
        else (),
    )
    present = [carrier for carrier in handover.carriers if not carrier.left]
    gone = [carrier for carrier in handover.carriers if carrier.left]
    yield _carriers("qui", "Qui s’en occupe", "Qui s’occupe de quoi, et à quel titre", present)
    yield _carriers(
        "partis",
        "Qui s’en est occupé, et ne le fait plus",
        "Ceux qui sont partis : ils savent ce qui n’est pas écrit",
        gone,
    )
    heard = dict(handover.heard)
    yield Table(
        "voix",
        "Ce que l’on en raconte",
        "Où lire ceux qui en parlent : ils savent ce qu’une fiche ne dit pas",
        (Column("Fiche", "record"), Column("Qui parle, et où")),
        rows(
            (
                names(record.id),
                Cell(under=tuple(_heard(record.id, where, corpus) for where in heard[record.id])),
            )
            for record in by_title(heard)
        ),
    )
    yield Table(
        "a-retrouver",
        "État à retrouver",
        "Ceux dont personne n’a écrit où ils en sont, ou dont les sources ne le disent pas",
        (Column("Fiche", "record"),),
        rows(
            (names(record.id, under=_dated(record, handover)),)
            for record in by_title(handover.undecided)
        ),
    )


def _heard(project: str, where: str, corpus: Corpus) -> Cell:
    """The page that holds voices; of its own ones, from which places they speak."""
    if where != project:
        return names(where)
    known_words = schema.shape("projet").at(("voix", 0, "role")).words
    places = dict.fromkeys(
        str(voice.get("accord") or _label(known_words, str(voice.get("role", ""))).lower())
        for voice in corpus.records[where].data["voix"]
    )
    return words(f"sur sa page : {french.listed(filter(None, places))}")


def _waiting(handover: Handover) -> Callable[[str], Iterator[tuple[int, str]]]:
    """What waits for somebody on a project, each in a few words: its weight, and the reason."""
    counts = tuple(
        (Counter(waited.record for waited in several), singular, many)
        for several, singular, many in (
            (handover.late, "promesse en retard", "promesses en retard"),
            (handover.promised, "promesse qui court", "promesses qui courent"),
            (handover.unknown, "promesse sans suite connue", "promesses sans suite connue"),
            (handover.announced, "annonce sans nouvelles", "annonces sans nouvelles"),
            (handover.lessons, "enseignement sans suite", "enseignements sans suite"),
        )
    )

    def of(id_: str) -> Iterator[tuple[int, str]]:
        for count, singular, many in counts:
            if number := count[id_]:
                yield number, french.counted(number, singular, many)

    return of


def _followers(record: Record, carriers: Iterable[Carrier]) -> Cell:
    """Those of its carriers who follow it now; nothing where nobody does: that is said once,
    under the table."""
    named = {str(referent["qui"]) for _, referent in items(record.data.get("referents"))}
    followed = (
        carrier.who
        for carrier in carriers
        if not carrier.left and (carrier.role != KEEPS or carrier.who in named)
    )
    who = [names(person) for person in dict.fromkeys(followed)]
    return Cell(under=tuple(who))


def _uncarried(handover: Handover, corpus: Corpus) -> tuple[str, ...]:
    number, total = len(handover.uncarried), len(handover.running)
    if not number:
        return ()
    if number == total:
        which = "Aucun n’a" if number > 1 else "Il n’a pas"
    else:
        listed = [f"« {corpus.records[id_].title} »" for id_ in handover.uncarried]
        which = (
            f"{french.listed(listed)} {french.agreed('n’a pas', number, 'n’ont pas')}"
            if number <= _SHORT
            else f"{french.count(number)} sur {french.count(total)} n’ont pas"
        )
    return (f"{which} de référent écrit : à désigner, sous « referents » de la fiche.",)


_Item = tuple[str, Cell]
"""The id of a record, and one thing to say of it."""


def _grouped(
    id_: str,
    title: str,
    caption: str,
    pairs: Iterable[_Item],
    handover: Handover,
    notes: tuple[str, ...] = (),
) -> Table:
    """One line a record, with its items under it, those of most items first."""
    groups: dict[str, list[Cell]] = {}
    for record, item in pairs:
        groups.setdefault(record, []).append(_aged(item, handover))
    told = sorted(groups.items(), key=lambda group: -len(group[1]))
    return Table(
        id_,
        title,
        caption,
        (Column("Fiche", "record"), Column("Quoi, qui, pour quand")),
        rows((names(record), Cell(under=tuple(cells))) for record, cells in told),
        notes,
    )


def _aged(item: Cell, handover: Handover) -> Cell:
    """An item with its day, and how long ago that is."""
    if not item.date:
        return item
    age = french.ago(item.date, handover.today)
    details = ", ".join(filter(None, (french.due(item.date), age)))
    return Cell(f"{item.text} ({details})")


def _who(promise: Promise) -> str:
    what = french.open_end(promise.what) or "on ne sait plus quoi"
    return f"{what} – {promise.who}" if promise.who else what


def _late_minutes(minutes: Minutes) -> _Item:
    held = f" de la réunion du {french.when(minutes.date)}" if minutes.date.count("-") == 2 else ""
    who = f" – {minutes.service}" if minutes.service else ""
    return minutes.id, Cell(f"Compte rendu{held} à publier{who}")


def _promise(promise: Promise) -> _Item:
    return promise.record, Cell(_who(promise), date=promise.due)


def _lesson(promise: Promise) -> _Item:
    after = f" – suite prévue : {french.open_end(promise.said)}" if promise.said else ""
    return promise.record, Cell(f"{french.open_end(promise.what)}{after}", date=promise.due)


def _stopped(record: Record) -> tuple[Cell, ...]:
    stop = record.data.get("arret")
    stop = stop if isinstance(stop, dict) else {}
    when = known(stop.get("date")) or known(stop.get("du"))
    reason = known(stop.get("motif")) or _limits(record) or "raison à écrire"
    return names(record.id), words(_state(record)), day(when), words(reason)


def _limits(record: Record) -> str:
    shape = schema.shape(record.type).at(("limites", 0))
    terms = shape.words or shape.at(("valeur",)).words
    limits = [
        _label(terms, known(limit))
        for _, limit in items(record.data.get("limites"))
        if known(limit)
    ]
    return f"limites dites : {french.listed(limits)}" if limits else ""


def _carriers(id_: str, title: str, caption: str, carriers: Iterable[Carrier]) -> Table:
    """One line a person or a service, with what they carry under it."""
    groups: dict[str, list[Carrier]] = {}
    for carrier in carriers:
        groups.setdefault(carrier.who, []).append(carrier)
    return Table(
        id_,
        title,
        caption,
        (Column("Qui", "record"), Column("De quoi"), Column("Qui a pris la suite", "record")),
        rows(
            (
                names(who),
                Cell(under=tuple(map(_carried, each))),
                names(each[0].successor) if each[0].successor else Cell(),
            )
            for who, each in groups.items()
        ),
    )


def _carried(carrier: Carrier) -> Cell:
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


def _dated(record: Record, handover: Handover) -> tuple[Cell, ...]:
    """The date of a project, with how it is known and how old it is; it stands under its name,
    so that a phone shows the other columns."""
    value = record.data.get("date") or record.data.get("annee")
    text = known(value)
    if not text:
        return ()
    age = french.ago(text, handover.today)
    date_text = french.when(text) + _deduced(value)
    return (words(f"{date_text}, {age}" if age else date_text),)


def _deduced(value: object) -> str:
    """What is deduced stays so wherever it is told."""
    return " (déduit)" if isinstance(value, dict) and value.get("statut") == "deduit" else ""


def _state(record: Record) -> str:
    state = known(record.data.get("statut"))
    shape = schema.shape(record.type).at(("statut",))
    terms = shape.words or shape.at(("valeur",)).words
    return _label(terms, state) + _deduced(record.data.get("statut")) if state else ""


def _label(terms: Sequence[Word], value: str) -> str:
    return next((term.title for term in terms if term.value == value), value)
