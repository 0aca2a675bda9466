"""Reading around a YAML syntax error, so that one run reports the other faults of the file too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from loosbot.corpus.model import Finding
from loosbot.corpus.yaml import reader

_TOP_KEY = re.compile(r"[^\W\d][\w-]*[ \u00a0]*:", re.UNICODE)
_MOST_SLIPS = 5
_IN_A_KEY = ("yaml", "espace", "cle", "caractere", "plusieurs")
"""How the codes of faults begin that lie in the lines of one key."""
_OF_A_LINE = ("plusieurs-documents", "yaml-commentaire")
"""Faults of a line that is no part of any key."""
_MOVED = ("yaml-retrait", "yaml-tabulation")
_BREAK = re.compile(r"\r\n?")
_LONGEST_KEY = 50_000
"""Letters of a key that is read again and again while its columns are tried."""


class ReadableRest(NamedTuple):
    """A file with the unreadable keys blanked out: their lines are empty, so line numbers hold."""

    source: bytes
    data: Any
    findings: tuple[Finding, ...]
    left_out: frozenset[str]


def rest_of(source: bytes, path: str, findings: tuple[Finding, ...]) -> ReadableRest | None:
    """The readable keys, and the errors of the others; None where the file cannot be cut safely."""
    # lines are counted as YAML does, for which a carriage return alone ends one
    text = _BREAK.sub("\n", source.decode("utf-8", "replace"))
    kept: list[Finding] = []
    left_out: set[str] = set()
    for _ in range(_MOST_SLIPS):
        slip = next((finding for finding in findings if finding.severity == "error"), None)
        if slip is None or not slip.code.startswith(_IN_A_KEY):
            return None
        kept += (finding for finding in findings if finding not in kept)
        lines = text.split("\n")
        if slip.code in _OF_A_LINE:
            around: range | None = range(slip.line - 1, slip.line)
        else:
            around = _key_around(lines, slip.line)
        begun = slip.code == "plusieurs-documents" and any(
            line.startswith("type:") for line in lines[slip.line :]
        )
        if around is None or begun:  # another record, and no line that parts two pieces of this one
            return None
        name = _TOP_KEY.match(lines[around.start])
        kept += _also_out_of_column(lines, around, slip)
        lines[around.start : around.stop] = [""] * len(around)
        text = "\n".join(lines)
        left_out.add(name[0].rstrip(" \u00a0:") if name else "")
        document = reader.read(text.encode(), path)
        if isinstance(document.data, dict):
            kept += (finding for finding in document.findings if finding not in kept)
            return ReadableRest(text.encode(), document.data, tuple(kept), frozenset(left_out))
        findings = document.findings
    return None


def _key_around(lines: Sequence[str], line: int) -> range | None:
    """The ranks of the lines of the key around this line."""
    start = min(line, len(lines)) - 1
    while start > 0 and not _TOP_KEY.match(lines[start]):
        start -= 1
    if not _TOP_KEY.match(lines[start]):
        return None
    end = start + 1
    while end < len(lines) and not _TOP_KEY.match(lines[end]):
        end += 1
    return range(start, end)


def _also_out_of_column(lines: Sequence[str], around: range, slip: Finding) -> Iterator[Finding]:
    """The lines of this key that are out of column below the one of ``slip``: each would be told
    once that one is mended, in another round."""
    tried = [*[""] * around.start, *lines[around.start : around.stop]]
    if sum(map(len, tried)) > _LONGEST_KEY:
        return
    for _ in range(_MOST_SLIPS):
        if slip.code not in _MOVED:
            return
        candidate = _next_of_best(tried, around.start, slip)
        if candidate is None:
            return
        tried, slip = candidate
        if slip.code not in (*_MOVED, "yaml-tiret"):
            return
        yield slip


def _next_of_best(tried: list[str], first: int, slip: Finding) -> tuple[list[str], Finding] | None:
    """The lines with that of ``slip`` in the column with which the key can be read furthest, and
    the slip that comes then; None for none, or none further down."""
    rank = slip.line - 1
    if rank >= len(tried):
        return None  # below the last line, where what was begun should have ended
    line = tried[rank].lstrip(" \t")
    margin = len(tried[rank]) - len(line)
    known = {column for other in tried[first:] for column in _columns(other)}
    best: tuple[int, int] = (slip.line, 0)
    reached: tuple[list[str], Finding] | None = None
    for column in sorted(known if "\t" in tried[rank][:margin] else known - {margin}):
        moved = [*tried[:rank], " " * column + line, *tried[rank + 1 :]]
        findings = reader.read("\n".join(moved).encode(), slip.path).findings
        after = next((finding for finding in findings if finding.severity == "error"), None)
        if after is None:
            return None
        if (after.line, column) > best and after.line > slip.line:
            best, reached = (after.line, column), (moved, after)
    return reached


def _columns(line: str) -> Iterator[int]:
    """Where the keys of a line stand: behind its dashes too."""
    if not line.strip():
        return
    margin = len(line) - len(line.lstrip(" "))
    yield margin
    while line[margin : margin + 2] == "- ":
        margin += len(line[margin:]) - len(line[margin + 1 :].lstrip(" "))
        yield margin
