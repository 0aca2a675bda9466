"""What stands on each page of the traceability report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from loosbot.corpus import french
from loosbot.fields.collation import date_key
from loosbot.fields.site import Site
from loosbot.render.reports.layout import laid_out, part
from loosbot.trace.layout import contents, waiting
from loosbot.trace.observed.stages import STAGES
from loosbot.trace.reported import Gap, Promise, Report
from loosbot.trace.rules import Rule, Rules
from loosbot.trace.words import SEVERITIES, since_when
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.unsearched import unsearched

Body = Callable[[Report, Site], str]


def life_lines(report: Report, site: Site) -> str:
    """How many have each stage, then one line a project."""
    table = contents.life_lines(report.records, followed=True)
    return join(
        _shares(report, site, "etapes/"), part(replace(table, title="Projet par projet"), site)
    )


def minutes(report: Report, site: Site) -> str:
    """The shares in time, then the meetings, those that wait for their minutes first."""
    waiting = [meeting for meeting in report.minutes if meeting.status in contents.WAITING]
    others = [meeting for meeting in report.minutes if meeting.status not in contents.WAITING]
    return join(
        _shares(report, site, "comptes-rendus"),
        section("À rendre, ou rendus tard", laid_out(contents.meetings(waiting), site)),
        section("Rendus, ou à rendre bientôt", laid_out(contents.meetings(others), site)),
    )


def promises(report: Report, site: Site) -> str:
    """The shares kept, then engagements, decisions and lessons, each with what became of it."""
    parts = [_shares(report, site, "engagements-tenus", "enseignements-suivis")]
    for title, kind in (
        ("Les engagements", "engagement"),
        ("Les décisions", "decision"),
        ("Les enseignements", "enseignement"),
    ):
        promised = sorted(
            (promise for promise in report.promises if promise.kind == kind), key=_pressing
        )
        if promised:
            parts.append(part(waiting.promises(kind, title, promised, kinds=False), site))
    return join(*parts)


_PRESSING = (
    *("late", "open", "unverifiable", "dropped-without-reason", "told", "dropped", "kept"),
    "not-applicable",
)
"""Outcomes of a promise, what presses most first."""


def _pressing(promise: Promise) -> tuple[int, str]:
    """What is late first, the oldest first; those of one record stay together."""
    return _PRESSING.index(promise.outcome), date_key(promise.due) if promise.due else "9999"


def claims(report: Report, site: Site) -> str:
    """The share with a source, then the records whose claims are not all alike."""
    return join(
        _shares(report, site, "affirmations-", "chiffres-en-desaccord"),
        part(replace(contents.claims(report), title="Fiche par fiche"), site),
    )


def voices(report: Report, site: Site) -> str:
    """The shares by role, who speaks of each project, and who never appears."""
    return join(
        _shares(report, site, "voix/"),
        part(replace(contents.voices(report), title="Projet par projet"), site),
        *(part(silence, site) for silence in contents.silences(report)),
    )


def upkeep(report: Report, site: Site) -> str:
    """The last visit and the last news of what was made together, and what was announced."""
    kept = waiting.kept(report.upkeep, waiting.silent_of(report))
    return join(
        part(replace(kept, title="Projet par projet"), site),
        part(waiting.unheard(report.upkeep), site),
        part(waiting.announcements(report.announced, judged=bool(report.date)), site),
        part(waiting.expected(report.announced, judged=bool(report.date)), site),
    )


def _shares(report: Report, site: Site, *codes: str) -> str:
    return part(contents.figures(report, *codes, lists=False), site)


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
