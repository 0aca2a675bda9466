"""A handover as tables, whatever it is written in: a wiki page, HTML or plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from loosbot.corpus import french
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.values import items
from loosbot.fields.vocabulary import vocabulary
from loosbot.trace.handover import cells
from loosbot.trace.handover.collect import KEEPS, Carrier, Handover, Scope
from loosbot.trace.layout import waiting
from loosbot.trace.layout.tables import Cell, Column, Table, names, rows, told, words

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
    return vocabulary("theme").label(scope.subject)


def parts(handover: Handover, corpus: Corpus, order: Callable[[str], object]) -> list[Table]:
    """The tables that have a line, in the order of urgency; ``order`` is what titles are sorted
    by."""
    return [table for table in _parts(handover, corpus, order) if not table.says_nothing]


def _parts(handover: Handover, corpus: Corpus, order: Callable[[str], object]) -> Iterator[Table]:
    def by_title(ids: Iterable[str]) -> list[Record]:
        records = [corpus.records[id_] for id_ in ids]
        return sorted(records, key=lambda record: (order(record.title), record.id))

    yield _running(handover, corpus, by_title(handover.running))
    yield from _promises(handover)
    yield Table(
        "arrete",
        "Arrêté ou érodé, et pourquoi",
        "Ce qui s’est arrêté ou s’est érodé",
        (Column("Fiche", "record"), Column("État"), Column("Quand", "date"), Column("Pourquoi")),
        rows(map(cells.stopped, by_title(handover.stopped))),
    )
    yield _lessons(handover)
    present = [carrier for carrier in handover.carriers if not carrier.left]
    former = [carrier for carrier in handover.carriers if carrier.left]
    yield _carriers("qui", "Qui s’en occupe", "Qui s’occupe de quoi, et à quel titre", present)
    yield _carriers(
        "partis",
        "Qui s’en est occupé, et ne le fait plus",
        "Ceux qui sont partis : ils savent ce qui n’est pas écrit",
        former,
    )
    speakers = dict(handover.heard)
    yield told(
        "voix",
        "Ce que l’on en raconte",
        "Où lire ceux qui en parlent : ils savent ce qu’une fiche ne dit pas",
        [record.id for record in by_title(speakers)],
        (Column("Fiche", "record"), names),
        (
            Column("Qui parle, et où"),
            lambda id_: Cell(
                under=tuple(cells.heard(id_, where, corpus) for where in speakers[id_])
            ),
        ),
    )
    yield told(
        "a-retrouver",
        "État à retrouver",
        "Ceux dont personne n’a écrit où ils en sont, ou dont les sources ne le disent pas",
        by_title(handover.undecided),
        (
            Column("Fiche", "record"),
            lambda record: names(record.id, under=cells.dated(record, handover)),
        ),
    )


def _running(handover: Handover, corpus: Corpus, projects: Sequence[Record]) -> Table:
    """What goes on, that of which most waits first; ``projects`` are sorted by title."""
    reasons_of = _waiting(handover)
    reasons = {project.id: tuple(reasons_of(project.id)) for project in projects}
    weights = {id_: sum(number for number, _ in why) for id_, why in reasons.items()}
    carriers: dict[str, list[Carrier]] = {}
    for carrier in handover.carriers:
        carriers.setdefault(carrier.record, []).append(carrier)
    return told(
        "en-cours",
        "En cours ou annoncé",
        "D’abord ce qui a le plus de choses en attente",
        sorted(projects, key=lambda project: -weights[project.id]),
        (
            Column("Fiche", "record"),
            lambda project: names(project.id, under=cells.dated(project, handover)),
        ),
        (
            Column("Ce qui attend"),
            lambda project: words(" ; ".join(reason for _, reason in reasons[project.id])),
        ),
        (Column("Qui suit"), lambda project: _followers(project, carriers.get(project.id, ()))),
        (Column("État"), lambda project: words(cells.state(project))),
        notes=_uncarried(handover, corpus),
    )


def _promises(handover: Handover) -> Iterator[Table]:
    """What was promised, decided or announced, and is not done as far as anybody knows."""
    late = [*map(cells.promise, handover.late), *map(cells.late_minutes, handover.late_minutes)]
    yield _grouped("retard", "En retard", "Ce qui est en retard", late, handover)
    yield _grouped(
        "promis",
        "Promis",
        "Ce qui est promis, et court encore",
        map(cells.promise, handover.promised),
        handover,
    )
    yield _grouped(
        "sans-suite",
        "Promis, sans que l’on sache la suite",
        "Promesses et décisions dont la suite n’est pas écrite : à demander",
        map(cells.promise, handover.unknown),
        handover,
    )
    yield waiting.announcements(handover.announced)


def _lessons(handover: Handover) -> Table:
    followed = any(lesson.said for lesson in handover.lessons)
    return _grouped(
        "appris",
        "Appris, sans suite",
        "Ce que l’on a appris, et la suite prévue",
        map(cells.lesson, handover.lessons),
        handover,
        ("Toutes attendent que quelqu’un leur donne une suite, ou écrive qu’il n’y en aura pas.",)
        if handover.lessons and not followed
        else (),
    )


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
        subject = "Aucun n’a" if number > 1 else "Il n’a pas"
    else:
        listed = [f"« {corpus.records[id_].title} »" for id_ in handover.uncarried]
        subject = (
            f"{french.listed(listed)} {french.agreed('n’a pas', number, 'n’ont pas')}"
            if number <= _SHORT
            else f"{french.count(number)} sur {french.count(total)} n’ont pas"
        )
    return (f"{subject} de référent écrit : à désigner, sous « referents » de la fiche.",)


def _grouped(
    id_: str,
    title: str,
    caption: str,
    pairs: Iterable[cells.Item],
    handover: Handover,
    notes: tuple[str, ...] = (),
) -> Table:
    """One line a record, with its items under it, those of most items first."""
    groups: dict[str, list[Cell]] = {}
    for record, item in pairs:
        groups.setdefault(record, []).append(cells.aged(item, handover))
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return Table(
        id_,
        title,
        caption,
        (Column("Fiche", "record"), Column("Quoi, qui, pour quand")),
        rows((names(record), Cell(under=tuple(under))) for record, under in ordered),
        notes,
    )


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
                Cell(under=tuple(map(cells.carried, each))),
                names(each[0].successor) if each[0].successor else Cell(),
            )
            for who, each in groups.items()
        ),
    )
