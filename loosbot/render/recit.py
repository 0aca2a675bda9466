"""Pages of récits: voices first, and the others who speak of the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.tellers import is_reported, is_retold
from loosbot.render.blocks import bullets, join, section
from loosbot.render.site import Site, bare, references
from loosbot.render.voices import roles_heard, voices_of
from loosbot.render.wikitext import Context, encode


def voices(record: Record, site: Site) -> str:
    """Whose words these are, then the voices."""
    return join(_whose_words(record.data), voices_of(record, site))


def other_tales(record: Record, site: Site) -> tuple[str, list[str]]:
    """The section of the other récits about the same project, and their ids."""
    tales = [tale for tale in _others(record, site) if tale.id != record.id]
    lines = bullets(_line(tale, site) for tale in tales)
    return section("D'autres voix sur le même projet", lines), [tale.id for tale in tales]


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
