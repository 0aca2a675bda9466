"""What the portal shows beside its text: what greets (``welcome.py``), the news, the method in one
picture; the rest is folded.

All of it is declared in the head of ``pages/accueil.md``, under ``portail``; what is not declared
is not shown, but for the year, which follows the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.check.load import PORTAL
from loosbot.corpus.model import Page
from loosbot.fields.site import Site
from loosbot.render import welcome
from loosbot.render.indexes import chronology
from loosbot.wikitext.blocks import block_call, bullets, inline_call, join, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link

TALES = "Les derniers récits"
BEGIN = "<!-- Ce qui suit est calculé à partir des fiches : corrigez les fiches elles-mêmes. -->"
END = "<!-- Fin de ce qui est calculé. -->"
_FEW = 3
"""A year with fewer dated facts is told with the one before: January has little to tell."""
_MOST_FACTS = 6
"""Of a year: the last ones; the chronology has them all."""
_DATED = ("projet", "fifty-fifty", "reunion", "acteur", "lieu")
"""Types of records whose dated facts make the year; a récit is listed as such."""


def computed(*parts: str) -> str:
    """The generated part of the portal between two comments; "" where there is none. The comments
    mark it for people who edit the page, and for reading the page back.
    """
    text = join(*parts)
    return f"{BEGIN}\n{text}\n{END}" if text else ""


def name(page: Page) -> str:
    """What stands above all of it."""
    return welcome.name(page.data.get("portail", {}))


def opening(page: Page, site: Site, today: date | None) -> str:
    """What stands above the portal's text: what greets, then the picture, where the rest begins.

    A table of contents would come between the search and the doors.
    """
    declared = page.data.get("portail", {})
    picture = _picture(declared["image"], site) if "image" in declared else ""
    greeting = join(
        welcome.search(declared),
        welcome.doors(declared, site),
        _tales(declared, site),
        _lately(declared, today, site),
        welcome.failures(declared["echecs"], site) if "echecs" in declared else "",
        welcome.chart(declared["graphique"], site) if "graphique" in declared else "",
        # the way to the forms is the town's, not a page's: it is shown once
        welcome.writing(declared, site) if declared or page.id == PORTAL else "",
    )
    fold = (
        f"{FOLD.format(encode(str(declared['suite']), Context.PROSE))}"
        if "suite" in declared
        else ""
    )
    text = join(greeting, f"{fold}\n\n{picture}".strip("\n"))
    # before a heading it needs a line of its own; before words that would be an empty paragraph
    first = "" if text.startswith("<") else "\n"
    return f"__NOTOC__{first}{text}" if text else ""


FOLD = (
    '<div class="mw-collapsible mw-collapsed"'
    ' style="border-top:2px solid #3c7a2b;margin-top:1.5em;padding-top:.5em">'
    '<span style="font-size:1.3em">{}</span>'
    '<div class="mw-collapsible-content">'
)
"""What begins the part of the portal that is folded; without scripts it stands open."""
UNFOLD = "</div></div>"


def news(page: Page) -> str:
    """What stands under the text: the end of what is folded."""
    return UNFOLD if "suite" in page.data.get("portail", {}) else ""


def _tales(declared: Mapping[str, Any], site: Site) -> str:
    if "recits" not in declared:
        return ""
    return section(
        TALES, welcome.tales(int(declared["recits"]), str(declared.get("histoire", "")), site)
    )


def _lately(declared: Mapping[str, Any], today: date | None, site: Site) -> str:
    """What happened and what is expected, side by side where there is room.

    The year is the declared one, else the last one up to ``today`` in which a record has a date,
    with the one before where that says little. Without either, no year is told.
    """
    year = _years(declared.get("annee"), today, site) if declared else ""
    due = welcome.expected(int(declared["attendu"]), today, site) if "attendu" in declared else ""
    if not (year and due):
        return year or due
    cell = '<div style="flex:1 1 18em;min-width:0">'
    row = '<div style="display:flex;flex-wrap:wrap;gap:0 2em">'
    return f"{row}\n{cell}\n{year}\n</div>\n{cell}\n{due}\n</div>\n</div>"


def _picture(declared: Mapping[str, Any], site: Site) -> str:
    pillars = "\n".join(
        inline_call(
            site.names,
            "Pilier",
            titre=_named(pillar, site),
            texte=encode(pillar.get("texte", ""), Context.PARAM),
        )
        for pillar in declared["piliers"]
    )
    base = declared["socle"]
    return section(
        str(declared["titre"]),
        block_call(
            site.names,
            "Socle et piliers",
            (
                ("piliers", f"\n{pillars}"),
                ("socle", _named(base, site)),
                ("texte", encode(base.get("texte", ""), Context.PARAM)),
            ),
        ),
    )


def _named(part: Mapping[str, Any], site: Site) -> str:
    """A part of the picture: its title leads to its page, to the heading of that name there."""
    id_ = site.current.get(part["fiche"], part["fiche"])
    title = str(part["titre"])
    page = site.corpus.pages.get(id_)
    headings = [line for line in page.text.splitlines() if line.startswith("#")] if page else []
    if title in (heading.strip("# ") for heading in headings):
        return str(link(site.names.titles[id_], title, title))
    return str(site.names.link(id_, title) or encode(title, Context.PARAM))


def _years(declared: int | None, today: date | None, site: Site) -> str:
    """The dated facts that begin or end in the years to tell, the oldest first."""
    chosen = [record for record in site.corpus.records.values() if record.type in _DATED]
    events = [(event, _ends(event)) for event in chronology.gathered(chosen, site)]
    if declared:
        years = [declared]
    else:
        past = [year for _, ends in events for year in ends if today and year <= today.year]
        years = _newest_years(Counter(past))
    kept = [event for event in events if not event[1].isdisjoint(years)]
    lines = [
        f"{chronology.shown_date(event, site)} : {site.names.link_or_text(event.record.id)}"
        + (f" – {event.text}" if event.text else "")
        for event, _ in kept[-_MOST_FACTS:]
    ]
    title = (
        f"L’année {years[0]}" if len(years) == 1 else f"Les années {' et '.join(map(str, years))}"
    )
    return section(title, bullets(lines)) if lines else ""


def _newest_years(facts: Mapping[int, int]) -> list[int]:
    """The last year that has a fact; with the one before, when it has but a few."""
    newest = sorted(facts)[-2:]
    return newest[-1:] if newest and facts[newest[-1]] >= _FEW else newest


def _ends(event: chronology.Event) -> set[int]:
    return {event.first_day.year, dates.parse(event.when).latest.year}
