"""Beside a récit: the others who speak of the same thing."""

from __future__ import annotations

from loosbot.corpus.model import Record
from loosbot.render.blocks import bullets
from loosbot.render.site import Site, references
from loosbot.render.voices import roles_heard


def other_tales(record: Record, site: Site) -> tuple[str, list[str]]:
    """The other récits about the same project, and their ids."""
    tales = [tale for tale in _others(record, site) if tale.id != record.id]
    lines = bullets(_line(tale, site) for tale in tales)
    return lines, [tale.id for tale in tales]


def _others(record: Record, site: Site) -> list[Record]:
    return site.tales_of(*references(record, "projet"))


def _line(tale: Record, site: Site) -> str:
    roles = ", ".join(label.lower() for label in roles_heard(tale.data["voix"]))
    return f"{site.names.link_or_text(tale.id)} ({roles})"
