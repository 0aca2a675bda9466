"""A new scalar in the place of another, in the same style, with the lines that it shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from loosbot.corpus.decoding import LINE_BREAK
from loosbot.corpus.pairing import places
from loosbot.corpus.yaml.reader import read
from loosbot.corpus.yaml.scalars import Scalar
from loosbot.corpus.yaml.yamltext import Where, escaped, inline, last_line, reads_as

_HEADER = re.compile(r"([|>])(?:([1-9])([-+]?)|([-+]?)([1-9]?))")
_FOLDED = "texte-plie"
_PIECE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BREAKABLE = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
_WIDTH = 80

Piece = tuple[str, str]
"""A line and its line break."""


def rewritten(source: str, value: Scalar, parent: int, where: Where, line_break: str) -> str | None:
    """What replaces the text ``source`` of a scalar, or None if no scalar of its style can.

    ``parent`` is the column of the key or dash of the scalar. A block scalar's source goes from
    its sign to the line after it, its last blank lines included.
    """
    if source[:1] in ("|", ">"):
        if not isinstance(value, str):
            return None
        signs = (">", "|") if source[0] == ">" else ("|",)
        candidates = (_block(source, sign, value, parent, line_break) for sign in signs)
        code = _code(source, parent)
        fitting = (text for text in candidates if text and _reads(text, value, parent, where, code))
        return next(fitting, None)
    if not isinstance(value, str):
        return inline(value, where)
    if where != "flow" and "\n" in value:
        return None
    quote = source[:1] if source[:1] in ("'", '"') else ""
    if where != "flow" and LINE_BREAK.search(source):
        text = _wrapped(source, quote, value, line_break)
        if _reads(text, value, parent, where):
            return text
    return inline(value, where, quote)


def _code(source: str, parent: int) -> str:
    """The code of the warning that a folded text has already: rewriting need not remove it."""
    findings = read(f"{' ' * parent}k: {source}".encode("utf-8", "replace"), "").findings
    return _FOLDED if any(finding.code == _FOLDED for finding in findings) else ""


def _reads(text: str, value: Any, parent: int, where: Where, code: str = "") -> bool:
    if where == "item":
        return reads_as(f"{' ' * parent}- {text}", [value], code=code)
    return reads_as(f"{' ' * parent}k: {text}", {"k": value}, code=code)


def _pieces(text: str) -> list[Piece]:
    pieces = [(line[1], line[2]) for line in _PIECE.finditer(text)]
    return pieces if pieces[-1] != ("", "") else pieces[:-1]


def _block(source: str, sign: str, value: str, parent: int, line_break: str) -> str | None:
    header, *body = _pieces(source)
    match = _HEADER.match(header[0])
    text = value.rstrip("\n")
    # a last line of spaces would not survive: editors remove trailing blanks
    if match is None or not last_line(text).strip():
        return None
    digit, chomping = match[2] or match[5] or "", match[3] or match[4] or ""
    filled = [line for line, _ in body if line.strip(" ")]
    margin = parent + 2
    if digit:
        margin = parent + int(digit)
    elif filled:
        margin = len(filled[0]) - len(filled[0].lstrip(" "))
    size = len(body)
    while size and not body[size - 1][0][margin:] and not body[size - 1][0].strip(" "):
        size -= 1
    content, blanks = body[:size], body[size:]

    old = [line[margin:] for line, _ in content]
    new = fold(text, old) if sign == ">" else text.split("\n")
    if not digit and next(line for line in new if line)[0] in " \t":
        digit = str(margin - parent)
    open_end = not (body or [header])[-1][1]
    kept, chomping = _chomping(chomping, len(value) - len(text), open_end), chomping
    if kept != "+":
        tail = blanks if chomping != "+" else []
    else:
        tail = [("", line_break)] * (len(value) - len(text) - 1)
    lines = [*_merged(content, old, new, " " * margin), *tail]
    out = [(line, ending or line_break) for line, ending in lines]
    if open_end and text == value:
        out[-1] = (out[-1][0], "")
    first = f"{sign}{digit}{kept}{header[0][match.end() :]}{header[1] or line_break}"
    return first + "".join(line + ending for line, ending in out)


def _chomping(old: str, ending: int, open_end: bool) -> str:
    """The indicator for a text that ends with so many line feeds.

    At the end of a file without a last line break, every indicator gives a text without one.
    """
    if ending == 0:
        return old if open_end else "-"
    if ending == 1:
        return "" if old == "-" else old
    return "+"


def _merged(
    content: Sequence[Piece], old: Sequence[str], new: Sequence[str], margin: str
) -> Iterator[Piece]:
    """The new lines; those that were there, exactly as they were."""
    for tag, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            yield from content[start:end]
        else:
            yield from ((line and margin + line, "") for line in new[new_start:new_end])


def _wrapped(source: str, quote: str, value: str, line_break: str) -> str:
    """A plain or quoted text of several lines."""
    lines = LINE_BREAK.split(source[1:-1] if quote else source)
    following = next(line for line in lines[1:] if line.strip(" \t"))
    margin = following[: len(following) - len(following.lstrip(" \t"))]
    old = _paragraphs([line.strip(" \t") for line in lines])
    text = _refold(escaped(value, quote), old, _width(old))
    return quote + f"{line_break}{margin}".join(text) + quote


def fold(text: str, old: Sequence[str]) -> list[str]:
    """The lines under ``>`` that read as ``text``, which ends with no line feed.

    Paragraphs of the ``old`` lines that are still in the text keep their lines; the others are
    wrapped at the width of the old ones. See https://yaml.org/spec/1.2.2/#813-folded-style.
    """
    paragraphs = _paragraphs(old)
    width = _width(paragraphs)
    out: list[str] = []
    before = ""
    for line in text.split("\n"):
        if not line:
            out.append("")
            continue
        # one line feed between two paragraphs is a space, so there is one more than in the text
        if before and before[0] not in " \t" and line[0] not in " \t":
            out.append("")
        out += [line] if line[0] in " \t" else _refold(line, paragraphs, width)
        before = line
    return out


def _paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """Runs of lines that are read as one: neither empty, nor further right than the others."""
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line and line[0] not in " \t":
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _width(paragraphs: Sequence[Sequence[str]]) -> int:
    wrapped = [len(line) for lines in paragraphs if len(lines) > 1 for line in lines]
    return max(wrapped) if wrapped else max([_WIDTH, *(len(lines[0]) for lines in paragraphs)])


def _refold(text: str, old: Sequence[Sequence[str]], width: int) -> list[str]:
    """Lines of one paragraph; the first and last lines of the most similar old one are kept, and
    those between them end where they did.
    """
    best: tuple[list[str], str, list[str]] = ([], text, [])
    changed: Sequence[str] = old[0] if len(old) == 1 else ()
    for lines in old:
        if " ".join(lines) == text:
            return list(lines)
        head: list[str] = []
        tail: list[str] = []
        rest = text
        for line in lines[:-1]:
            if not rest.startswith(f"{line} "):
                break
            head.append(line)
            rest = rest[len(line) + 1 :]
        for line in reversed(lines[len(head) + 1 :]):
            if not rest.endswith(f" {line}"):
                break
            tail.insert(0, line)
            rest = rest[: -len(line) - 1]
        if len(head) + len(tail) > len(best[0]) + len(best[2]):
            best = head, rest, tail
            changed = lines[len(head) : len(lines) - len(tail)]
    words = [_BREAKABLE.split(line) for line in changed]
    between = ended_alike(words, _BREAKABLE.split(best[1]))
    return [*best[0], *(line for kept in between for line in _wrap(kept, width)), *best[2]]


def _wrap(text: str, width: int) -> list[str]:
    """Broken only where one space stands between two words, so that nothing is lost."""
    lines: list[str] = []
    for word in _BREAKABLE.split(text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


_MOST = 600
"""Words between the first and the last change that are compared: of more, those that are nearly all
alike would take seconds."""


def ended_alike(old: Sequence[Sequence[str]], words: Sequence[str]) -> list[str]:
    """``words`` as lines that end where those of ``old`` do, as far as the words are the same.

    ``old`` are lines, each as its words.
    """
    place = places([word for line in old for word in line], words, _MOST)
    starts = {sum(map(len, old[:number])) for number in range(1, len(old))}
    # a line also ends where it did when the first word of the next one is what changed
    breaks = sorted(
        {place[n] for n in starts if n in place}
        | {place[n - 1] + 1 for n in starts if n not in place and n - 1 in place}
    )
    ends = [0, *(at for at in breaks if 0 < at < len(words)), len(words)]
    return [" ".join(words[start:end]) for start, end in pairwise(ends)]
