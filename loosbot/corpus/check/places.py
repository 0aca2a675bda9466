"""Where a place is: a point is only as good as the public file that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.wording import Fault


def faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """A point on the map that nobody can check: read on a screen, or guessed."""
    point = data.get("coordonnees")
    if isinstance(point, Mapping) and not point.get("sources"):
        yield Fault(
            ("coordonnees",),
            "coordonnees-sans-source",
            "Rien ne dit d’où viennent ces coordonnées.",
            "Ajoutez « sources » : une fiche de source avec l’adresse du fichier, sa date et sa "
            "licence. Sans elle, retirez les coordonnées.",
            on="key",
            severity="warning",
        )
