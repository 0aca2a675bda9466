"""The blocks of a Markdown text, as CommonMark finds them, with GitHub's tables and our notes.

CommonMark's own method: line by line, which of the open blocks go on, which begin, and where the
text goes. The tree is the one that Python-Markdown's own block processors make; its inline
processors read the text of each block afterwards. Different on purpose:

- raw HTML is text, and so is what would define a link that nobody cites: no line vanishes;
- ``#Titre`` without a blank is a title, as its author meant;
- a row of a table keeps its last cells, and a pipe in code is no end of a cell;
- tildes alone that nothing closes are text;
- what is nested deeper than ``DEEPEST_BLOCK`` is shown as typed.
"""

from __future__ import annotations

import html
import re
from dataclasses import field
from xml.etree.ElementTree import Element, SubElement

from markdown.util import ETX, STX, AtomicString

from loosbot.corpus.references import Definition, definitions, labels
from loosbot.corpus.tablerows import alignments, cells_of
from loosbot.frozen import dataclass

DEEPEST_BLOCK = 40
_CODE = 4
"""Blanks that make a line code."""

_WITHOUT_MARKS = {ord(mark): None for mark in (STX, ETX)}
_INDENT = re.compile(r"[ \t>*+0-9.)-]*+")
"""What a line begins with: there, a tabulation counts for the columns up to the next stop."""
_BLANKS = re.compile(r" *+")
_ATX = re.compile(r"(#{1,6})(?=[ \t]|\Z|[^\W\d_])")
_CLOSING_HASHES = re.compile(r"(?:\A|(?<= ))#++\Z")
_FENCE = re.compile(r"`{3,}+(?=[^`]*+\Z)|~{3,}+")
_FENCE_END = re.compile(r"(?:`{3,}+|~{3,}+)(?=[ \t]*+\Z)")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|(?:-[ \t]*+){3,}+)\Z")
_UNDERLINE = re.compile(r"(?:(?P<equals>=++)|-++) *+\Z")
_MARKER = re.compile(r"(?P<bullet>[-+*])|(?P<number>[0-9]{1,9})(?P<end>[.)])")
_NOTE = re.compile(r"\[\^([^\]\n]{1,200})\]: *+")
_SIGNS = frozenset("#`~>*_-+=[|:0123456789")
"""What may begin anything but a paragraph."""
_HOLDS_TEXT = frozenset({"p", "code", "fence", "table"})


@dataclass(slots=True, eq=False)
class _Block:
    """An open block; ``column`` is how far what is in it stands, ``mark`` the sign it began with,
    ``columns`` the alignments of a table.
    """

    kind: str
    element: Element
    column: int = 0
    mark: str = ""
    columns: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NamedTargets:
    """The footnotes of a text, and the targets of its reference links by folded label."""

    notes: dict[str, Element]
    references: dict[str, str]


def parse_blocks(text: str, root: Element) -> NamedTargets:
    """Put the blocks of ``text`` under ``root``."""
    parser = _Parser(root)
    lines = text.translate(_WITHOUT_MARKS).split("\n")
    for line, signature in zip(lines, _signatures(lines), strict=True):
        parser.read(line if line.strip(" \t") else "", is_signature=signature)
    return parser.finish()


def _signatures(lines: list[str]) -> list[bool]:
    """Indexes of lines of tildes that no later line closes: a wiki signature, not a code fence."""
    if not any("~~~" in line for line in lines):
        return [False] * len(lines)
    longest = 0
    signatures: list[bool] = []
    for line in reversed(lines):
        tildes = line.strip(" \t>")
        is_alone = len(tildes) > 2 and not tildes.strip("~")
        signatures.append(is_alone and longest < len(tildes) < 6)
        if is_alone:
            longest = max(longest, len(tildes))
    return signatures[::-1]


class _Parser:
    """``_matched`` of the open blocks go on in the line at hand, of which ``_at`` is read."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._open = [_Block("root", root)]
        self._matched = 1
        self._notes: dict[str, Element] = {}
        self._defining: list[tuple[Element, Element, list[Definition], str]] = []
        self._typed = self._line = ""
        self._at = 0
        self._done = False
        self._is_signature = False

    def read(self, line: str, *, is_signature: bool = False) -> None:
        """Take one more line; one of blanks is given empty."""
        self._is_signature = is_signature
        self._typed, self._line, self._at, self._done = line, line, 0, False
        if "\t" in line and (indent := _INDENT.match(line)):
            self._line = indent[0].expandtabs(_CODE) + line[indent.end() :]
        self._matched = 1
        while self._matched < len(self._open) and self._goes_on(self._open[self._matched]):
            self._matched += 1
        while not self._done and self._holder.kind not in ("code", "fence") and self._begins():
            pass
        if self._done:
            return
        tip = self._open[-1]
        if self._matched < len(self._open) and tip.kind == "p" and self._rest():
            tip.lines.append(self._rest())  # "lazy": the sentence goes on without its marks
            return
        self._close_down_to(self._matched)
        if self._holder.kind in ("code", "fence"):
            self._holder.lines.append(self._line[self._at :] if self._at else self._typed)
        elif not self._rest():
            return
        elif self._holder.kind == "table":
            rows = self._holder.element[1]
            _add_row(rows, "td", cells_of(self._rest()), self._holder.columns)
        elif self._holder.kind == "p":
            self._holder.lines.append(self._rest())
        else:
            self._open_block("p", "p").lines.append(self._rest())

    def finish(self) -> NamedTargets:
        """Close all, and take out the definitions of the links that somebody cites."""
        self._close_down_to(1)
        for _, paragraph, _, rest in self._defining:
            paragraph.text = rest
        homes = [self._root, *self._notes.values()]
        cited = labels(element.text or "" for home in homes for element in home.iter())
        references: dict[str, str] = {}
        emptied: dict[Element, set[Element]] = {}
        for parent, paragraph, defined, rest in self._defining:
            for definition in defined:
                if definition.label in cited:
                    references.setdefault(definition.label, definition.target)
            kept = [definition.typed for definition in defined if definition.label not in cited]
            paragraph.text = "\n".join([*kept, rest]).strip(" \n")
            if not paragraph.text:
                emptied.setdefault(parent, set()).add(paragraph)
        for parent, paragraphs in emptied.items():
            parent[:] = [child for child in parent if child not in paragraphs]
        return NamedTargets(self._notes, references)

    # What goes on

    @property
    def _holder(self) -> _Block:
        """The innermost open block that continues on this line."""
        return self._open[self._matched - 1]

    def _goes_on(self, block: _Block) -> bool:
        """Whether ``block`` continues on this line; consumes its marks."""
        start = self._start()
        indent = start - self._at
        is_blank = start == len(self._line)
        match block.kind:
            case "quote":
                return indent < _CODE and self._line[start : start + 1] == ">" and self._quoted()
            case "item" if is_blank:
                # an item may begin with one blank line, not with two
                return len(block.element) > 0
            case "item":
                return indent >= block.column and self._pass(block.column)
            case "note" | "code":
                return is_blank or (indent >= _CODE and self._pass(_CODE))
            case "p":
                return not is_blank
            case "table":
                return not is_blank and indent < _CODE
            case "fence":
                end = _FENCE_END.match(self._line, start) if indent < _CODE else None
                if end is not None and end[0].startswith(block.mark):
                    self._close_down_to(self._matched)
                    return not self._pass_all()
                return self._pass(min(indent, block.column))
            case _:
                return True

    def _pass(self, characters: int) -> bool:
        self._at += characters
        return True

    def _quoted(self) -> bool:
        """Consume ``>`` and a blank."""
        self._at = self._start() + 1
        self._at += self._line[self._at : self._at + 1] == " "
        return True

    def _start(self) -> int:
        """Where the next character stands that is not blank."""
        blanks = _BLANKS.match(self._line, self._at)
        return blanks.end() if blanks else self._at

    def _rest(self) -> str:
        return self._line[self._start() :].replace("\t", " ")

    # What begins

    def _begins(self) -> bool:
        """Open a block if one begins here; whether it did. The rest of the line may open another
        inside."""
        start = self._start()
        if start - self._at >= _CODE:
            if self._open[-1].kind == "p" or start == len(self._line):
                return False
            self._at += _CODE
            self._open_block("code", "pre")
            return True
        if self._line[start : start + 1] not in _SIGNS or len(self._open) > DEEPEST_BLOCK:
            return False
        return (
            self._underlined()
            or self._title(start)
            or self._fence(start)
            or self._rule(start)
            or self._quote(start)
            or self._note(start)
            or self._item(start)
        )

    def _underlined(self) -> bool:
        """A line that makes a table or a title of the paragraph above it."""
        above = self._holder
        if above.kind != "p":
            return False
        line = self._rest()
        columns = alignments(line) if "|" in above.lines[-1] else None
        if columns is not None and len(cells_of(above.lines[-1])) == len(columns):
            header = cells_of(above.lines.pop())
            table = self._open_block("table", "table", columns=columns)
            _add_row(SubElement(table.element, "thead"), "th", header, columns)
            SubElement(table.element, "tbody")
            return self._pass_all()
        underline = _UNDERLINE.match(line)
        defined, title = definitions("\n".join(above.lines)) if underline else ([], "")
        if underline is None or not title:
            return False
        above.lines = [definition.typed for definition in defined]
        heading = self._open_block("heading", "h1" if underline["equals"] else "h2")
        heading.element.text = title.rstrip(" ")
        return self._pass_all()

    def _title(self, start: int) -> bool:
        title = _ATX.match(self._line, start)
        if title is None:
            return False
        heading = self._open_block("heading", f"h{len(title[1])}")
        text = self._line[title.end() :].replace("\t", " ").strip(" ")
        heading.element.text = _CLOSING_HASHES.sub("", text).rstrip(" ")
        return self._pass_all()

    def _fence(self, start: int) -> bool:
        fence = _FENCE.match(self._line, start)
        if fence is None or self._is_signature:
            return False
        self._open_block("fence", "pre", column=start - self._at, mark=fence[0])
        return self._pass_all()

    def _rule(self, start: int) -> bool:
        if _RULE.match(self._line, start) is None:
            return False
        self._open_block("rule", "hr")
        return self._pass_all()

    def _quote(self, start: int) -> bool:
        if self._line[start] != ">":
            return False
        self._open_block("quote", "blockquote")
        return self._quoted()

    def _note(self, start: int) -> bool:
        label = _NOTE.match(self._line, start)
        # notes do not nest: inside one, ``[^x]:`` is text
        if label is None or any(block.kind == "note" for block in self._open[: self._matched]):
            return False
        self._close_down_to(self._matched)
        self._leave_what_cannot_hold("note")
        # a second note of the same name goes under the first
        note = self._notes.setdefault(label[1], Element("note", {"id": label[1]}))
        self._open.append(_Block("note", note))
        self._matched = len(self._open)
        self._at = label.end()
        return True

    def _item(self, start: int) -> bool:
        marker = _MARKER.match(self._line, start)
        if marker is None or self._line[marker.end() : marker.end() + 1] not in ("", " "):
            return False
        content = self._line[marker.end() :]
        text = content.lstrip(" ")
        number = int(marker["number"] or 1)
        if self._holder.kind == "p" and (not text or number != 1):
            # « 2018. » or a lone dash inside a paragraph begins no list
            return False
        blanks = len(content) - len(text)
        padding = blanks if text and blanks <= _CODE else 1
        sign = marker["bullet"] or marker["end"]
        column = marker.end() - self._at + padding
        self._close_down_to(self._matched)
        self._leave_what_cannot_hold("item")
        if self._open[-1].kind != "list" or self._open[-1].mark != sign:
            home = self._open_block("list", "ul" if marker["bullet"] else "ol", mark=sign)
            if number != 1:
                home.element.set("start", str(number))
        self._open_block("item", "li", column=column)
        self._at = marker.end() + padding if text else len(self._line)
        return True

    def _pass_all(self) -> bool:
        self._done = True
        return True

    # The open blocks

    def _open_block(
        self,
        kind: str,
        tag: str,
        *,
        column: int = 0,
        mark: str = "",
        columns: list[str] | None = None,
    ) -> _Block:
        """A new block in the innermost one that goes on and can hold it."""
        self._close_down_to(self._matched)
        self._leave_what_cannot_hold(kind)
        element = SubElement(self._open[-1].element, tag)
        block = _Block(kind, element, column, mark, columns or [])
        if kind not in ("heading", "rule"):
            self._open.append(block)
        self._matched = len(self._open)
        return block

    def _leave_what_cannot_hold(self, kind: str) -> None:
        while self._open[-1].kind in _HOLDS_TEXT or (
            self._open[-1].kind == "list" and kind != "item"
        ):
            self._close_down_to(len(self._open) - 1)

    def _close_down_to(self, number: int) -> None:
        while len(self._open) > number:
            block = self._open.pop()
            if block.kind == "p":
                self._end_paragraph(block)
            elif block.kind in ("code", "fence"):
                text = "\n".join(block.lines).rstrip("\n")
                # held escaped for HTML, as the library does
                code = SubElement(block.element, "code")
                code.text = AtomicString(html.escape(text, quote=False))

    def _end_paragraph(self, block: _Block) -> None:
        parent, text = self._open[-1].element, "\n".join(block.lines).strip(" ")
        defined, rest = definitions(text) if text.startswith("[") else ([], text)
        if defined:
            self._defining.append((parent, block.element, defined, rest))
        elif text:
            deep = len(self._open) > DEEPEST_BLOCK
            block.element.text = AtomicString(text) if deep else text
        else:
            # the paragraph's only line became the header of a table
            del parent[-1]


def _add_row(parent: Element, tag: str, cells: list[str], columns: list[str]) -> None:
    """A row as wide as the table; the cells beyond its last column stay in it as text."""
    row = SubElement(parent, "tr")
    if len(cells) > len(columns):
        cells[len(columns) - 1 :] = [" | ".join(cells[len(columns) - 1 :])]
    for number, alignment in enumerate(columns):
        style = {"style": f"text-align: {alignment};"} if alignment else {}
        SubElement(row, tag, style).text = cells[number] if number < len(cells) else ""
