"""The pages of the traceability report: which there are, what they are called, where they link.

They hold no date of the day and no commit: what is on them changes only when a record does, or
when a delay passes, so that publishing the same corpus again writes nothing, and publishing
another commit writes only what is new. "Today" serves for the delays alone. What concerns persons,
and the register of revisions, are never published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from loosbot.corpus.model import Corpus
from loosbot.corpus.types import PROJECTS
from loosbot.fields.site import Site
from loosbot.frozen import dataclass
from loosbot.render.reports import tables
from loosbot.render.reports.tables import gaps
from loosbot.trace.observed import claims, minutes, promises, upkeep
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import rules_of
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link

HOME = "Ce que l’on sait, ce qui manque"
"""The heading under which the portal leads to the reports."""


@dataclass(frozen=True, slots=True)
class Page:
    """One report. ``label`` is how the others name it, ``lead`` what it is for, in one or two
    sentences."""

    title: str
    label: str
    lead: str
    body: tables.Body


PAGES: Mapping[str, Page] = {
    "rapport/fil": Page(
        "Traçabilité : le fil des projets",
        "le fil des projets",
        "De la demande au récit : ce qui est attesté par une source ou par un document, ce que "
        "les sources ne disent pas, et ce dont personne n’a encore rien dit. Un arrêt avec sa "
        "raison est une fin comme une autre.",
        tables.life_lines,
    ),
    "rapport/comptes-rendus": Page(
        "Traçabilité : les comptes rendus",
        "les comptes rendus",
        "Ce qui est dit en réunion se rend, par écrit, à ceux qui sont venus : c’est la première "
        "promesse tenue.",
        tables.minutes,
    ),
    "rapport/promesses": Page(
        "Traçabilité : les promesses",
        "les promesses et les enseignements",
        "Qui s’est engagé à quoi, pour quand, et ce que c’est devenu ; puis ce que chaque "
        "expérience a appris, et la suite qui lui a été donnée.",
        tables.promises,
    ),
    "rapport/sources": Page(
        "Traçabilité : les sources",
        "les chiffres et leurs sources",
        "D’où viennent les chiffres et les énoncés de chaque fiche. Deux passages d’un même "
        "document sont une seule source ; un désaccord se montre, il ne se corrige pas.",
        tables.claims,
    ),
    "rapport/voix": Page(
        "Traçabilité : les voix",
        "les voix entendues",
        "Un projet se comprend à plusieurs voix : voici celles que l’on a recueillies, dans les "
        "récits ou sur les fiches, et celles que l’on n’a pas encore entendues.",
        tables.voices,
    ),
    "rapport/entretien": Page(
        "Traçabilité : l’entretien",
        "l’entretien",
        "Ce qui a été fait ensemble vit tant que quelqu’un y revient : la dernière visite, ce que "
        "l’on y a vu, et les dernières nouvelles.",
        tables.upkeep,
    ),
}


def published(corpus: Corpus) -> dict[str, Page]:
    """The reports that have something to say of this corpus, by id, in their order."""
    return corpus.once("reports", partial(_published, corpus))


def titles(corpus: Corpus) -> dict[str, str]:
    """Id and wanted title of each of them."""
    return {id_: page.title for id_, page in published(corpus).items()}


def _published(corpus: Corpus) -> dict[str, Page]:
    records = corpus.records.values()
    projects = any(record.type in PROJECTS for record in records)
    filled = {
        "rapport/fil": projects,
        "rapport/comptes-rendus": any(map(minutes.owes_minutes, records)),
        "rapport/promesses": any(map(promises.promises_something, records)),
        "rapport/sources": any(map(claims.claims_something, records)),
        "rapport/voix": projects,
        "rapport/entretien": any(
            record.type in PROJECTS and upkeep.was_made(record) for record in records
        ),
    }
    return {id_: page for id_, page in PAGES.items() if filled[id_]}


def bodies(site: Site, today: date | None) -> Iterator[tuple[str, str]]:
    """Id and wikitext of every report; without ``today`` no delay is judged."""
    pages = published(site.corpus)
    if not pages:
        return
    rules = rules_of(site.corpus)
    report = build(site.corpus, None, rules, today, private=False)
    for id_, page in pages.items():
        yield (
            id_,
            join(
                encode(page.lead, Context.PROSE),
                _others(id_, pages, site),
                page.body(report, site),
                gaps(report, id_, rules, site),
            ),
        )


def home(site: Site) -> str:
    """What the portal says of the reports; "" where there is none."""
    links = [_link(id_, page, site) for id_, page in published(site.corpus).items()]
    return section(HOME, bullets(links))


def _others(id_: str, pages: Mapping[str, Page], site: Site) -> str:
    links = [_link(other, page, site) for other, page in pages.items() if other != id_]
    return f"Voir aussi : {', '.join(links)}." if links else ""


def _link(id_: str, page: Page, site: Site) -> str:
    return str(link(site.names.titles[id_], page.label))
