"""Template pages: their calls to each other follow the prefix; the rest is kept as written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import mwparserfromhell

from loosbot.canonical import canonical
from loosbot.corpus.model import Template
from loosbot.fields.site import Site
from loosbot.render.categories import category_lines, proposals_title, tracking_line

_PROPOSALS = "Catégorie:Propositions de fiches"
"""As the pages to start from name it, without the prefix of a town."""


def body(template: Template, site: Site) -> str:
    """The template's wikitext, then its categories in ``<noinclude>``.

    Nothing stands between the two: a newline there would show in every page that calls it.
    """
    text = _with_actual_names(canonical(template.text), site)
    lines = (
        f"{category_lines(template.id, template.name, site)}\n{tracking_line(template.id, site)}"
    )
    return f"{text}<noinclude>\n{lines.strip()}\n</noinclude>"


def with_written_names(text: str, site: Site) -> str:
    """The way back: a template's wikitext as its file has it."""
    text = _renamed(
        text, {site.names.template(template.name): template.name for template in _templates(site)}
    )
    return text.replace(_filed(proposals_title(site.corpus.config)), _filed(_PROPOSALS))


def _with_actual_names(text: str, site: Site) -> str:
    text = _renamed(
        text, {template.name: site.names.template(template.name) for template in _templates(site)}
    )
    return text.replace(_filed(_PROPOSALS), _filed(proposals_title(site.corpus.config)))


def _filed(title: str) -> str:
    return f"[[{title}]]"


def _templates(site: Site) -> Iterable[Template]:
    return site.corpus.templates.values()


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """``text`` with the templates that it calls renamed."""
    names = {old: new for old, new in names.items() if old != new}
    if not any(name in text for name in names):
        return text
    code = mwparserfromhell.parse(text)
    for call in code.filter_templates(recursive=True):
        name = str(call.name).strip()
        if name in names:
            call.name = str(call.name).replace(name, names[name], 1)
    return str(code)
