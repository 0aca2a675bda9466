"""What rendering gives to sync, and to whoever wants to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """What a page of the file namespace is about; ``load`` gives its bytes. ``sha1`` is of these,
    40 hex digits."""

    sha1: str
    load: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page as the wiki should hold it.

    ``id`` is the record's id, or begins with ``page/ modele/ index/ categorie/ fichier/``.
    ``title`` is the whole title with its French namespace (``Modèle:Étape``).
    ``body`` is the block's wikitext without its markers, already canonical (NFC, LF, no
    trailing blank), with its tracking category inside.
    ``kind`` says where markers may stand: in a template they go in ``<noinclude>``.
    ``file`` is what is to be uploaded under that title, for the page of a file only.
    """

    id: str
    title: str
    body: str
    kind: Literal["page", "template"] = "page"
    file: File | None = None
