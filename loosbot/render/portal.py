"""What the portal shows beside its text: a way to search, the method in one picture, the news.

All of it is declared in the head of ``pages/accueil.md``, under ``portail``; what is not declared
is not shown, but for the year, which follows the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.model import Page, Record
from loosbot.fields.collation import sort_key, year_of
from loosbot.fields.site import Site, bare, references
from loosbot.render.indexes import chronology
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.call import block_call, inline_call
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link

TALES = "Les derniers récits"
BEGIN = "<!-- Ce qui suit est calculé à partir des fiches : corrigez les fiches elles-mêmes. -->"
END = "<!-- Fin de ce qui est calculé. -->"
_FEW = 3
"""A year with fewer dated facts is told with the one before: January has little to tell."""
_DATED = ("projet", "fifty-fifty", "reunion", "acteur", "lieu")
"""Types of records whose dated facts make the year; a récit is listed as such."""


def computed(*parts: str) -> str:
    """What no words of the page make, between two comments; "" where there is nothing.

    They tell it to those who edit the page, and to the reader of a page that was edited.
    """
    text = join(*parts)
    return f"{BEGIN}\n{text}\n{END}" if text else ""


def opening(page: Page, site: Site) -> str:
    """What stands above the portal's text: the search, then the picture.

    A table of contents would come between both: the picture and the doors under it are one.
    """
    told = page.data.get("portail", {})
    picture = _picture(told["image"], site) if "image" in told else ""
    search = _search(told)
    # before words, on a line of its own, it would leave an empty paragraph; a heading needs one
    mark = ("__NOTOC__" if search else "__NOTOC__\n") if picture else ""
    return mark + join(search, picture)


def news(page: Page, site: Site, today: date | None = None) -> str:
    """What stands under it: the latest récits, then what happened in the year.

    It is the declared year, else the last one up to ``today`` in which a record has a date, with
    the one before where that says little. Without either, no year is told.
    """
    told = page.data.get("portail", {})
    return join(
        _tales(told["recits"], site) if "recits" in told else "",
        _years(told.get("annee"), today, site) if told else "",
    )


def _search(told: Mapping[str, Any]) -> str:
    # the canonical name, which every wiki has whatever its language
    return f"'''{link('Special:Search', str(told['recherche']))}'''" if "recherche" in told else ""


def _picture(told: Mapping[str, Any], site: Site) -> str:
    pillars = "\n".join(
        inline_call(
            site.names,
            "Pilier",
            titre=_named(one, site),
            texte=encode(one.get("texte", ""), Context.PARAM),
        )
        for one in told["piliers"]
    )
    base = told["socle"]
    return section(
        str(told["titre"]),
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
    headings = [one for one in page.text.splitlines() if one.startswith("#")] if page else []
    if title in (one.strip("# ") for one in headings):
        return str(link(site.names.titles[id_], title, title))
    return str(site.names.link(id_, title) or encode(title, Context.PARAM))


def _tales(most: int, site: Site) -> str:
    """The newest récits first; those that no year dates come last."""
    tales = [one for one in site.corpus.records.values() if one.type == "recit"]
    tales.sort(key=lambda one: (sort_key(one.title), one.id))
    tales.sort(key=_newest, reverse=True)
    return section(TALES, bullets(_tale(one, site) for one in tales[:most]))


def _newest(tale: Record) -> str:
    return year_of(bare(tale.data.get("annee"))) or ""


def _tale(tale: Record, site: Site) -> str:
    year = f" ({_newest(tale)})" if _newest(tale) else ""
    projects = ", ".join(
        str(site.names.link_or_text(one, Context.LIST_ITEM))
        for one in references(tale, "projet")
        if one in site.corpus.records
    )
    return f"{site.names.link_or_text(tale.id)}{year}" + (f" : {projects}" if projects else "")


def _years(declared: int | None, today: date | None, site: Site) -> str:
    """The dated facts that begin or end in the years to tell, the oldest first."""
    chosen = [one for one in site.corpus.records.values() if one.type in _DATED]
    events = [(one, _ends(one)) for one in chronology.gathered(chosen, site)]
    if declared:
        told = [declared]
    else:
        past = [year for _, ends in events for year in ends if today and year <= today.year]
        told = _newest_years(Counter(past))
    lines = [
        f"{chronology.shown_date(one, site)} : {site.names.link_or_text(one.record.id)}"
        + (f" – {one.text}" if one.text else "")
        for one, ends in events
        if not ends.isdisjoint(told)
    ]
    title = f"L’année {told[0]}" if len(told) == 1 else f"Les années {' et '.join(map(str, told))}"
    return section(title, bullets(lines)) if lines else ""


def _newest_years(facts: Mapping[int, int]) -> list[int]:
    """The last year that has a fact; with the one before, when it has but a few."""
    newest = sorted(facts)[-2:]
    return newest[-1:] if newest and facts[newest[-1]] >= _FEW else newest


def _ends(event: chronology.Event) -> set[int]:
    return {event.first_day.year, dates.parse(event.when).latest.year}
