"""``loosbot atelier``: write with forms, in the browser of this machine."""

from __future__ import annotations

import os
from pathlib import Path

import click

from loosbot import extras
from loosbot.commands.options import corpus_option


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help="Port (par défaut : le premier qui est libre à partir de 8910).",
)
@click.option(
    "--essai",
    "practice",
    is_flag=True,
    help="Un terrain d’exercice : une copie du corpus, rien n’est publié ni gardé.",
)
@corpus_option
def command(port: int | None, practice: bool, corpus: Path) -> int:
    """Écrire et corriger des fiches dans des formulaires, sur cette machine.

    Affiche une adresse à ouvrir dans un navigateur. « Enregistrer » garde une version dans git.

    Exemple : loosbot atelier --essai
    """
    extras.require("atelier")
    from loosbot.atelier import serving

    if practice:
        with serving.practice_ground(corpus) as ground:
            return serving.serve(ground, port, os.environ, practice=True)
    return serving.serve(corpus, port, os.environ)
