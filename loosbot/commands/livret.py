"""``loosbot livret``: a booklet as PDF, for the evening and for those without a screen."""

from __future__ import annotations

from pathlib import Path

import click

from loosbot.booklet.build import Kind, booklet
from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option
from loosbot.commands.output import say
from loosbot.corpus.french import counted
from loosbot.extras import require
from loosbot.files import write_file, writing


@click.command()
@click.argument("ids", metavar="[FICHE]…", nargs=-1)
@click.option(
    "--out", metavar="FICHIER", type=click.Path(path_type=Path), required=True, help="Le PDF."
)
@click.option("--titre", "title", metavar="TITRE", default="", help="Ce que dit la couverture.")
@click.option(
    "--edition",
    "kind",
    type=click.Choice(["publique", "interne"]),
    default="publique",
    help="publique (par défaut) : ce que tous peuvent lire ; interne : ce que montre le wiki de "
    "la mairie.",
)
@corpus_option
@needs_sound_corpus
def command(ids: tuple[str, ...], out: Path, title: str, kind: Kind, corpus: Path) -> int:
    """Composer un livret à imprimer : tous les récits, ou les fiches que vous nommez.

    Une fiche est un récit, un projet, un fifty-fifty (recit/…, fifty-fifty/…), une page de
    méthode (page/convention-a-remplir) ou un dossier de passation (passation,
    passation-service-…).

    Exemple : loosbot livret fifty-fifty/chemins-ruraux --out dossier.pdf
    """
    require("livret")
    data, chapters = booklet(corpus, ids, title, kind)
    with writing(out, "Choisissez un autre fichier."):
        write_file(out, data)
    say(f"{out} : {counted(chapters, 'chapitre')}.")
    return 0
