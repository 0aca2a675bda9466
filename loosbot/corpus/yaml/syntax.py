"""Syntax errors of libyaml, in French and at the place where the author slipped.

libyaml reports where it gave up, often lines after the slip: an unclosed quote is reported at the
end of the file. Each rule of ``slips`` looks at the complaint and at the text around it; the first
one that recognises the slip words it. What none recognises gets a general sentence, never the
parser's words, which are English and about YAML's grammar.
"""

from __future__ import annotations

from typing import Any

from loosbot.corpus.decoding import LINE_BREAK
from loosbot.corpus.model import Finding
from loosbot.corpus.yaml.complaints import Complaint, Slip
from loosbot.corpus.yaml.slips import RULES


def explain(error: Exception, text: str, path: str, last_scalar: Any = None) -> Finding:
    """The finding for one error of PyYAML; ``last_scalar`` is the last scalar event before it."""
    complaint = _complaint(error, text, last_scalar)
    for rule in RULES:
        if slip := rule(complaint):
            break
    else:
        slip = Slip(
            *complaint.at,
            "yaml",
            "À partir d’ici, le fichier n’est plus du YAML bien formé.",
            "Regardez cette ligne et la précédente : retrait, « : », guillemets, crochets. "
            "Une phrase se met entre guillemets ou sous « | ».",
        )
    # an editor cannot show the line after the last one
    line = min(slip.line, max(len(complaint.lines), 1))
    column = slip.column if line == slip.line else len(complaint.line(line)) + 1
    return Finding(path, line, column, "error", slip.code, slip.message, slip.hint)


def _complaint(error: Exception, text: str, last_scalar: Any) -> Complaint:
    lines = LINE_BREAK.split(text)
    if lines and not lines[-1]:
        lines.pop()
    before = None
    if last_scalar is not None:
        before = (
            _place(last_scalar.start_mark),
            _place(last_scalar.end_mark),
            last_scalar.style or "",
        )
    problem_mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None)
    return Complaint(
        problem=getattr(error, "problem", None) or "",
        context=getattr(error, "context", None) or "",
        at=_place(problem_mark) if problem_mark else (1, 1),
        since=_place(context_mark) if context_mark else None,
        lines=tuple(lines),
        before=before,
    )


def _place(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
