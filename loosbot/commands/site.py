"""``loosbot site``: everything as static HTML, for a hall without network and for the archives."""

from __future__ import annotations

from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option
from loosbot.commands.output import say
from loosbot.site.build import Kind, build


@click.command()
@click.argument("target", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--edition",
    "kind",
    type=click.Choice(["publique", "interne"]),
    default="interne",
    help="interne (par défaut) : ce que montre le wiki de la mairie ; publique : ce que tous "
    "peuvent lire.",
)
@corpus_option
@needs_sound_corpus
def command(target: Path, kind: Kind, corpus: Path) -> int:
    """Écrire toutes les fiches et les pages dans un dossier qui se lit sans réseau.

    Ouvrez index.html ; la recherche marche depuis une clé USB. Un dossier qui contient autre chose
    n’est jamais touché.

    Exemple : loosbot site /media/cle/ville --edition publique
    """
    number = build(corpus, target, kind)
    say(f"{number} fichiers écrits. Ouvrez {target / 'index.html'} dans un navigateur.")
    return 0
