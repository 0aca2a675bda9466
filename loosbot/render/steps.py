"""Reading paths: an index that lists pages in the order to read them, and the way on from each.

Declared like any index, with ``parcours`` in place of the columns.
"""

from __future__ import annotations

from collections.abc import Sequence

from loosbot.corpus.model import Corpus, IndexPage
from loosbot.fields.site import Site
from loosbot.wikitext.blocks import section
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.links import link


def paths(corpus: Corpus) -> dict[str, list[str]]:
    """Id of a page -> ids of the reading paths that it is on, or is."""
    by_record: dict[str, list[str]] = {}
    for index in corpus.indexes.values():
        steps = [str(way["fiche"]) for way in index.data.get("parcours", ())]
        for id_ in dict.fromkeys((index.id, *steps)) if steps else ():
            by_record.setdefault(id_, []).append(index.id)
    return by_record


def numbered(index: IndexPage, site: Site) -> str:
    """The steps as a numbered list, each with what is learnt there."""
    lines = []
    for way in index.data["parcours"]:
        why = f" : {encode(way['pourquoi'], Context.LIST_ITEM)}" if "pourquoi" in way else ""
        lines.append(f"# {site.names.link_or_text(_id(way['fiche'], site))}{why}")
    return section("Les étapes", "\n".join(lines))


def ways_on(id_: str, site: Site) -> str:
    """At the foot of a page: for each path it is on, the step before and the step after.

    On the page of a path itself, where it begins. "" for a page that is on no path.
    """
    lines = []
    for name in site.paths.get(id_, ()):
        index = site.corpus.indexes[name]
        ids = [_id(way["fiche"], site) for way in index.data.get("parcours", ())]
        shown = [id_ for id_ in ids if id_ in site.names.titles]
        if index.id == id_ and shown:
            lines.append(f"Commencer : {_link(shown[0], site)}\u00a0→")
        if id_ in shown:
            lines.append(_line(index, shown, shown.index(id_), site))
    return "\n".join(f"* {line}" for line in lines)


def _line(index: IndexPage, ids: Sequence[str], place: int, site: Site) -> str:
    # an arrow stays on the line of its page
    parts = [f"{_link(index.id, site)}, étape {place + 1} sur {len(ids)}"]
    if place:
        parts.append(f"←\u00a0{_link(ids[place - 1], site)}")
    if place + 1 < len(ids):
        parts.append(f"{_link(ids[place + 1], site)}\u00a0→")
    return " · ".join(parts)


def _link(id_: str, site: Site) -> str:
    return str(link(site.names.titles[id_], site.names.label(id_)))


def _id(reference: str, site: Site) -> str:
    return site.current.get(reference, reference)
