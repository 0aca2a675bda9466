"""What is missing, on the pages of the reports: why it matters, then record by record what to do.

The line in the file is left out: it would change the page with every edit above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from loosbot.render.blocks import join, section
from loosbot.render.reportcells import (
    Cell,
    date_cell,
    number_cell,
    record_cell,
    report_table,
    text_cell,
)
from loosbot.render.site import Site
from loosbot.render.wikitext import Context, encode
from loosbot.trace.model import Gap, Report
from loosbot.trace.rules import Rules
from loosbot.trace.stages import STAGES
from loosbot.trace.words import SEVERITIES

_TOPICS: Mapping[str, tuple[str, ...]] = {
    "rapport/fil": (*STAGES, "arret"),
    "rapport/comptes-rendus": ("compte-rendu", "compte-rendu-consultation"),
    "rapport/promesses": ("engagement", "decision", "enseignement"),
    "rapport/sources": ("chiffre",),
    "rapport/voix": ("voix", "presence"),
    "rapport/entretien": ("entretien", "nouvelles"),
}
"""The gaps that each report tells. Those about persons belong to none."""
_LONGEST = 500
"""Lines of a list, the most serious first: a page of a wiki holds 2 MiB, and a reader less."""


def gaps(report: Report, id_: str, rules: Rules, site: Site) -> str:
    """One line a rule, then one line a gap, which ends with what to do and the file to open."""
    told = [rule for rule in rules.all if rule.topic in _TOPICS[id_]]
    codes = {rule.code for rule in told}
    found = sorted(
        ((one.id, gap) for one in report.records for gap in one.gaps if gap.code in codes),
        key=lambda pair: list(SEVERITIES).index(pair[1].severity),
    )
    count = Counter(gap.code for _, gap in found)
    why = [
        [
            text_cell(rule.what),
            number_cell(count[rule.code]),
            text_cell(SEVERITIES[rule.severity]),
            text_cell(rule.why),
            text_cell(rule.section),
        ]
        for rule in told
        if count[rule.code]
    ]
    heads = ["Ce qui manque", "Fois", "Gravité", "Pourquoi cela compte", "Référentiel, section"]
    return section(
        "Comment compléter",
        report_table("Ce qui manque, et pourquoi cela compte", heads, why),
        _line_by_line(found, site),
    )


def _line_by_line(found: Sequence[tuple[str, Gap]], site: Site) -> str:
    rows: list[list[Cell]] = [
        [
            record_cell(id_, site),
            text_cell(gap.message),
            date_cell(gap.since),
            text_cell(gap.who),
            text_cell(gap.todo),
            (f"<code>{encode(gap.path, Context.CELL)}</code>", ""),
        ]
        for id_, gap in found[:_LONGEST]
    ]
    heads = [
        "Fiche",
        "Ce qui manque",
        "Depuis",
        "Qui peut compléter",
        "Comment compléter",
        "Fichier à ouvrir",
    ]
    cut = (
        f"Les {_LONGEST} premières, les plus graves d'abord ; le rapport de "
        f"<code>loosbot trace</code> donne les {len(found)}."
    )
    return join(
        cut if len(found) > _LONGEST else "",
        report_table("Fiche par fiche, ce qui manque et comment le compléter", heads, rows),
    )
