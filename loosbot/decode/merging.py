"""Sequences of pieces set against each other: what to change in one so that it has what a person
changed in another. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from loosbot.corpus.pairing import opcodes, pairs, places
from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
    """A replacement: ``ours.texts[start:end]``, equal in meaning to ``old``, become ``new``."""

    start: int
    end: int
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PieceConflict:
    """A piece that changed on both sides, in two ways."""

    base: tuple[str, ...]
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


def apart(splice: Splice) -> tuple[Splice, ...]:
    """A splice as one for each piece: those alike in place of each other, the rest in order.

    What comes back of a passage need not wait for what cannot.
    """
    splices: list[Splice] = []
    at = new_at = 0
    for old_end, new_end in [*pairs(splice.old, splice.new), (len(splice.old), len(splice.new))]:
        for n in range(max(old_end - at, new_end - new_at)):
            old = splice.old[at + n : at + n + 1] if at + n < old_end else ()
            new = splice.new[new_at + n : new_at + n + 1] if new_at + n < new_end else ()
            start = splice.start + min(at + n, old_end)
            if old != new:
                splices.append(Splice(start, start + len(old), old, new))
        if old_end < len(splice.old) and new_end < len(splice.new):
            old, new = splice.old[old_end : old_end + 1], splice.new[new_end : new_end + 1]
            start = splice.start + old_end
            if old != new:
                splices.append(Splice(start, start + 1, old, new))
        at, new_at = old_end + 1, new_end + 1
    return tuple(splices) if splice.end - splice.start == len(splice.old) else (splice,)


Pieces = tuple[Sequence[str], Sequence[str]]
"""Texts, and what each of them says."""


def merge(base: Pieces, theirs: Pieces, ours: Pieces) -> tuple[list[Splice], list[PieceConflict]]:
    """What to change in ``ours`` so that it says what ``theirs`` changed in ``base``."""
    splices: list[Splice] = []
    clashes: list[PieceConflict] = []
    place = places(base[1], ours[1])
    for tag, start, end, first, last in opcodes(base[1], theirs[1]):
        if tag == "equal":
            continue
        low = max((to + 1 for number, to in place.items() if number < start), default=0)
        high = min((to for number, to in place.items() if number >= end), default=len(ours[0]))
        moved = _kept(base[1], ours, range(start, end)) if first == last and low == high else ()
        if not moved and _has(ours[1][low:high], theirs[1][first:last]):
            continue
        old, new = tuple(base[0][start:end]), tuple(theirs[0][first:last])
        region = [place.get(number, -1) for number in range(start, end)]
        missing = _missing(range(low, high), ours[1], theirs[1][first:last], new)
        replaced = max(region, default=-1) < 0 and _is_whole(missing, new, high - low)
        if missing and (start == end or replaced):
            # the corpus has a part of it, which was pulled before: only the rest is added
            splices += missing
            continue
        if start == end:  # additions go after those that the corpus has at the same place
            splices.append(Splice(high, high, old, new))
        elif region == list(range(low, high)) or (new and _follow(region)):
            beside = [ours[1][number] for number in range(low, high) if number not in region]
            kept = _without(beside, theirs[1][first:last], new)
            splices.append(Splice(region[0], region[-1] + 1, old, kept))
        else:
            clashes.append(PieceConflict(old, new, moved or tuple(ours[0][low:high])))
    return splices, clashes


def _missing(
    region: range, ours: Sequence[str], wanted: Sequence[str], new: Sequence[str]
) -> list[Splice]:
    """What is to be put beside those of the ``wanted`` pieces that a region of ``ours`` has, in
    the order of them all; nothing where it has none of them."""
    pieces = ours[region.start : region.stop]
    if not set(pieces) & set(wanted):
        return []
    return [
        Splice(region.start + end, region.start + end, (), tuple(new[first:last]))
        for tag, _, end, first, last in opcodes(pieces, wanted)
        if tag in ("insert", "replace")
    ]


def _without(there: list[str], wanted: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The ``new`` pieces without those that the corpus has ``there`` already: what could be
    carried back before the rest. ``there`` is used up."""
    kept = []
    for text, says in zip(new, wanted, strict=True):
        if says in there:
            there.remove(says)
        else:
            kept.append(text)
    return tuple(kept)


def _is_whole(missing: Sequence[Splice], new: Sequence[str], size: int) -> bool:
    """Whether every piece of the region is wanted there."""
    return len(new) - sum(len(splice.new) for splice in missing) == size


def _kept(base: Sequence[str], ours: Pieces, gone: range) -> tuple[str, ...]:
    """Of pieces that a person took out, those that the corpus put in another place meanwhile."""
    lost = [base[n] for n in gone if base.count(base[n]) == 1]
    return tuple(text for text, says in zip(*ours, strict=True) if says in lost)


def _has(region: Sequence[str], new: Sequence[str]) -> bool:
    """Whether ``ours`` says the same there, be it among other things. To find an item gone says
    nothing: the corpus may have written it otherwise."""
    size = len(new)
    if not new:
        return not region
    return any(list(region[n : n + size]) == list(new) for n in range(len(region) - size + 1))


def _follow(region: Sequence[int]) -> bool:
    """Whether the corpus has these pieces still, side by side."""
    return region[0] >= 0 and list(region) == list(range(region[0], region[0] + len(region)))
