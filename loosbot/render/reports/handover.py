"""The pages that an outgoing team leaves: for the town, for each service, for each subject.

Like the reports they hold no date of the day: they change only when a record does, or when a
delay passes. Plain tables of four columns at most, so that they can be printed on A4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial

from loosbot.corpus.model import Corpus
from loosbot.fields.collation import sort_key
from loosbot.fields.site import Site
from loosbot.render.reports.layout import Named, name_of, part
from loosbot.trace.handover.collect import Handover, Scope, handovers, scopes
from loosbot.trace.handover.parts import LEAD, NOTHING, about, parts
from loosbot.trace.rules import rules_of
from loosbot.wikitext.blocks import join
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link

TOWN = "rapport/passation"
_HOW = (
    "Cette page est calculée à partir des fiches ; pour la corriger, corrigez la fiche. Elle "
    "s’imprime telle quelle, pour être jointe aux papiers du mandat."
)


def page_id(scope: Scope) -> str:
    return f"{TOWN}-{scope.key}" if scope.key else TOWN


def titles(corpus: Corpus) -> dict[str, str]:
    """Id and wanted title of every page; none where there is no project."""
    return {
        page_id(scope): f"Dossier de passation : {about(scope, corpus)}"
        if scope.key
        else "Dossier de passation"
        for scope in scopes(corpus)
    }


def bodies(site: Site, today: date | None) -> Iterator[tuple[str, str]]:
    """Id and wikitext of every page; without ``today`` nothing is late."""
    every = scopes(site.corpus)
    if not every:
        return
    # a record appears in many tables: links are cached
    named = cache(partial(name_of, site=site))
    for scope, handover in handovers(site.corpus, rules_of(site.corpus), today, every):
        yield (
            page_id(scope),
            join(
                encode(f"{LEAD} {_HOW}", Context.PROSE),
                _others(scope, every, site),
                _tables(handover, site, named) or encode(NOTHING, Context.PROSE),
            ),
        )


def _tables(handover: Handover, site: Site, named: Named) -> str:
    tables = parts(handover, site.corpus, sort_key)
    return join(*(part(table, site, named=named) for table in tables))


def _others(scope: Scope, every: Sequence[Scope], site: Site) -> str:
    """From the town's page to each part, and from a part to the town."""
    if scope.key:
        back = link(site.names.titles[TOWN], "toute la commune")
        own = site.names.link(scope.subject) if scope.key.startswith("service-") else None
        more = f" Voir aussi la page du service : {own}." if own else ""
        return f"Le dossier de {back}.{more}"
    blocks = []
    for title, prefix in (("Par service", "service-"), ("Par sujet", "theme-")):
        mine = sorted(
            (scope for scope in every if scope.key.startswith(prefix)),
            key=lambda scope: sort_key(about(scope, site.corpus)),
        )
        if mine:
            links = (
                str(link(site.names.titles[page_id(scope)], about(scope, site.corpus)))
                for scope in mine
            )
            blocks.append(f"'''{title}''' : {', '.join(links)}.")
    return "\n\n".join(blocks)
