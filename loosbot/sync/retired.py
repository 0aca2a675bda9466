"""The notice that takes the place of a record that left the corpus. Pure."""

from __future__ import annotations

from loosbot.render.categories import TRACKING_TITLE
from loosbot.render.links import category
from loosbot.render.model import RenderedPage
from loosbot.sync.block import Key

RETIRED_TITLE = "Fiches retirées"


def retired_page(corpus: str, id_: str, title: str) -> RenderedPage:
    """The block of a retired page. It keeps its key, so that the record may come back to it."""
    lines = (
        "''Cette page a été retirée du dépôt de la commune. Son historique garde ce qu'elle "
        "disait.''",
        "",
        str(category(RETIRED_TITLE, title)),
        str(category(TRACKING_TITLE, str(Key(corpus, id_)))),
    )
    return RenderedPage(id_, title, "\n".join(lines))


def cancelled_page(corpus: str, id_: str, title: str) -> RenderedPage:
    """The block of a page that a run created, once that run is undone."""
    lines = (
        "''La publication qui avait créé cette page a été annulée. Son historique garde ce "
        "qu'elle disait.''",
        "",
        str(category(RETIRED_TITLE, title)),
        str(category(TRACKING_TITLE, str(Key(corpus, id_)))),
    )
    body = "\n".join(lines)
    if id_.startswith("modele/"):
        return RenderedPage(id_, title, f"<noinclude>{body}</noinclude>", "template")
    return RenderedPage(id_, title, body)
