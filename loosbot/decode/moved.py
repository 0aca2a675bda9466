"""What stands elsewhere in a page than before: nobody took it out, and nobody wrote it. Pure.

A title that is renamed, or gone, puts the pieces below it in no slot, or in the slot of the part
above. Their field is not to be emptied, and no other one is to take them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loosbot.corpus.model import KeyPath
from loosbot.decode.frame import Page, is_title, lines_of
from loosbot.decode.threeway import Difference
from loosbot.fields.slots import Slot
from loosbot.frozen import dataclass

OTHER_TITLE = (
    "ce passage est d’une partie dont le titre n’est plus là : remettez ce titre depuis "
    "l’historique de la page"
)
CUT = (
    "des crochets ou des accolades y sont ouverts et non fermés, et ce qui suit n’est plus dans "
    "l’encadré : fermez-les"
)
STILL_THERE = (
    "ces mots sont encore dans la page, là où aucun champ ne les prend, et la fiche les "
    "garde : remettez-les à leur place depuis l’historique de la page, ou retirez-les"
)
_BULLETS = "*#:;|!=' \t"
_NAMED = re.compile(r"^\s*(?:\|[^=]*=|[*#:;]*\s*'''.*?'''\s*:)")
"""What stands before a value on its line: in a box, and in a list of facts."""
_TELLING = 8
"""Letters of the shortest word that tells a passage from others, alone on its line."""


@dataclass(frozen=True, slots=True)
class LostHeading:
    """What a title that is gone leaves without its field: the ``paths`` of fields that show
    nothing any more, while their words stand in the page as often as before, and the ``lines``
    of these pieces and of such titles. Both are empty where every title stands."""

    paths: frozenset[KeyPath] = frozenset()
    lines: frozenset[str] = frozenset()

    def holds(self, text: str) -> bool:
        """Whether a piece is nothing but such lines."""
        bare = _bare(text) if self.lines else ()
        return bool(bare) and self.lines.issuperset(bare)

    def moves(self, difference: Difference) -> bool:
        """Whether a field shows nothing any more, or shows something for the first time, for want
        of a title: the words stand in the page as they did."""
        if difference.theirs is None:
            return difference.slot.path in self.paths
        return difference.base is None and any(map(self.holds, difference.theirs.texts))


def untitled(base: Page, theirs: Page) -> LostHeading:
    """What stands without its title in ``theirs``."""
    left = set(theirs.frame)
    titles = [line for line in base.frame if is_title(line) and line not in left]
    if not titles:
        return LostHeading()
    before, after = (Counter(_bare(page.body)) for page in (base, theirs))
    fresh = [line for line in after if line not in before]

    def stands(text: str, slot: Slot) -> bool:
        if slot.kind == "value":
            return 0 < base.body.count(text) <= theirs.body.count(text)
        if any(0 < before[line] <= after[line] or _alike(line, fresh) for line in _bare(text)):
            return True
        # what was on the line below its title stands behind it now
        return any(title + blank + text in theirs.body for title in titles for blank in ("", " "))

    adrift = {
        path: slot
        for path, slot in base.slots.items()
        if slot.kind != "fixed"
        and path not in theirs.slots
        and any(stands(text, slot) for text in slot.texts)
    }
    voices = {path[:2] for path in adrift if path[:1] == ("voix",)}
    lines = (line for slot in adrift.values() for text in slot.texts for line in _bare(text))
    named = (_plain(title) for title in titles)
    glued = (
        _plain(f"{title}{blank}{text}")
        for slot in adrift.values()
        for text in slot.texts[:1]
        for title in titles
        for blank in ("", " ")
    )
    retold = [
        other
        for slot in adrift.values()
        for text in slot.texts
        for line in _bare(text)
        for other in _alike(line, fresh)
    ]
    return LostHeading(frozenset({*adrift, *voices}), frozenset({*lines, *named, *glued, *retold}))


def _alike(line: str, fresh: Sequence[str]) -> list[str]:
    """Those of the ``fresh`` lines that have two words of a line in common, and half of them:
    somebody who renames a title, or takes a passage elsewhere, may change a word of it too."""
    words = set(line.split())
    least = max(2, (len(words) + 1) // 2)
    return [other for other in fresh if len(words & set(other.split())) >= least]


def stands_beside(texts: Sequence[str], base: Page, theirs: Page) -> bool:
    """Whether pieces that are in no slot any more still stand in the page, around the others.

    A person who renames the header of a table has not deleted its rows. One line that stands
    there again is enough: what is around it may have been cut in another way, and a piece that is
    kept by mistake is named, while one that is deleted by mistake is lost to the file. Nor has who
    spoils the name of a parameter, or the bullet before it, deleted its value.
    """
    fresh = set(theirs.frame) - set(base.frame)
    new = {_plain(_NAMED.sub("", line)) for line in fresh} | {_plain(line) for line in fresh}
    lines = (_plain(line) for text in texts for line in lines_of(text))
    # an empty cell is a line of every table
    return any(line in new for line in lines if line)


def still_typed(slot: Slot, base: Page, theirs: Page) -> bool:
    """Whether a parameter or a fact that is in no box or list any more is typed in the page all the
    same, with a value: braces that somebody typed in a box end it there, and nobody emptied what
    stands behind; nor has who takes the bold from the name of a fact. Where another box got it, it
    is taken out of this one."""
    box, _, name = slot.label.rpartition(" : ")
    if slot.kind == "fixed" or not box:
        return False  # a section of its own: another box may have a parameter of that name
    shown = re.escape(name)
    typed = re.compile(
        rf"^(?:[ \t]*\|[ \t]*{shown}[ \t]*=|\*[ \t]*'*{shown}\b[^:\n]*:'*)[ \t]*(?!\}}\}})\S",
        re.MULTILINE,
    )
    # one name may stand for a parameter here and for a fact there
    before, after = (
        max(
            0,
            len(typed.findall(page.body))
            - sum(other.label.endswith(f" : {name}") for other in page.slots.values()),
        )
        for page in (base, theirs)
    )
    return before < after


def is_cut(slot: Slot) -> bool:
    """Whether a value of a box ends where somebody opened a link or a template: what they left of
    it stands behind, in no box."""
    return slot.kind == "value" and any(
        text.count(opens) > text.count(closes)
        for text in slot.texts
        for opens, closes in (("[[", "]]"), ("{{", "}}"))
    )


def stood_beside(text: str, base: Page) -> bool:
    """Whether a piece that came into a slot stood in the page before, around the slots: who
    takes out the mark of what is computed, or renames its title, has not written what stands
    behind it."""
    lines = [_plain(line) for line in lines_of(text) if not is_title(line)]
    return bool(lines) and {_plain(line) for line in base.frame}.issuperset(lines)


def mislaid(text: str, now: str, base: Page, theirs: Page, ours: Page) -> bool:
    """Whether a piece that the file does not give any more still stands in the page, somewhere
    that ``ours`` has not: who puts a tag around it, cuts the name of its parameter, presses Enter
    in the middle of it or takes it to another part has not deleted it. ``now`` is what stands in
    its place: where that is nothing, a word of it may have changed on its way."""
    known = {*_bare(base.body), *_bare(ours.body)}
    fresh = [line for line in _bare(theirs.body) if line not in known]
    parts = [line for line in fresh if line not in now and _is_telling(line)]
    return any(
        ours.body.count(line) < base.body.count(line) <= theirs.body.count(line)
        or (
            line not in ours.body
            and (any(part in line for part in parts) if now else _alike(line, fresh))
        )
        for line in _told(text, now)
    )


def doubled(before: str, after: str, theirs: Page, ours: Page) -> bool:
    """Whether a text took in a line that the page would then show once more than people do: its
    field still has it, for they renamed or moved its title."""
    return any(ours.body.count(line) > theirs.body.count(line) for line in _told(after, before))


def _told(text: str, known: str) -> list[str]:
    """The lines of a passage that tell it from others, without those that are ``known``."""
    there = _bare(known)
    return [line for line in _bare(text) if line not in there and _is_telling(line)]


def _is_telling(line: str) -> bool:
    return " " in line or len(line) >= _TELLING


def _bare(text: str) -> list[str]:
    """The lines of a passage that hold a word, without their bullets."""
    lines = (_plain(line) for line in text.split("\n"))
    return [line for line in lines if any(sign.isalpha() for sign in line)]


def _plain(line: str) -> str:
    return " ".join(line.strip(_BULLETS).split())
