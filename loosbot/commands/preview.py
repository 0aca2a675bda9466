"""``loosbot preview``: a page as it will be, in the browser of this machine."""

from __future__ import annotations

import os
from pathlib import Path

import click

from loosbot import extras
from loosbot.commands.options import corpus_option, require_record
from loosbot.commands.output import say


@click.command()
@click.argument("fiche", metavar="[FICHE]", required=False, default="")
@click.option("--port", type=click.IntRange(1, 65535), metavar="PORT", help="Port de l’atelier.")
@corpus_option
def command(fiche: str, port: int | None, corpus: Path) -> int:
    """Voir une fiche comme le wiki la montrera, avant de publier.

    FICHE est un identifiant ou un fichier ; sans elle, la liste des fiches. Un wiki qui répond
    rend la page lui-même ; sinon elle est approchée, et le dit.

    Exemple : loosbot preview recit/jamais-sans-ma-pince
    """
    extras.require("atelier")
    from loosbot.atelier import serving

    return serving.serve(corpus, port, os.environ, say=say, opened=_place(fiche, corpus))


def _place(fiche: str, folder: Path) -> str:
    """The address of a record in the atelier. Raises UsageError where there is none."""
    from loosbot.corpus.paths import place
    from loosbot.corpus.tree import FolderTree

    if not fiche:
        return "/fiches"
    known = {
        file.id: entry.path
        for entry in FolderTree(folder).entries()
        if (file := place(entry.path)).kind == "record" and file.id
    }
    return f"/fiche/{require_record(fiche, known, folder)}"
