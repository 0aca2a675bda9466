"""The types of records, one a row: what each is called, wherever it is named.

A new type is a row here, its schema with an example, its fiche (``fields/parameters.py``), its
sections (``fields/sections.py``) and its template. ``tests`` name each of them that is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class RecordType:
    """``name`` is its key and its folder, ``noun`` what people say, with ``the`` before it.

    ``plural`` heads a list of such records; ``table`` is its table in a dump. ``about`` says on
    the wiki what its pages are, ``box`` is the template of their facts ("" both for a type whose
    records are rows of shared pages).
    """

    name: str
    the: str
    noun: str
    plural: str
    table: str
    about: str = ""
    box: str = ""
    feminine: bool = False
    staged: bool = False
    """Whether it is a project, that goes through the six stages from request to evaluation."""
    called: tuple[str, ...] = ()
    """What people call such a record too, folded (see :func:`~loosbot.corpus.wording.folded`)."""


TYPES: Mapping[str, RecordType] = {
    row.name: row
    for row in (
        RecordType(
            "projet",
            "le ",
            "projet",
            "Projets",
            "projets",
            about="Les projets menés avec des habitants.",
            box="Fiche projet",
            called=(
                "action",
                "chantier",
                "amenagement",
            ),
            staged=True,
        ),
        RecordType(
            "fifty-fifty",
            "le ",
            "fifty-fifty",
            "Fifty-fifty",
            "fifty_fifty",
            about="Ce que ville et habitants font à deux.",
            box="Fiche fifty-fifty",
            called=("50/50", "50-50", "fifty"),
            staged=True,
        ),
        RecordType(
            "recit",
            "le ",
            "récit",
            "Récits",
            "recits",
            about="Ce que racontent ceux qui l’ont vécu.",
            box="Fiche récit",
            called=(
                "histoire",
                "temoignage",
                "parole",
                "story",
            ),
        ),
        RecordType(
            "reunion",
            "la ",
            "réunion",
            "Réunions",
            "reunions",
            about="Les réunions, ateliers et soirées.",
            box="Fiche réunion",
            called=(
                "compte-rendu",
                "cr",
                "meeting",
                "conseil-municipal",
                "seance",
            ),
            feminine=True,
        ),
        RecordType(
            "acteur",
            "l’",
            "acteur",
            "Acteurs",
            "acteurs",
            about="Les personnes, services et associations.",
            box="Fiche acteur",
            called=(
                "personne",
                "association",
                "asso",
                "service",
                "elu",
                "habitant",
                "entreprise",
            ),
        ),
        RecordType(
            "lieu",
            "le ",
            "lieu",
            "Lieux",
            "lieux",
            about="Les lieux, et ce qui s’y passe.",
            box="Fiche lieu",
            called=(
                "rue",
                "place",
                "quartier",
                "adresse",
                "endroit",
            ),
        ),
        RecordType(
            "source",
            "la ",
            "source",
            "Sources",
            "sources",
            feminine=True,
            called=("document", "livre", "article", "rapport", "deliberation"),
        ),
        RecordType(
            "indicateur",
            "le ",
            "chiffre",
            "Chiffres",
            "indicateurs",
            called=("chiffre", "nombre", "statistique"),
        ),
    )
}
"""Type -> its row, in the order in which they are listed."""
RECORD_TYPES = tuple(TYPES)
PROJECTS = tuple(row.name for row in TYPES.values() if row.staged)
ROW_TYPES = frozenset(row.name for row in TYPES.values() if not row.box)
"""Types whose records share a page: their titles need not be titles of pages."""
