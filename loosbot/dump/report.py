"""``rapport.json``: what was counted, on what, what was left out and why; no word of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from loosbot.dump.filtered import THRESHOLD, Edition
from loosbot.dump.tables.normative import is_tale
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import json_bytes

NAME = "rapport.json"
FORMAT = 3
"""Of the files that are made from the tables; raise it when one is written otherwise, if only by
another word of a vocabulary: ``dump check`` makes those anew only of a dump that has its own
format. ``test_what_is_made_from_the_tables_has_its_format`` fails where it was forgotten."""
SHOWN_ALONE = (
    "Comptés sur ce que cette édition montre : une voix, une personne ou une fiche que les accords "
    "gardent à la mairie n’y compte pas, ni ce qui n’est cité que par elle. « loosbot trace », à "
    "la mairie, peut donc donner d’autres nombres."
)
"""Beside every count of an edition: those of the town differ where something is withheld."""


def report(edition: Edition, tables: Sequence[Table], refused: Sequence[str]) -> bytes:
    """The counts of one edition; ``refused`` are the cases that Participedia would cut."""
    privacy, snapshot = edition.privacy, edition.snapshot
    content: dict[str, Any] = {
        "outil": snapshot.tool,
        "format": FORMAT,
        "edition": edition.kind,
        "corpus": snapshot.corpus,
        "date": snapshot.date,
        "consentements_au": snapshot.consents or snapshot.date,
    }
    if edition.kind == "recherche":
        content["commit"] = snapshot.commit
        content["fichiers_non_enregistres"] = snapshot.modified
        content["destinataire"] = edition.recipient
        content["expire"] = edition.expires
    content |= {
        "comptes": SHOWN_ALONE,
        "tables": {table.name: len(table.rows) for table in tables},
        "cases_vides": {table.name: empty for table in tables if (empty := _motives(table))},
        "passages": {
            "voix": len(edition.passages),
            "avec_texte": sum(bool(passage.end) for passage in edition.passages),
            "recits_avec_texte": sum(is_tale(story.record) for story in edition.stories),
        },
        "participedia_refuses": list(refused),
        "confidentialite": {
            "pseudonymes": privacy.pseudonyms,
            "non_publie_par_raison": dict(privacy.withheld),
            "remplace_dans_les_textes": dict(privacy.replaced),
            "seuil_k": THRESHOLD if edition.kind == "publique" else None,
            "groupes": [
                {
                    "table": group.table,
                    "colonnes": list(group.columns),
                    "k": group.k,
                    "lignes": group.rows,
                    "plus_petit_groupe": group.smallest,
                    "cases_masquees": dict(group.hidden),
                }
                for group in privacy.groups
            ],
        },
    }
    return json_bytes(content)


def _motives(table: Table) -> dict[str, int]:
    """How many cells of a table are empty for each motive."""
    ranks = [rank for rank, column in enumerate(table.columns) if column.name.endswith("_motif")]
    counts = Counter(row[rank] for row in table.rows for rank in ranks if row[rank])
    return {str(word): counts[word] for word in ("inconnu", "masque", "sans-objet") if counts[word]}
