"""A page of method as an article: its summary, its text, where it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.corpus.links import source_parts
from loosbot.corpus.model import Page
from loosbot.html.context import Shelf
from loosbot.html.typography import typeset


def text_of(page: Page, shelf: Shelf, *, lead: bool = True) -> str:
    """``lead`` False leaves out the summary and the sources: a form is filled in without them."""
    resume = page.data.get("resume") if lead else None
    summary = (
        f'<div class="resume">{shelf.prose(page.id, page.path, str(resume), 1)}</div>'
        if resume
        else ""
    )
    body = shelf.prose(page.id, page.path, page.text, 1)
    sources = sources_of(page.id, page.data, shelf) if lead else ""
    return f"<article><h1>{typeset(page.title)}</h1>{summary}{body}{sources}</article>"


def sources_of(here: str, data: Mapping[str, object], shelf: Shelf) -> str:
    """The section of the sources of a page or an index; "" where it names none."""
    listed = data.get("sources")
    if not isinstance(listed, list):
        return ""
    items = []
    for cited in listed:
        id_, passage = source_parts(str(cited))
        more = f", {typeset(passage)}" if passage else ""
        items.append(f"<li>{shelf.link(here, id_)}{more}</li>")
    return f"<h2>Sources</h2><ul>{''.join(items)}</ul>"
