"""Which text of one sequence became which of another. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

_MOST = 40
"""Texts on one side that are paired by likeness; of a longer side none is."""
_ALIKE = 0.5


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Indexes of texts that are alike by their words, growing on both sides. Those that are most
    alike are paired first, so that no pair of texts merely alike keeps them apart."""
    if len(old) > _MOST or len(new) > _MOST:
        return []
    matcher = SequenceMatcher[str](autojunk=False)
    candidates: list[tuple[float, int, int]] = []
    for m, text in enumerate(new):
        matcher.set_seq2(text.split())
        for n, other in enumerate(old):
            matcher.set_seq1(other.split())
            if matcher.quick_ratio() > _ALIKE and (ratio := matcher.ratio()) > _ALIKE:
                candidates.append((-ratio, n, m))
    found: list[tuple[int, int]] = []
    for _, n, m in sorted(candidates):
        if all(
            (n < other_n and m < other_m) or (n > other_n and m > other_m)
            for other_n, other_m in found
        ):
            found.append((n, m))
    return sorted(found)
