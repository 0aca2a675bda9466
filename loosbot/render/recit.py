"""Pages of récits: voices first, and the others who speak of the same thing."""

from __future__ import annotations

from loosbot.corpus.model import Record
from loosbot.render.blocks import bullets, join, section
from loosbot.render.prose import prose
from loosbot.render.seealso import see_also
from loosbot.render.site import Site, references
from loosbot.render.statements import lessons, statements, words
from loosbot.render.voices import roles_heard, voices_of


def body(record: Record, site: Site) -> str:
    """Everything of the page under its infobox."""
    data, names = record.data, site.names
    others = [tale for tale in _others(record, site) if tale.id != record.id]
    return join(
        section("Les voix", voices_of(record, site)),
        section("Le récit", prose(data["texte"], site, record.path)) if "texte" in data else "",
        section("D'autres voix sur le même projet", bullets(_line(one, site) for one in others)),
        section("Effets", words(data.get("effets"), "effet", names)),
        section("Limites", words(data.get("limites"), "limite", names)),
        section("Frottements", statements(data.get("frottements"), names)),
        section("Leviers", words(data.get("leviers"), "levier", names)),
        section("Points de vigilance", words(data.get("vigilances"), "vigilance", names)),
        section("Ce que cela apprend", lessons(data.get("enseignements"), names)),
        see_also(record, site, leave_out=[one.id for one in others]),
    )


def _others(record: Record, site: Site) -> list[Record]:
    return site.tales_of(*references(record, "projet"))


def _line(tale: Record, site: Site) -> str:
    roles = ", ".join(label.lower() for label in roles_heard(tale.data["voix"]))
    return f"{site.names.link_or_text(tale.id)} ({roles})"
