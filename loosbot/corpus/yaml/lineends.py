"""Where the lines of a paragraph end whose words changed: where they did, for a short diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_MOST = 600
"""Words between the first and the last change that are compared: of more, those that are nearly all
alike would take seconds."""


def ended_alike(old: Sequence[Sequence[str]], words: Sequence[str]) -> list[str]:
    """``words`` as lines that end where those of ``old`` do, as far as the words are the same.

    ``old`` are lines, each as its words.
    """
    place = _same([word for line in old for word in line], words)
    starts = {sum(map(len, old[:number])) for number in range(1, len(old))}
    # a line also ends where it did when the first word of the next one is what changed
    breaks = sorted(
        {place[n] for n in starts if n in place}
        | {place[n - 1] + 1 for n in starts if n not in place and n - 1 in place}
    )
    ends = [0, *(at for at in breaks if 0 < at < len(words)), len(words)]
    return [" ".join(words[start:end]) for start, end in pairwise(ends)]


def _same(old: Sequence[str], new: Sequence[str]) -> Mapping[int, int]:
    """Where the words of ``old`` stand in ``new``, those that are in both."""
    shared = min(len(old), len(new))
    head = next((n for n in range(shared) if old[n] != new[n]), shared)
    left = shared - head
    tail = next((n for n in range(left) if old[-1 - n] != new[-1 - n]), left)
    place = {n: n for n in range(head)}
    place |= {len(old) - n: len(new) - n for n in range(1, tail + 1)}
    inner, others = old[head : len(old) - tail], new[head : len(new) - tail]
    if max(len(inner), len(others)) <= _MOST:
        for match in SequenceMatcher(None, inner, others, autojunk=False).get_matching_blocks():
            place |= {head + match.a + n: head + match.b + n for n in range(match.size)}
    return place
