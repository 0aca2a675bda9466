"""Status and sources behind a fact: encoding and decoding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.fields.codecs import (
    SOURCES,
    beyond_certainty,
    require_last,
    sources_of,
    status_call,
    word,
)
from loosbot.wikitext import wikicode
from loosbot.wikitext.names import Names


def certainty(item: Mapping[str, Any], names: Names) -> str:
    """To write behind a fact: ``{{Statut|estimé}} {{Source|…}}``, "" where nothing is known."""
    out = ""
    if "statut" in item:
        out += f" {status_call(item['statut'], names)}"
    if "sources" in item:
        out += f" {SOURCES.encode(item['sources'], names)}"
    return out


def with_certainty(text: str, names: Names) -> tuple[str, dict[str, Any]]:
    """A text without its status and its sources, and what these say (``statut``, ``sources``).

    Raises ``wikicode.Undecodable`` where words come behind these: in the field they would stand
    before them, under a source that does not say them.
    """
    known = {names.template(name): name for name in ("Statut", "Source")}
    require_last(text, known)
    calls, rest = wikicode.take_templates(text, set(known))
    certainty: dict[str, Any] = {}
    states = [call for call in calls if known[call.name] == "Statut"]
    sources = [call for call in calls if known[call.name] == "Source"]
    if states:
        certainty["statut"] = word("statut-fait").decode(states[0].values.get("1", ""), names)
    if sources:
        certainty["sources"] = sources_of(sources)
    beyond = beyond_certainty(calls, names)
    return rest, {**certainty, "au-delà": beyond} if beyond else certainty
