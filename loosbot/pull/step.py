"""One edit of one page carried into the bytes of its file. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from loosbot.corpus.model import KeyPath
from loosbot.decode.frame import Page
from loosbot.decode.merging import Splice, apart
from loosbot.decode.moved import (
    OTHER_TITLE,
    LostHeading,
    stands_beside,
    still_typed,
    stood_beside,
    untitled,
)
from loosbot.decode.regions import FROM_ELSEWHERE
from loosbot.decode.threeway import SAME_WORDS, Difference, compare, rebased
from loosbot.decode.voicing import is_voice, with_added, without
from loosbot.fields.slots import Slot, Slots, boxes, unboxed
from loosbot.frozen import dataclass
from loosbot.pull import masked
from loosbot.pull.edits import CarriedChange, Conflict, Remainder, Step
from loosbot.pull.filechanges import File, possible_part, rest, tried
from loosbot.wikitext.names import Names

_BOX_GONE = (
    "l’encadré n’est plus dans le texte publié, et rien n’est repris de cette page : remettez-le "
    "depuis l’historique de la page, ou supprimez ses champs dans le fichier"
)
_MOST_GONE = (
    "la plus grande partie de la fiche n’est plus dans le texte publié, et rien n’est repris de "
    "cette page : remettez-la depuis son historique, ou supprimez ces champs dans le fichier"
)
WHOLE_PAGE = (_BOX_GONE, _MOST_GONE)
"""Reasons for which nothing of a page is carried back."""
_FEW = 2
"""Fields that may all go at once: somebody clears a short record on purpose."""


@dataclass(frozen=True, slots=True)
class Sides:
    """A page as it was published, as a person left it, and as the corpus shows it.

    ``whole`` is what the corpus would show if everybody had agreed; ``earlier`` are the states
    between the first two, the newest last: see ``threeway.rebased``.
    """

    base: Page
    theirs: Page
    ours: Slots
    whole: Slots
    earlier: Sequence[Slots]


def mostly_gone(base: Slots, theirs: Slots) -> str:
    """Why nothing of a page is carried back: its box, or most of its fields, is gone; else "".

    A box that somebody moved out of the block is not a decision to empty the record (seen: seven
    to nine fields deleted).
    """
    if any(name.startswith("Fiche ") for name in boxes(base) - boxes(theirs)):
        return _BOX_GONE
    fields = {path for path, slot in base.items() if slot.kind != "fixed" and not is_voice(path)}
    gone = fields - theirs.keys()
    return _MOST_GONE if len(gone) > max(_FEW, len(fields) / 2) else ""


def carry(file: File, sides: Sides, refused: Mapping[KeyPath, str]) -> tuple[Step, Slots, Slots]:
    """Make the changes of one edit in its file; also the slots that the file then shows, and
    would show if everybody had agreed.

    ``refused`` says of slots whose change was tried why it cannot stay in the file.
    """
    names = file.site.names
    data = file.data
    taken: list[CarriedChange] = []
    conflicts: list[Conflict] = []
    left: list[Remainder] = []
    shown, whole = dict(sides.ours), dict(sides.whole)
    alone: list[tuple[Difference, Remainder]] = []
    lost_boxes = boxes(sides.base.slots) - boxes(sides.theirs.slots) | unboxed(sides.theirs.slots)
    adrift = untitled(sides.base, sides.theirs)
    for change in compare(sides.base.slots, sides.theirs.slots, sides.ours, names):
        if change.kind == "fixed":
            left.append(_left(change, change.reason))
            continue
        if change.theirs is None and change.slot.label.partition(" : ")[0] in lost_boxes:
            continue  # the whole box is gone: told as one passage around the pieces
        difference, elsewhere = _in_its_place(change, sides, adrift, names)
        left += elsewhere
        if difference is None:
            continue
        slot = change.slot
        conflicts += (
            Conflict(
                slot.path, slot.label, *map("\n\n".join, (clash.base, clash.theirs, clash.ours))
            )
            for clash in difference.clashes
        )
        open_part, behind = masked.parted(difference, shown, whole)
        if behind is not None:
            left.append(_left(behind, masked.BEHIND))
        if open_part is None:
            continue
        difference = open_part
        if difference.clashes and not difference.splices:
            continue  # all of it is told as a conflict
        now = replace(file, data=data)
        possible, changed, reason = possible_part(now, difference, refused.get(slot.path, ""))
        if reason:
            left.append(_left(rest(difference, possible), reason))
            if possible is None and slot.path not in refused:
                alone.append((difference, left[-1]))
        if possible and changed != data:
            data = changed
            taken.append(_taken(possible))
            shown, whole = _after(shown, possible), _after(whole, possible)
        elif possible and not possible.voice:
            left.append(_left(possible, SAME_WORDS))
    for together in _by_group(alone):
        differences = [difference for difference, _ in together]
        changed, reason = tried(replace(file, data=data), *differences)
        if reason:
            continue
        data = changed
        for difference, passage in together:
            left.remove(passage)
            taken.append(_taken(difference))
            shown, whole = _after(shown, difference), _after(whole, difference)
    step = Step(data if data != file.data else None, tuple(taken), tuple(conflicts), tuple(left))
    return step, shown, whole


def _in_its_place(
    difference: Difference, sides: Sides, adrift: LostHeading, names: Names
) -> tuple[Difference | None, list[Remainder]]:
    """What changed in the field itself, None for nothing; and what came from, or went to, another
    place of the page, which no file takes."""
    if difference.clashes:
        difference = rebased(difference, sides.earlier, names)
    if adrift.moves(difference):
        return None, [_left(difference, OTHER_TITLE)]
    spoken = [text for slot in difference.voice if slot.path[-1] == "texte" for text in slot.texts]
    if any(stood_beside(text, sides.base) for text in spoken):
        # who takes out the name of the récit that a voice comes from has not heard it once more
        return None, [_left(difference, FROM_ELSEWHERE)]
    left: list[Remainder] = []
    stood = _stood_beside(difference, sides.base)
    if stood:
        left.append(_left(replace(difference, splices=stood), FROM_ELSEWHERE))
    if moved := _pieces(difference, adrift.holds):
        left.append(_left(replace(difference, splices=moved), OTHER_TITLE))
        stood += moved
    return _without_moved(difference, sides, stood), left


def _by_group(
    alone: Sequence[tuple[Difference, Remainder]],
) -> list[list[tuple[Difference, Remainder]]]:
    """The fields that failed alone and may hold together: a latitude asks for its longitude."""
    groups: dict[KeyPath, list[tuple[Difference, Remainder]]] = {}
    for difference, passage in alone:
        if difference.slot.kind == "value" and len(difference.slot.path) > 1:
            groups.setdefault(difference.slot.path[:-1], []).append((difference, passage))
    return [group for group in groups.values() if len(group) > 1]


def _stood_beside(difference: Difference, base: Page) -> tuple[Splice, ...]:
    """The pieces that came into a slot and stood in the page before, around the slots."""
    return _pieces(difference, lambda text: stood_beside(text, base))


def _pieces(difference: Difference, which: Callable[[str], bool]) -> tuple[Splice, ...]:
    """The additions to a slot that are made of such pieces."""
    return tuple(
        part
        for splice in difference.splices
        if any(map(which, splice.new))
        for part in apart(splice)
        if part.new and all(map(which, part.new))
    )


def _without_moved(
    difference: Difference, sides: Sides, stood: tuple[Splice, ...]
) -> Difference | None:
    """A difference without the pieces that ``stood`` in the page already, and without the
    deletions of those that stand elsewhere in it: these are told as such. None where nothing
    else is in it."""
    if difference.theirs is None:
        texts = difference.base.texts if difference.base else ()
        if still_typed(difference.slot, sides.base, sides.theirs):
            return None
        return None if stands_beside(texts, sides.base, sides.theirs) else difference
    whole = difference.splices
    if stood:
        whole = tuple(part for splice in whole for part in apart(splice) if part not in stood)
    kept = tuple(
        splice
        for splice in whole
        if splice.new or not stands_beside(splice.old, sides.base, sides.theirs)
    )
    nothing_left = difference.splices and not kept and not difference.clashes
    return None if nothing_left else replace(difference, splices=kept)


def _after(slots: Slots, difference: Difference) -> Slots:
    """The slots that the file shows once it has taken this difference."""
    slot = difference.slot
    if difference.voice:
        return with_added(slots, difference.voice, int(slot.path[1]))
    if difference.splices and difference.ours:
        here = slots.get(slot.path, difference.ours)
        texts = list(here.texts)
        for splice in reversed(difference.splices):
            texts[splice.start : splice.end] = splice.new
        return {**slots, slot.path: replace(here, texts=tuple(texts))}
    if difference.theirs is None and slot.path[:1] == ("voix",) and len(slot.path) == 2:
        return without(slots, int(slot.path[1]))
    if difference.theirs is None:
        return {path: other for path, other in slots.items() if path != slot.path}
    return {**slots, slot.path: difference.theirs}


def _taken(difference: Difference) -> CarriedChange:
    slot = difference.slot
    if difference.splices:
        old = "\n\n".join(text for splice in difference.splices for text in splice.old)
        new = "\n\n".join(text for splice in difference.splices for text in splice.new)
        return CarriedChange(slot.path, slot.label, old, new)
    before, after = _text(difference.base), _text(difference.theirs)
    return CarriedChange(slot.path, slot.label, before, after, removed=difference.theirs is None)


def _left(difference: Difference, reason: str) -> Remainder:
    slot = difference.slot
    if difference.splices:
        taken = _taken(difference)
        return Remainder(slot.path, slot.label, taken.before, taken.after, reason)
    return Remainder(
        slot.path, slot.label, _text(difference.base), _text(difference.theirs), reason
    )


def _text(slot: Slot | None) -> str:
    return "\n\n".join(slot.texts) if slot else ""
