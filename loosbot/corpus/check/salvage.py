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
_READ_ON = ("cle-en-double", "cle-non-texte")
"""Faults behind which the reader mostly goes on: another one is likelier to have stopped it."""
_MOVED = ("yaml-retrait", "yaml-tabulation")
_BREAK = re.compile(r"\r\n?")
_LONGEST_KEY = 50_000
"""Letters of a key that is read again and again while its columns are tried."""
_LONGEST_FILE = 100_000
"""Letters of a file that is read again and again while members of its lists are left out."""
_DASH = re.compile(r"( *)-(?: |$)")
_DASHES = re.compile(r" *(?:- +)*")


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
        errors = [finding for finding in findings if finding.severity == "error"]
        slip = next((it for it in errors if it.code not in _READ_ON), next(iter(errors), None))
        if slip is None or not slip.code.startswith(_IN_A_KEY):
            return None
        kept += (finding for finding in findings if finding not in kept)
        lines = text.split("\n")
        if (rest := _without_members(lines, slip, kept)) is not None:
            return rest._replace(left_out=frozenset(left_out))
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


def _without_members(
    lines: Sequence[str], slip: Finding, kept: Sequence[Finding]
) -> ReadableRest | None:
    """The file without the keys of groups, or else the members of lists, that hold a slip each, so
    that what stands beside them is checked; None where that does not make it readable."""
    lines, kept = list(lines), list(kept)
    if sum(map(len, lines)) > _LONGEST_FILE:
        return None
    for _ in range(_MOST_SLIPS):
        if not slip.code.startswith(_IN_A_KEY) or slip.code in _OF_A_LINE:
            return None
        for member, left in (*_key_within(lines, slip), *_members_around(lines, slip.line)):
            blanked = [*lines[: member.start], left, *[""] * (len(member) - 1)]
            blanked += lines[member.stop :]
            source = "\n".join(blanked).encode()
            document = reader.read(source, slip.path)
            after = next((it for it in document.findings if it.severity == "error"), None)
            is_read = isinstance(document.data, dict)
            if is_read or (after is not None and after.line > member.stop):
                break
        else:
            return None
        moved = _also_out_of_column(lines, member, slip)
        kept += (finding for finding in (*moved, *document.findings) if finding not in kept)
        if is_read or after is None:
            return ReadableRest(source, document.data, tuple(kept), frozenset())
        lines, slip = blanked, after
    return None


def _key_within(lines: Sequence[str], slip: Finding) -> Iterator[tuple[range, str]]:
    """The ranks of the lines of the key of a group on which a slip lies, and the dashes that stay
    before it; none for a line that is out of its column."""
    line = lines[slip.line - 1] if slip.line <= len(lines) else ""
    dashes = _DASHES.match(line)
    margin = dashes.end() if dashes else 0
    if slip.code in (*_MOVED, "yaml-tiret") or not line.strip() or not margin:
        return
    end = slip.line
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > margin):
        end += 1
    yield range(slip.line - 1, end), line[:margin].rstrip()


def _members_around(lines: Sequence[str], line: int) -> Iterator[tuple[range, str]]:
    """The ranks of the lines of each member of a list around this line, the innermost first;
    nothing stays of it."""
    start, margin = min(line, len(lines)) - 1, len(lines[line - 1]) if line <= len(lines) else 0
    while start >= 0:
        dash = _DASH.match(lines[start])
        if dash and len(dash[1]) <= margin:
            margin = len(dash[1])
            end = max(start + 1, min(line, len(lines)))
            while end < len(lines) and not _ends(lines[end], margin):
                end += 1
            yield range(start, end), ""
            margin -= 1
        elif _TOP_KEY.match(lines[start]):
            return
        start -= 1


def _ends(line: str, margin: int) -> bool:
    """Whether a member of a list whose dash has this margin ends above this line."""
    indent = _indent(line)
    is_next = indent == margin and _DASH.match(line)
    return bool(line.strip()) and (indent < margin or bool(is_next) or bool(_TOP_KEY.match(line)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


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
