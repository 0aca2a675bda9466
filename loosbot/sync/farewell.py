"""The notice on the page of a record that left the corpus (a retired page). Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

from loosbot.corpus.dates import display
from loosbot.history.git import short
from loosbot.history.removed import LastVersion
from loosbot.render.categories import RETIRED, TRACKING_TITLE
from loosbot.render.rendered import RenderedPage
from loosbot.sync.advice import ILLEGIBLE, NO_FILE
from loosbot.sync.block import Key, marked_in
from loosbot.sync.planned import PlannedPage
from loosbot.wikitext.links import category, tracking_category
from loosbot.wikitext.names import Names

_LEFT = "Cette page a été retirée du dépôt de la commune."
_ENDED = "Cette page n’est plus publiée par la commune."


def retired_page(
    corpus: str, id_: str, title: str, names: Names, last: LastVersion | None
) -> RenderedPage:
    """The block of a retired page. It keeps its key, so that the record may come back to it.

    ``last`` is the last commit that had the record; None where none is known, or where the
    record is still there and only its publication has ended.
    """
    if last:
        sentence = (
            f"{_LEFT} Elle y était encore dans la version "
            f"<code>{short(last.id)}</code> du {display(last.day)}. Son historique garde ce "
            "qu’elle disait."
        )
    else:
        sentence = _ENDED
    # the sort key of the category must not name somebody who withdrew either
    lines = (
        f"''{sentence}''",
        "",
        str(category(names.category(RETIRED), title if last else "")),
        str(tracking_category(TRACKING_TITLE, str(Key(corpus, id_)))),
    )
    return RenderedPage(id_, title, "\n".join(lines))


def farewell(page: PlannedPage, key: Key, known: bool) -> PlannedPage:
    """The plan of a page whose record is gone; ``known``: whether its last commit is.

    A template stays as it is, since pages that people wrote may call it. So does a notice where
    this clone knows less than the one that wrote it, and one that says nothing of a version: the
    file of somebody who withdrew goes, or gets another name, after her page was made a notice, and
    a new one would name her again.
    """
    if page.id.startswith("modele/"):
        reason = "Ce modèle n’est plus dans le dépôt ; il reste pour les pages qui l’emploient."
        return replace(page, action="none", reason=reason, text=None)
    reason = "La fiche a quitté le dépôt, sa page le dit."
    notices = (_ENDED,) if known else (_LEFT, _ENDED)
    if page.action == "update" and not page.taken and _says(page.before, key, notices):
        return replace(page, action="none", reason=reason, text=None)
    if page.action == "update":
        return replace(page, action="retire", reason="La fiche n’est plus dans le dépôt.")
    if page.action == "none":
        return replace(page, reason=reason)
    if page.action == "human-edit" and page.remedy != ILLEGIBLE:
        return replace(page, remedy=NO_FILE)
    return page


def kept_for(page: PlannedPage, key: Key, heir: RenderedPage) -> PlannedPage:
    """The plan of a page whose record is gone, where another record wants its title.

    That one is most likely the same, whose file was renamed and which does not say so yet: where it
    says all that the page says, the page waits with it. Where it says less, that may be words that
    must not stay.
    """
    if page.action != "retire" or not _says_all(heir, page.before, key):
        return page
    reason = f"Son titre est aussi celui de {heir.id}, qui dit tout ce qu’elle dit : elle reste."
    return replace(page, action="none", reason=reason, text=None)


def _says_all(heir: RenderedPage, text: str, key: Key) -> bool:
    """Whether a page holds every word of a block, the record's id left aside."""
    marked = marked_in(text, key)
    return marked is not None and (_words(marked.block.body) <= _words(heir.body) | _words(key.id))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unescape(text)))


def _says(text: str, key: Key, notices: tuple[str, ...]) -> bool:
    """Whether the block of a page is one of these notices."""
    marked = marked_in(text, key)
    begins = tuple(f"''{notice}" for notice in notices)
    return marked is not None and marked.block.body.startswith(begins)


def cancelled_page(corpus: str, id_: str, title: str, names: Names) -> RenderedPage:
    """The block of a page that a run created, once that run is undone."""
    lines = (
        "''La publication qui avait créé cette page a été annulée. Son historique garde ce "
        "qu’elle disait.''",
        "",
        "" if id_ == RETIRED else str(category(names.category(RETIRED), title)),
        str(tracking_category(TRACKING_TITLE, str(Key(corpus, id_)))),
    )
    body = "\n".join(lines)
    if id_.startswith("modele/"):
        return RenderedPage(id_, title, f"<noinclude>{body}</noinclude>", "template")
    return RenderedPage(id_, title, body)
