"""Where things stand in the text of one YAML file: lines, margins, dashes, comments."""

from __future__ import annotations

import re
from typing import Any

from loosbot.corpus.decoding import LINE_BREAK, mark_at
from loosbot.corpus.model import KeyPath
from loosbot.corpus.yaml.changes import Unpatchable, value_at
from loosbot.corpus.yaml.reader import Places
from loosbot.corpus.yaml.yamltext import Style

_BLANKS = re.compile(r"[ \t]*")
_COLON = re.compile(r"[ \t]*:")
_LINE_END = re.compile(r"(?:[ \t]*|[ \t]+#[^\r\n]*)(?=[\r\n]|\Z)")


Edit = tuple[int, int, str]
"""What stands from the first index to the second becomes this text."""


class Layout:
    """One file as it is written. Indexes count characters of ``text`` from 0, columns too.

    A line's index is that of its first character. Lists and mappings between brackets are said
    to be in flow, as in the YAML specification; the others are in block.
    """

    def __init__(self, text: str, data: Any, places: Places) -> None:
        """``data`` is None for a file without a value, which is one that has no key yet."""
        self.text = text
        self.data = {} if data is None else data
        self.empty = data is None
        self.places = places

    def unpatchable(self, index: int, message: str) -> Unpatchable:
        """The error to raise about this place."""
        return Unpatchable(message, mark_at(self.text, index).line)

    # lines

    def line(self, index: int) -> int:
        """The beginning of the line of this character; line breaks end theirs."""
        if self.text.startswith("\r\n", index - 1):
            index -= 1
        return max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1

    def line_end(self, index: int) -> int:
        """Where the line break of this line stands, or the end of the text."""
        line_break = LINE_BREAK.search(self.text, index)
        return line_break.start() if line_break else len(self.text)

    def next_line(self, index: int) -> int:
        """The beginning of the next line, or the end of the text."""
        line_break = LINE_BREAK.search(self.text, index)
        return line_break.end() if line_break else len(self.text)

    def break_near(self, index: int) -> str:
        """The line break of this line, or else of the file."""
        line_break = LINE_BREAK.search(self.text, index) or LINE_BREAK.search(self.text)
        return line_break[0] if line_break else "\n"

    def margin(self, line: int) -> int:
        """How many blanks a line begins with."""
        blanks = _BLANKS.match(self.text, line)
        return blanks.end() - line if blanks else 0

    def first(self, line: int) -> str:
        """The first character of a line that is no blank; empty for a blank line."""
        index = line + self.margin(line)
        character = self.text[index : index + 1]
        return "" if character in ("\r", "\n") else character

    def column(self, index: int) -> int:
        """How many characters stand before this one on its line."""
        return index - self.line(index)

    def alone(self, index: int) -> bool:
        """Whether nothing but spaces stands before this character on its line."""
        return not self.text[self.line(index) : index].strip(" ")

    def ends_line(self, index: int) -> bool:
        """Whether nothing but a comment stands from here to the end of the line."""
        return _LINE_END.match(self.text, index) is not None

    # values

    def span(self, path: KeyPath) -> tuple[int, int]:
        """A value's first character, and just after its last; see ``end`` for whole lines."""
        span = self.places.span(path)
        return span.start, span.end

    def in_flow(self, path: KeyPath) -> bool:
        """Whether this value stands between the brackets of another."""
        return len(path) > 0 and self.places.flow(path[:-1])

    def in_block(self, path: KeyPath) -> bool:
        """Whether this value is a mapping or a list that is not between brackets."""
        value = value_at(self.data, path)
        return isinstance(value, dict | list) and not self.places.flow(path)

    def last_leaf(self, path: KeyPath) -> KeyPath:
        """The last value in this one that is no list nor mapping in block."""
        while self.in_block(path):
            value = value_at(self.data, path)
            path = (*path, len(value) - 1 if isinstance(value, list) else list(value)[-1])
        return path

    def end(self, path: KeyPath) -> int:
        """The beginning of the line after a value in block; comments on its last line included.

        Blank lines after the text of a ``|`` only belong to it under ``|+``.
        """
        leaf = self.last_leaf(path)
        start, end = self.span(leaf)
        if self.places.span(leaf).style not in ("|", ">"):
            return self.next_line(end)
        header = self.text[start : self.line_end(start)].partition("#")[0]
        if "+" in header:
            return end
        while end > self.next_line(start) and not self.first(self.line(end - 1)):
            end = self.line(end - 1)
        return end

    def start(self, path: KeyPath) -> int:
        """The first character of a key with its value, or of an item of a list in block.

        Raises Unpatchable for a key that is written with « ? ».
        """
        if key := self.places.key_span(path):
            if self.text[max(key.start - 2, 0) : key.start].rstrip(" ").endswith("?"):
                raise self.unpatchable(key.start, "Cette clé est écrite avec « ? ».")
            return key.start
        return self.dash(path) if path else self.span(path)[0]

    def dash(self, path: KeyPath) -> int:
        """Where the dash of an item stands."""
        top = self.span(path[:-1])[0]
        if path[-1] == 0:
            return top
        column = self.column(top)
        line = self.line(self.span(path)[0])
        while line > top and not (self.margin(line) == column and self.first(line) == "-"):
            line = self.line(line - 1)
        return line + column

    def lead(self, path: KeyPath) -> int:
        """Just after the colon of a key or the dash of an item.

        Raises Unpatchable where the colon is not on the line of its key.
        """
        key = self.places.key_span(path)
        if key is None:
            return self.dash(path) + 1 if path else self.span(path)[0]
        colon = _COLON.match(self.text, key.end)
        if colon is None:
            raise self.unpatchable(key.start, "Cette clé n’est pas suivie de « : » sur sa ligne.")
        return colon.end()

    # comments

    def after_comments(self, line: int, column: int) -> int:
        """The first line from here that is no comment further right than ``column``."""
        while self.first(line) == "#" and self.margin(line) > column:
            line = self.next_line(line)
        return line

    def with_comments(self, path: KeyPath) -> int:
        """The first character of a key or item together with the comment lines that are its own.

        These stand right above it, in its column. Those that open a group stay apart: at the top
        of the file or of a collection or after a blank line, with another key right below.
        """
        start = self.start(path)
        if not self.alone(start):
            return start
        column, line = self.column(start), self.line(start)
        first = line
        while first > 0 and self._is_comment(above := self.line(first - 1), column):
            first = above
        top = self.line(self.lead(path[:-1])) if len(path) > 1 else -1
        above = self.line(first - 1) if first else -1
        opens = above == top or not self.first(above)
        below = self.end(path)
        followed = self.margin(below) == column and self.first(below) not in ("", "#")
        return start if first == line or first == 0 or (opens and followed) else first + column

    def after_blank(self, path: KeyPath) -> bool:
        """Whether a blank line precedes a key or item and its comments."""
        line = self.line(self.with_comments(path))
        return line > 0 and not self.first(self.line(line - 1))

    def _is_comment(self, line: int, column: int) -> bool:
        return self.first(line) == "#" and self.margin(line) == column

    # style

    def style(self) -> Style:
        """How this file is laid out: as its first mapping and its first list under a key are."""
        steps: list[int] = []
        dashes: list[int] = []
        for path in self.places.paths():
            key = self.places.key_span(path)
            if key is None or not self.in_block(path):
                continue
            offset = self.column(self.span(path)[0]) - self.column(key.start)
            (dashes if isinstance(value_at(self.data, path), list) else steps).append(offset)
        return Style(steps[0] if steps else 2, dashes[0] if dashes else 2)
