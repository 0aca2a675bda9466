"""A syntax error of libyaml, and the slip that a rule recognises in it."""

from __future__ import annotations

from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """What one rule recognised; line and column count from 1."""

    line: int
    column: int
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """libyaml's error, with its places as (line, column) from 1, and the lines of the file.

    ``before`` is the last scalar that was read: its start, its end and its style.
    """

    problem: str
    context: str
    at: tuple[int, int]
    since: tuple[int, int] | None
    lines: tuple[str, ...]
    before: tuple[tuple[int, int], tuple[int, int], str] | None

    def line(self, number: int) -> str:
        """The text of a line; empty past the end of the file."""
        return self.lines[number - 1] if number <= len(self.lines) else ""

    @property
    def indent(self) -> int:
        """The column of the first character of the line of the complaint."""
        line = self.line(self.at[0])
        return len(line) - len(line.lstrip(" ")) + 1
