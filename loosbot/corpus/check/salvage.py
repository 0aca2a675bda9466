"""Reading around a YAML syntax error, so that one run reports the other faults of the file too."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from loosbot.corpus.model import Finding
from loosbot.corpus.yaml import reader

_TOP_KEY = re.compile(r"[^\W\d][\w-]*[ \u00a0]*:", re.UNICODE)
_MOST_SLIPS = 5


class Rest(NamedTuple):
    """A file with the unreadable keys blanked out: their lines are empty, so line numbers hold."""

    source: bytes
    data: Any
    findings: tuple[Finding, ...]
    left_out: frozenset[str]


def rest_of(source: bytes, path: str, findings: tuple[Finding, ...]) -> Rest | None:
    """The readable keys, and the errors of the others; None where the file cannot be cut safely."""
    text = source.decode("utf-8", "replace")
    kept: list[Finding] = []
    left_out: set[str] = set()
    for _ in range(_MOST_SLIPS):
        slip = next((finding for finding in findings if finding.severity == "error"), None)
        if slip is None or not slip.code.startswith(("yaml", "espace")):
            return None
        kept += (finding for finding in findings if finding not in kept)
        emptied = _without(text, slip.line)
        if emptied is None:
            return None
        text, name = emptied
        left_out.add(name)
        document = reader.read(text.encode(), path)
        if isinstance(document.data, dict):
            kept += (finding for finding in document.findings if finding not in kept)
            return Rest(text.encode(), document.data, tuple(kept), frozenset(left_out))
        findings = document.findings
    return None


def _without(text: str, line: int) -> tuple[str, str] | None:
    """The text with the key around this line emptied, and the name of the key."""
    lines = text.split("\n")
    start = min(line, len(lines)) - 1
    while start > 0 and not _TOP_KEY.match(lines[start]):
        start -= 1
    name = _TOP_KEY.match(lines[start])
    if name is None:
        return None
    end = start + 1
    while end < len(lines) and not _TOP_KEY.match(lines[end]):
        end += 1
    lines[start:end] = ["\r" if line.endswith("\r") else "" for line in lines[start:end]]
    return "\n".join(lines), name[0].rstrip(" \u00a0:")
