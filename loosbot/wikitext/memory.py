"""A cache for conversions: one comparison converts the same long text many times."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from loosbot.wikitext.wikicode import Undecodable

_MOST = 400
"""Answers that are kept; the oldest goes first."""


T = TypeVar("T")


@dataclass(slots=True)
class Memory(Generic[T]):
    """Result, or Undecodable, of each key."""

    _known: dict[Hashable, T | Undecodable] = field(default_factory=dict)

    def ask(self, key: Hashable, answer: Callable[[], T]) -> T:
        """``answer()``, worked out once for each key. Raises the Undecodable that it raises."""
        if key not in self._known:
            if len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            try:
                self._known[key] = answer()
            except Undecodable as reason:
                # without its traceback, which would keep the frames alive
                self._known[key] = reason.with_traceback(None)
        known = self._known[key]
        if isinstance(known, Undecodable):
            raise known
        return known
