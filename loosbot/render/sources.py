"""Sources shown as plain links, where a footnote would be too much."""

from __future__ import annotations

from loosbot.render.names import Names
from loosbot.render.wikitext import Context, encode


def source_id(reference: str) -> tuple[str, str]:
    """Id of the source and the passage: ``referentiel § 5`` -> ``source/referentiel``, ``§ 5``."""
    name, _, passage = reference.partition(" ")
    return (name if name.startswith("source/") else f"source/{name}"), passage


def source_link(reference: str, names: Names) -> str:
    """A link to the source's row, then the passage."""
    id_, passage = source_id(reference)
    link = names.link_or_text(id_, Context.CELL)
    return f"{link}, {encode(passage, Context.CELL)}" if passage else str(link)
