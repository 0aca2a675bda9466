"""Redirects that earlier moves of ours left, led on to the title where a page stands now.

MediaWiki follows one redirect and no second: after two renames, the first title of a page showed
its readers the name of the second and nothing else. Where that one has become another page's, it
even led to the wrong page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from loosbot.wiki.revisions import Edit, PageState, WikiRefusal
from loosbot.wiki.writer import Writer
from loosbot.wikitext.names import normal_title

_REDIRECT = re.compile(r"(?P<start>#\w+\s*\[\[:?)(?P<target>[^\[\]|#]+)\]\]")
_WHY = "Redirection menée au nouveau titre de la page."


def lead_on(writer: Writer, moved: Mapping[str, str]) -> None:
    """Lead to the new title what led to the old one; ``moved`` gives the new by the old.

    Only a redirect that says nothing else and was last written by our account: one that somebody
    made or changed stays. One request for each page that was renamed. Raises WikiUnavailable.
    """
    leading = [
        str(redirect["title"])
        for old in moved
        for redirect in writer.listed(
            "backlinks", bltitle=old, blfilterredir="redirects", bllimit="max"
        )
    ]
    if not leading:
        return
    account = writer.session.account().name
    edits = [
        edit
        for state in writer.pages(leading, content=True).values()
        if (edit := _led_on(state, account, moved))
    ]
    for edit in edits:
        try:
            writer.edit(edit)
        except WikiRefusal:
            continue  # somebody was quicker, or keeps it from us: it still leads halfway


def _led_on(state: PageState, account: str, moved: Mapping[str, str]) -> Edit | None:
    head = state.revision
    if head is None or head.user != account or not state.redirect:
        return None
    redirect = _REDIRECT.fullmatch((head.text or "").strip())
    targets = {normal_title(old): new for old, new in moved.items()}
    target = targets.get(normal_title(redirect["target"])) if redirect else None
    if redirect is None or target is None or normal_title(target) == normal_title(state.title):
        return None
    return Edit(state.title, f"{redirect['start']}{target}]]", _WHY, head.id, state.pageid)
