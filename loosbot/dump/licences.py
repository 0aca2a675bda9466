"""Which licence covers which file, and what no licence covers."""

from __future__ import annotations

from dataclasses import dataclass

from loosbot.dump.model import Edition
from loosbot.dump.table import TOWN, VOICES


@dataclass(frozen=True, slots=True)
class Licence:
    """``name`` is the SPDX identifier."""

    name: str
    title: str
    path: str


LICENCES = {
    TOWN: Licence(
        TOWN,
        "Licence Ouverte 2.0",
        "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf",
    ),
    VOICES: Licence(
        VOICES,
        "Creative Commons Attribution - Partage dans les mêmes conditions 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    ),
}
NAME = "LICENCES.md"
_FOLDERS = ("textes/", "iramuteq/", "qda/", "ohms/", "wiki/")
_FILES = ("passages.csv", "passages.parquet", "data.sqlite")


def licence_of(path: str) -> Licence:
    """What holds the voices' words, alone or among other things, is under their licence."""
    voices = path.startswith(_FOLDERS) or path.endswith(_FILES)
    return LICENCES[VOICES if voices else TOWN]


def licences_md(edition: Edition, paths: list[str]) -> bytes:
    """``LICENCES.md``: a line for each file."""
    town = edition.snapshot.commune
    voices, records = LICENCES[VOICES], LICENCES[TOWN]
    rows = "\n".join(f"| `{path}` | {licence_of(path).name} |" for path in paths)
    return f"""# Licences

Les fiches de la commune sont sous [{records.title}]({records.path}) (`{records.name}`) : citez la
source, {town}, et la date de l’édition, {edition.snapshot.date or "non datée"}.

Les mots des voix des récits sont sous [{voices.title}]({voices.path}) (`{voices.name}`). La commune
ne peut pas changer cette licence : elle est celle sous laquelle ces mots ont été donnés. Tout
fichier qui les contient, même parmi d’autres données, est sous cette licence.

Une licence porte sur les droits d’auteur. Elle ne lève aucune règle sur les données
personnelles : des données pseudonymisées restent des données personnelles.

| Fichier | Licence |
| --- | --- |
{rows}
""".encode()
