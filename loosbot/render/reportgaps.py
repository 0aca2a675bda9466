"""What is missing, on the pages of the reports: rule by rule why it matters and what to do, then
each record with the file to open.

The line in the file is left out: it would change the page with every edit above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from loosbot.render.blocks import bullets, section
from loosbot.render.site import Site
from loosbot.render.wikitext import Context, encode
from loosbot.trace.model import Gap, Report
from loosbot.trace.rules import Rule, Rules
from loosbot.trace.stages import STAGES
from loosbot.trace.words import SEVERITIES, since_when

_TOPICS: Mapping[str, tuple[str, ...]] = {
    "rapport/fil": (*STAGES, "arret"),
    "rapport/comptes-rendus": ("compte-rendu", "compte-rendu-consultation"),
    "rapport/promesses": ("engagement", "decision", "enseignement"),
    "rapport/sources": ("chiffre",),
    "rapport/voix": ("voix", "presence"),
    "rapport/entretien": ("entretien", "nouvelles"),
}
"""The gaps that each report tells. Those about persons belong to none."""
_LONGEST = 200
"""Lines under one rule: a page of a wiki holds 2 MiB, and a reader's patience less."""

_Found = list[tuple[str, Gap]]
"""The gaps of one rule, each with the id of its record."""


def gaps(report: Report, id_: str, rules: Rules, site: Site) -> str:
    """The most serious rules first."""
    told: dict[str, _Found] = {rule.code: [] for rule in rules.all if rule.topic in _TOPICS[id_]}
    for record in report.records:
        for gap in record.gaps:
            if gap.code in told:
                told[gap.code].append((record.id, gap))
    severities = list(SEVERITIES)
    broken = [rule for rule in rules.all if told.get(rule.code)]
    broken.sort(key=lambda rule: severities.index(rule.severity))
    return section("Comment compléter", *(_rule(rule, told[rule.code], site) for rule in broken))


def _rule(rule: Rule, found: _Found, site: Site) -> str:
    whos = Counter(gap.who for _, gap in found)
    # the first in the alphabet of those that are named as often
    usual = min(whos, key=lambda who: (-whos[who], who))
    why = f"{SEVERITIES[rule.severity].capitalize()}, {len(found)} fois. {rule.why}"
    source = f" (Référentiel, {rule.section}.)" if rule.section else ""
    todo = f"'''Que faire :''' {encode(rule.todo, Context.PROSE)}"
    others = ", ou qui est nommé plus bas" if len(whos) > 1 else ""
    who = f" '''Qui le peut :''' {encode(usual + others, Context.PROSE)}."
    shown = found[:_LONGEST]
    rest = (
        f"Les {_LONGEST} premières fiches sur {len(found)} ; <code>loosbot trace</code> les "
        "donne toutes."
    )
    lines = bullets(_line(rule, one, usual, site) for one in shown)
    return section(
        rule.what,
        encode(why + source, Context.PROSE),
        todo + who,
        f'<div style="column-width:24em">\n{lines}\n</div>',
        rest if len(found) > _LONGEST else "",
        level=3,
    )


def _line(rule: Rule, one: tuple[str, Gap], usual: str, site: Site) -> str:
    """The record, what is said of it alone, since when, who can, and the file to open."""
    id_, gap = one
    said: Sequence[str] = (
        gap.message.removeprefix(rule.what).strip(" :(").rstrip(".)"),
        f"depuis {told}" if (told := since_when(gap)) else "",
        gap.who if gap.who != usual else "",
    )
    details = "".join(f", {encode(text, Context.LIST_ITEM)}" for text in said if text)
    name = site.names.link_or_text(id_, Context.LIST_ITEM)
    return f"{name}{details} : <code>{encode(gap.path, Context.LIST_ITEM)}</code>"
