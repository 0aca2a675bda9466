"""The tables of the HTML report, one function a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from loosbot.corpus.dates import display
from loosbot.history.git import short
from loosbot.trace.model import (
    Figure,
    Gap,
    Minutes,
    Progress,
    Promise,
    RecordTrace,
    Report,
    Stage,
    Suspect,
)
from loosbot.trace.stages import STAGES
from loosbot.trace.words import (
    KINDS,
    MINUTES,
    ROLES,
    SEVERITIES,
    SIGNS,
    STAGE_NAMES,
    STATES,
    outcome,
    upkeep,
)


def parts(report: Report) -> Iterator[str]:
    """Every part that has something to say, as lines of HTML."""
    titles = {one.id: one.title for one in report.records}
    yield from _progress(report.progress)
    yield from _figures(report.figures)
    yield from _grid(report.records)
    yield from _gaps(report.records)
    yield from _minutes(report.minutes)
    promises = [one for one in report.promises if one.kind != "enseignement"]
    yield from _promises("promesses", "Les promesses", promises)
    lessons = [one for one in report.promises if one.kind == "enseignement"]
    yield from _promises("enseignements", "Les enseignements et leur suite", lessons)
    yield from _claims(report)
    yield from _voices(report)
    yield from _upkeep(report, titles)
    yield from _suspects(report.suspects)


def table(
    id_: str, caption: str, names: Iterable[str], rows: Iterable[Iterable[str]]
) -> Iterator[str]:
    """A table whose rows begin with their header; cells are HTML already."""
    yield from _start(id_, caption, names)
    for first, *cells in rows:
        yield _row(first, cells)
    yield "</tbody></table></div>"


def _start(id_: str, caption: str, names: Iterable[str]) -> Iterator[str]:
    # a region that scrolls must be reachable by the keyboard (WCAG 2.1.1)
    yield (
        f'<div class="scroll" role="region" aria-labelledby="{id_}-titre" tabindex="0">'
        f'<table id="{id_}"><caption id="{id_}-titre">{escape(caption)}</caption>'
    )
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    yield f"<thead><tr>{cells}</tr></thead><tbody>"


def _row(first: str, cells: Iterable[str], attributes: str = "") -> str:
    rest = "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells)
    return f'<tr{attributes}><th scope="row">{first}</th>{rest}</tr>'


def _progress(progress: Progress | None) -> Iterator[str]:
    if progress is None:
        return
    yield f"<h2>Le chemin fait depuis le {escape(display(progress.date))}</h2>"
    yield from table(
        "chemin",
        "Chaque part, alors et maintenant.",
        ("Ce qui est compté", "Alors", "Maintenant"),
        (
            (
                escape(one.label),
                f"{one.numerator_before} sur {one.denominator_before}",
                f"{one.numerator} sur {one.denominator}",
            )
            for one in progress.figures
        ),
    )
    for title, closings in (
        ("Manques comblés", progress.closed),
        ("Manques nouveaux", progress.opened),
    ):
        yield f"<h3>{title}</h3>"
        listed = "".join(
            f"<li>{escape(one.record)} : {escape(one.code)} ({one.count})</li>" for one in closings
        )
        yield f"<ul>{listed}</ul>" if listed else "<p>Aucun.</p>"


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    yield "<h2>Les chiffres</h2>"
    yield from table(
        "chiffres",
        "Chaque part, et comment elle est comptée.",
        ("Ce qui est compté", "Nombre", "Sur", "Règle et fiches"),
        (
            (escape(one.label), str(one.numerator), str(one.denominator), _rule(one))
            for one in figures
        ),
    )


def _rule(one: Figure) -> str:
    counted = ", ".join(one.counted) or "aucune"
    among = ", ".join(one.among) or "aucune"
    # a reader hears the links and summaries of a page without what stands around them
    name = f'<span class="lu"> : {escape(one.label)}</span>'
    return (
        f"<details><summary>Voir la règle{name}</summary><p>{escape(one.rule)}</p>"
        f"<p>Comptées : {escape(counted)}.</p><p>Parmi : {escape(among)}.</p></details>"
    )


def _grid(records: Iterable[RecordTrace]) -> Iterator[str]:
    legend = ", ".join(f"{SIGNS[state]} {name}" for state, name in STATES.items())
    yield "<h2>Le fil des projets</h2>"
    yield from table(
        "fil",
        f"Ce que l’on sait de chaque étape : {legend}.",
        ("Projet", *(STAGE_NAMES[key].capitalize() for key in STAGES), "Arrêt"),
        (
            (
                escape(one.title),
                *map(_cell, one.stages),
                "" if one.stop is None else escape(one.stop.reason or "raison non écrite"),
            )
            for one in records
            if one.stages
        ),
    )


def _cell(stage: Stage) -> str:
    proofs = " ; ".join(stage.sources)
    said = "".join(
        f"<small>{escape(text)}</small>" for text in (display(stage.date), proofs) if text
    )
    return f'<td class="{stage.state}">{SIGNS[stage.state]}&nbsp;{STATES[stage.state]}{said}</td>'


def _gaps(records: Iterable[RecordTrace]) -> Iterator[str]:
    options = "".join(f'<option value="{key}">{name}</option>' for key, name in SEVERITIES.items())
    yield (
        "<h2>Ce qui reste à combler</h2>\n"
        '<form id="filtre" role="search" hidden><div><label for="mots">Mots à chercher</label>'
        '<input id="mots" type="search"></div><div><label for="gravite">Gravité</label>'
        f'<select id="gravite"><option value="">toutes</option>{options}</select></div>'
        '<p role="status" id="compte"></p></form>'
    )
    names = ("Fiche", "Gravité", "Ce qui manque", "Depuis", "À faire", "Qui", "Fichier")
    caption = "Un manque par ligne, avec ce qui le comble et le fichier."
    yield from _start("manques", caption, names)
    for one in records:
        for gap in one.gaps:
            yield _gap(one, gap)
    yield "</tbody></table></div>"


def _gap(record: RecordTrace, gap: Gap) -> str:
    cells = (SEVERITIES[gap.severity], gap.message, display(gap.since), gap.todo, gap.who)
    place = f"<code>{escape(gap.path)}:{gap.line}</code>"
    return _row(
        escape(record.title),
        [*map(escape, cells), place],
        f' data-gravite="{gap.severity}"',
    )


def _minutes(found: Iterable[Minutes]) -> Iterator[str]:
    rows = [
        (
            one.title,
            display(one.date),
            display(one.published),
            "" if one.days is None else str(one.days),
            one.quarter,
            one.service,
            MINUTES[one.status],
        )
        for one in found
    ]
    if rows:
        yield "<h2>Les comptes rendus</h2>"
        names = ("Réunion", "Date", "Rendu le", "Jours", "Trimestre", "Service", "État")
        caption = "Chaque réunion qui doit un compte rendu, et le délai."
        yield from table("comptes-rendus", caption, names, (map(escape, row) for row in rows))


def _promises(id_: str, title: str, found: Iterable[Promise]) -> Iterator[str]:
    rows = [
        (
            one.title,
            KINDS[one.kind],
            one.who,
            one.what,
            display(one.due),
            outcome(one.kind, one.outcome),
            one.said,
            one.proof,
        )
        for one in found
    ]
    if rows:
        yield f"<h2>{title}</h2>"
        names = (
            "Fiche",
            "Genre",
            "Qui",
            "Quoi",
            "Pour quand",
            "Issue",
            "Raison ou suite",
            "Preuve",
        )
        caption = f"{title} : qui a dit quoi, pour quand, et ce que c’est devenu."
        yield from table(id_, caption, names, (map(escape, row) for row in rows))


def _claims(report: Report) -> Iterator[str]:
    lacking = [one for one in report.claims if one.unsourced]
    if lacking:
        yield "<h2>Sans source</h2>"
        yield from table(
            "sans-source",
            "Les chiffres et les énoncés qu’aucune source ne couvre.",
            ("Fiche", "Ce qui est dit", "Sans source", "Sur"),
            (
                (
                    escape(one.title),
                    f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in one.unsourced)}</ul>",
                    str(one.without_source),
                    str(one.total),
                )
                for one in lacking
            ),
        )


def _voices(report: Report) -> Iterator[str]:
    heard = [one for one in report.voices.projects if one.roles]
    if heard:
        yield "<h2>Les voix</h2>"
        yield from table(
            "voix",
            "Combien de voix parlent de chaque projet que quelqu’un raconte.",
            ("Projet", *(name.capitalize() for name in ROLES.values())),
            (
                (escape(one.title), *(str(one.roles.get(role, 0)) for role in ROLES))
                for one in heard
            ),
        )
    for title, ids in (
        ("Récits d’un seul côté", report.voices.one_sided),
        ("Lieux dont personne ne parle", report.voices.places_never_named),
        ("Groupes dont personne ne parle", report.voices.groups_never_named),
    ):
        if ids:
            items = "".join(f"<li>{escape(one)}</li>" for one in ids)
            yield f"<h3>{title}</h3><ul>{items}</ul>"


def _upkeep(report: Report, titles: dict[str, str]) -> Iterator[str]:
    if report.upkeep:
        yield "<h2>L’entretien</h2>"
        yield from table(
            "entretien",
            "Ce qui a été fait ensemble, et les dernières nouvelles que l’on en a.",
            ("Projet", "Dernière visite", "État", "Dernières nouvelles", "Jours depuis"),
            (
                (
                    escape(titles.get(one.id, one.id)),
                    escape(display(one.last_visit)),
                    escape(upkeep(one.state)),
                    escape(display(one.last_news)),
                    "" if one.days_without_news is None else str(one.days_without_news),
                )
                for one in report.upkeep
            ),
        )


def _suspects(found: Iterable[Suspect]) -> Iterator[str]:
    rows = [
        (
            one.record,
            "récit" if one.kind == "recit" else "évaluation",
            f"{one.project}, « {one.field} »",
            display(one.date),
            short(one.commit),
            ("relu : " if one.reviewed else "écrit : ") + display(one.since),
        )
        for one in found
    ]
    if rows:
        yield "<h2>À relire</h2>"
        names = ("Fiche", "Genre", "Champ qui a changé", "Le", "Version", "Dernier regard")
        caption = "Les récits et les évaluations dont le projet a changé depuis."
        yield from table("a-relire", caption, names, (map(escape, row) for row in rows))
