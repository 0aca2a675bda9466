"""Reading every revision and every log entry of a wiki, from a moment on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loosbot.frozen import dataclass
from loosbot.wiki import answers
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import LogEntry


@dataclass(frozen=True, slots=True)
class Version:
    """One revision. Parts that an administrator hid are "", even where the account may see them."""

    page: int
    title: str
    revision: int
    timestamp: str
    user: str
    comment: str
    text: str


def versions(reader: Reader, since: str = "") -> Iterator[Version]:
    """Every version that is kept, deleted pages apart, oldest first; ``since`` is ISO 8601.

    Raises WikiUnavailable.
    """
    pages = reader.listed(
        "allrevisions",
        arvprop="ids|timestamp|user|comment|content",
        arvslots="main",
        arvdir="newer",
        arvlimit="max",
        arvstart=since or None,
    )
    for page in pages:
        for raw in page.get("revisions", ()):
            slot = raw.get("slots", {}).get("main", {})
            yield Version(
                page=int(page.get("pageid", 0)),
                title=str(page.get("title", "")),
                revision=int(raw["revid"]),
                timestamp=str(raw.get("timestamp", "")),
                user="" if raw.get("userhidden") else str(raw.get("user", "")),
                comment="" if raw.get("commenthidden") else str(raw.get("comment", "")),
                text="" if slot.get("texthidden") else str(slot.get("content", "")),
            )


def entries(reader: Reader, since: str = "", until: str = "") -> Iterator[LogEntry]:
    """Every entry of every log, oldest first; both bounds are of the period."""
    events = reader.listed(
        "logevents",
        leprop="ids|title|type|user|timestamp|comment|details",
        ledir="newer",
        lelimit="max",
        lestart=since or None,
        leend=until or None,
    )
    for raw in events:
        shown = {key: value for key, value in raw.items() if not raw.get(f"{key}hidden")}
        if raw.get("actionhidden"):
            shown = {key: value for key, value in shown.items() if key not in ("title", "params")}
        yield answers.log_entry(shown)


def standing(reader: Reader, revisions: Iterable[int]) -> dict[int, tuple[bool, bool, bool]]:
    """By revision id: whether its text, comment and author are still readable."""
    return {
        id_: (bool(revision.sha1), bool(revision.comment), bool(revision.user))
        for id_, revision in reader.revisions(revisions, content=False).items()
    }
