"""Pages of récits: voices first, and the others who speak of the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.tellers import is_reported, is_retold
from loosbot.render.blocks import bullets, join, section
from loosbot.render.prose import prose
from loosbot.render.seealso import see_also
from loosbot.render.site import Site, bare, references
from loosbot.render.statements import lessons, statements, words
from loosbot.render.voices import roles_heard, voices_of
from loosbot.render.wikitext import Context, encode


def body(record: Record, site: Site) -> str:
    """Everything of the page under its infobox."""
    data, names = record.data, site.names
    others = [tale for tale in _others(record, site) if tale.id != record.id]
    return join(
        section("Les voix", join(_whose_words(data), voices_of(record, site))),
        section("Autour du récit", prose(data["texte"], site, record.path))
        if "texte" in data
        else "",
        section("D'autres voix sur le même projet", bullets(_line(one, site) for one in others)),
        section("Effets", words(data.get("effets"), "effet", names)),
        section("Limites", words(data.get("limites"), "limite", names)),
        section("Frottements", statements(data.get("frottements"), names)),
        section("Leviers", words(data.get("leviers"), "levier", names)),
        section("Points de vigilance", words(data.get("vigilances"), "vigilance", names)),
        section("Ce que cela apprend", lessons(data.get("enseignements"), names)),
        see_also(record, site, leave_out=[one.id for one in others]),
    )


def _whose_words(data: Mapping[str, Any]) -> str:
    """What the text of the page is, where it is not the one that was said or written."""
    if not is_retold(data):
        return ""
    sentence = f"Récit retracé d'après {encode(data['d_apres'], Context.PROSE)}"
    if not all(map(is_reported, data["voix"])):
        sentence += ", sauf les mots exacts, donnés comme tels"
    said = bare(data.get("prononce")) == "oui"
    sentence += " ; ce n'est pas le texte " + ("prononcé" if said else "d'origine")
    if said and "video" in data:
        sentence += ", que la vidéo fait entendre"
    return f"''{sentence}.''"


def _others(record: Record, site: Site) -> list[Record]:
    return site.tales_of(*references(record, "projet"))


def _line(tale: Record, site: Site) -> str:
    roles = ", ".join(label.lower() for label in roles_heard(tale.data["voix"]))
    return f"{site.names.link_or_text(tale.id)} ({roles})"
