"""The report for programs: JSON whole, CSV with a line for each thing that it tells."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from loosbot.trace.model import Figure, Progress, RecordTrace, Report, Stage
from loosbot.trace.words import KINDS, ROLES

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
Row = tuple[str, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(report: Report) -> str:
    """The report of the command contract; ``minutes`` holds its figures and its meetings."""
    late = [one.id for one in report.minutes if one.status in ("late", "not-published")]
    answer = {
        **{name: value for name, value in _plain(report).items() if name != "titles"},
        "minutes": {
            "figures": _about_minutes(report.figures),
            "meetings": report.minutes,
            "late": late,
        },
    }
    # without indentation: the encoder in C is six times faster
    return json.dumps(answer, ensure_ascii=False, default=_plain) + "\n"


def to_csv(report: Report) -> str:
    """RFC 4180, a line of names first; cells that a spreadsheet would run begin with ``'``, and
    all are in quotes: one that is asked to keep what is quoted makes no date of « 2018-06-01 ».

    ``genre`` says what a line is: a stage, a gap, a promise, a figure, a record behind it…
    """
    out = io.StringIO()
    csv.writer(out).writerow(_COLUMNS)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in _rows(report):
        writer.writerow(map(inert, row))
    return out.getvalue()


def _rows(report: Report) -> Iterator[Row]:
    for one in report.records:
        yield from _record(one)
    for promise in report.promises:
        said = (promise.name, promise.outcome, promise.due, promise.proof)
        told = (promise.what, promise.said, promise.who)
        yield (promise.record, promise.title, KINDS[promise.kind], *said, *told, "", "")
    yield from _parts(report)
    for figure in report.figures:
        share = f"{figure.label} : {figure.numerator} sur {figure.denominator}"
        yield ("", "", "chiffre", figure.code, "", report.date, "", share, figure.rule, "", "", "")
        for stand, ids in (("compté", figure.counted), *figure.others.items()):
            for id_ in ids:
                title = report.titles.get(id_.partition("#")[0], "")
                yield _said(id_, title, "fiche du chiffre", figure.code, stand)
    if report.progress is not None:
        yield from _progress(report.progress, report)


def _record(one: RecordTrace) -> Iterator[Row]:
    for stage in one.stages:
        told = (stage.state, stage.date, " ; ".join(stage.sources), _looked(stage))
        yield _said(one.id, one.title, "étape", stage.stage, *told)
    if one.stop is not None:
        told = (one.stop.state, one.stop.date, " ; ".join(one.stop.sources), one.stop.reason)
        yield _said(one.id, one.title, "arrêt", "arret", *told)
    for gap in one.gaps:
        place = (gap.todo, gap.who, gap.path, str(gap.line))
        said = (gap.code, gap.severity, gap.since, "", gap.message)
        yield (one.id, one.title, "manque", *said, *place)


def _looked(stage: Stage) -> str:
    return f"cherché sans trouver : {' ; '.join(stage.looked)}" if stage.looked else ""


def _parts(report: Report) -> Iterator[Row]:
    """The minutes, the claims, the voices and the upkeep of each record."""
    for met in report.minutes:
        days = "" if met.days is None else f"rendu le {met.published}, {met.days} jours"
        said = (met.quarter, met.status, met.date, "", days, "", met.service)
        yield _said(met.id, met.title, "compte rendu", *said)
    for one in report.claims:
        for kind, count in (
            ("sans source", one.without_source),
            ("une source", one.one_source),
            ("plusieurs sources", one.several_sources),
            ("en désaccord", one.disputed),
        ):
            told = " ; ".join(one.unsourced) if kind == "sans source" else ""
            share = f"{count} sur {one.total}"
            yield _said(one.id, one.title, "sources", kind, share, "", "", told)
    for spoken in report.voices.projects:
        for role, name in ROLES.items():
            yield _said(spoken.id, spoken.title, "voix", name, str(spoken.roles.get(role, 0)))
    for kept in report.upkeep:
        told = f"dernières nouvelles : {kept.last_news}" if kept.last_news else ""
        title = report.titles.get(kept.id, "")
        yield _said(kept.id, title, "entretien", "suivi", kept.state, kept.last_visit, "", told)
    for doubt in report.suspects:
        changed = (doubt.field, doubt.kind, doubt.date, doubt.commit)
        looked = f"dernier regard : {doubt.since}"
        title = report.titles.get(doubt.record, "")
        yield _said(doubt.record, title, "à relire", *changed, looked)


def _progress(progress: Progress, report: Report) -> Iterator[Row]:
    for one in progress.figures:
        was = f"{one.numerator_before} sur {one.denominator_before}"
        told = f"{one.label} : {was} → {one.numerator} sur {one.denominator}"
        yield _said("", "", "chemin", one.code, "", progress.date, "", told)
    for kind, closings in (("comblé", progress.closed), ("nouveau", progress.opened)):
        for gap in closings:
            title = report.titles.get(gap.record, "")
            count = str(gap.count)
            yield _said(gap.record, title, kind, gap.code, count, progress.date, "", gap.what)


def _said(*cells: str) -> Row:
    return (*cells, *[""] * (len(_COLUMNS) - len(cells)))


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass as a dict, one level deep: ``asdict`` would copy the whole report.

    By their slots, which are their fields: ``fields`` took longer than the encoder itself.
    """
    names = value.__slots__
    if isinstance(value, Stage):
        names = ("stage", "state", "date", "sources", *(["looked"] if value.looked else []))
    return {name: getattr(value, name) for name in names}


def _about_minutes(figures: Iterable[Figure]) -> list[Figure]:
    return [one for one in figures if one.code.split("/")[0] == "comptes-rendus"]


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
