"""A list, a table or a paragraph that changed, written in the layout that its author gave it.

The writer has one form for each; an author has another bullet, another indent, columns in line.
What both say alike stays as it is typed, what is new takes the form of what stands beside it.
Nothing here is sure to mean the same: who calls compares what both texts show.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from loosbot import lazy
from loosbot.corpus.tablerows import alignments, cells_of
from loosbot.corpus.yaml.rewrite import ended_alike
from loosbot.frozen import dataclass

_MARKER = lazy.pattern(r"( *)(?:([-+*])|([0-9]{1,9})([.)]))(?: +|$)")
_SIGNS = lazy.pattern(r"[*_\\]")
_TITLE = lazy.pattern(r"(#{1,6}) +(.*?) *#*$")
_UNDERLINE = lazy.pattern(r" *(=+|-+) *$")
_LONGEST_LINE = 100
_FENCE = lazy.pattern(r" *(?:`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class _Unit:
    """An item, a row or a paragraph: what it begins with, what it says, as it is typed.

    ``gap`` holds the blank lines above it; ``row``: whether it is a row of a table.
    """

    indent: str
    marker: str
    text: str
    typed: str
    gap: str = ""
    row: bool = False

    @property
    def key(self) -> tuple[str, str]:
        if self.row:
            rule = alignments(self.typed)
            cells = cells_of(self.typed) if rule is None else rule
            return "|", "\0".join(cells)
        kind = "" if not self.marker else "-" if self.marker[0] in "-+*" else "1"
        return kind, self.text


def relaid(before: str, after: str, same: Callable[[str], bool]) -> str | None:
    """``after`` in the layout of ``before``; None when ``same`` does not hold for it.

    ``same`` tells whether a text means what ``after`` means.
    """
    old, new = list(_units(before)), list(_units(after))
    for looks in (True, False):
        candidate = _merged(old, new, by_words=looks)
        if candidate != after and same(candidate):
            return candidate
    return None


def _units(text: str) -> Iterator[_Unit]:
    lines = text.split("\n")
    unit: _Unit | None = None
    gap = ""
    fence = False
    for line in lines:
        if unit is not None and fence:
            unit = replace(unit, typed=f"{unit.typed}\n{gap}{line}", text=f"{unit.text}\n{line}")
            gap = ""
            fence = not _FENCE.match(line)
            continue
        if not line.strip():
            gap += "\n"
            continue
        marker = _MARKER.match(line)
        row = line.lstrip(" ").startswith("|") or (unit is not None and unit.row and not gap)
        # Markdown's other title: the signs stand under the words, which were read already
        underline = _UNDERLINE.match(line) if unit is not None and not gap else None
        if underline and unit is not None and not (unit.marker or unit.row):
            level = "#" if underline[1][0] == "=" else "##"
            unit = replace(unit, typed=f"{unit.typed}\n{line}", text=f"{level} {unit.text}")
            yield unit
            unit = None
            continue
        # without a sign of its own, a line goes on with the paragraph above it
        begins = unit is None or gap or marker or row or _FENCE.match(line)
        if not begins and unit is not None and not unit.row:
            unit = replace(
                unit, typed=f"{unit.typed}\n{line}", text=f"{unit.text.rstrip()} {line.strip()}"
            )
            continue
        if unit is not None:
            yield unit
        fence = _FENCE.match(line) is not None
        if marker is not None and not row:
            # an empty item ends behind its sign; a filled one that copies it needs a blank there
            sign = line[len(marker[1]) : marker.end()].rstrip(" ")
            blanks = line[len(marker[1]) + len(sign) : marker.end()] or " "
            unit = _Unit(marker[1], sign + blanks, line[marker.end() :], line)
        else:
            content = line.lstrip(" ")
            title = _TITLE.match(content)
            plain = f"{title[1]} {title[2]}" if title else content
            unit = _Unit(line[: len(line) - len(content)], "", plain, line, row=row)
        unit = replace(unit, gap=gap)
        gap = ""
    if unit is not None:
        yield unit


def _merged(old: list[_Unit], new: list[_Unit], *, by_words: bool) -> str:
    def key(unit: _Unit) -> tuple[str, str]:
        kind, content = unit.key
        return kind, _SIGNS.sub("", content) if by_words else content

    matcher = SequenceMatcher(None, [key(unit) for unit in old], [key(unit) for unit in new], False)
    styles: dict[tuple[str, str], _Unit] = {}
    pairs: dict[int, _Unit] = {}
    kept: dict[int, _Unit] = {}
    for tag, start, end, other, stop in matcher.get_opcodes():
        # what is the same keeps its bytes; what stands where one thing was changed keeps the habits
        # of that one: its bullet, its margin, where its lines end
        if tag == "equal":
            kept |= {other + n: old[start + n] for n in range(end - start)}
        elif tag == "replace" and end - start == stop - other:
            pairs |= {other + n: old[start + n] for n in range(end - start)}
    for place in sorted({**kept, **pairs}):
        unit = new[place]
        styles.setdefault((unit.indent, unit.key[0]), kept.get(place) or pairs[place])
    lines: list[str] = []
    numbers = _same_number(old)
    above: _Unit | None = None
    for place, unit in enumerate(new):
        styled = kept.get(place)
        result = styled or _styled(unit, pairs.get(place), styles, numbers)
        first = not lines
        pair = pairs.get(place)
        if pair is not None and pair.marker and result.marker:
            gap = pair.gap
        elif pair is not None or place in kept:
            gap = result.gap
        else:
            gap = _gap(unit, above, result)
        # what is kept may stand under something new now, and needs the blank line that is new
        if place in kept and above is not None and place - 1 not in kept and not result.gap:
            gap = unit.gap if unit.gap and not above.row else result.gap
        lines.append(("" if first else gap) + result.typed)
        above = result
    return "\n".join(lines)


def _gap(unit: _Unit, above: _Unit | None, result: _Unit) -> str:
    """Blank lines above what is new: as between the items beside it."""
    if above is None or not result.marker or not above.marker:
        return unit.gap
    return above.gap if above.gap else ""


def _same_number(old: list[_Unit]) -> str:
    """The number that all items have, for who writes ``1.`` everywhere."""
    numbers = [unit.marker for unit in old if unit.marker[:1].isdigit()]
    return numbers[0] if len(numbers) > 1 and len(set(numbers)) == 1 else ""


def _styled(
    unit: _Unit, pair: _Unit | None, styles: dict[tuple[str, str], _Unit], number: str
) -> _Unit:
    if unit.row:
        return replace(unit, typed=_row(pair.typed, unit.typed)) if pair and pair.row else unit
    if pair is not None and _FENCE.match(pair.typed) and _FENCE.match(unit.typed):
        first, *_, last = pair.typed.split("\n")
        return replace(unit, typed="\n".join([first, *unit.typed.split("\n")[1:-1], last]))
    if unit.text.startswith("#"):
        return unit
    model = pair if pair is not None and pair.key[0] == unit.key[0] else None
    model = model or styles.get((unit.indent, unit.key[0]))
    if model is None:
        return unit
    marker = unit.marker
    # the wiki knows one bullet and counts by itself: both are as the file writes them
    if marker[:1] in ("-", "+", "*") and marker:
        marker = model.marker
    elif marker:
        digits = number.rstrip(" .)") if number else marker.rstrip(" .)")
        marker = digits + model.marker.lstrip("0123456789")
    content = unit.typed[len(unit.indent) + len(unit.marker) :]
    if pair is not None and "\n" in pair.typed and "\n" not in content and marker:
        lines = pair.typed[len(pair.indent + pair.marker) :].split("\n")
        content = "\n".join(rewrap([line.strip(" ") for line in lines], content))
    inner = re.sub(r"\n *", f"\n{model.indent}{' ' * len(marker)}", content) if marker else content
    typed = f"{model.indent}{marker}{inner}" if inner else f"{model.indent}{marker}".rstrip(" ")
    return replace(unit, indent=model.indent, marker=marker, typed=typed, gap=unit.gap)


def _row(before: str, after: str) -> str:
    """The row ``after``, each cell as wide as that of the row ``before`` in its place."""
    cells, wanted = cells_of(before), cells_of(after)
    pieces = re.split(r"(?<!\\)\|", before)
    start = 1 if before.lstrip(" ").startswith("|") else 0
    if len(cells) != len(wanted) or len(pieces) < start + len(cells) or "`" in before:
        return after
    for index, text in enumerate(wanted):
        piece = pieces[start + index]
        if cells[index] == text:
            continue
        left, right = len(piece) - len(piece.lstrip(" ")), len(piece) - len(piece.rstrip(" "))
        inner = text.rjust(len(piece) - 2) if left > right else text.ljust(len(piece) - 2)
        pieces[start + index] = f" {inner} " if piece != piece.strip(" ") else inner.strip(" ")
    return "|".join(pieces)


def rewrap(before: list[str], after: str) -> list[str]:
    """The lines of a paragraph, ended where those of ``before`` do if the words are the same."""
    old = [[word for word in line.split(" ") if word] for line in before]
    return [line for kept in ended_alike(old, after.split(" ")) for line in _short(kept)]


def _short(line: str) -> list[str]:
    return textwrap.wrap(line, _LONGEST_LINE, break_long_words=False, break_on_hyphens=False) or [
        line
    ]
