"""What rendering gives to sync, and to whoever wants to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page as the wiki should hold it.

    ``id`` is the record's id, or begins with ``page/ modele/ index/ categorie/``.
    ``title`` is the whole title with its French namespace (``Modèle:Étape``).
    ``body`` is the block's wikitext without its markers, already canonical (NFC, LF, no
    trailing blank), with its tracking category inside.
    ``kind`` says where markers may stand: in a template they go in ``<noinclude>``.
    """

    id: str
    title: str
    body: str
    kind: Literal["page", "template"] = "page"
