"""Pages of places: all that happened there."""

from __future__ import annotations

from loosbot.corpus.model import Record
from loosbot.render.blocks import join, section
from loosbot.render.prose import prose
from loosbot.render.seealso import see_also
from loosbot.render.site import Site
from loosbot.render.stages import episodes
from loosbot.render.statements import figures


def body(record: Record, site: Site) -> str:
    """Everything of the page under its infobox."""
    data = record.data
    return join(
        section("Présentation", prose(data["texte"], site, record.path)) if "texte" in data else "",
        section("Repères", episodes(data.get("reperes"), site)),
        section("Chiffres", figures("Chiffres", data.get("chiffres"), site.names)),
        see_also(record, site),
    )
