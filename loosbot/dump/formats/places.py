"""``catalogue/lieux.geojson``: places, and what happened there on which date (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.values import point, several
from loosbot.dump.filtered import Edition, known, stated
from loosbot.dump.tables.fields import Cell
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import json_bytes

PATH = "catalogue/lieux.geojson"
_OF_EVENT = ("genre", "nom", "date", "date_debut", "date_fin", "date_precision", "statut")


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One collection: a point for each place, and one for each dated event of what it concerns."""
    # longitude first (RFC 7946, 3.1.1)
    points = {
        record.id: {"type": "Point", "coordinates": place[::-1]}
        for record in edition.of_type("lieu")
        if (place := point(stated(record.data.get("coordonnees")))) is not None
    }
    places = [_place(edition.records[id_], point) for id_, point in points.items()]
    events = [
        feature
        for table in tables
        if table.name == "evenements"
        for row in table.rows
        for feature in _events(
            {column.name: cell for column, cell in zip(table.columns, row, strict=True)},
            edition,
            points,
        )
    ]
    yield PATH, json_bytes({"type": "FeatureCollection", "features": [*places, *events]})


def _place(record: Record, point: Mapping[str, Any]) -> dict[str, Any]:
    kind = known(stated(record.data.get("genre")))
    properties = {"objet": "lieu", "fiche": record.id, "titre": record.title, "genre": kind}
    return {"type": "Feature", "id": record.id, "geometry": point, "properties": properties}


def _events(
    row: Mapping[str, Cell], edition: Edition, points: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    if not row["date_debut"] and not row["date_fin"]:
        return
    record = edition.records[str(row["fiche"])]
    for place in dict.fromkeys(
        str(stated(name)) for name in several(stated(record.data.get("lieu")))
    ):
        if place in points:
            properties = {
                "objet": "evenement",
                "fiche": record.id,
                "titre": record.title,
                "lieu": place,
            }
            yield {
                "type": "Feature",
                "id": f"{row['id']}@{place}",
                "geometry": points[place],
                "properties": properties | {key: row[key] for key in _OF_EVENT},
            }
