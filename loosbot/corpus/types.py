"""The types of records, one a row: what each is called, wherever it is named.

A new type is a row here, its schema, its fiche (``render/fields.py``), its sections
(``fields/sections.py``) and its template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordType:
    """``name`` is its key and its folder, ``noun`` what people say, with ``the`` before it.

    ``plural`` heads a list of such records; ``table`` is its table in a dump.
    """

    name: str
    the: str
    noun: str
    plural: str
    table: str
    feminine: bool = False


TYPES: Mapping[str, RecordType] = {
    row.name: row
    for row in (
        RecordType("projet", "le ", "projet", "Projets", "projets"),
        RecordType("fifty-fifty", "le ", "fifty-fifty", "Fifty-fifty", "fifty_fifty"),
        RecordType("recit", "le ", "récit", "Récits", "recits"),
        RecordType("reunion", "la ", "réunion", "Réunions", "reunions", feminine=True),
        RecordType("acteur", "l’", "acteur", "Acteurs", "acteurs"),
        RecordType("lieu", "le ", "lieu", "Lieux", "lieux"),
        RecordType("source", "la ", "source", "Sources", "sources", feminine=True),
        RecordType("indicateur", "le ", "chiffre", "Chiffres", "indicateurs"),
    )
}
"""Type -> its row, in the order in which they are listed."""
RECORD_TYPES = tuple(TYPES)
