"""From which page each revision was read.

MediaWiki 1.43 takes as the base of an edit a revision of any page, and writes over the one that
is named. So a base is compared, before it is sent, with the page that it was read from.
"""

from __future__ import annotations

from loosbot.wiki.revisions import Edit, PageState, WikiRefusal


class Origins:
    """Page of each revision that the clones of a session have read. Thread-safe: each call is
    atomic."""

    def __init__(self) -> None:
        self._pages: dict[int, int] = {}

    def saw(self, pageid: int, revision: int) -> None:
        self._pages[revision] = pageid

    def saw_head(self, state: PageState) -> PageState:
        """Note the head; returns the state."""
        if state.revision is not None:
            self.saw(state.pageid, state.revision.id)
        return state

    def require(self, edit: Edit) -> None:
        """Raises WikiRefusal where the base of an edit was not read from its page."""
        if edit.pageid and edit.base and self._pages.get(edit.base) != edit.pageid:
            raise WikiRefusal(
                "editconflict", "La version de départ n’est pas une version de cette page."
            )
