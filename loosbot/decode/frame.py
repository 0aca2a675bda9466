"""The frame of a block: everything outside its decoded slots (titles, headers, definitions,
templates).

:mod:`loosbot.decode.body` cuts a block into the slots that fields show. What stands in no slot
would vanish when the block is written over (seen: one insertion in twelve). So the same text is
read a second time, as the lines that are left without the readable pieces: what a person
changed around the pieces is compared here, what they changed inside by
:mod:`loosbot.decode.threeway`. Together they cover every byte of a block. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import mwparserfromhell
from mwparserfromhell.nodes import Template
from mwparserfromhell.wikicode import Wikicode

from loosbot.decode.body import read_body
from loosbot.decode.newvoice import settled
from loosbot.decode.regions import HEADING, Region, regions
from loosbot.decode.threeway import Difference, compare
from loosbot.fields.lists import fact_of
from loosbot.fields.slots import Slot, Slots
from loosbot.frozen import dataclass
from loosbot.wikitext.captions import without_captions
from loosbot.wikitext.names import Names
from loosbot.wikitext.notes import cited_in_full

MARK = "\ue000"
"""Stands for one piece, whatever it says; a private-use character that no page may hold."""
CAPTIONS = "Titres des tableaux"

_KEPT = 50_000
"""Signs of the longest body that is kept as it was read."""
_BOLD_TITLE = re.compile(r"'''[^'\n]+'''")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_BULLET = re.compile(r"([*#:;]+)[ \t]*")
_BLANKS = re.compile(r"[ \t]+")
_BLANK = " \t\n"
_HEADER = re.compile(r'! scope="row" style="text-align:left" \| ?')
"""How each row of ours begins; one that a person adds begins with the sign alone."""
_PARAMETER = re.compile(r".*: (?P<name>[^:]+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """A body read both ways: the pieces that fields show, and the lines around them.

    ``body`` is the text with the words of a shared note at each place that cites it: no piece
    waits for another one.
    """

    slots: Slots
    frame: tuple[str, ...]
    id: str
    body: str


def read_page(id_: str, body: str, names: Names) -> Page:
    """A body read both ways. Nothing in it raises.

    The same body is met several times: as we published it and as we would, in the plan, in what
    is carried and in the proof.
    """
    if len(body) > _KEPT:
        return _read(id_, body, names)
    page: Page = names.pages.ask((id_, body), lambda: _read(id_, body, names))
    return page


def _read(id_: str, body: str, names: Names) -> Page:
    body = cited_in_full(body)
    slots = read_body(id_, body, names)
    return Page(slots, frame(id_, body, slots), id_, body)


def outstanding(
    base: Page, theirs: Page, ours: Page, names: Names
) -> tuple[list[Difference], list[Region]]:
    """All that a person changed and the corpus does not say: in pieces, and around them.

    Both are empty exactly when ``theirs`` may be written over with ``ours``.
    """
    sides = base.slots, theirs.slots, ours.slots
    body = settled(theirs.id, (theirs.body, ours.body), sides, names)
    if body != theirs.body:
        theirs = read_page(theirs.id, body, names)
    differences = compare(base.slots, theirs.slots, ours.slots, names)
    return differences, [
        replace(region, label=_part(region, base.slots, theirs.slots) or region.label)
        for region in regions(base.frame, theirs.frame, ours.frame)
    ]


def _part(region: Region, base: Slots, theirs: Slots) -> str:
    """The name of the part of a page that is shown for readers and holds a passage, "" for none."""
    passage, slots = (region.after, theirs) if region.after else (region.before, base)
    first = passage.split("\n")[0]
    parts = (slot for slot in slots.values() if slot.kind == "fixed")
    return next((slot.label for slot in parts if any(first in text for text in slot.texts)), "")


def frame(id_: str, body: str, slots: Slots) -> tuple[str, ...]:
    """The lines of a body without the pieces of ``slots``.

    Two bodies that MediaWiki shows alike have the same lines: blank lines and runs of blanks,
    the blanks around the name of a section or behind a bullet, ``<br/>`` for ``<br>``, the order
    and the blanks of named parameters make no difference. Of the pieces themselves nothing is
    left here: which there are, and in which order, :mod:`loosbot.decode.threeway` tells.
    """
    kind = id_.partition("/")[0]
    if kind == "modele":
        # the text of a template has no fields: all of its lines are compared
        around = (slot.texts for slot in slots.values() if slot.kind == "fixed")
        return tuple(_lines("\n".join(text for texts in around for text in texts)))
    heads: list[str] = []
    if kind == "page":
        body, heads = without_captions(body)
    text = _marked(body.replace(MARK, "\ufffd"), slots)
    lines = list(_lines(_spread(mwparserfromhell.parse(text, skip_style_tags=True))))
    if heads:
        lines += [f"== {CAPTIONS} ==", *"\n".join(heads).split("\n")]
    return tuple(lines)


def _marked(body: str, slots: Slots) -> str:
    """The body with a mark in the place of each piece that can be found in it.

    A piece that is not found stays as it is typed, and is then compared letter for letter.
    """
    spans: list[tuple[int, int]] = []
    taken = bytearray(len(body))
    for slot in slots.values():
        if slot.kind == "fixed":
            continue
        at = 0
        for text in slot.texts:
            if (span := _place(body, text, slot, at, taken)) is not None:
                taken[span[0] : span[1]] = b"\1" * (span[1] - span[0])
                spans.append(span)
                at = span[1]
    out: list[str] = []
    at = 0
    for start, end in sorted(spans):
        out += (body[at:start], MARK)
        at = end
    return "".join((*out, body[at:]))


def _place(body: str, text: str, slot: Slot, at: int, taken: bytearray) -> tuple[int, int] | None:
    """Where a piece stands: after ``at`` if it can be, else anywhere; None where it is not."""
    if not text:
        return None
    parameter = _PARAMETER.match(slot.label) if slot.kind == "value" else None
    for start in _occurrences(body, text, at):
        end = start + len(text)
        if taken[start] or taken[end - 1]:
            continue
        if parameter is None:
            if _alone(body, start, end):
                return start, end
        elif _names(body, start, parameter["name"]):
            return start, end
    return None


def _occurrences(body: str, text: str, at: int) -> Iterator[int]:
    start = body.find(text, at)
    while start >= 0:
        yield start
        start = body.find(text, start + 1)
    if at:
        yield from _occurrences(body[: at + len(text)], text, 0)


def _alone(body: str, start: int, end: int) -> bool:
    """Whether a piece has its lines for itself, but for a bullet or a tag."""
    head = body[body.rfind("\n", 0, start) + 1 : start].strip(" \t")
    tail = body[end : end + 1]
    return (head in ("", "*") or head.endswith(">")) and tail in ("", "\n", "<", " ", "\t")


def _names(body: str, start: int, name: str) -> bool:
    """Whether what stands before a value is ``| name =``, or ``* '''name''' :`` in a list."""
    before = body[max(0, start - len(name) - 200) : start]
    if (fact := fact_of(before[before.rfind("\n") + 1 :].lstrip("* \t"))) is not None:
        return fact == (name, "")
    before = before.rstrip(_BLANK)
    if not before.endswith("="):
        return False
    before = before[:-1].rstrip(_BLANK)
    return before.endswith(name) and before[: -len(name)].rstrip(_BLANK).endswith("|")


def _spread(code: Wikicode) -> str:
    """Wikitext with each call that begins a line on lines of its own, its named parameters
    sorted; a call inside a line stays as it is typed."""
    out: list[str] = []
    line = ""  # what stands before, on the same line
    for node in code.nodes:
        if not isinstance(node, Template) or line.strip(_BLANK):
            out.append(str(node))
            _, newline, tail = out[-1].rpartition("\n")
            line = tail if newline else line + tail
            continue
        unnamed = [f"|{_spread(param.value)}" for param in node.params if not param.showkey]
        named = sorted(
            f"| {str(param.name).strip()} = {_spread(param.value).strip()}"
            for param in node.params
            if param.showkey
        )
        out.append("\n".join((f"\n{{{{{str(node.name).strip()}", *unnamed, *named, "}}\n")))
        line = ""
    return "".join(out)


def _lines(text: str) -> Iterator[str]:
    for line in _BREAK.sub("<br>", text).split("\n"):
        line = _BLANKS.sub(" ", line.replace(MARK, "")).rstrip(" \r")
        line = _HEADER.sub("! ", line, count=1)
        if not line.strip(" *"):
            continue
        if heading := HEADING.match(line):
            yield f"{heading[1]} {heading[2]} {heading[1]}"
        else:
            yield _item(line) if line[0] in "*#:;" else line


def _item(line: str) -> str:
    """A line with a bullet, its blanks as we write them, and those of the sign of a fact."""
    line = _BULLET.sub(r"\1 ", line, count=1)
    fact = fact_of(line[2:]) if line.startswith("* '''") else None
    return f"* '''{fact[0]}''' : {fact[1]}".rstrip(" ") if fact else line


def lines_of(text: str) -> list[str]:
    """The lines of a passage as :func:`frame` has them."""
    return list(_lines(_spread(mwparserfromhell.parse(text, skip_style_tags=True))))


def is_title(line: str) -> bool:
    """Whether a line of a frame announces what stands below it."""
    return HEADING.match(line) is not None or _BOLD_TITLE.fullmatch(line) is not None
