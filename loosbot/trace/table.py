"""The report for programs: JSON whole, CSV with one line a gap and one a stage."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from loosbot.trace.model import Figure, Report

_COLUMNS = (
    "fiche",
    "titre",
    "genre",
    "sujet",
    "etat",
    "date",
    "sources",
    "message",
    "a_faire",
    "qui",
    "fichier",
    "ligne",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(report: Report) -> str:
    """The report of the command contract; ``minutes`` holds its figures and its meetings."""
    late = [one.id for one in report.minutes if one.status in ("late", "not-published")]
    answer = {
        **_plain(report),
        "minutes": {
            "figures": _about_minutes(report.figures),
            "meetings": report.minutes,
            "late": late,
        },
    }
    # without indentation: the encoder in C is six times faster
    return json.dumps(answer, ensure_ascii=False, default=_plain) + "\n"


def to_csv(report: Report) -> str:
    """RFC 4180, a line of names first; cells that a spreadsheet would run begin with ``'``."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for one in report.records:
        head = (one.id, one.title)
        for stage in one.stages:
            sources = " ; ".join(stage.sources)
            cells = ("étape", stage.stage, stage.state, stage.date, sources, "", "", "", "", "")
            writer.writerow(map(_inert, (*head, *cells)))
        for gap in one.gaps:
            place = (gap.message, gap.todo, gap.who, gap.path, str(gap.line))
            kind = ("manque", gap.code, gap.severity, gap.since, "")
            writer.writerow(map(_inert, (*head, *kind, *place)))
    return out.getvalue()


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass as a dict, one level deep: ``asdict`` would copy the whole report.

    By their slots, which are their fields: ``fields`` took longer than the encoder itself.
    """
    return {name: getattr(value, name) for name in value.__slots__}


def _about_minutes(figures: Iterable[Figure]) -> list[Figure]:
    return [one for one in figures if one.code.split("/")[0] == "comptes-rendus"]


def _inert(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
