"""The lines of some values of a YAML file: ``reader.locate`` finds every position of a file, and a
report needs one or two lines of each of thousands.

A record as people write it has its keys one below the other, and the members of a list behind
dashes. Whoever knows what the file holds can tell so: every key, or every member, has a line of
its own at one depth, and nothing else stands there but comments. Where as many lines look like
keys as there are keys, by the same names, these are they. Any other file is read as YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from loosbot.corpus.model import KeyPath
from loosbot.corpus.yaml.reader import locate
from loosbot.errors import LoosbotError

_INDENT = re.compile(r"\n( *)(?![ \n#]|\Z)")
"""Before a line that holds something, and how deep it stands."""


class _Ambiguous(LoosbotError):
    """The indentation alone does not give the lines."""


def lines(data: bytes, paths: Iterable[KeyPath], value: Mapping[str, Any]) -> dict[KeyPath, int]:
    """The line, from 1, where each value begins, or the nearest of its ancestors in the file; 1 in
    a file that cannot be read. ``value`` is what the file holds."""
    paths = list(paths)
    numbers = by_margin(data, paths, value)
    if numbers is None:
        places = locate(data)
        numbers = {path: places.nearest(path).line for path in paths}
    return numbers


def by_margin(
    data: bytes, paths: Iterable[KeyPath], value: Mapping[str, Any]
) -> dict[KeyPath, int] | None:
    """The line, from 1, where each value begins; None where indentation alone does not give it.

    ``value`` is what the file holds. It has every path that is asked for.
    """
    try:
        text = "\n" + data.decode("utf-8").replace("\r\n", "\n")
        if "\r" in text or "\t" in text:
            return None
        top = _members(text, 0, len(text), 0, value)
        return {
            path: text.count("\n", 0, _start(text, top, value, path) + 1) for path in set(paths)
        }
    except (ValueError, LookupError, _Ambiguous):
        return None


class _Place(NamedTuple):
    """Where a member stands: the end of the line before it, its value, the end of its last line."""

    start: int
    value: int
    end: int


class _Members(NamedTuple):
    """The members of a value, and what each begins with; ``end`` is that of the last one."""

    names: Sequence[str | int]
    marks: Sequence[re.Match[str]]
    end: int

    def place(self, name: str | int) -> _Place:
        """Where one of them stands: a report asks for few of those that a record has."""
        rank = self.names.index(name)
        mark, after = self.marks[rank], rank + 1
        end = self.marks[after].start() if after < len(self.marks) else self.end
        return _Place(mark.start(), mark.end(), end)


def _start(text: str, top: _Members, value: Any, path: KeyPath) -> int:
    """The end of the line before the value at ``path``."""
    start, members = top.marks[0].start(), top
    for rank, key in enumerate(path):
        place, value = members.place(key), value[key]
        first = text[place.value : place.value + 1]
        last = rank + 1 == len(path)
        if first and first in "#&!*":
            raise _Ambiguous
        if first not in ("", "\n"):
            # what is inside brackets stands on their line, where they are closed on it
            if not last and (first not in "[{" or _goes_on(text, place)):
                raise _Ambiguous
            return place.start
        match = _INDENT.search(text, place.value, place.end)
        if match is None:
            raise _Ambiguous
        start = match.start()
        if not last:
            members = _members(text, start, place.end, len(match[1]), value)
    return start


def _goes_on(text: str, place: _Place) -> bool:
    """Whether a value that begins on the line of its key has more lines."""
    line = text.find("\n", place.value, place.end)
    return line >= 0 and _INDENT.search(text, line, place.end) is not None


def _members(text: str, start: int, end: int, depth: int, value: Any) -> _Members:
    """The members of a value: all have a line of their own at this depth."""
    marks = list(_marks(depth).finditer(text, start, end))
    names: Sequence[str | int]
    if isinstance(value, list):
        names = range(len(value))
        clear = len(marks) == len(names) and all(mark[2] for mark in marks)
    else:
        names = list(value)
        # a list may stand at the depth of its key
        marks = [mark for mark in marks if not mark[2]]
        clear = [mark[1] for mark in marks] == names
    if not marks or not clear:
        raise _Ambiguous
    return _Members(names, marks, end)


@cache
def _marks(depth: int) -> re.Pattern[str]:
    """What a line at this depth begins with: a key, a dash, or whatever else is no comment."""
    return re.compile(
        rf"\n {{{depth}}}(?:([A-Za-z_][A-Za-z0-9_-]*):(?: +|(?=\n|\Z))"
        r"|(-)(?: +|(?=\n|\Z))|(?![ \n#]|\Z))"
    )
