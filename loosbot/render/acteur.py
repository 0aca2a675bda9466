"""Pages of people, services and associations: all that was done with them."""

from __future__ import annotations

from typing import Any

from loosbot.corpus.model import Record
from loosbot.render.blocks import bullets, join, section
from loosbot.render.codecs import DATE
from loosbot.render.gathered import happenings
from loosbot.render.prose import prose
from loosbot.render.seealso import see_also
from loosbot.render.site import Site
from loosbot.render.stages import episodes
from loosbot.render.statements import certainty, state_of
from loosbot.render.wikitext import Context, encode


def body(record: Record, site: Site) -> str:
    """Everything of the page under its infobox."""
    data = record.data
    happened, shown = happenings(record, site, "Ce qui a été fait ensemble", "Avec qui")
    return join(
        section("Présentation", prose(data["texte"], site, record.path)) if "texte" in data else "",
        section("Mandats et fonctions", _terms(data.get("mandats"), site)),
        section("Repères", episodes(data.get("reperes"), site)),
        section("Autres noms", bullets(encode(one, Context.LIST_ITEM) for one in data["variantes"]))
        if "variantes" in data
        else "",
        happened,
        see_also(record, site, leave_out=shown),
    )


def _terms(value: Any, site: Site) -> str:
    if value is None or isinstance(value, str):
        return state_of(value)
    lines = []
    for one in value:
        dates = [
            f"{word} : {DATE.encode(one[key], site.names)}"
            for key, word in (("du", "début"), ("au", "fin"))
            if key in one
        ]
        line = encode(one["fonction"], Context.LIST_ITEM)
        line += f" ({', '.join(dates)})" if dates else ""
        lines.append(line + certainty(one, site.names))
    return bullets(lines)
