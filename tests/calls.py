"""How often functions are called: a count that no busy machine changes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType


def calls_during(action: Callable[[], object]) -> Counter[CodeType]:
    """Calls of each function of Python while ``action`` runs, by its ``__code__``."""
    calls: Counter[CodeType] = Counter()

    def note(frame: FrameType, event: str, _given: object) -> None:
        if event == "call":
            calls[frame.f_code] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(before)
    return calls


def calls_of(function: Callable[..., object], action: Callable[[], object]) -> int:
    """Calls of ``function`` while ``action`` runs."""
    code: CodeType = function.__code__  # type: ignore[attr-defined] - a plain function has one
    return calls_during(action)[code]
