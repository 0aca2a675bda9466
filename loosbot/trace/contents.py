"""What the traceability report says, as tables: once, for every way of writing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loosbot.corpus import french
from loosbot.trace import waiting
from loosbot.trace.minutes import NO_SERVICE, UNDATED
from loosbot.trace.model import (
    Claims,
    Figure,
    Minutes,
    RecordTrace,
    Report,
    Stage,
)
from loosbot.trace.stages import STAGES
from loosbot.trace.tables import (
    Cell,
    Column,
    Table,
    day,
    names,
    number,
    rows,
    words,
)
from loosbot.trace.words import (
    MINUTES,
    ROLES,
    SIGNS,
    STAGE_NAMES,
    STATES,
    order,
    reason,
    state,
)

WAITING = ("late", "not-published", "not-dated", "unknown")
"""Minutes that wait for somebody."""


def progress(report: Report) -> Table:
    """The figures that moved since an earlier day."""
    progress = report.progress
    moved = [
        (words(one.label), words(before), words(now))
        for one in (progress.figures if progress else ())
        for before, now in [
            (
                f"{one.numerator_before} sur {one.denominator_before}",
                f"{one.numerator} sur {one.denominator}",
            )
        ]
        if before != now
    ]
    since = french.since(progress.date) if progress else ""
    return Table(
        "chemin",
        f"Le chemin fait {since}",
        "Ce qui a changé, alors et maintenant",
        (Column("Ce qui est compté"), Column("Alors"), Column("Maintenant")),
        rows(moved),
        () if moved else ("Aucun des chiffres n’a changé.",),
    )


def figures(report: Report, *codes: str, lists: bool = True) -> Table:
    """Each share that says something, and who stands behind it; its rules once, under it.

    Of a share by quarter or by service, only those of which something is known.
    """
    found = [
        one
        for one in report.figures
        if one.code.startswith(codes or ("",)) and (one.known or "/" not in one.code)
    ]
    return Table(
        "chiffres",
        "Les chiffres",
        "Chaque compte, et parmi quoi",
        (
            Column("Ce qui est compté"),
            Column("Compte"),
            Column("Fiche par fiche" if lists else "Les autres"),
        ),
        rows(
            (words(one.label), words(one.said), _behind(one, lists=lists))
            for one in found
            if one.denominator
        ),
        tuple(dict.fromkeys(one.rule for one in found if one.denominator)),
    )


def _behind(figure: Figure, *, lists: bool) -> Cell:
    groups = {"comptés": figure.counted, **figure.others}
    if lists:
        return Cell(lists={stand: ids for stand, ids in groups.items() if ids})
    others = [f"{stand} : {len(ids)}" for stand, ids in figure.others.items()]
    return words(" ; ".join(others))


def life_lines(records: Iterable[RecordTrace], *, followed: bool = False) -> Table:
    """One line a project, one column a stage; who follows it where that is asked for."""
    legend = ", ".join(f"{SIGNS[key]} {name}" for key, name in STATES.items())
    told = [one for one in records if one.stages]
    stages = (Column(STAGE_NAMES[key].capitalize(), "state") for key in STAGES)
    return Table(
        "fil",
        "Le fil des projets",
        f"Ce que l’on sait de chaque étape : {legend}",
        (Column("Projet", "record"), *stages, Column("Arrêt"), Column("Qui suit")),
        rows(
            (
                names(one.id),
                *map(_stage, one.stages),
                words(reason(one.stop) if one.stop else ""),
                words(one.who if followed else ""),
            )
            for one in told
        ),
    )


def _stage(stage: Stage) -> Cell:
    """The sign and the word, then the date and what proves it."""
    under = [day(stage.date)] if stage.date else []
    under += map(names, stage.sources)
    under += [words(f"cherché sans trouver : {one}") for one in stage.looked]
    said = f"{SIGNS[stage.state]} {state(stage)}"
    return Cell(said, state=stage.state, under=tuple(under))


def meetings(found: Iterable[Minutes]) -> Table:
    """Every meeting that owes minutes."""
    return Table(
        "comptes-rendus",
        "Les comptes rendus",
        "Les réunions qui doivent un compte rendu",
        (
            Column("Réunion", "record"),
            Column("Date", "date"),
            Column("Rendu le", "date"),
            Column("Délai", "number"),
            Column("Trimestre"),
            Column("Service"),
            Column("Compte rendu"),
        ),
        rows(
            (
                names(one.id),
                day(one.date),
                day(one.published),
                number(one.days, "jour"),
                words("" if one.quarter == UNDATED else one.quarter),
                words("" if one.service == NO_SERVICE else one.service),
                words(MINUTES[one.status]),
            )
            for one in found
        ),
    )


def claims(report: Report) -> Table:
    """The records whose claims are not all alike; the others are one sentence."""
    alike = [one for one in report.claims if one.one_source == one.total and not one.disputed]
    others = [one for one in report.claims if one not in alike]
    total = sum(one.total for one in alike)
    notes: tuple[str, ...] = ()
    if alike:
        which = "Les autres énoncés" if others else "Les chiffres et les énoncés"
        notes = (
            f"{which} ({french.counted(total, 'énoncé')} sur "
            f"{french.counted(len(alike), 'fiche')}) ont chacun une source, et une seule.",
        )
    return Table(
        "sources",
        "Les chiffres et leurs sources",
        "Les fiches dont un énoncé attend une source, en a plusieurs, ou est contredit",
        (
            Column("Fiche", "record"),
            Column("Ce qu’il en est"),
            Column("Ce qui attend une source"),
        ),
        rows(
            (
                names(one.id),
                words(" ; ".join(_standing(one))),
                Cell(under=tuple(map(words, one.unsourced))),
            )
            for one in others
        ),
        notes,
    )


def _standing(one: Claims) -> Iterator[str]:
    """How the claims of a record are backed, in words, without what there is none of."""
    if one.without_source:
        yield f"{one.without_source} sur {french.counted(one.total, 'énoncé')} sans source"
    if one.several_sources:
        said = french.agreed("a plusieurs sources", one.several_sources, "ont plusieurs sources")
        yield f"{french.counted(one.several_sources, 'énoncé')} {said}"
    if one.disputed:
        yield "contredit par un autre chiffre"


def voices(report: Report) -> Table:
    """Who speaks of each project that somebody tells; of the others, how many."""
    heard = [one for one in report.voices.projects if one.roles]
    silent = len(report.voices.projects) - len(heard)
    notes = []
    if silent:
        which = "De l’autre projet" if silent == 1 else f"Des {french.count(silent)} autres projets"
        if not heard:
            which = f"Sur {french.counted(silent, 'projet')}"
        notes.append(f"{which}, aucune voix n’est encore recueillie.")
    return Table(
        "voix",
        "Les voix",
        "Combien de voix parlent de chaque projet, et qui l’on n’a pas encore entendu",
        (
            Column("Projet", "record"),
            *(Column(name.capitalize(), "number") for name in ROLES.values()),
            Column("Pas encore entendus"),
        ),
        rows(
            (
                names(one.id),
                *(number(one.roles.get(role)) for role in ROLES),
                words(french.listed(ROLES[role] for role in one.absent)),
            )
            for one in heard
        ),
        tuple(notes),
    )


def silences(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Titled lists of récits, places and groups, by their ids."""
    found = report.voices
    groups = "Groupes d’habitants que personne n’a encore fait parler"
    return {
        "Récits d’un seul côté": found.one_sided,
        "Lieux dont personne ne parle": found.places_never_named,
        groups: found.groups_never_named,
    }


def tables(report: Report) -> Iterator[Table]:
    """Every part but the gaps, in the order of the report."""
    records = sorted(report.records, key=order)
    made = [one for one in report.promises if one.kind != "enseignement"]
    learnt = [one for one in report.promises if one.kind == "enseignement"]
    if report.progress is not None:
        yield progress(report)
    yield figures(report)
    yield life_lines(records)
    yield meetings(report.minutes)
    yield waiting.promises("promesses", "Les promesses", made)
    yield waiting.promises("enseignements", "Les enseignements et leur suite", learnt, kinds=False)
    yield waiting.announcements(report.announced)
    yield claims(report)
    yield voices(report)
    yield waiting.kept(report.upkeep, waiting.silent_of(report))
    yield waiting.suspects(report)
