"""Pages of places: all that happened there."""

from __future__ import annotations

from loosbot.corpus.model import Record
from loosbot.render.blocks import join, section
from loosbot.render.gathered import happenings
from loosbot.render.prose import prose
from loosbot.render.seealso import see_also
from loosbot.render.site import Site
from loosbot.render.stages import episodes
from loosbot.render.statements import figures


def body(record: Record, site: Site) -> str:
    """Everything of the page under its infobox."""
    data = record.data
    happened, shown = happenings(record, site, "Ce qui s'y est passé", "Où")
    return join(
        section("Présentation", prose(data["texte"], site, record.path)) if "texte" in data else "",
        section("Repères", episodes(data.get("reperes"), site)),
        section("Chiffres", figures("Chiffres", data.get("chiffres"), site.names)),
        happened,
        see_also(record, site, leave_out=shown),
    )
