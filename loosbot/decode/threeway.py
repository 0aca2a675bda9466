"""What a person changed in a block, set against what the corpus says now. Pure.

``base`` is the block as we published it, ``theirs`` as the person left it, ``ours`` as the
corpus would publish it today. A change is compared by what it says, not by how it is written:
``<b>x</b>`` for ``'''x'''`` is no change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from loosbot.corpus.model import KeyPath
from loosbot.corpus.pairing import places
from loosbot.decode import voicing
from loosbot.decode.merging import PieceConflict, Splice, merge
from loosbot.decode.shown import shown
from loosbot.fields.slots import CALLS, CARDS, COUNT, Slot, Slots, is_same
from loosbot.frozen import dataclass
from loosbot.wikitext.names import Names
from loosbot.wikitext.unmarkdown import to_markdown
from loosbot.wikitext.wikicode import Undecodable

VOICES = "Les voix"
"""Names the difference that is about the voices of a page as a whole."""
SAME_WORDS = (
    "le champ dit déjà la même chose, et la fiche ne garde pas cette autre façon de la montrer : "
    "remettez ce passage comme il était, ou changez ce qu’il dit"
)
STRAYED = (
    "« Suite » est restée quand la ligne dont elle dépendait est partie, et se lit maintenant sous "
    "une autre : remettez cette ligne, ou retirez sa suite aussi"
)
_ORDER_OF_PARTS = "l’ordre des parties est le même pour toutes les pages de cette sorte"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a person changed in one slot and the corpus does not say yet.

    ``take``: the corpus can take it, by ``splices`` for a list or a prose, else as a whole;
    ``clash``: the corpus changed it too; ``fixed``: no field of this file shows there. The slot of
    each side is None where that side has none. ``reason`` is why a fixed one cannot be taken, in
    French. ``voice`` holds the pieces of a voice that was put in; ``waiting``: whether the corpus
    has one more at its rank, which may be that one.
    """

    kind: Literal["take", "clash", "fixed"]
    slot: Slot
    base: Slot | None
    theirs: Slot | None
    ours: Slot | None
    splices: tuple[Splice, ...] = ()
    clashes: tuple[PieceConflict, ...] = ()
    reason: str = ""
    voice: tuple[Slot, ...] = ()
    waiting: bool = False


def compare(base: Slots, theirs: Slots, ours: Slots, names: Names) -> list[Difference]:
    """Everything that ``theirs`` changes in the pieces and ``ours`` does not have, in the page's
    order. What stands around the pieces is compared by :mod:`loosbot.decode.frame`.
    """
    differences = []
    if changed := _voices(base, theirs, ours, names):
        differences += changed
        base, theirs, ours = (voicing.beside(side) for side in (base, theirs, ours))
    for path in [*theirs, *(path for path in base if path not in theirs)]:
        sides = base.get(path), theirs.get(path), ours.get(path)
        if (difference := _difference(*sides, names)) is not None:
            differences.append(difference)
        differences += _restyled(*sides, names)
    return differences + _reordered(base, theirs, ours)


def rebased(difference: Difference, earlier: Sequence[Slots], names: Names) -> Difference:
    """A difference that clashes with what the corpus holds, set against the newest of the
    ``earlier`` states of the page from which it does not.

    What ``pull`` wrote from such a state is no change of the corpus's own: it is what the person
    started from when they went on.
    """
    path, theirs, ours = difference.slot.path, difference.theirs, difference.ours
    after = meanings(theirs, names)
    for slots in reversed(earlier):
        before = slots.get(path)
        if meanings(before, names) == after:
            continue
        again = _difference(before, theirs, ours, names)
        if again is not None and not again.clashes:
            return again
    return difference


def _voices(base: Slots, theirs: Slots, ours: Slots, names: Names) -> list[Difference]:
    """What a person did to the voices as a whole; nothing where they can be gone by rank."""
    if voicing.untouched(base, theirs):
        return []
    whole = voicing.judge(*(voices(side, names) for side in (base, theirs, ours)))
    if whole.reason:
        before, after = (
            Slot(("§", VOICES, "en entier"), "fixed", (voicing.shown(*side),), VOICES)
            for side in ((base, whole.before), (theirs, whole.after))
        )
        return [Difference("fixed", after, before, after, None, reason=whole.reason)]
    gone = [
        Slot(("voix", rank), "value", (voicing.shown(base, [rank]),), f"Voix {rank + 1}")
        for rank in whole.removed
    ]
    new = [
        Slot(("voix", rank), "value", (voicing.shown(theirs, [rank]),), f"Voix {rank + 1}", level=3)
        for rank in whole.added
    ]
    return [Difference("take", slot, slot, None, slot) for slot in gone] + [
        Difference(
            kind="take",
            slot=slot,
            base=None,
            theirs=slot,
            ours=None,
            voice=tuple(piece for path, piece in theirs.items() if path[:2] == slot.path),
            waiting=whole.waiting,
        )
        for slot in new
    ]


def voices(slots: Slots, names: Names) -> list[voicing.Meanings]:
    """What each voice of one side says, in order."""
    by_rank: dict[int, dict[KeyPath, tuple[str, ...]]] = {}
    for path, slot in slots.items():
        if path[0] == "voix":
            by_rank.setdefault(int(path[1]), {})[path[2:]] = meanings(slot, names)
    return [by_rank[rank] for rank in sorted(by_rank)]


def meaning(text: str, slot: Slot, names: Names) -> str:
    """What a piece says, to compare; a piece that cannot be read stands for itself."""
    try:
        return _meaning(text, slot, names)
    except Undecodable:
        return f"wikitext {_squeezed(text)}"


def _meaning(text: str, slot: Slot, names: Names) -> str:
    """What a piece says; raises Undecodable."""
    if slot.kind == "prose":
        answer = names.read.ask(
            ("ids", slot.level, text),
            lambda: to_markdown(
                text, level=slot.level, link=lambda title, to: _target(title, to, names)
            ),
        )
        return f"prose {answer}"
    if slot.decode is not None:
        return f"value {json.dumps(slot.decode(text, names), sort_keys=True)}"
    return f"wikitext {_squeezed(text)}"


def _target(title: str, fragment: str, names: Names) -> str | None:
    """What a link leads to: a record, or a section of its page."""
    id_ = names.identify(title, fragment)
    return f"{id_}#{fragment}" if id_ and fragment and id_ not in names.rows else id_


def beyond_any_file(difference: Difference, names: Names) -> str:
    """Why no file can say any part of a difference, "" where one may say some of it."""
    if difference.kind == "fixed":
        return difference.reason
    if difference.clashes or difference.theirs is None or difference.voice:
        return ""
    whole = difference.theirs.texts
    parts = [splice.new for splice in difference.splices] or [whole]
    reasons = [
        next((why for text in part if (why := _unreadable(text, difference.slot, names))), "")
        for part in parts
    ]
    return reasons[0] if all(reasons) else ""


def _unreadable(text: str, slot: Slot, names: Names) -> str:
    try:
        _meaning(text, slot, names)
    except Undecodable as reason:
        return str(reason)
    return ""


def _squeezed(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def meanings(slot: Slot | None, names: Names) -> tuple[str, ...]:
    """What a piece says, whichever of two ways it is written."""
    return tuple(meaning(text, slot, names) for text in slot.texts) if slot else ()


def _difference(
    base: Slot | None, theirs: Slot | None, ours: Slot | None, names: Names
) -> Difference | None:
    if base and theirs and is_same(base, theirs):
        return None  # unchanged: no need to decode it
    means = [meanings(side, names) for side in (base, theirs, ours)]
    if means[1] in (means[0], means[2]):
        return None
    if base and theirs and ours and _is_cut_otherwise(base, theirs, ours, names):
        return None
    slot = next(side for side in (theirs, base) if side is not None)
    kinds = {side.kind for side in (base, theirs, ours) if side}
    if "fixed" in kinds:
        return None  # no field holds it: ``decode.frame`` compares these lines
    if base and theirs and _has_strayed(base, theirs):
        return Difference("fixed", slot, base, theirs, ours, reason=STRAYED)
    if means[0] == means[2] and (len(kinds) > 1 or slot.kind == "value" or not (base and theirs)):
        return Difference("take", slot, base, theirs, ours)
    if len(kinds) > 1 or slot.kind == "value":
        clash = PieceConflict(*(side.texts if side else () for side in (base, theirs, ours)))
        return Difference("clash", slot, base, theirs, ours, clashes=(clash,))
    texts = [side.texts if side else () for side in (base, theirs, ours)]
    splices, clashes = merge(*zip(texts, means, strict=True))
    if not splices and not clashes:
        return None
    kind: Literal["take", "clash"] = "clash" if clashes else "take"
    return Difference(kind, slot, base, theirs, ours, tuple(splices), tuple(clashes))


def _is_cut_otherwise(base: Slot, theirs: Slot, ours: Slot, names: Names) -> bool:
    """Whether we would write a prose that people changed as they did, cut into other pieces: they
    put a list, a title or a line right under a sentence, and a blank line under a title."""
    if {base.kind, theirs.kind, ours.kind} != {"prose"}:
        return False
    before, after, wanted = (
        meaning("\n\n".join(slot.texts), slot, names) for slot in (base, theirs, ours)
    )
    return before != after == wanted


def _has_strayed(base: Slot, theirs: Slot) -> bool:
    """Whether the lines below an item that is gone are now below another one, that was there."""
    before, after = (
        {head.strip(): below for head, _, below in (text.partition("\n") for text in side.texts)}
        for side in (base, theirs)
    )
    orphans = tuple(below for head, below in before.items() if below and head not in after)
    return any(
        head in before and below != before[head] and below.endswith(orphans)
        for head, below in after.items()
    )


def _restyled(
    base: Slot | None, theirs: Slot | None, ours: Slot | None, names: Names
) -> Iterator[Difference]:
    """The pieces that say to their field what they said, and are shown otherwise: no file can
    take that, and it is a person's all the same."""
    if base is None or theirs is None or base.texts == theirs.texts or theirs.decode is None:
        return
    if "fixed" in (base.kind, theirs.kind):
        return  # stands around the pieces
    same = places(meanings(base, names), meanings(theirs, names))
    now = {shown(text) for text in ours.texts} if ours else set()
    for start, first in sorted(same.items()):
        before, after = base.texts[start], theirs.texts[first]
        if before != after and shown(before) != shown(after) and shown(after) not in now:
            old, new = replace(base, texts=(before,)), replace(theirs, texts=(after,))
            yield Difference("fixed", theirs, old, new, ours, reason=SAME_WORDS)


def _reordered(base: Slots, theirs: Slots, ours: Slots) -> list[Difference]:
    """One difference where a person put the parts of a page in another order."""
    common = [path for path in base if path in theirs]
    now = [path for path in theirs if path in base]
    then = [path for path in ours if path in base and path in theirs]
    if now in (common, then):
        return []
    moved = [n for n, path in enumerate(common) if path != now[n]]
    span = slice(moved[0], moved[-1] + 1)
    before, after = (
        Slot(("§", "ordre"), "fixed", (_order(some[span], base),), "Ordre des parties")
        for some in (common, now)
    )
    return [Difference("fixed", after, before, after, None, reason=_ORDER_OF_PARTS)]


def _order(paths: Sequence[KeyPath], slots: Slots) -> str:
    """The names of parts as the page shows them: what only counts boxes is none."""
    labels = (slots[path].label for path in paths)
    named = (label for label in labels if not label.startswith((CALLS, COUNT, CARDS)))
    return " ; ".join(dict.fromkeys(named))
