"""``RETRAITS.csv``: what an earlier dump held and this one no longer does.

An id and a day, never a content nor a hash of it: whoever holds the earlier dump can find the row
and take it out, nobody else learns anything.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from loosbot.dump import csvfiles
from loosbot.dump.model import Edition
from loosbot.errors import UserError

NAME = "RETRAITS.csv"
COLUMNS = ("objet", "id", "depuis", "date", "motif")
_ABSENT = "absent-de-cette-edition"


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """``kind`` is ``fiche``, ``voix`` (the whole passage) or ``texte`` (only its words)."""

    kind: str
    id: str
    since: str
    date: str
    reason: str = _ABSENT


def since(edition: Edition, previous: Path) -> list[Withdrawal]:
    """What ``previous``, a dump of the same series, held; what it had itself lost included.

    Raises UserError where it is no dump of this corpus and edition.
    """
    described = _described(previous)
    name = f"{edition.snapshot.corpus}-{edition.kind}"
    if described.get("name") != name:
        raise UserError(
            f"« {previous} » n’est pas un export précédent de « {name} ».",
            "Indiquez après --since un dossier fait par « loosbot dump build » pour la même "
            "commune et la même édition.",
        )
    before, today = str(described.get("version", "")), edition.snapshot.date
    spoken = {one.id: bool(one.end) for one in edition.passages}
    found = {
        Withdrawal("fiche", row["id"], before, today)
        for row in _rows(previous, "data/fiches.csv")
        if row["id"] not in edition.records
    }
    for row in _rows(previous, "data/passages.csv"):
        if row["id"] not in spoken:
            found.add(Withdrawal("voix", row["id"], before, today))
        elif row["fin"] and not spoken[row["id"]]:
            found.add(Withdrawal("texte", row["id"], before, today))
    present = {*edition.records, *(id_ for id_, text in spoken.items() if text)}
    for row in _rows(previous, NAME):
        if row["id"] not in present:
            found.add(Withdrawal(*(row[column] for column in COLUMNS)))
    return sorted(found)


def encoded(found: Iterable[Withdrawal]) -> bytes:
    """The file; with its header alone when there was no earlier dump to compare with."""
    rows = [(one.kind, one.id, one.since, one.date, one.reason) for one in found]
    return csvfiles.encoded(COLUMNS, rows)


def _described(folder: Path) -> dict[str, object]:
    try:
        found = json.loads((folder / "datapackage.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _rows(folder: Path, path: str) -> list[dict[str, str]]:
    try:
        with (folder / path).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise UserError(
            f"L’export précédent est incomplet : {path} manque.", "Prenez-en une copie entière."
        ) from error
