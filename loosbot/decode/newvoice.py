"""A voice that a person added to a page, matched with our rendering of it. Pure.

A person writes a heading and paragraphs, maybe a box; we render the same voice with our heading and
every value in its box. Where ours says all that theirs says, theirs is read as ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loosbot.corpus.wording import folded
from loosbot.decode import voicing
from loosbot.decode.threeway import meanings, voices
from loosbot.fields.sections import section_of
from loosbot.fields.shapes import VOICES
from loosbot.fields.slots import CALLS, COUNT, Slots
from loosbot.fields.voices import read_voices
from loosbot.wikitext.names import Names

_HEADING = re.compile(r"^(?P<signs>={2,6})(?!=)[ \t]*(?P<title>.*?)[ \t]*(?P=signs)[ \t]*$", re.M)
_WHO = ("qui",)
_LEVEL = 3

Passages = list[tuple[int, int]]


def settled(
    id_: str, bodies: tuple[str, str], sides: tuple[Slots, Slots, Slots], names: Names
) -> str:
    """The second of ``sides`` as wikitext, with ours in place of each voice that was put in and
    that ours says whole. ``bodies`` are theirs and ours; ``sides`` the page as we published it, as
    they left it, and ours.
    """
    theirs, ours = bodies
    counts = [voicing.count(side) for side in sides]
    if not counts[0] < counts[1] == counts[2]:
        return theirs
    base, now = (voices(side, names) for side in sides[:2])
    hers, mine = (_passages(id_, body, names) for body in bodies)
    if not len(hers) == len(mine) == counts[1]:
        return theirs
    for rank in reversed(voicing.put_in(base, now)):
        (start, end), (first, last) = hers[rank], mine[rank]
        if _says(theirs[start:end], ours[first:last], names):
            theirs = f"{theirs[:start]}{ours[first:last]}{theirs[end:]}"
    return theirs


def _says(hers: str, ours: str, names: Names) -> bool:
    """Whether our passage says all that theirs says, and theirs is one voice and nothing else."""
    mine = {voice.path: voice for voice in read_voices(ours, names)}
    for slot in read_voices(hers, names):
        if slot.kind == "fixed":
            if slot.label != COUNT and not slot.label.startswith(CALLS):
                return False
            continue
        same = mine.get(slot.path)
        if same is not None and meanings(slot, names) == meanings(same, names):
            continue
        # a name may have become a link to a record: compare it by the heading
        if slot.path[2:] != _WHO or _bare(slot.texts[0]) not in folded(ours.split("\n")[0]):
            return False
    title = _HEADING.match(hers)
    return title is not None and _who(title["title"]) in folded(ours.split("\n")[0])


def _who(title: str) -> str:
    return folded(title.partition("·")[0]).strip()


def _bare(text: str) -> str:
    return folded(re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)).strip()


def _passages(id_: str, body: str, names: Names) -> Passages:
    """Where each voice of the record itself stands, its heading with it."""
    passages: Passages = []
    for start, end, within in _cut(id_, body):
        own = {
            voice.path[1]
            for voice in read_voices(body[start:end], names)
            if voice.path[0] == "voix"
        }
        if within and own:
            passages += [(start, end)] * len(own)
    return passages


def _cut(id_: str, body: str) -> Iterator[tuple[int, int, bool]]:
    kind, inside = id_.partition("/")[0], False
    marks = [mark for mark in _HEADING.finditer(body) if len(mark["signs"]) <= _LEVEL]
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        if len(mark["signs"]) < _LEVEL:
            known = section_of(kind, mark["title"]) if len(mark["signs"]) == 2 else None
            inside = known is not None and known.parts[0][1].read is VOICES.read
            continue
        end = after.start() if after else len(body)
        yield mark.start(), end, inside
