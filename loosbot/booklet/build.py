"""What a booklet is made from: the corpus of a folder, and its day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from loosbot.booklet.contents import Chapter, chapters, sources
from loosbot.booklet.document import Cover, document
from loosbot.booklet.pdf import to_pdf
from loosbot.corpus import french
from loosbot.errors import UserError
from loosbot.html.edition import VisibleCorpus, read

Kind = Literal["publique", "interne"]
_INTERNAL = "Édition interne de la mairie : des personnes n’ont accepté de paraître qu’ici."


def booklet(folder: Path, ids: Sequence[str], title: str, kind: Kind) -> tuple[bytes, int]:
    """The PDF, and the number of its chapters. Raises BrokenCorpus, UserError, UsageError."""
    shown = read(folder, public=kind == "publique")
    parts = chapters(shown.corpus, ids, shown.today)
    if not parts:
        raise UserError(
            "Ce corpus n’a aucun récit : le livret serait vide.", "Nommez des fiches à y mettre."
        )
    cover = Cover(
        title=title or _title(parts, ids, shown),
        town=shown.town,
        day=shown.day,
        commit=shown.commit,
        edition="" if kind == "publique" else _INTERNAL,
    )
    cited = sources(shown.corpus, [chapter.id for chapter in parts])
    return to_pdf(document(cover, parts, cited)), len(parts)


def _title(parts: Sequence[Chapter], ids: Sequence[str], shown: VisibleCorpus) -> str:
    if not ids:
        return f"Les récits {french.of(shown.town)}"
    return parts[0].title if len(parts) == 1 else f"Fiches {french.of(shown.town)}"
