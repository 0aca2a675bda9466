"""What the formats of others (Participedia, the national schema of projects) say of the projects of
a received dump, and what its tables say of the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Literal

from loosbot.corpus import dates
from loosbot.corpus.types import PROJECTS
from loosbot.dump.check.received import ReceivedDump, Row, by_column
from loosbot.dump.check.related import POINT, Related
from loosbot.dump.formats.participedia.dates import FINISHED
from loosbot.dump.formats.participedia.files import CASES, FOLDER
from loosbot.dump.formats.transition import public_id

STATES, ORGANIZATIONS = (f"{FOLDER}/{name}.csv" for name in ("etats", "organizations"))
_PARTICIPANTS = "realisation.participants"


def filled(path: str) -> Callable[[ReceivedDump], Iterator[tuple[str, Row]]]:
    """The rows of a CSV file by their id, without empty cells: these say nothing."""

    def entries(dump: ReceivedDump) -> Iterator[tuple[str, Row]]:
        for row in by_column(dump.csv(path)):
            yield row.get("id", ""), {key: cell for key, cell in row.items() if cell}

    return entries


def cases(related: Related) -> Mapping[str, Row]:
    """What the tables say of each project, by the id that Participedia's file gives it."""
    stages: dict[str, list[Row]] = {}
    participants: dict[str, str] = {}
    for row in related.dump.rows("evenements"):
        if row.get("genre") == "etape":
            stages.setdefault(row.get("fiche", ""), []).append(row)
    for row in related.dump.rows("mesures"):
        if row.get("champ") == _PARTICIPANTS:
            participants[row.get("fiche", "")] = row.get("valeur", "")
    return {
        f"{related.corpus}:{id_}": {
            "title": related.cell(id_, "titre"),
            "description": related.cell(id_, "resume"),
            "start_date": _start(related, id_, stages.get(id_, ())),
            "end_date": _end(related, id_, stages.get(id_, ())),
            "number_of_participants_1": participants.get(id_, ""),
            **_located(related, id_),
            **_parent(related, id_),
        }
        for id_ in _projects(related)
    }


def _projects(related: Related) -> Iterator[str]:
    for id_, record in related.records.items():
        if record["type"] in PROJECTS:
            yield id_


def _start(related: Related, id_: str, stages: Iterable[Row]) -> str:
    days = [row["date_debut"] for row in stages if row.get("date_debut")]
    return _day(min(days, default=related.cell(id_, "annee_debut")), "earliest")


def _end(related: Related, id_: str, stages: Iterable[Row]) -> str:
    if related.cell(id_, "statut") not in FINISHED:
        return ""
    days = [*(row.get("date_fin", "") for row in stages), related.cell(id_, "annee_fin")]
    return _day(max(days), "latest")


def _day(cell: str, bound: Literal["earliest", "latest"]) -> str:
    """The first or last day of a cell, which is a month in the public edition."""
    try:
        day: date = getattr(dates.parse(cell), bound)
    except dates.DateError:
        # its own check says so
        return cell
    return day.isoformat()


def _located(related: Related, id_: str) -> Row:
    places = [place for place in related.several(id_, "lieu") if place in related.records]
    titles = [related.cell(place, "titre") for place in places]
    points = [related.points.get(place, {}) for place in places]
    return {
        "address1": ", ".join(titles[:1]),
        "address2": ", ".join(titles[1:]),
        **{key: next(filter(None, (point.get(key) for point in points)), "") for key in POINT},
    }


def _parent(related: Related, id_: str) -> Row:
    parent = next(related.several(id_, "parent"), "")
    return {
        "is_component_of_id": f"{related.corpus}:{parent}",
        "is_component_of_title": related.cell(parent, "titre"),
    }


def organizations(related: Related) -> Mapping[str, Row]:
    """What the tables say of each actor, by the id that Participedia's file gives it."""
    return {
        f"{related.corpus}:{id_}": {
            "title": record["titre"],
            "description": record.get("resume", ""),
        }
        for id_, record in related.records.items()
        if record["type"] == "acteur"
    }


def states(dump: ReceivedDump) -> Iterator[tuple[str, Row]]:
    """What ``etats.csv`` says of the cells of each case; the words of ``body`` are not in it."""
    rows = by_column(dump.csv(STATES))
    for case, cells in groupby(rows, lambda row: row.get("cas", "")):
        values = {row.get("colonne", ""): row.get("valeur", "") for row in cells}
        values.pop("body", None)
        yield case, values


def cells(related: Related) -> Mapping[str, Row]:
    """The cells of each case."""
    return {row.get("id", ""): row for row in by_column(related.dump.csv(CASES))}


def projects(related: Related) -> Mapping[str, Row]:
    """What the tables say of each project, by the id that the national schema gives it."""
    return {
        public_id(related.corpus, id_): {
            "nom": related.cell(id_, "titre"),
            "description": related.cell(id_, "resume"),
            "dateDebutPrevisionnelle": _start(related, id_, ()),
        }
        for id_ in _projects(related)
    }
