"""The pages that no file writes: reports, versions, handovers, the dictionary of fields.

Which pages there are follows from the corpus alone, never from the day or from git: a page that
could not be computed on one machine must not look like one that was withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from loosbot.corpus.model import Corpus
from loosbot.fields.site import Site
from loosbot.render.reports import fieldbook, handover, versions
from loosbot.render.reports import report as reports
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.links import link

RELAY = "Passer le relais"
"""The heading under which the portal leads to the handovers and to the versions."""
WRITING = "Ce qu’une fiche peut dire"
"""The heading under which the portal leads to the dictionary of fields."""
_HANDOVER = "ce qui est en cours, promis, en retard ou arrêté, et qui s’en occupe."
_VERSIONS = "ce qui a changé de l’une à l’autre."


Bodies = Callable[[Site], Iterator[tuple[str, str]]]
"""Id and wikitext of some pages of a site."""


def titles(corpus: Corpus) -> dict[str, str]:
    """Id and wanted title of every page, in their order."""
    gathered = {**reports.titles(corpus), **handover.titles(corpus), **versions.titles(corpus)}
    return {**gathered, **fieldbook.titles(corpus)}


def gathered(corpus: Corpus, today: date | None) -> Iterator[tuple[dict[str, str], Bodies]]:
    """Id and wanted title of the pages that depend on all records, and what gives their texts;
    those together that are made together."""
    yield reports.titles(corpus), partial(reports.bodies, today=today)
    yield handover.titles(corpus), partial(handover.bodies, today=today)


def changes(site: Site, history: versions.History) -> Iterator[tuple[str, str, str]]:
    """Id, title and wikitext of the pages that tell what changed between the named versions."""
    wanted = versions.titles(site.corpus)
    return ((id_, wanted[id_], text) for id_, text in versions.bodies(site, history))


def home(site: Site) -> str:
    """What the portal says of these pages; "" where there is none."""
    doors = ((handover.TOWN, _HANDOVER), (versions.LIST, _VERSIONS))
    links = [
        f"{link(site.names.titles[id_], site.names.label(id_))} : {why}"
        for id_, why in doors
        if id_ in site.names.titles
    ]
    words = [
        str(link(site.names.titles[id_], site.names.label(id_)))
        for id_ in fieldbook.titles(site.corpus)
        # with nothing to report yet, the portal shows its own text alone
        if id_ in site.names.titles and links
    ]
    return join(
        reports.home(site), section(RELAY, bullets(links)), section(WRITING, bullets(words))
    )
