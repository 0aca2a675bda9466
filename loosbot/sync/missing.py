"""Why a page is missing: the wiki's deletion and move logs."""

from __future__ import annotations

from loosbot.frozen import dataclass
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import LogEntry, PageState

_WHOLE = 2000
"""Entries of a log that are read at once, before asking title by title costs less."""
_HOPS = 10


@dataclass(frozen=True, slots=True)
class Removal:
    """Why nothing stands at a title: ``entry`` deleted it, or moved it to ``page``."""

    entry: LogEntry
    page: PageState | None


class Removals:
    """The two logs, read on first use."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._logs: dict[str, dict[str, list[LogEntry]] | None] = {}

    def of(self, title: str) -> Removal | None:
        """What became of the page that once stood at this title; None where there never was one.

        A page may be moved and then deleted: the deletion is under its last title only.
        """
        for _ in range(_HOPS):
            newest = max(
                (
                    *(entry for entry in self._entries("move", title) if entry.title == title),
                    # a redirect that a move deleted was nobody's page
                    *(
                        entry
                        for entry in self._entries("delete", title)
                        if entry.action in ("delete", "restore")
                    ),
                ),
                key=lambda entry: entry.id,
                default=None,
            )
            if newest is None or newest.action == "restore":
                return None
            if newest.action == "delete":
                return Removal(newest, None)
            title = newest.target
            page = self._reader.pages([title])[title]
            if page.exists:
                return Removal(newest, page)
        return None

    def _entries(self, kind: str, title: str) -> list[LogEntry]:
        if kind not in self._logs:
            entries = self._reader.log(kind, None, _WHOLE)
            self._logs[kind] = _by_title(entries) if len(entries) < _WHOLE else None
        known = self._logs[kind]
        return self._reader.log(kind, title) if known is None else known.get(title, [])


def _by_title(entries: list[LogEntry]) -> dict[str, list[LogEntry]]:
    entries_of: dict[str, list[LogEntry]] = {}
    for entry in entries:
        entries_of.setdefault(entry.title, []).append(entry)
    return entries_of
