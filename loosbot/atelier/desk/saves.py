"""What drafts became, for as long as the atelier runs: a form that is sent twice is saved once.

A button pressed twice, a page sent again because no answer came back, the way back after saving:
the browser then sends, or asks for, a draft that is a version already. No word is kept here.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_MOST = 500


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """The record that a draft became, or the ``proposal`` of it and the ``tree`` of its files; a
    fingerprint of what was sent, and the page that tells of it."""

    record: str
    proposal: str
    tree: str
    fingerprint: str
    address: str


class SavedDrafts:
    """By draft and person; ``turn`` has the requests of one draft go one after the other."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._busy: set[str] = set()
        self._known: OrderedDict[str, SavedDraft] = OrderedDict()

    @contextmanager
    def turn(self, draft: str) -> Iterator[SavedDraft | None]:
        """What became of a draft, once no other request is at work on it."""
        with self._changed:
            self._changed.wait_for(lambda: draft not in self._busy)
            self._busy.add(draft)
        try:
            yield self.find(draft)
        finally:
            with self._changed:
                self._busy.discard(draft)
                self._changed.notify_all()

    def find(self, draft: str) -> SavedDraft | None:
        """What became of a draft; None for one that was not saved, or long ago."""
        with self._changed:
            return self._known.get(draft)

    def note(self, draft: str, saved: SavedDraft) -> None:
        """Remember it, over what was known of this draft."""
        with self._changed:
            self._known.pop(draft, None)
            self._known[draft] = saved
            while len(self._known) > _MOST:
                self._known.popitem(last=False)


def fingerprint(posted: Iterable[tuple[str, Iterable[str]]]) -> str:
    """A hash of a posted form, equal for equal content."""
    answers = sorted((name, list(texts)) for name, texts in posted)
    return hashlib.sha256(repr(answers).encode("utf-8", "surrogatepass")).hexdigest()
