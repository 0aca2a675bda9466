"""Template pages: their calls to each other follow the prefix; the rest is kept as written."""

from __future__ import annotations

import mwparserfromhell

from loosbot.corpus.model import Template
from loosbot.render.categories import category_lines, tracking_line
from loosbot.render.site import Site
from loosbot.render.wikitext import canonical


def body(template: Template, site: Site) -> str:
    """The template's wikitext, then its categories in ``<noinclude>``.

    Nothing stands between the two: a newline there would show in every page that calls it.
    """
    text = _with_actual_names(canonical(template.text), site)
    lines = (
        f"{category_lines(template.id, template.name, site)}\n{tracking_line(template.id, site)}"
    )
    return f"{text}<noinclude>\n{lines.strip()}\n</noinclude>"


def _with_actual_names(text: str, site: Site) -> str:
    actual = {
        one.name: site.names.template(one.name)
        for one in site.corpus.templates.values()
        if site.names.template(one.name) != one.name
    }
    if not any(name in text for name in actual):
        return text
    code = mwparserfromhell.parse(text)
    for call in code.filter_templates(recursive=True):
        name = str(call.name).strip()
        if name in actual:
            call.name = str(call.name).replace(name, actual[name], 1)
    return str(code)
