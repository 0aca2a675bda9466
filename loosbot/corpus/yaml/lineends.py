"""Where the lines of a paragraph end whose words changed: where they did, for a short diff."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loosbot.corpus.pairing import places

_MOST = 600
"""Words between the first and the last change that are compared: of more, those that are nearly all
alike would take seconds."""


def ended_alike(old: Sequence[Sequence[str]], words: Sequence[str]) -> list[str]:
    """``words`` as lines that end where those of ``old`` do, as far as the words are the same.

    ``old`` are lines, each as its words.
    """
    place = places([word for line in old for word in line], words, _MOST)
    starts = {sum(map(len, old[:number])) for number in range(1, len(old))}
    # a line also ends where it did when the first word of the next one is what changed
    breaks = sorted(
        {place[n] for n in starts if n in place}
        | {place[n - 1] + 1 for n in starts if n not in place and n - 1 in place}
    )
    ends = [0, *(at for at in breaks if 0 < at < len(words)), len(words)]
    return [" ".join(words[start:end]) for start, end in pairwise(ends)]
