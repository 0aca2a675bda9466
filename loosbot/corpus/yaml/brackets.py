"""Slips between brackets and braces."""

from __future__ import annotations

import re

from loosbot.corpus.yaml.complaints import Complaint, Slip

_BRACKET_VALUE = re.compile(r" *(?:- +)*(?:[\w-]+ *: +)?([\[{])")
_COMMENT = re.compile(r"(?<=[ \[{,])#")
_OPENING = {")": "(", "]": "[", "}": "{"}


def bracket(complaint: Complaint) -> Slip | None:
    """An unclosed bracket or brace, or one that is closed too late; None for another slip."""
    if "flow" in complaint.context and complaint.since:
        row, after = complaint.since
        line = complaint.line(row)[:after]
        # at the end of the file libyaml points past the sign, on a line that may not exist
        while row > 1 and not {"[", "{"} & set(line):
            row -= 1
            line = complaint.line(row)
        opened = max(line.rfind("["), line.rfind("{"), 0)
        opening = line[opened : opened + 1]
        closing = {"[": "]", "{": "}"}.get(opening, "]")
        if inside := _inside(complaint, row, opened, closing):
            return inside
        return Slip(
            row,
            opened + 1,
            "yaml-crochet",
            f"Le signe « {opening} » ouvert ici n’est pas refermé.",
            f"Ajoutez « {closing} » et séparez les valeurs par des virgules ; "
            "si c’est un texte, mettez-le entre guillemets.",
        )
    number, column = complaint.at
    before = complaint.line(number)[: column - 1].rstrip(" ")
    opening_at = _BRACKET_VALUE.match(before)
    ended = "expected key" in complaint.problem or "expected '-'" in complaint.problem
    if ended and opening_at and before[-1] in "]}":
        return Slip(
            number,
            opening_at.start(1) + 1,
            "yaml-crochet",
            f"Une valeur qui commence par « {opening_at[1]} » est une liste ou un groupe, "
            "et rien ne peut la suivre sur la ligne.",
            "Si c’est un texte, mettez toute la valeur entre guillemets.",
        )
    return None


def _inside(complaint: Complaint, row: int, opened: int, closing: str) -> Slip | None:
    """The finding on what stands between two brackets of one line."""
    line = complaint.line(row)
    end = line.rfind(closing, opened)
    if (sign := _COMMENT.search(line, opened)) and end > sign.start():
        return Slip(
            row,
            sign.end(),
            "yaml-diese",
            f"Ce qui suit « # » est un commentaire : « {closing} » n’est pas lu.",
            "Retirez « # », ou mettez entre guillemets le texte qui le contient.",
        )
    if end > 0 and complaint.at[0] == row and line[complaint.at[1] - 1 : complaint.at[1]] == ":":
        separator = re.match(r".*[^\s,;]([; ]) *[a-z_]+ *\Z", line[: complaint.at[1] - 1])
        return Slip(
            row,
            complaint.at[1],
            "yaml-deux-points",
            "Ce « : » vient alors que la valeur d’avant n’est pas finie.",
            "Séparez deux clés par une virgule"
            + (" et non par « ; »" if separator and separator[1] == ";" else "")
            + ". Si c’est une phrase, mettez-la entre guillemets.",
        )
    last = line.rstrip()
    if end < 0 and last[-1:] in ")]}" and last.count(last[-1]) > last.count(_OPENING[last[-1]]):
        return Slip(
            row,
            len(last),
            "yaml-crochet",
            f"« {last[-1]} » ne referme pas ce que « {line[opened]} » a ouvert.",
            f"Écrivez « {closing} » à sa place.",
        )
    return None
