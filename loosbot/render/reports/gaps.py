"""What is missing, on the pages of the reports: rule by rule why it matters and what to do, then
each record with the file to open.

The line in the file is left out: it would change the page with every edit above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from loosbot.corpus import french
from loosbot.fields.site import Site
from loosbot.trace.observed.stages import STAGES
from loosbot.trace.reported import Gap, Report
from loosbot.trace.rules import Rule, Rules
from loosbot.trace.words import SEVERITIES, since_when
from loosbot.wikitext.blocks import bullets, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.unsearched import unsearched

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

_FEW = 4
"""A list this short stands in one column."""

_MANY = 12
"""A list longer than this is folded."""

_Found = list[tuple[str, Gap]]
"""The gaps of one rule, each with the id of its record."""


def gaps(report: Report, id_: str, rules: Rules, site: Site) -> str:
    """The most serious rules first."""
    by_rule: dict[str, _Found] = {rule.code: [] for rule in rules.all if rule.topic in _TOPICS[id_]}
    for record in report.records:
        for gap in record.gaps:
            if gap.code in by_rule:
                by_rule[gap.code].append((record.id, gap))
    severities = list(SEVERITIES)
    broken = [rule for rule in rules.all if by_rule.get(rule.code)]
    broken.sort(key=lambda rule: severities.index(rule.severity))
    return section("Comment compléter", *(_rule(rule, by_rule[rule.code], site) for rule in broken))


def _rule(rule: Rule, gaps: _Found, site: Site) -> str:
    usual, who = _usual([gap.who for _, gap in gaps])
    where = french.counted(len({id_ for id_, _ in gaps}), "fiche")
    why = f"{SEVERITIES[rule.severity].capitalize()}, sur {where}. {rule.why}"
    source = f" (Référentiel, §\N{NO-BREAK SPACE}{rule.section}.)" if rule.section else ""
    todo = f"'''Que faire :''' {encode(rule.todo, Context.PROSE)}"
    who = f" '''Qui le peut :''' {encode(who, Context.PROSE)}."
    shown = gaps[:_LONGEST]
    rest = (
        f"Les {_LONGEST} premières fiches sur {len(gaps)} ; <code>loosbot trace</code> les "
        "donne toutes."
    )
    lines = bullets(_line(rule, entry, usual, site) for entry in shown)
    return section(
        rule.what,
        encode(why + source, Context.PROSE),
        todo + who,
        _listed(lines, len(shown)),
        rest if len(gaps) > _LONGEST else "",
        level=3,
    )


def _listed(lines: str, number: int) -> str:
    """In columns; a long list opens when it is asked for."""
    if number <= _FEW:
        return lines
    columns = f'<div style="column-width:24em">\n{lines}\n</div>'
    if number <= _MANY:
        return columns
    return (
        f'<div class="mw-collapsible mw-collapsed">{number} fiches\n'
        f'<div class="mw-collapsible-content">\n{columns}\n</div></div>'
    )


def _usual(whos: Sequence[str]) -> tuple[str, str]:
    """Who can complete most of these, "" where nobody is named for half of them; in words."""
    [(usual, times)] = Counter(whos).most_common(1)
    if times == len(whos):
        return usual, usual
    if 2 * times >= len(whos):
        return usual, f"{usual}, ou qui est nommé plus bas"
    return "", "qui est nommé à chaque ligne"


def _line(rule: Rule, entry: tuple[str, Gap], usual: str, site: Site) -> str:
    """The record, what is said of it alone, since when, who can, and the file to open."""
    id_, gap = entry
    more: Sequence[str] = (
        gap.message.removeprefix(rule.what).strip(" :(").rstrip(".)"),
        since_when(gap),
        gap.who if gap.who != usual else "",
    )
    details = encode(" ; ".join(text for text in more if text), Context.LIST_ITEM)
    name = site.names.link_or_text(id_, Context.LIST_ITEM)
    start = f"{name} : {details}" if details else str(name)
    path = unsearched(encode(gap.path, Context.LIST_ITEM))
    # a path has no blank: on a telephone, its end stood beyond the edge
    return f'{start} – <code style="overflow-wrap:anywhere">{path}</code>'
