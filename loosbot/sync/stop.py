"""The stop page: anybody who may edit the wiki can halt the robot, politely and at once."""

from __future__ import annotations

from collections.abc import Callable

from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.sync.lease import Lease
from loosbot.wiki.reader import Reader

_EVERY = 20
"""Writes between two looks: at fifteen writes a second, somebody who writes waits a second."""
_LONGEST = 200


class StopRequested(UserError):
    """Somebody asks on the wiki that nothing be written. Exit code 1: a person has to decide."""


@dataclass(frozen=True, slots=True)
class StopPage:
    """A request to stop: its author, time (ISO 8601, UTC) and words. ``user`` is "" when hidden."""

    title: str
    user: str
    timestamp: str
    line: str

    def sentence(self) -> str:
        who = self.user or "quelqu’un"
        day, _, hour = self.timestamp.partition("T")
        return (
            f"La page « {self.title} » demande au robot de s’arrêter. "
            f"{who} y a écrit le {day} à {hour[:5]} (UTC) : « {self.line} »"
        )


def stop_page(reader: Reader) -> StopPage | None:
    """The subpage ``Stop`` of the account's own user page, where it has a text.

    A blank page and a redirect ask for nothing. One request.
    """
    title = f"User:{reader.session.account().name}/Stop"
    state = reader.pages([title], content=True)[title]
    head = state.revision
    if head is None or state.redirect or not (head.text or "").strip():
        return None
    line = (head.text or "").strip().splitlines()[0].strip()
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST]}…"
    return StopPage(state.title, head.user, head.timestamp, line)


def require_no_stop(reader: Reader) -> None:
    """Raises StopRequested where the stop page has a text."""
    if page := stop_page(reader):
        who = page.user or "la personne qui l’a écrite"
        raise StopRequested(
            page.sentence(),
            f"Voyez avec {who} pourquoi, puis videz ou supprimez cette page et relancez : la "
            "publication reprendra où elle s’est arrêtée.",
        )


class Watch:
    """Looks at the stop page again while a run writes, and keeps the lease of one that has it;
    used from one thread.

    ``late`` is why publishing would undo what somebody else published since the run began.
    """

    def __init__(self, reader: Reader, late: Callable[[Reader], UserError | None]) -> None:
        self._reader = reader
        self._writes = 0
        self.late = late
        self.lease: Lease | None = None

    def look(self) -> None:
        """Called before the first write and after each; asks the wiki one time in twenty.

        Raises StopRequested, PublicationUnderway, WikiUnavailable; UserError where it is late.
        """
        if self.lease is not None:
            self.lease.keep()
        due = self._writes % _EVERY == 0
        self._writes += 1
        if due:
            require_no_stop(self._reader)
            if late := self.late(self._reader):
                raise late
