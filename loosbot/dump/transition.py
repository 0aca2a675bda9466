"""``projets-territoire.csv``: the national schema of ecological-transition projects, v0.1.1.

https://github.com/betagouv/schema-projet-collectivites-transition-ecologique. Nobody's name,
telephone nor e-mail goes in; what the schema has no place for stays out.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.dump.case_files import projects
from loosbot.dump.cases import many
from loosbot.dump.correspondence import load
from loosbot.dump.csvfiles import encoded
from loosbot.dump.model import Edition, value_of
from loosbot.dump.table import Table

PATH = "projets-territoire.csv"
COLUMNS = (
    "id", "createdAt", "updatedAt", "nom", "description", "budgetPrevisionnel",
    "dateDebutPrevisionnelle", "phase", "phaseStatut", "programme", "porteurCodeSiret",
    "porteurReferentEmail", "porteurReferentTelephone", "porteurReferentPrenom",
    "porteurReferentNom", "porteurReferentFonction", "competences", "leviers", "mecId", "tetId",
    "recocoId", "collectiviteIds",
)  # fmt: skip


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One file: the projects whose themes are those of the transition."""
    wanted = set(load().transition["themes"])
    rows = [
        _row(one, edition)
        for one in projects(edition)
        if wanted & set(many(value_of(one, "themes")))
    ]
    yield PATH, encoded(COLUMNS, rows)


def _row(record: Record, edition: Edition) -> list[str]:
    snapshot = edition.snapshot
    town = uuid.uuid5(uuid.NAMESPACE_URL, f"https://loosbot.invalid/{snapshot.corpus}")
    moment = f"{snapshot.date or '1970-01-01'}T00:00:00Z"
    phase, status = load().transition["statuts"].get(value_of(record, "statut"), ("", ""))
    began = value_of(record, "annee")
    first = dates.parse(began).earliest if began is not None else None
    row = {
        "id": str(uuid.uuid5(town, record.id)),
        # the schema requires both; the records tell when they were written in git alone
        "createdAt": moment,
        "updatedAt": moment,
        "nom": record.title,
        "description": str(value_of(record, "resume") or ""),
        "dateDebutPrevisionnelle": first.isoformat() if first and first.year > 1 else "",
        "phase": phase,
        "phaseStatut": status,
    }
    return [row.get(column, "") for column in COLUMNS]
