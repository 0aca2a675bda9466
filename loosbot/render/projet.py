"""Pages of projects and fifty-fifties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.render.blocks import bullets, join, section
from loosbot.render.call import block_call
from loosbot.render.codecs import DATE, LINKS
from loosbot.render.experience import experience
from loosbot.render.fields import CLAUSES, parameters
from loosbot.render.prose import prose
from loosbot.render.seealso import see_also
from loosbot.render.site import Site
from loosbot.render.stages import course
from loosbot.render.statements import (
    certainty,
    contributions,
    figures,
    lessons,
    promises,
    state_of,
    statements,
    words,
)
from loosbot.render.voices import voices_about
from loosbot.render.wikitext import Context, encode


def body(record: Record, site: Site) -> str:
    """Everything of the page under its infobox."""
    data, names = record.data, site.names
    tales = site.tales_of(record.id)
    limits = join(
        words(data.get("limites"), "limite", names),
        statements(data.get("precisions_limites"), names),
    )
    return join(
        course(record, site),
        _who_brings_what(data, site),
        section("Coûts et chiffres", *_figures(data, site)),
        section("Ce qu'ils en disent", voices_about(tales, site)),
        section("En détail", prose(data["texte"], site, record.path)) if "texte" in data else "",
        section("Résultats", statements(data.get("resultats"), names)),
        section("Effets", words(data.get("effets"), "effet", names)),
        section("Limites", limits),
        section("Frottements", statements(data.get("frottements"), names)),
        section("Leviers", words(data.get("leviers"), "levier", names)),
        section("Points de vigilance", words(data.get("vigilances"), "vigilance", names)),
        experience(data, site, record.path),
        section("Ce que cela apprend", lessons(data.get("enseignements"), names)),
        section("Questions ouvertes", statements(data.get("questions"), names)),
        section("À qui s'adresser", _contacts(data.get("referents"), site)),
        see_also(record, site, leave_out=[tale.id for tale in tales]),
    )


def _who_brings_what(data: Mapping[str, Any], site: Site) -> str:
    agreement = data.get("convention")
    agreement = agreement if isinstance(agreement, Mapping) else {}
    work = data.get("realisation")
    work = work if isinstance(work, Mapping) else {}
    clauses = parameters(CLAUSES, agreement, site.names)
    return section(
        "Qui apporte quoi",
        contributions(work.get("apports"), site.names),
        promises("Engagements de la convention", agreement.get("engagements"), site.names),
        promises("Autres engagements", data.get("engagements"), site.names),
        block_call(site.names, "Convention", clauses) if clauses else "",
    )


def _figures(data: Mapping[str, Any], site: Site) -> list[str]:
    work = data.get("realisation")
    costs = work.get("couts") if isinstance(work, Mapping) else None
    return [
        figures("Coûts", costs, site.names),
        figures("Chiffres", data.get("chiffres"), site.names),
    ]


def _contacts(value: Any, site: Site) -> str:
    if value is None or isinstance(value, str):
        return state_of(value)
    lines = []
    for one in value:
        line = LINKS.encode(one["qui"], site.names)
        if "role" in one:
            line += f", {encode(one['role'], Context.LIST_ITEM)}"
        dates = [
            f"{word} : {DATE.encode(one[key], site.names)}"
            for key, word in (("du", "depuis"), ("au", "jusqu'à"))
            if key in one
        ]
        line += f" ({', '.join(dates)})" if dates else ""
        lines.append(line + certainty(one, site.names))
    return bullets(lines)
