"""Which pages were looked through for who withdrew, at which head: they are not looked at again.

A page that was found clear of them stays so until somebody writes on it: what it once told, it told
before. The notes are kept from one run to the next for one set of withdrawals, numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from loosbot.corpus.privacy.withdrawals import Source, mark_of

_NOTE: Final = "pages-retraits"


class Looked:
    """Reads ``notes``, and writes there what is noted."""

    def __init__(self, notes: dict[str, Any], sources: Iterable[Source]) -> None:
        mark = mark_of(sources)
        self._clear: dict[str, int] = {}
        self._telling: dict[str, Any] = {}
        before = notes.get(_NOTE)
        if isinstance(before, dict) and before.get("mark") == mark:
            self._clear = dict(before.get("clear", {}))
            self._telling = dict(before.get("pages", {}))
        if mark:
            notes[_NOTE] = {"mark": mark, "clear": self._clear, "pages": self._telling}
        else:
            notes.pop(_NOTE, None)

    def clear(self, pageid: int, head: int) -> bool:
        """Whether this page was found clear, all its old versions too, when this was its head."""
        return self._clear.get(str(pageid)) == head

    def telling(self, pageid: int, head: int) -> list[int] | None:
        """The old versions that tell of them, newest first; None where that is not known."""
        known = self._telling.get(str(pageid))
        return list(known[1]) if known and known[0] == head else None

    def note(self, pageid: int, head: int, telling: Sequence[int] | None) -> None:
        """Note what was found under that head; ``telling`` is None for a page found clear."""
        self._clear.pop(str(pageid), None)
        self._telling.pop(str(pageid), None)
        if telling is None:
            self._clear[str(pageid)] = head
        else:
            self._telling[str(pageid)] = [head, list(telling)]
