"""A return of experience: what happened, why, how each saw it, what can be done better.

The lesson that is drawn together, the third of the four questions, is in ``enseignements``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.render.blocks import join, section
from loosbot.render.prose import prose
from loosbot.render.site import Site
from loosbot.render.statements import statements

FIELD = "retour_d_experience"
PROSE: Mapping[str, str] = {
    "faits": "Que s'est-il passé ?",
    "pourquoi": "Pourquoi ?",
    "position_commune": "La position commune",
}
LISTS: Mapping[str, str] = {
    "points_de_vue": "Les points de vue",
    "ameliorations": "Ce qui peut être amélioré",
}
_ORDER = ("faits", "points_de_vue", "pourquoi", "position_commune", "ameliorations")
"""Facts and views before reasons: what is discussed is what everybody has heard first."""


def experience(data: Mapping[str, Any], site: Site, path: str) -> str:
    """The sections that answer the questions; "" where nobody came back on it."""
    value = data.get(FIELD, {})
    blocks = []
    for key in _ORDER:
        if key in value:
            said = value[key]
            text = prose(said, site, path) if key in PROSE else statements(said, site.names)
            blocks.append(section(PROSE.get(key) or LISTS[key], text))
    return join(*blocks)
