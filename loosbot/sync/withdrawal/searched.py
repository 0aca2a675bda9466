"""Which pages were searched for those who withdrew, at which head, to skip them in later runs.

A page that was found clear of them stays so until somebody writes on it: what it once told, it told
before. The notes are kept from one run to the next for one set of withdrawals, and of those shown
who bear a name like theirs: numbers alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, search_mark

_NOTE: Final = "pages-retraits"


class SearchedPages:
    """Reads ``notes``, and writes there what is noted."""

    def __init__(self, notes: dict[str, Any], people: Collection[WithdrawnPerson]) -> None:
        mark = search_mark(people)
        self._clear, self._old_versions = _read(notes.get(_NOTE), mark)
        if mark:
            notes[_NOTE] = {"mark": mark, "clear": self._clear, "pages": self._old_versions}
        else:
            notes.pop(_NOTE, None)

    def clear(self, pageid: int, head: int) -> bool:
        """Whether this page was found clear, all its old versions too, when this was its head."""
        return self._clear.get(str(pageid)) == head

    def old_versions(self, pageid: int, head: int) -> list[int] | None:
        """The old versions that mention them, newest first; None where that is not known."""
        known = self._old_versions.get(str(pageid))
        return known[1:] if known and known[0] == head else None

    def note(self, pageid: int, head: int, old_versions: Sequence[int] | None) -> None:
        """Note what was found under that head; ``old_versions`` is None for a page found clear."""
        self._clear.pop(str(pageid), None)
        self._old_versions.pop(str(pageid), None)
        if old_versions is None:
            self._clear[str(pageid)] = head
        else:
            self._old_versions[str(pageid)] = [head, *old_versions]


def _read(note: Any, mark: str) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Two mappings by page id: the head of each page found clear; of each other page its head, then
    the versions that mention them. Both are empty where the note is of other withdrawals, or
    malformed."""
    try:
        if note["mark"] == mark:
            clear = {str(page): int(head) for page, head in note["clear"].items()}
            pages = note["pages"].items()
            return clear, {
                str(page): [int(number) for number in numbers] for page, numbers in pages
            }
    except (AttributeError, KeyError, TypeError, ValueError):
        pass  # malformed: the pages are searched again
    return {}, {}
