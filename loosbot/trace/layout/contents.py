"""What the traceability report says, as tables: once, for every way of writing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from loosbot.corpus import french
from loosbot.trace.layout import waiting
from loosbot.trace.layout.tables import Cell, Column, Table, day, names, number, rows, told, words
from loosbot.trace.observed.minutes import NO_SERVICE, UNDATED
from loosbot.trace.observed.stages import STAGES
from loosbot.trace.reported import (
    Claims,
    Closing,
    Figure,
    Minutes,
    Progress,
    ProjectStop,
    RecordTrace,
    Report,
    Stage,
)
from loosbot.trace.words import (
    MINUTES,
    ROLES,
    SIGNS,
    STAGE_NAMES,
    STATES,
    order,
    quarter,
    reason,
    state,
)

WAITING = ("late", "not-published", "not-dated", "unknown")
"""Minutes that wait for somebody."""


def progress(progress: Progress) -> Table:
    """The figures that moved since an earlier day."""
    moved = [change for change in progress.figures if change.moved]
    return told(
        "chemin",
        f"Le chemin fait {french.since(progress.date)}",
        "Ce qui a changé, alors et maintenant",
        moved,
        (Column("Ce qui est compté", key="sujet"), lambda change: words(change.label)),
        (Column("Alors"), lambda change: words(change.said_before)),
        (Column("Maintenant"), lambda change: words(change.said)),
        notes=() if moved else ("Aucun des chiffres n’a changé.",),
        genre="chemin",
    )


def closings(progress: Progress) -> tuple[Table, Table]:
    """What is no longer missing since an earlier day, and what is missing since."""
    return (
        _closings("combles", "Manques comblés", progress.closed, "comblé"),
        _closings("nouveaux", "Manques nouveaux", progress.opened, "nouveau"),
    )


def _closings(id_: str, title: str, closings: Iterable[Closing], genre: str) -> Table:
    closings = tuple(closings)
    return told(
        id_,
        title,
        title,
        closings,
        (Column("Fiche", "record"), _closing),
        notes=() if closings else ("Aucun.",),
        genre=genre,
    )


def _closing(closing: Closing) -> Cell:
    text = f"{closing.what} ({closing.count} fois)" if closing.count > 1 else closing.what
    parts = {"sujet": closing.code, "etat": str(closing.count), "message": closing.what}
    return Cell(record=closing.record, under=(Cell(text, parts=parts),))


def shares(report: Report, *codes: str) -> list[Figure]:
    """Those that are of anything. Of a share by quarter or by service, only those of which
    something is known, and that are not the whole once more: the only service, the only quarter.
    """
    wholes = {figure.code: figure.among for figure in report.figures if "/" not in figure.code}
    return [
        figure
        for figure in report.figures
        if figure.denominator
        and figure.code.startswith(codes or ("",))
        and (
            "/" not in figure.code
            or (figure.known and wholes.get(figure.code.partition("/")[0]) != figure.among)
        )
    ]


def figures(report: Report, *codes: str, lists: bool = True) -> Table:
    """Each share that says something, and who stands behind it; its rules once, under it."""
    shown = shares(report, *codes)
    behind = Column("Fiche par fiche" if lists else "Les autres", apart="fiche du chiffre")
    return told(
        "chiffres",
        "Les chiffres",
        "Chaque compte, et parmi quoi",
        shown,
        (Column("Ce qui est compté", key="sujet"), lambda figure: words(figure.label)),
        (Column("Compte", key="etat"), lambda figure: words(figure.said)),
        (behind, lambda figure: _behind(figure, lists=lists)),
        notes=tuple(dict.fromkeys(figure.rule for figure in shown)),
        genre="chiffre",
    )


def _behind(figure: Figure, *, lists: bool) -> Cell:
    if lists:
        return Cell(lists={stand: ids for stand, ids in figure.standing.items() if ids})
    others = [f"{stand} : {len(ids)}" for stand, ids in figure.others.items()]
    if not figure.known and len(others) == 1:
        # the count already says that all are unknown
        return Cell()
    return words(" ; ".join(others))


def life_lines(records: Iterable[RecordTrace], *, followed: bool = False) -> Table:
    """One line a project, one column a stage; who follows it where that is asked for."""
    traced = [record for record in records if record.stages]
    stages = (Column(STAGE_NAMES[key].capitalize(), "state", apart="étape") for key in STAGES)
    return Table(
        "fil",
        "Le fil des projets",
        "Ce que l’on sait de chaque étape",
        (
            Column("Projet", "record"),
            *stages,
            Column("Arrêt", apart="arrêt"),
            Column("Qui suit", key="qui"),
        ),
        rows(
            (
                names(trace.id),
                *map(_stage, trace.stages),
                _stop(trace.stop),
                words(trace.who if followed else ""),
            )
            for trace in traced
        ),
        genre="projet",
    )


def _stop(stop: ProjectStop | None) -> Cell:
    """Why a project ended; a spreadsheet has when, and by which sources, too."""
    if stop is None:
        return Cell()
    why = reason(stop)
    parts = {"sujet": "arrêt", "etat": STATES[stop.state], "date": stop.date, "message": why}
    return Cell(why, parts={**parts, "sources": " ; ".join(stop.sources)})


@lru_cache(maxsize=1 << 12)
def _stage(stage: Stage) -> Cell:
    """The sign and the word, then the date and what proves it."""
    under = [day(stage.date)] if stage.date else []
    under += map(names, stage.sources)
    under += [words(f"cherché sans trouver : {place}") for place in stage.looked]
    parts = {
        "sujet": STAGE_NAMES[stage.stage],
        "etat": state(stage),
        "date": stage.date,
        "sources": " ; ".join(stage.sources),
        "message": f"cherché sans trouver : {' ; '.join(stage.looked)}" if stage.looked else "",
    }
    return Cell(
        state(stage), state=stage.state, sign=SIGNS[state(stage)], under=tuple(under), parts=parts
    )


def meetings(meetings: Iterable[Minutes]) -> Table:
    """Every meeting that owes minutes."""
    return told(
        "comptes-rendus",
        "Les comptes rendus",
        "Les réunions qui doivent un compte rendu",
        meetings,
        (Column("Réunion", "record"), lambda owed: names(owed.id)),
        (Column("Date", "date", "date"), lambda owed: day(owed.date)),
        (Column("Rendu le", "date"), lambda owed: day(owed.published)),
        (Column("Délai", "number"), lambda owed: number(owed.days, "jour")),
        (
            Column("Trimestre", key="sujet"),
            lambda owed: words("" if owed.quarter == UNDATED else quarter(owed.quarter)),
        ),
        (
            Column("Service", key="qui"),
            lambda owed: words("" if owed.service == NO_SERVICE else owed.service),
        ),
        (Column("Compte rendu", key="etat"), lambda owed: words(MINUTES[owed.status])),
        genre="compte rendu",
    )


def _has_one_source_each(claim: Claims) -> bool:
    return claim.one_source == claim.total and not claim.disputed


def claims(report: Report) -> Table:
    """The records whose claims are not all alike; the others are one sentence."""
    alike = [claim for claim in report.claims if _has_one_source_each(claim)]
    others = [claim for claim in report.claims if not _has_one_source_each(claim)]
    total = sum(claims.total for claims in alike)
    notes: tuple[str, ...] = ()
    if alike:
        subject = "Les autres énoncés" if others else "Les chiffres et les énoncés"
        notes = (
            f"{subject} ({french.counted(total, 'énoncé')} sur "
            f"{french.counted(len(alike), 'fiche')}) ont chacun une source, et une seule.",
        )
    return told(
        "sources",
        "Les chiffres et leurs sources",
        "Les fiches dont un énoncé attend une source, en a plusieurs, ou est contredit",
        others,
        (Column("Fiche", "record"), lambda other: names(other.id)),
        (Column("Ce qu’il en est", key="etat"), lambda other: words(" ; ".join(_standing(other)))),
        (
            Column("Ce qui attend une source", key="message"),
            lambda other: Cell(under=tuple(map(words, other.unsourced))),
        ),
        notes=notes,
        genre="sources",
    )


def _standing(claims: Claims) -> Iterator[str]:
    """How the claims of a record are backed, in words; counts of zero are left out."""
    if claims.without_source:
        yield f"{claims.without_source} sur {french.counted(claims.total, 'énoncé')} sans source"
    if claims.several_sources:
        backed = french.agreed(
            "a plusieurs sources", claims.several_sources, "ont plusieurs sources"
        )
        yield f"{french.counted(claims.several_sources, 'énoncé')} {backed}"
    if claims.disputed:
        yield "contredit par un autre chiffre"


def voices(report: Report) -> Table:
    """Who speaks of each project that has voices; the number of the others."""
    speaking = [project for project in report.voices.projects if project.roles]
    silent = len(report.voices.projects) - len(speaking)
    notes = []
    if silent:
        projects = f"Sur les {french.count(silent)} autres projets"
        if silent == 1:
            projects = "Sur l’autre projet"
        if not speaking:
            projects = f"Sur {french.counted(silent, 'projet')}"
        notes.append(f"{projects}, aucune voix n’est encore recueillie.")
    return Table(
        "voix",
        "Les voix",
        "Combien de voix parlent de chaque projet, et qui l’on n’a pas encore entendu",
        (
            Column("Projet", "record"),
            *(Column(name.capitalize(), "number", apart="voix") for name in ROLES.values()),
            Column("Pas encore entendus"),
        ),
        rows(
            (
                names(speakers.id),
                *(_heard(speakers.roles.get(role), name) for role, name in ROLES.items()),
                words(french.listed(ROLES[role] for role in speakers.absent)),
            )
            for speakers in speaking
        ),
        tuple(notes),
        genre="voix",
    )


def _heard(count: int | None, role: str) -> Cell:
    parts = {"sujet": role, "etat": str(count)} if count else {}
    return replace(number(count), parts=parts)


def silences(report: Report) -> Iterator[Table]:
    """Récits, places and groups that lack voices, a list each."""
    voices = report.voices
    groups = "Groupes d’habitants que personne n’a encore fait parler"
    for id_, title, ids in (
        ("un-cote", "Récits d’un seul côté", voices.one_sided),
        ("lieux-tus", "Lieux dont personne ne parle", voices.places_never_named),
        ("groupes-tus", groups, voices.groups_never_named),
    ):
        yield told(id_, title, title, ids, (Column("Fiche", "record"), names), genre=title.lower())


def tables(report: Report) -> Iterator[Table]:
    """Every part but the gaps, in the order of the report."""
    records = sorted(report.records, key=order)
    promised = [promise for promise in report.promises if promise.kind != "enseignement"]
    learnt = [promise for promise in report.promises if promise.kind == "enseignement"]
    if report.progress is not None:
        yield progress(report.progress)
    yield figures(report)
    yield life_lines(records)
    yield meetings(report.minutes)
    yield waiting.promises("promesses", "Les promesses", promised)
    yield waiting.promises("enseignements", "Les enseignements et leur suite", learnt, kinds=False)
    yield waiting.announcements(report.announced, judged=bool(report.date))
    yield waiting.expected(report.announced, judged=bool(report.date))
    yield claims(report)
    yield voices(report)
    yield waiting.kept(report.upkeep, waiting.silent_of(report))
    yield waiting.unheard(report.upkeep)
    yield waiting.suspects(report)
