"""What the wiki may not show of a field: an edit beside it changes no word of it in the file. Pure.

The page says « personne non nommée » where the file has a name. To write back what the page says
would put these words in the place of the name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from loosbot.corpus.model import Corpus, KeyPath
from loosbot.corpus.privacy.tombstones import NEUTRAL, VOICES
from loosbot.corpus.privacy.withdrawals import mentions_any, withdrawn_people, without
from loosbot.decode.threeway import Difference
from loosbot.fields.slots import Slots
from loosbot.pull.edits import PageResult, PullResult

BEHIND = (
    "ce passage tait quelqu’un qui ne paraît pas sur ce wiki : faites ce changement dans le fichier"
)
WITHDRAWN = "[mots de qui a retiré son accord : à lire sur la page]"
"""Stands for a passage that a pull would quote: what it prints goes into logs."""
_LABELS = frozenset({*NEUTRAL.values(), *VOICES.values()})


def parted(
    difference: Difference, shown: Slots, whole: Slots
) -> tuple[Difference | None, Difference | None]:
    """A difference, without what touches a masked passage; and that part of it.

    ``shown`` is what the corpus shows on this wiki, ``whole`` what it would if everybody had
    agreed. Where something of a field is masked, what is left of the difference is set against
    the whole of it.
    """
    path = difference.slot.path
    if len(path) == 2 and path[0] == "voix" and difference.theirs is None:
        parts = {key for key in {*shown, *whole} if key[:2] == path}
        hidden = any(_texts(shown, key) != _texts(whole, key) for key in parts)
        return (None, difference) if hidden else (difference, None)
    if _adds_a_label(difference):
        return None, difference
    ours, full = shown.get(path), whole.get(path)
    if full is None or (ours is not None and ours.texts == full.texts):
        return difference, None
    if ours is None or not difference.splices or len(ours.texts) != len(full.texts):
        return None, difference
    pairs = list(zip(ours.texts, full.texts, strict=True))
    free = tuple(
        splice
        for splice in difference.splices
        if all(mine == theirs for mine, theirs in pairs[splice.start : splice.end])
    )
    rest = tuple(splice for splice in difference.splices if splice not in free)
    return (
        replace(difference, ours=full, splices=free) if free else None,
        replace(difference, splices=rest) if rest else None,
    )


def _texts(slots: Slots, path: KeyPath) -> tuple[str, ...]:
    slot = slots.get(path)
    return slot.texts if slot else ()


def _adds_a_label(difference: Difference) -> bool:
    """Whether what a person put there is what stands for somebody: no words of theirs."""
    if difference.theirs is None:
        return False
    new = [text for splice in difference.splices for text in splice.new]
    old = [text for splice in difference.splices for text in splice.old]
    if not difference.splices:
        new = [
            *difference.theirs.texts,
            *(text for slot in difference.voice for text in slot.texts),
        ]
        old = [*difference.base.texts] if difference.base else []
    after, before = "\n".join(new), "\n".join(old)
    return any(after.count(label) > before.count(label) for label in _LABELS)


def without_withdrawn(result: PullResult, corpus: Corpus) -> PullResult:
    """``result`` without passages that name somebody who withdrew, or hold words of theirs, and
    without their names in the summaries of edits. What goes into the files is the same."""
    people = withdrawn_people(corpus)
    if not people:
        return result

    def quoted(text: str) -> str:
        return WITHDRAWN if mentions_any(people, text) else text

    def nameless(text: str) -> str:
        return without(people, text)

    pages = tuple(_unquoted(page, quoted, nameless) for page in result.pages)
    changes = (replace(change, comment=nameless(change.comment)) for change in result.changes)
    return replace(result, pages=pages, changes=tuple(changes))


def _unquoted(
    page: PageResult, quoted: Callable[[str], str], nameless: Callable[[str], str]
) -> PageResult:
    # field by field, so that a field that is renamed cannot pass by unseen
    conflicts = [
        replace(
            conflict,
            label=nameless(conflict.label),
            base=quoted(conflict.base),
            wiki=quoted(conflict.wiki),
            file=quoted(conflict.file),
        )
        for conflict in page.conflicts
    ]
    left = [
        replace(
            passage,
            label=nameless(passage.label),
            before=quoted(passage.before),
            after=quoted(passage.after),
            reason=nameless(passage.reason),
        )
        for passage in page.left
    ]
    return replace(page, conflicts=conflicts, left=left)
