"""Which voice is which on the three sides of a comparison. Pure.

A voice has no id: it is found by its rank, and its consent stands in the file under that rank.
Where a person took one out, put one in or changed their order, going by rank would write the
words of one under the consent of another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from loosbot.corpus.model import KeyPath
from loosbot.fields.slots import COUNT, Slot, Slots, fixed, is_same
from loosbot.frozen import dataclass

_KEY = "voix"

ADDED = (
    "des voix ont été déplacées, ou ajoutées à côté d’une autre qui a changé : écrivez-les dans le "
    "fichier, sous « voix », chacune avec son consentement"
)
MOVED_ON = "les voix de la fiche ont changé aussi dans le dépôt : faites-le dans le fichier"

Meanings = Mapping[KeyPath, tuple[str, ...]]
"""What each slot of a voice says, by its path under the voice."""


@dataclass(frozen=True, slots=True)
class Voices:
    """What to do about voices: those taken out, by rank, highest first; or why nothing may be.

    All are empty where the voices are the same on all sides, one by one. ``before`` and ``after``
    are the ranks of those that we published, or that the person left, alone. ``added`` are the
    ranks of those that they put in; ``waiting``: whether the corpus has one more voice at each of
    these.
    """

    removed: tuple[int, ...] = ()
    reason: str = ""
    added: tuple[int, ...] = ()
    waiting: bool = False
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()


def count(slots: Slots) -> int:
    """How many voices a page has."""
    return len({path[1] for path in slots if path[0] == _KEY})


def is_voice(path: KeyPath) -> bool:
    """Whether a slot is part of a voice, or says how many there are."""
    return path[0] == _KEY or path[:2] == ("§", COUNT)


def beside(slots: Slots) -> Slots:
    """The slots of a page that are part of no voice."""
    return {path: slot for path, slot in slots.items() if not is_voice(path)}


def untouched(base: Slots, theirs: Slots) -> bool:
    """Whether a person left the voices of a page as they were published."""
    published, left = (
        {path: slot for path, slot in side.items() if is_voice(path)} for side in (base, theirs)
    )
    return published.keys() == left.keys() and all(
        is_same(slot, left[path]) for path, slot in published.items()
    )


def shown(slots: Slots, ranks: Collection[int]) -> str:
    """What a page shows of these voices."""
    return "\n\n".join(
        "\n".join(
            text for path, slot in slots.items() if path[:2] == (_KEY, rank) for text in slot.texts
        )
        for rank in ranks
    )


def judge(base: list[Meanings], theirs: list[Meanings], ours: list[Meanings]) -> Voices:
    """What a person did to the voices as a whole, set against what the corpus says now."""
    if theirs in (base, ours) or (_paired(base, theirs) and _paired(base, ours)):
        return Voices()
    before = tuple(rank for rank, voice in enumerate(base) if voice not in theirs)
    after = tuple(rank for rank, voice in enumerate(theirs) if voice not in base)
    added = put_in(base, theirs)
    # the file may already hold the new voices, from an unpublished pull
    waiting = bool(added) and len(ours) == len(theirs)
    rest = [voice for rank, voice in enumerate(ours) if not (waiting and rank in added)]
    if not _paired(base, rest):
        return Voices(reason=MOVED_ON, before=before, after=after)
    if added:
        return Voices(added=added, waiting=waiting)
    kept = _kept(base, theirs)
    if kept is None:
        return Voices(reason=ADDED, before=before, after=after)
    gone = tuple(rank for rank in reversed(range(len(base))) if rank not in kept)
    if any(ours[rank] != base[rank] for rank in gone):
        return Voices(reason=MOVED_ON, before=before, after=after)
    return Voices(removed=gone)


def put_in(base: list[Meanings], theirs: list[Meanings]) -> tuple[int, ...]:
    """The ranks in ``theirs`` of voices beside those of ``base``, which are all there as they
    were; () where they are not."""
    kept = _kept(theirs, base) if len(theirs) > len(base) else None
    return tuple(rank for rank in range(len(theirs)) if kept is not None and rank not in kept)


def with_added(slots: Slots, pieces: Iterable[Slot], rank: int) -> Slots:
    """The slots of a page once its file has one more voice, at this rank."""
    return _counted(_moved(slots, rank, 1) | {slot.path: slot for slot in pieces})


def without(slots: Slots, rank: int) -> Slots:
    """The slots of a page once the voice of this rank is out of its file."""
    left = {path: slot for path, slot in slots.items() if path[:2] != (_KEY, rank)}
    return _counted(_moved(left, rank, -1))


def _moved(slots: Slots, rank: int, by: int) -> Slots:
    """The slots, the voices from this rank on so many ranks further; without their count."""
    moved: Slots = {}
    for path, slot in slots.items():
        if path[0] == _KEY and int(path[1]) >= rank:
            place = (_KEY, int(path[1]) + by, *path[2:])
            moved[place] = replace(slot, path=place)
        elif path != ("§", COUNT):
            moved[path] = slot
    return moved


def _counted(slots: Slots) -> Slots:
    return slots | {slot.path: slot for slot in fixed(str(count(slots)), COUNT)}


def _paired(first: list[Meanings], other: list[Meanings]) -> bool:
    """Whether both have the same voices at the same ranks, whatever was changed in each.

    A voice stays itself with the same speaker or the same words, unless its words are those of
    another one.
    """
    if len(first) != len(other):
        return False
    for rank, (left, right) in enumerate(zip(first, other, strict=True)):
        words = right.get(("texte",))
        if words == left.get(("texte",)):
            continue
        if left.get(("qui",)) != right.get(("qui",)):
            return False
        if any(words == each.get(("texte",)) for n, each in enumerate(first) if n != rank):
            return False
    return True


def _kept(base: list[Meanings], theirs: list[Meanings]) -> frozenset[int] | None:
    """Ranks in ``base`` of voices that are all of ``theirs``, unchanged and in order."""
    kept = set()
    rank = 0
    for voice in theirs:
        while rank < len(base) and base[rank] != voice:
            rank += 1
        if rank == len(base):
            return None
        kept.add(rank)
        rank += 1
    return frozenset(kept)
