"""Titles that a redirect keeps from the page that the corpus renames so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from loosbot.render.categories import TRACKING
from loosbot.sync import summary
from loosbot.sync.block import title_tag
from loosbot.sync.planned import ObservedPage
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import PageState
from loosbot.wikitext.links import LINKED_TITLE
from loosbot.wikitext.names import normal_title


def kept_redirects(
    reader: Reader, pages: Iterable[ObservedPage], targets: Mapping[str, PageState]
) -> frozenset[str]:
    """The ids of the pages that the corpus renamed to the title of a redirect that MediaWiki moves
    nothing over (``MovePage::isValidMoveTarget``), or that somebody else wrote.

    ``targets`` is the state of each wanted title. One request where one is a redirect, none
    otherwise.
    """
    sources = {
        page.id: page.state.title
        for page in pages
        if targets[page.id].redirect
        and page.state.exists
        and page.state.pageid != targets[page.id].pageid
        and page.fact is not None
        and (page.id == TRACKING or page.fact.published != title_tag(page.wanted))
    }
    titles = {id_: targets[id_].title for id_ in sources}
    states = reader.pages(titles.values(), content=True) if titles else {}
    account = reader.session.account().name
    return frozenset(
        id_
        for id_, source in sources.items()
        if not _left_by_us(states[titles[id_]], source, account)
    )


def is_ours(state: PageState, account: str) -> bool:
    """Whether a redirect is one that a move of ours left, and nobody touched: its only version is
    the robot's, and nobody wrote it who was logged in as the robot."""
    head = state.revision
    if head is None or head.user != account or head.parent:
        return False
    return not summary.is_by_hand(head)


def _left_by_us(state: PageState, source: str, account: str) -> bool:
    """Whether it is the redirect that our move of ``source`` left."""
    link = LINKED_TITLE.search(state.text or "")
    leads_back = link is not None and normal_title(link[1]) == normal_title(source)
    return leads_back and is_ours(state, account)
