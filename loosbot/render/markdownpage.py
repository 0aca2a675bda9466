"""Markdown pages: the method, the code source, the portal."""

from __future__ import annotations

from datetime import date

from loosbot.corpus.model import Page
from loosbot.fields.prose import UNPRINTED, prose, story
from loosbot.fields.site import Site
from loosbot.render import portal
from loosbot.render.sources import source_lines
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.captions import captioned


def body(page: Page, site: Site, today: date | None, below: str) -> str:
    """The page's text, with what a portal shows around it (its year is the one of ``today`` where
    it declares none), ``below`` it what is computed, then its sources and its notes."""
    # a form is printed: its explanation is for the screen alone
    form = page.data.get("impression") == "oui"
    text = join(
        portal.computed(portal.name(page)),
        story(page.data.get("resume"), site, page.path, printed=not form),
        portal.computed(portal.opening(page, site, today)),
        captioned(prose(page.text, site, page.path, 1), page.title),
        portal.computed(below, portal.news(page)),
    )
    sources = page.data.get("sources")
    listed = bullets(source_lines(sources, site.names)) if isinstance(sources, list) else ""
    notes = "<references />" if "<ref" in text else ""
    end = section("Sources", listed, notes)
    return join(text, f'<div class="{UNPRINTED}">\n{end}\n</div>' if form and end else end)
