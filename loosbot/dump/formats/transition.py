"""``projets-territoire.csv``: the national schema of ecological-transition projects, v0.1.1.

https://github.com/betagouv/schema-projet-collectivites-transition-ecologique. Nobody's name,
telephone nor e-mail goes in; what the schema has no place for stays out.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.corpus.yaml.reader import shipped
from loosbot.dump.filtered import Edition, value_of
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.formats.participedia.answer import words
from loosbot.dump.tables.table import Table

PATH, FILE = "projets-territoire.csv", "transition.yaml"
COLUMNS = (
    "id", "createdAt", "updatedAt", "nom", "description", "budgetPrevisionnel",
    "dateDebutPrevisionnelle", "phase", "phaseStatut", "programme", "porteurCodeSiret",
    "porteurReferentEmail", "porteurReferentTelephone", "porteurReferentPrenom",
    "porteurReferentNom", "porteurReferentFonction", "competences", "leviers", "mecId", "tetId",
    "recocoId", "collectiviteIds",
)  # fmt: skip


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One file: the projects whose themes are those of the transition."""
    wanted = set(shipped(FILE)["themes"])
    projects = [*edition.of_type("projet"), *edition.of_type("fifty-fifty")]
    rows = [
        _row(project, edition)
        for project in projects
        if wanted & set(words(project.data.get("themes")))
    ]
    yield PATH, encoded(COLUMNS, rows)


def public_id(corpus: str, id_: str) -> str:
    """The UUID of a record, the same in every dump of a corpus."""
    town = uuid.uuid5(uuid.NAMESPACE_URL, f"https://loosbot.invalid/{corpus}")
    return str(uuid.uuid5(town, id_))


def _row(record: Record, edition: Edition) -> list[str]:
    snapshot = edition.snapshot
    moment = f"{snapshot.date or '1970-01-01'}T00:00:00Z"
    phase, status = shipped(FILE)["statuts"].get(value_of(record, "statut"), ("", ""))
    began = value_of(record, "annee")
    first = dates.parse(began).earliest if began is not None else None
    row = {
        "id": public_id(snapshot.corpus, record.id),
        # the schema requires both dates; only git knows when a record was written
        "createdAt": moment,
        "updatedAt": moment,
        "nom": record.title,
        "description": str(value_of(record, "resume") or ""),
        "dateDebutPrevisionnelle": first.isoformat() if first and first.year > 1 else "",
        "phase": phase,
        "phaseStatut": status,
    }
    return [row.get(column, "") for column in COLUMNS]
