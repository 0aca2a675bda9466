"""Beside a récit: the others who speak of the same thing."""

from __future__ import annotations

from loosbot.corpus.model import Record
from loosbot.fields.site import Site, references
from loosbot.fields.voices import roles_heard
from loosbot.wikitext.blocks import bullets
from loosbot.wikitext.encoding import Context, encode


def other_tales(record: Record, site: Site) -> tuple[str, list[str]]:
    """Where else somebody speaks of the same projects, and the ids of the récits among them."""
    others = _others(record, site)
    lines = bullets(_line(other, site) for other in others)
    return lines, [other.id for other in others if other.type == "recit"]


def _others(record: Record, site: Site) -> list[Record]:
    """Where else somebody speaks of the same projects: what shares the most of them first."""
    about = set(references(record, "projet"))
    heard = site.heard_about(*references(record, "projet"))
    heard = [story for story in heard if story.id != record.id]
    return sorted(heard, key=lambda story: -len(about & {story.id, *references(story, "projet")}))


def _line(record: Record, site: Site) -> str:
    roles = ", ".join(roles_heard(record.data["voix"]))
    return f"{site.names.link_or_text(record.id)} ({encode(roles, Context.LIST_ITEM)})"
