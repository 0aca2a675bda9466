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
from collections.abc import Iterator, Sequence
from dataclasses import replace

import mwparserfromhell
from mwparserfromhell.nodes import Template
from mwparserfromhell.wikicode import Wikicode

from loosbot.decode.body import read_body
from loosbot.decode.merging import merge
from loosbot.decode.newvoice import settled
from loosbot.decode.threeway import Difference, compare
from loosbot.fields.lists import fact_of
from loosbot.fields.slots import Slot, Slots
from loosbot.frozen import dataclass
from loosbot.wikitext.captions import without_captions
from loosbot.wikitext.names import Names
from loosbot.wikitext.notes import cited_in_full

MARK = "\ue000"
"""Stands for one piece, whatever it says; a private-use character that no page may hold."""
START = "Haut de la page"
MARKERS = "Marques du texte publié"
CAPTIONS = "Titres des tableaux"
FROM_ELSEWHERE = (
    "ce passage vient d’autres fiches ou est calculé : modifiez la fiche d’où il vient, "
    "ou écrivez hors du texte publié"
)
BOX_GONE = (
    "l’encadré n’est plus dans le texte publié : remettez-le depuis l’historique de la page, ou "
    "videz-en les cases une à une"
)
BOX_CUT = (
    "des accolades ferment l’encadré avant sa fin : ôtez-les, ou remettez-le depuis l’historique "
    "de la page"
)
ROW_GONE = (
    "la ligne n’est plus dans le tableau, et ses faits restent dans la fiche : remettez-la depuis "
    "l’historique de la page, ou retirez-en les faits un à un"
)
TITLE_GONE = (
    "ce titre n’est plus là, et rien de ce qu’il annonçait n’est repris ni supprimé : remettez-le "
    "depuis l’historique de la page, ou changez les champs dans le fichier"
)
FACT_SPOILT = (
    "un fait s’écrit « * '''Nom''' : valeur », sous le nom que la page lui donne : remettez ce "
    "nom et ses signes, ou changez le champ dans le fichier"
)
NO_FIELD = (
    "aucun champ de la fiche ne tient ce texte à cet endroit : écrivez-le dans un champ, ou hors "
    "du texte publié"
)

_KEPT = 50_000
"""Signs of the longest body that is kept as it was read."""
_HEADING = re.compile(r"(={2,6}) ?(.*?) ?\1\Z")
_BOLD_TITLE = re.compile(r"'''[^'\n]+'''")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_BULLET = re.compile(r"([*#:;]+)[ \t]*")
_BLANKS = re.compile(r"[ \t]+")
_OURS = re.compile(
    r"<!-- (/?)loosbot (?:[0-9a-f]{6}(?:-[0-9a-f]{6}-[0-9a-f]{10})?|[^\s|>]+ [^\s|>]+"
    r"(?: [0-9a-f]{16} \| [^|>]* \| Texte publié depuis le dépôt de la commune : "
    r"écrivez librement avant ou après\."
    r"| \| Fin du texte publié : ce qui suit est à vous\.)) -->"
)
"""A marker as we write it, or wrote it in format 1."""
_BLANK = " \t\n"
_HEADER = re.compile(r'! scope="row" style="text-align:left" \| ?')
"""How each row of ours begins; one that a person adds begins with the sign alone."""
_ROW = "\n! "
_PARAMETER = re.compile(r".*: (?P<name>[^:]+)\Z", re.DOTALL)


Marks = tuple[str, str]
"""The two comments around a block, as they stand."""


@dataclass(frozen=True, slots=True)
class Region:
    """A passage beside the pieces that a person changed: its lines ``before`` and ``after``.

    ``label`` is the title of the section where it stands. ``titles`` says that these lines are
    titles alone: of pieces that came or went.
    """

    label: str
    before: str
    after: str
    titles: bool = False

    @property
    def reason(self) -> str:
        """Why no file can take it, in French."""
        if self.before.count("{{") > self.after.count("{{"):
            return BOX_GONE
        if self.after.count("}}") > self.after.count("{{"):
            return BOX_CUT
        if f"\n{self.before}".count(_ROW) > f"\n{self.after}".count(_ROW):
            return ROW_GONE
        if fact_of(self.before.removeprefix("* ")) is not None:
            return FACT_SPOILT
        if self.titles and self.before:
            return TITLE_GONE
        return FROM_ELSEWHERE if self.before else NO_FIELD


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


def changed_marks(base: Marks, theirs: Marks, *, ours: bool) -> list[Region]:
    """What a person wrote in the two comments around a block.

    ``ours`` says that the block is whole by the hash that it names: it is one that we wrote, and
    somebody who undoes us brings back its comments with it, so that those words of ours in them
    that change (the hash, the title) are nobody's.
    """
    pairs = zip(base, theirs, strict=True)
    return [
        Region(MARKERS, before, after)
        for before, after in pairs
        if before != after and not (ours and _ours(before) == _ours(after))
    ]


def _ours(mark: str) -> str:
    """A marker without what in it is ours: two that are both as we write them are the same."""
    return _OURS.sub(r"<\1>", mark, count=1)


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


def regions(base: Sequence[str], theirs: Sequence[str], ours: Sequence[str]) -> list[Region]:
    """Where ``theirs`` differs from ``base`` and ``ours`` does not have it.

    Empty exactly when all that a person changed around the pieces stands in ``ours`` too.
    """
    splices, clashes = merge((base, base), (theirs, theirs), (ours, ours))
    changed = [(splice.old, splice.new) for splice in splices]
    changed += [(clash.base, clash.theirs) for clash in clashes]
    return [
        Region(
            _section(old, new, base, theirs),
            _shown(old),
            _shown(new),
            titles=all(_HEADING.match(line) for line in (*old, *new)),
        )
        for old, new in changed
        if not _elsewhere(old, new, base, ours)
    ]


def _elsewhere(
    old: Sequence[str], new: Sequence[str], base: Sequence[str], ours: Sequence[str]
) -> bool:
    """Whether lines that a person added stand at another place in ``ours``, not in ``base``, and
    those that they took out do not: a section typed at the end of a page goes where all pages
    have it, and a newer layout has some passages elsewhere."""
    gone = not old or _count(old, ours) < _count(old, base)
    return bool(new) and gone and _count(new, ours) > _count(new, base)


def _count(lines: Sequence[str], among: Sequence[str]) -> int:
    size = len(lines)
    wanted = list(lines)
    return sum(list(among[n : n + size]) == wanted for n in range(len(among) - size + 1))


def _section(
    old: Sequence[str], new: Sequence[str], base: Sequence[str], theirs: Sequence[str]
) -> str:
    """The title above a passage."""
    lines, passage = (theirs, new) if new else (base, old)
    size = len(passage)
    at = next((n for n in range(len(lines)) if list(lines[n : n + size]) == list(passage)), 0)
    for line in reversed(lines[: at + 1]):
        heading = _HEADING.match(line)
        if heading:
            return heading[2]
    return START


def _shown(lines: Sequence[str]) -> str:
    return "\n".join(lines)


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
            span = _place(body, text, slot, at, taken)
            if span is not None:
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
    fact = fact_of(before[before.rfind("\n") + 1 :].lstrip("* \t"))
    if fact is not None:
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
        heading = _HEADING.match(line)
        if heading:
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
    return _HEADING.match(line) is not None or _BOLD_TITLE.fullmatch(line) is not None
