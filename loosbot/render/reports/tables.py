"""What stands on each page of the traceability report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from loosbot.fields.collation import date_key
from loosbot.fields.site import Site
from loosbot.render.reports.layout import laid_out, part
from loosbot.trace.layout import contents, waiting
from loosbot.trace.reported import Promise, Report
from loosbot.wikitext.blocks import join, section

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
