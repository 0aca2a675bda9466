"""Pages of meetings: what was decided, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.render.blocks import join, section, table
from loosbot.render.codecs import DATE, LINKS
from loosbot.render.experience import experience
from loosbot.render.prose import prose
from loosbot.render.seealso import see_also
from loosbot.render.site import Site
from loosbot.render.statements import (
    cell,
    certainty,
    figures,
    lessons,
    promises,
    state_of,
    statements,
)
from loosbot.render.wikitext import Context, encode


def body(record: Record, site: Site) -> str:
    """Everything of the page under its infobox."""
    data, names = record.data, site.names
    return join(
        section("Ce qui s'est passé", prose(data["texte"], site, record.path))
        if "texte" in data
        else "",
        section("Le compte rendu", _minutes(data.get("compte_rendu"), site, record.path)),
        section("Décisions", _decisions(data.get("decisions"), site)),
        section("Engagements", promises("Engagements pris", data.get("engagements"), names)),
        section("Résultats", statements(data.get("resultats"), names)),
        section("Chiffres", figures("Chiffres", data.get("chiffres"), names)),
        section("Frottements", statements(data.get("frottements"), names)),
        experience(data, site, record.path),
        section("Ce que cela apprend", lessons(data.get("enseignements"), names)),
        see_also(record, site),
    )


def _minutes(value: Any, site: Site, path: str) -> str:
    """The text of the minutes, where the record holds it; the fiche says when and where."""
    return prose(value["texte"], site, path) if isinstance(value, dict) and "texte" in value else ""


def _decisions(value: Any, site: Site) -> str:
    if value is None or isinstance(value, str):
        return state_of(value)
    headers = ["Décision", "Pourquoi", "Qui", "Ce qu'elle est devenue"]
    rows = [_decision(one, site) for one in value]
    kept = [index for index in range(len(headers)) if any(row[index] for row in rows)]
    return table(
        "Décisions et suites", [headers[i] for i in kept], [[row[i] for i in kept] for row in rows]
    )


def _decision(one: Mapping[str, Any], site: Site) -> tuple[str, str, str, str]:
    outcome = cell(encode(one["suite"], Context.CELL)) if "suite" in one else "non renseigné"
    if "date_suite" in one:
        outcome += f" ({DATE.encode(one['date_suite'], site.names)})"
    return (
        encode(one["texte"], Context.CELL) + certainty(one, site.names),
        cell(encode(one["motif"], Context.CELL)) if "motif" in one else "",
        LINKS.encode(one["qui"], site.names) if "qui" in one else "",
        outcome,
    )
