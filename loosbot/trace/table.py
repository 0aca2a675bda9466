"""The report for programs: JSON whole, CSV with one line a stage, gap, promise and figure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from loosbot.trace.model import Figure, Report
from loosbot.trace.words import KINDS

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
    """RFC 4180, a line of names first; cells that a spreadsheet would run begin with ``'``.

    ``genre`` says what a line is: a stage, a gap, a promise, a figure.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for row in _rows(report):
        writer.writerow(map(inert, row))
    return out.getvalue()


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    said: tuple[str, str, str, str]
    for one in report.records:
        for stage in one.stages:
            said = (stage.stage, stage.state, stage.date, " ; ".join(stage.sources))
            yield (one.id, one.title, "étape", *said, "", "", "", "", "")
        for gap in one.gaps:
            said = (gap.code, gap.severity, gap.since, "")
            place = (gap.message, gap.todo, gap.who, gap.path, str(gap.line))
            yield (one.id, one.title, "manque", *said, *place)
    for promise in report.promises:
        said = (promise.name, promise.outcome, promise.due, promise.proof)
        told = (promise.what, promise.said, promise.who)
        yield (promise.record, promise.title, KINDS[promise.kind], *said, *told, "", "")
    for figure in report.figures:
        said = (figure.code, "", report.date, " ; ".join(figure.counted))
        share = f"{figure.label} : {figure.numerator} sur {figure.denominator}"
        yield ("", "", "chiffre", *said, share, figure.rule, "", "", "")


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass as a dict, one level deep: ``asdict`` would copy the whole report.

    By their slots, which are their fields: ``fields`` took longer than the encoder itself.
    """
    return {name: getattr(value, name) for name in value.__slots__}


def _about_minutes(figures: Iterable[Figure]) -> list[Figure]:
    return [one for one in figures if one.code.split("/")[0] == "comptes-rendus"]


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
