"""The tables of the reports, in wikitext."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from loosbot.corpus.dates import display
from loosbot.corpus.links import source_id
from loosbot.render.blocks import bullets, join, section, table
from loosbot.render.collation import date_key, sort_key
from loosbot.render.site import Site
from loosbot.render.wikitext import Context, encode
from loosbot.trace.model import Minutes, Promise, Report, Stage
from loosbot.trace.rules import Rules
from loosbot.trace.stages import STAGES
from loosbot.trace.words import (
    MINUTES,
    ROLES,
    SEVERITIES,
    SIGNS,
    STAGE_NAMES,
    STATES,
    outcome,
)
from loosbot.trace.words import upkeep as upkeep_word

Body = Callable[[Report, Site], str]
Cell = tuple[str, str]
"""Wikitext of a cell, and what it is sorted by ("" for its own text)."""

_TOPICS = {
    "rapport/fil": (*STAGES, "arret"),
    "rapport/comptes-rendus": ("compte-rendu", "compte-rendu-consultation"),
    "rapport/promesses": ("engagement", "decision", "enseignement"),
    "rapport/sources": ("chiffre",),
    "rapport/voix": ("voix", "presence"),
    "rapport/entretien": ("entretien", "nouvelles"),
}
"""The gaps that each report tells. Those about persons belong to none."""
_OF_ONE = re.compile(r"\s*[(:][^{(:]*(?::[^{(:]*)?\{.*")
_LATE = ("late", "not-published", "not-dated", "unknown")


def life_lines(report: Report, site: Site) -> str:
    """The share of each stage, then one line a project."""
    legend = ", ".join(f"{SIGNS[state]} {name}" for state, name in STATES.items())
    rows = [
        [
            _record(one.id, site),
            *(_stage(stage, site) for stage in one.stages),
            _text(one.stop.reason or "raison non écrite") if one.stop else ("", ""),
            _text(one.who),
        ]
        for one in report.records
        if one.stages
    ]
    heads = ["Projet", *(STAGE_NAMES[key].capitalize() for key in STAGES), "Arrêt", "Référent"]
    return join(
        _shares(report, "etapes/"),
        section("Projet par projet", _table(f"Chaque étape : {legend}", heads, rows)),
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
        [_record(one.id, site), _text(text)] for one in report.claims for text in one.unsourced
    ]
    rows = [
        [
            _record(one.id, site),
            *map(
                _number,
                (one.total, one.without_source, one.one_source, one.several_sources, one.disputed),
            ),
            _share_cell(one.total - one.without_source, one.total),
        ]
        for one in report.claims
    ]
    heads = ["Fiche", "Chiffres et énoncés", "Sans source", "Une source", "Plusieurs"]
    return join(
        _shares(report, "affirmations-sourcees"),
        section("Sans source", _table("Ce qui attend une source", ["Fiche", "Énoncé"], lacking)),
        section(
            "Fiche par fiche",
            _table("Les sources de chaque fiche", [*heads, "En désaccord", "Part sourcée"], rows),
        ),
    )


def voices(report: Report, site: Site) -> str:
    """The shares by role, who speaks of each project, and who never appears."""
    found = report.voices
    rows = [
        [
            _record(one.id, site),
            *(_number(one.roles.get(role, 0)) for role in ROLES),
            _text(", ".join(ROLES[role] for role in one.absent)),
        ]
        for one in found.projects
    ]
    heads = ["Projet", *(name.capitalize() for name in ROLES.values()), "Pas encore entendus"]
    lists = (
        ("Récits d'un seul côté", found.one_sided),
        ("Lieux dont personne ne parle", found.places_never_named),
        ("Groupes dont personne ne parle", found.groups_never_named),
    )
    return join(
        _shares(report, "voix/"),
        section("Projet par projet", _table("Voix qui parlent de chaque projet", heads, rows)),
        *(section(title, bullets(_record(one, site)[0] for one in ids)) for title, ids in lists),
    )


def upkeep(report: Report, site: Site) -> str:
    """The last visit and the last news of what was made together, the oldest news first.

    Dates rather than ages: an age would change the page with every day.
    """
    told = {one.id: {gap.code for gap in one.gaps} for one in report.records}
    rows = [
        [
            _record(one.id, site),
            _date(one.last_visit),
            _text(upkeep_word(one.state)),
            _date(one.last_news),
            _text("plus d'un an" if "sans-nouvelles" in told.get(one.id, ()) else ""),
        ]
        for one in sorted(report.upkeep, key=lambda one: (one.last_news or "9999", one.id))
    ]
    heads = ["Projet", "Dernière visite", "État vu", "Dernières nouvelles", "Silence"]
    return section("Projet par projet", _table("L'entretien de chaque projet", heads, rows))


def how_to_complete(report: Report, id_: str, rules: Rules) -> str:
    """One line a rule: what is missing how many times, why it matters, what to write, who can."""
    count = Counter(gap.code for one in report.records for gap in one.gaps)
    rows = [
        [
            # what is said of one record alone comes after a colon, or in parentheses
            _text(_OF_ONE.sub("", rule.message)),
            _number(count[rule.code]),
            _text(SEVERITIES[rule.severity]),
            _text(rule.why),
            _text(rule.todo),
            _text(rule.section),
        ]
        for rule in rules.all
        if count[rule.code] and rule.topic in _TOPICS[id_]
    ]
    heads = ["Ce qui manque", "Fois", "Gravité", "Pourquoi cela compte", "Comment compléter"]
    return section(
        "Comment compléter",
        _table("Ce qui manque, et comment y remédier", [*heads, "Référentiel, section"], rows),
    )


def _shares(report: Report, *codes: str) -> str:
    found = [one for one in report.figures if one.code.startswith(codes)]
    rows = [
        [
            _text(one.label),
            _number(one.numerator),
            _number(one.denominator),
            _share_cell(one.numerator, one.denominator),
        ]
        for one in found
    ]
    rules = bullets(
        encode(rule, Context.LIST_ITEM) for rule in dict.fromkeys(one.rule for one in found)
    )
    heads = ["Ce qui est compté", "Nombre", "Sur", "Part"]
    return section("Les chiffres", _table("Chaque part, et sur combien", heads, rows), rules)


def _meetings(caption: str, found: Sequence[Minutes], site: Site) -> str:
    rows = [
        [
            _record(one.id, site),
            _date(one.date),
            _date(one.published),
            _text("") if one.days is None else _number(one.days),
            _text(one.quarter),
            _text(one.service),
            _text(MINUTES[one.status]),
        ]
        for one in found
    ]
    heads = ["Réunion", "Date", "Rendu le", "Jours", "Trimestre", "Service", "Compte rendu"]
    return _table(caption, heads, rows)


def _promises(caption: str, found: Sequence[Promise], site: Site) -> str:
    lesson = [one.kind == "enseignement" for one in found][:1] == [True]
    rows = [
        [
            _record(one.record, site),
            _text(one.what),
            _text(one.who),
            _date(one.due),
            _text(outcome(one.kind, one.outcome)),
            _text(one.said),
            _text(one.proof),
        ]
        for one in found
    ]
    told = "Suite" if lesson else "Raison ou suite"
    what = "Ce que l'on a appris" if lesson else "Quoi"
    return _table(caption, ["Fiche", what, "Qui", "Pour quand", "Issue", told, "Preuve"], rows)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A sortable table; "" where it would have no line."""
    if not rows:
        return ""
    return table(
        caption,
        heads,
        [[text for text, _ in row] for row in rows],
        sortable=True,
        keys=[[key for _, key in row] for row in rows],
    )


def _record(id_: str, site: Site) -> Cell:
    return str(site.names.link_or_text(id_, Context.CELL)), sort_key(site.names.label(id_))


def _stage(stage: Stage, site: Site) -> Cell:
    """The sign and the word, then the date and the proofs of what is attested."""
    said = [f"{SIGNS[stage.state]} {STATES[stage.state]}"]
    if stage.date:
        said.append(encode(display(stage.date), Context.CELL))
    said += (f"<small>{_proof(one, site)}</small>" for one in stage.sources)
    return "<br>".join(said), ""


def _proof(reference: str, site: Site) -> str:
    """A record, a passage of a source as the record names it, or a proof in words."""
    link = site.names.link(reference) or site.names.link(source_id(reference), reference)
    return str(link or encode(reference, Context.CELL))


def _text(text: str) -> Cell:
    return encode(text, Context.CELL), ""


def _number(number: int) -> Cell:
    return str(number), ""


def _date(text: str) -> Cell:
    return (encode(display(text), Context.CELL), date_key(text)) if text else ("", "")


def _share_cell(numerator: int, denominator: int) -> Cell:
    if not denominator:
        return "", ""
    return f"{round(100 * numerator / denominator)} %", f"{numerator / denominator:.4f}"
