"""The tables of the HTML report about one part each: minutes, promises, sources, voices, upkeep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from loosbot.corpus.dates import display
from loosbot.history.git import short
from loosbot.trace.htmlcells import bullets, name, table
from loosbot.trace.model import Minutes, Promise, Report
from loosbot.trace.words import KINDS, MINUTES, ROLES, outcome, upkeep


def minutes(found: Iterable[Minutes]) -> Iterator[str]:
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
        yield '<h2 id="les-comptes-rendus">Les comptes rendus</h2>'
        names = ("Réunion", "Date", "Rendu le", "Jours", "Trimestre", "Service", "État")
        caption = "Chaque réunion qui doit un compte rendu, et le délai."
        yield from table("comptes-rendus", caption, names, (map(escape, row) for row in rows))


def promises(id_: str, title: str, found: Iterable[Promise]) -> Iterator[str]:
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
        yield f'<h2 id="les-{id_}">{title}</h2>'
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


def claims(report: Report) -> Iterator[str]:
    if not report.claims:
        return
    yield '<h2 id="les-sources">Les chiffres et leurs sources</h2>'
    heads = ("Fiche", "Énoncés", "Sans source", "Une source", "Plusieurs", "En désaccord", "Part")
    yield from table(
        "sources",
        "Combien de chiffres et d’énoncés une source couvre, fiche par fiche.",
        (*heads, "Ce qui attend une source"),
        (
            (
                escape(one.title),
                *map(
                    str,
                    (
                        one.total,
                        one.without_source,
                        one.one_source,
                        one.several_sources,
                        one.disputed,
                    ),
                ),
                f"{round(100 * (one.total - one.without_source) / one.total)}&nbsp;%",
                bullets(map(escape, one.unsourced)),
            )
            for one in report.claims
        ),
    )


def voices(report: Report) -> Iterator[str]:
    heard = [one for one in report.voices.projects if one.roles]
    if heard:
        yield '<h2 id="les-voix">Les voix</h2>'
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
            yield f"<h3>{title}</h3>{bullets(name(one, report) for one in ids)}"


def kept(report: Report) -> Iterator[str]:
    if report.upkeep:
        yield '<h2 id="l-entretien">L’entretien</h2>'
        yield from table(
            "entretien",
            "Ce qui a été fait ensemble, et les dernières nouvelles que l’on en a.",
            ("Projet", "Dernière visite", "État", "Dernières nouvelles", "Jours depuis"),
            (
                (
                    name(one.id, report),
                    escape(display(one.last_visit)),
                    escape(upkeep(one.state)),
                    escape(display(one.last_news)),
                    "" if one.days_without_news is None else str(one.days_without_news),
                )
                for one in report.upkeep
            ),
        )


def suspects(report: Report) -> Iterator[str]:
    rows = [
        (
            name(one.record, report),
            "récit" if one.kind == "recit" else "évaluation",
            f"{name(one.project, report)}, « {escape(one.field)} »",
            escape(display(one.date)),
            short(one.commit),
            ("relu : " if one.reviewed else "écrit : ") + escape(display(one.since)),
        )
        for one in report.suspects
    ]
    if rows:
        yield '<h2 id="les-relectures">À relire</h2>'
        names = ("Fiche", "Genre", "Champ qui a changé", "Le", "Version", "Dernier regard")
        caption = "Les récits et les évaluations dont le projet a changé depuis."
        yield from table("a-relire", caption, names, rows)
