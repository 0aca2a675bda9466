"""The tables of the reports, in wikitext."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loosbot.fields.site import Site
from loosbot.render.reports.cells import (
    date_cell,
    number_cell,
    record_cell,
    report_table,
    share_cell,
    stage_cell,
    text_cell,
)
from loosbot.trace.model import Minutes, Promise, Report
from loosbot.trace.stages import STAGES
from loosbot.trace.words import (
    MINUTES,
    ROLES,
    SIGNS,
    STAGE_NAMES,
    STATES,
    outcome,
    reason,
)
from loosbot.trace.words import upkeep as upkeep_word
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.encoding import Context, encode

Body = Callable[[Report, Site], str]

_LATE = ("late", "not-published", "not-dated", "unknown")


def life_lines(report: Report, site: Site) -> str:
    """The share of each stage, then one line a project."""
    legend = ", ".join(f"{SIGNS[state]} {name}" for state, name in STATES.items())
    rows = [
        [
            record_cell(one.id, site),
            *(stage_cell(stage, site) for stage in one.stages),
            text_cell(reason(one.stop)) if one.stop else ("", ""),
            text_cell(one.who),
        ]
        for one in report.records
        if one.stages
    ]
    heads = ["Projet", *(STAGE_NAMES[key].capitalize() for key in STAGES), "Arrêt", "Référent"]
    return join(
        _shares(report, "etapes/"),
        section("Projet par projet", report_table(f"Chaque étape : {legend}", heads, rows)),
    )


def minutes(report: Report, site: Site) -> str:
    """The shares in time, then the meetings, those that wait for their minutes first."""
    waiting = [one for one in report.minutes if one.status in _LATE]
    others = [one for one in report.minutes if one.status not in _LATE]
    return join(
        _shares(report, "comptes-rendus"),
        section("À rendre, ou rendus tard", _meetings("À rendre, ou rendus tard", waiting, site)),
        section("Rendus, ou à rendre bientôt", _meetings("Les autres réunions", others, site)),
    )


def promises(report: Report, site: Site) -> str:
    """The shares kept, then engagements, decisions and lessons, each with what became of it."""
    parts = [_shares(report, "engagements-tenus", "enseignements-suivis")]
    for title, kind in (
        ("Les engagements", "engagement"),
        ("Les décisions", "decision"),
        ("Les enseignements", "enseignement"),
    ):
        found = [one for one in report.promises if one.kind == kind]
        parts.append(section(title, _promises(title, found, site)))
    return join(*parts)


def claims(report: Report, site: Site) -> str:
    """The share with a source, what has none, then the counts of each record."""
    lacking = [
        [record_cell(one.id, site), text_cell(text)]
        for one in report.claims
        for text in one.unsourced
    ]
    rows = [
        [
            record_cell(one.id, site),
            *map(
                number_cell,
                (one.total, one.without_source, one.one_source, one.several_sources, one.disputed),
            ),
            share_cell(one.total - one.without_source, one.total),
        ]
        for one in report.claims
    ]
    heads = ["Fiche", "Chiffres et énoncés", "Sans source", "Une source", "Plusieurs"]
    return join(
        _shares(report, "affirmations-", "chiffres-en-desaccord"),
        section(
            "Sans source", report_table("Ce qui attend une source", ["Fiche", "Énoncé"], lacking)
        ),
        section(
            "Fiche par fiche",
            report_table(
                "Les sources de chaque fiche", [*heads, "En désaccord", "Part sourcée"], rows
            ),
        ),
    )


def voices(report: Report, site: Site) -> str:
    """The shares by role, who speaks of each project, and who never appears."""
    found = report.voices
    rows = [
        [
            record_cell(one.id, site),
            *(number_cell(one.roles.get(role, 0)) for role in ROLES),
            text_cell(", ".join(ROLES[role] for role in one.absent)),
        ]
        for one in found.projects
    ]
    heads = ["Projet", *(name.capitalize() for name in ROLES.values()), "Pas encore entendus"]
    lists = (
        ("Récits d’un seul côté", found.one_sided),
        ("Lieux dont personne ne parle", found.places_never_named),
        ("Groupes dont personne ne parle", found.groups_never_named),
    )
    return join(
        _shares(report, "voix/"),
        section(
            "Projet par projet", report_table("Voix qui parlent de chaque projet", heads, rows)
        ),
        *(
            section(title, bullets(record_cell(one, site)[0] for one in ids))
            for title, ids in lists
        ),
    )


def upkeep(report: Report, site: Site) -> str:
    """The last visit and the last news of what was made together, the oldest news first.

    Dates rather than ages: an age would change the page with every day.
    """
    told = {one.id: {gap.code for gap in one.gaps} for one in report.records}
    rows = [
        [
            record_cell(one.id, site),
            date_cell(one.last_visit),
            text_cell(upkeep_word(one.state)),
            date_cell(one.last_news),
            text_cell("plus d’un an" if "sans-nouvelles" in told.get(one.id, ()) else ""),
        ]
        for one in sorted(report.upkeep, key=lambda one: (one.last_news or "9999", one.id))
    ]
    heads = ["Projet", "Dernière visite", "État vu", "Dernières nouvelles", "Silence"]
    return section("Projet par projet", report_table("L’entretien de chaque projet", heads, rows))


def _shares(report: Report, *codes: str) -> str:
    found = [one for one in report.figures if one.code.startswith(codes)]
    rows = [
        [
            text_cell(one.label),
            number_cell(one.numerator),
            number_cell(one.denominator),
            share_cell(one.numerator, one.denominator),
            text_cell(" ; ".join(f"{stand} : {len(ids)}" for stand, ids in one.others.items())),
        ]
        for one in found
    ]
    rules = bullets(
        encode(rule, Context.LIST_ITEM) for rule in dict.fromkeys(one.rule for one in found)
    )
    heads = ["Ce qui est compté", "Nombre", "Sur", "Part", "Les autres"]
    return section("Les chiffres", report_table("Chaque part, et sur combien", heads, rows), rules)


def _meetings(caption: str, found: Sequence[Minutes], site: Site) -> str:
    rows = [
        [
            record_cell(one.id, site),
            date_cell(one.date),
            date_cell(one.published),
            text_cell("") if one.days is None else number_cell(one.days),
            text_cell(one.quarter),
            text_cell(one.service),
            text_cell(MINUTES[one.status]),
        ]
        for one in found
    ]
    heads = ["Réunion", "Date", "Rendu le", "Jours", "Trimestre", "Service", "Compte rendu"]
    return report_table(caption, heads, rows)


def _promises(caption: str, found: Sequence[Promise], site: Site) -> str:
    lesson = [one.kind == "enseignement" for one in found][:1] == [True]
    rows = [
        [
            record_cell(one.record, site),
            text_cell(one.what),
            text_cell(one.who),
            date_cell(one.due),
            text_cell(outcome(one.kind, one.outcome)),
            text_cell(one.said),
            text_cell(one.proof),
        ]
        for one in found
    ]
    told = "Suite" if lesson else "Raison ou suite"
    what = "Ce que l’on a appris" if lesson else "Quoi"
    return report_table(
        caption, ["Fiche", what, "Qui", "Pour quand", "Issue", told, "Preuve"], rows
    )
