"""Wikitext cut into blocks and lines, for :mod:`loosbot.wikitext.wikireader`.

mwparserfromhell finds what belongs together (tags, links, templates, tables); lines, lists and
quotes are read here and in the reader, as MediaWiki does: line by line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import mwparserfromhell
from mwparserfromhell.nodes import ExternalLink, Heading, Node, Tag, Text
from mwparserfromhell.wikicode import Wikicode

from loosbot import lazy
from loosbot.wikitext.wikicode import Undecodable

Item = str | Node
"""Text as it is typed, with its markup still live; or something that begins and ends."""
Line = list[Item]

DEEPEST = 30
"""Tags, brackets and braces open at a time. mwparserfromhell takes minutes over thousands."""
_OPENINGS = lazy.pattern(
    r"(?P<comment><!--|-->)|(?P<markers>^[*#:;]{31,})"
    r"|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>?"
    r"|(?P<table>^[ :]*\{\|)|(?P<table_end>^\|\})"
    r"|(?P<mark>\[\[|\{\{|\]\]|\}\}|\[(?=//|[a-z]+:)|\])",
    re.IGNORECASE | re.MULTILINE,
)
_LINE_MARKS = frozenset({"li", "dt", "dd", "hr"})
_VOID = frozenset({"br", "hr", "wbr"})
_CLOSES = {"]]": "[[", "}}": "{{", "]": "["}
_VERBATIM = lazy.pattern(r"<(pre|nowiki)>(?:[^<]|<(?!/?\1>))*</\1>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_UNDER_A_HEADING = lazy.pattern(r"(?:\A|\n)=[^\n]*=[ \t]*\Z")
_HOLDS = re.compile(r"[<\[{]|^[*#:;]{31}", re.MULTILINE)
"""Whatever holds a blank line begins so; most of what people write has none of it."""


def split_blocks(wikitext: str, *, titled: bool = True) -> list[str]:
    """The blocks that a blank line separates; a heading stays with what is under it, behind
    whatever blank lines somebody put there, unless the text is not ``titled``: a heading in it
    is that of something else.

    A blank line inside a tag, a table, a template or a link separates nothing.
    ``"\\n\\n".join(split_blocks(w)) == w`` for what the Markdown renderer writes.
    """
    return list(_split(wikitext, titled))


@lru_cache(
    maxsize=8
)  # cached: ``pull`` reads a long page twice, as it is and as its file would give it
def _split(wikitext: str, titled: bool) -> tuple[str, ...]:
    if not _HOLDS.search(wikitext):
        return _filled(_cut(wikitext, 0, titled))
    if _tangled(wikitext):
        return (wikitext,) if wikitext.strip() else ()
    pieces = [""]
    for node in mwparserfromhell.parse(wikitext, skip_style_tags=True).nodes:
        if isinstance(node, Text):
            pieces[-1:] = _cut(pieces[-1] + str(node), len(pieces[-1]), titled)
        else:
            pieces[-1] += str(node)
    return _filled(pieces)


def _cut(text: str, start: int, titled: bool) -> Iterator[str]:
    """The parts of a text between its blank lines; none is looked for before ``start``."""
    at = 0
    for blank in _BLANK_LINES.finditer(text, start):
        if not (titled and _UNDER_A_HEADING.search(text, at, blank.start())):
            yield text[at : blank.start()]
            at = blank.end()
    yield text[at:]


def _filled(pieces: Iterable[str]) -> tuple[str, ...]:
    return tuple(stripped for piece in pieces if (stripped := piece.strip("\n")))


def parsed(wikitext: str) -> Wikicode:
    """Its nodes, apostrophes left in the text.

    :class:`Undecodable` when so much is open at a time that nobody could read it either.
    """
    if _tangled(wikitext):
        raise Undecodable("trop de balises ou de crochets ouverts à la fois")
    return mwparserfromhell.parse(wikitext, skip_style_tags=True)


@lru_cache(maxsize=8)
def _tangled(wikitext: str) -> bool:
    opened: Counter[str] = Counter()
    total = 0
    for opening in _OPENINGS.finditer(_VERBATIM.sub("", wikitext)):
        step, name = _step(opening)
        if step < 0 and not opened[name]:
            continue
        opened[name] += step
        total += step
        if total > DEEPEST:
            return True
    return False


def _step(opening: re.Match[str]) -> tuple[int, str]:
    """(change of depth, kind) of this token."""
    if opening["comment"]:
        return (1 if opening["comment"] == "<!--" else -1), "<!--"
    if opening["markers"]:
        return DEEPEST + 1, "*"
    if opening["table"] or opening["table_end"]:
        return (1 if opening["table"] else -1), "{|"
    if mark := opening["mark"]:
        return (-1, _CLOSES[mark]) if mark in _CLOSES else (1, mark)
    tag = opening["tag"].lower()
    if tag in _VOID or opening["rest"].endswith("/"):
        return 0, tag
    return (-1 if opening["close"] else 1), tag


def lines(nodes: Iterable[Node]) -> list[Line]:
    """The lines that these nodes stand on; what holds a newline itself is on one line."""
    out: list[Line] = [[]]
    for item in items(nodes):
        if not isinstance(item, str):
            out[-1].append(item)
            continue
        first, *others = item.split("\n")
        if first:
            out[-1].append(first)
        out += [[other] if other else [] for other in others]
    return out


def items(nodes: Iterable[Node]) -> list[Item]:
    """The nodes, those that only wrap text taken apart, texts in a row put together."""
    out: list[Item] = []
    for item in _flat(nodes):
        if isinstance(item, str) and out and isinstance(out[-1], str):
            out[-1] += item
        elif item:
            out.append(item)
    return out


def _flat(nodes: Iterable[Node]) -> Iterator[Item]:
    for node in nodes:
        if isinstance(node, Text):
            yield str(node)
        elif isinstance(node, Heading):
            yield "=" * node.level
            yield from _flat(node.title.nodes)
            yield "=" * node.level
        elif isinstance(node, ExternalLink) and not node.brackets:
            yield from _flat(node.url.nodes)
        elif isinstance(node, Tag) and node.wiki_markup and str(node.tag) in _LINE_MARKS:
            # markers of lists, and rules
            yield str(node)
        else:
            yield node


def is_blank(line: Line) -> bool:
    """Whether a line is blank."""
    return all(isinstance(item, str) and not item.strip(" \t") for item in line)


def joined(paragraph: list[Line]) -> list[Item]:
    """Its lines as one, newlines kept, texts in a row put together."""
    out: list[Item] = []
    for line in paragraph:
        for item in ["\n", *line] if out else line:
            if isinstance(item, str) and out and isinstance(out[-1], str):
                out[-1] += item
            else:
                out.append(item)
    return out


def heading_in(line: Line) -> tuple[int, Line] | None:
    """Level (1 to 6) and content of a line that is a heading; None for any other."""
    if not line or not isinstance(line[0], str) or not line[0].startswith("="):
        return None
    if not isinstance(line[-1], str):
        return None
    last = line[-1].rstrip(" \t")
    if len(line) == 1:
        bars = len(last)
        if bars < 3:
            return None
        level = min(_bars(last), _bars(last[::-1]), (bars - 1) // 2, 6)
        return (level, [last[level:-level].strip(" \t")]) if level else None
    level = min(_bars(line[0]), _bars(last[::-1]), 6)
    if not level:
        return None
    return level, [line[0][level:].lstrip(" \t"), *line[1:-1], last[:-level].rstrip(" \t")]


def _bars(text: str) -> int:
    return len(text) - len(text.lstrip("="))


def refused(why: str, what: object) -> Undecodable:
    """The error for ``what``, shown short: wikitext, or the items of a line."""
    text = "".join(map(str, what)) if isinstance(what, list | tuple) else str(what)
    line = " ".join(text.split())
    return Undecodable(f"{why} : {line[:60]}{'…' if len(line) > 60 else ''}")


def tag_name(tag: Tag) -> str:
    """Its name in lower case."""
    return str(tag.tag).strip().lower()
