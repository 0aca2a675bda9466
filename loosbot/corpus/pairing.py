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


def opcodes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """As difflib's, without what both sides begin and end with, which it would go through."""
    head, tail = _common(before, after)
    matcher = SequenceMatcher(
        None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=False
    )
    return [
        (tag, start + head, end + head, first + head, last + head)
        for tag, start, end, first, last in matcher.get_opcodes()
    ]


def places(base: Sequence[str], ours: Sequence[str], most: int | None = None) -> dict[int, int]:
    """Index in ``base`` -> index of the same piece in ``ours``, in growing order. Of more than
    ``most`` pieces between the first and the last change none is looked for."""
    head, tail = _common(base, ours)
    place = {n: n for n in range(head)}
    if most is None or max(len(base), len(ours)) - head - tail <= most:
        for tag, start, end, first, _ in opcodes(base, ours):
            if tag == "equal":
                place |= {start + n: first + n for n in range(end - start)}
    shift = len(ours) - len(base)
    return place | {n: n + shift for n in range(len(base) - tail, len(base))}


def _common(first: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """How many pieces two sequences begin with alike, and how many of the rest they end with."""
    most = min(len(first), len(other))
    head = next((n for n in range(most) if first[n] != other[n]), most)
    most -= head
    return head, next((n for n in range(most) if first[-1 - n] != other[-1 - n]), most)
