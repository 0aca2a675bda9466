"""What a run did, page by page."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import UTC, datetime

from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.sync.planned import Action, PlannedPage
from loosbot.wiki.revisions import Revision


@dataclass(frozen=True, slots=True)
class Failure:
    """A page that was not written. ``error`` holds the wiki's own words, and what to do."""

    id: str
    title: str
    error: str


@dataclass(frozen=True, slots=True)
class HumanEdit:
    """A page whose block a person changed, and in which revision; or, not ``edited``, one that
    waits for a person for another reason, and the revision that it is about."""

    id: str
    title: str
    user: str
    revision: int
    reason: str
    edited: bool = True

    @property
    def what(self) -> str:
        """The beginning of the sentence on the page, before the reason."""
        if not self.edited:
            return "attend quelqu’un"
        return f"modifiée par {self.user}" if self.user else "modifiée"


@dataclass(frozen=True, slots=True)
class WrittenRevision:
    """One revision of ours. ``sha1`` is that of the text that was sent; ``began`` and ``ended``
    are when it was sent and when the answer was there (:func:`time.monotonic`)."""

    page: PlannedPage
    action: Action
    revision: int
    sha1: str
    merged: bool
    began: float = 0.0
    ended: float = 0.0


@dataclass(slots=True)
class Outcome:
    """The tally of a run, filled while it goes; changed by one thread only.

    ``moved`` counts pages, ``steps`` the moves that it took, ``notes`` the messages left on talk
    pages, ``uploads`` are the titles of the files sent. ``interrupted`` and ``fatal`` tell
    that it was stopped before its end, by the person, because somebody asked so on the wiki, or
    because it took nothing more; ``remaining`` pages were then not looked at. ``began`` is when, by
    :func:`time.monotonic`. ``duties`` is what
    a withdrawn consent asks a person to do. ``heads`` are the revisions of ours that hold just what
    was sent, by the id of a page that existed.
    """

    run: str
    written: list[WrittenRevision] = field(default_factory=list)
    moved: int = 0
    steps: int = 0
    notes: int = 0
    uploads: list[str] = field(default_factory=list)
    unchanged: int = 0
    human_edits: list[HumanEdit] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    remaining: int = 0
    remarks: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    heads: dict[int, Revision] = field(default_factory=dict)
    requests: int = 0
    seconds: float = 0.0
    began: float = field(default_factory=time.monotonic)
    interrupted: bool = False
    fatal: UserError | None = None

    @contextmanager
    def stopping(self) -> Iterator[None]:
        """A context that ^C and an error leave without being raised: the run is then stopped."""
        try:
            yield
        except KeyboardInterrupt:
            self.interrupted = True
        except UserError as error:
            self.fatal = error

    def end(self, requests: int) -> None:
        """Count the time until now, and the requests that were sent."""
        self.requests = requests
        self.seconds = time.monotonic() - self.began

    def count(self, action: Action) -> int:
        return sum(written.action == action for written in self.written)

    @property
    def merged(self) -> int:
        return sum(written.merged for written in self.written)

    @property
    def edits(self) -> int:
        """Revisions written, those of moves and of messages included."""
        return len(self.written) + self.steps + self.notes

    @property
    def stopped(self) -> bool:
        return self.interrupted or self.fatal is not None

    def quiet_but(self, notice: str) -> bool:
        """Whether a run only wrote texts, and reports nothing but that notice."""
        beside = self.steps or self.notes or self.moved or self.uploads or self.duties
        remarks = set(self.remarks) - {notice}
        return not (beside or remarks or self.needs_human or self.stopped)

    @property
    def needs_human(self) -> bool:
        return bool(self.human_edits or self.failed)


def new_run() -> str:
    """A name for a run: its time (UTC), and four random digits."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
