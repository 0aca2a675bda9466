"""``loosbot atelier``: write with forms, in a browser; on this machine, or for a town."""

from __future__ import annotations

import os
from pathlib import Path

import click

from loosbot import extras
from loosbot.commands.options import ExistingPath, corpus_at
from loosbot.commands.output import say
from loosbot.corpus.paths import CONFIG
from loosbot.errors import UsageError


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
@click.option(
    "--repo",
    "repository",
    type=ExistingPath(),
    metavar="DÉPÔT.git",
    help="L’atelier d’une commune : chacun propose dans ce dépôt nu, avec son compte du wiki.",
)
@click.option(
    "--adresse",
    "address",
    default="",
    metavar="URL",
    help="Avec --repo : l’adresse que les gens ouvrent, par exemple https://www.exemple.fr/atelier/",
)
@click.option(
    "--corpus",
    "named",
    metavar="DOSSIER",
    help=f"Dossier du corpus (par défaut : le plus proche qui contient {CONFIG}).",
)
def command(
    port: int | None, practice: bool, repository: Path | None, address: str, named: str | None
) -> int:
    """Écrire et corriger des fiches dans des formulaires.

    Affiche une adresse à ouvrir dans un navigateur. « Enregistrer » garde une version dans git.
    Avec --repo, l’atelier d’une commune : voir docs/atelier.md.

    Exemple : loosbot atelier --essai
    """
    if repository is not None and (practice or named is not None):
        raise UsageError(
            "Avec --repo, l’atelier lit le dépôt lui-même : ni --essai ni --corpus n’y vont.",
            "Pour un terrain d’exercice, dans une copie du dépôt : loosbot atelier --essai",
        )
    if address and repository is None:
        raise UsageError(
            "L’adresse ne vaut qu’avec --repo.",
            "Sans lui, l’atelier ne répond que sur cette machine.",
        )
    extras.require("atelier")
    from loosbot.atelier import serving

    if repository is not None:
        return serving.serve_town(repository, port, address, os.environ, say=say)
    corpus = corpus_at(named)
    if practice:
        with serving.practice_ground(corpus) as ground:
            return serving.serve(ground, port, os.environ, say=say, practice=True)
    return serving.serve(corpus, port, os.environ, say=say)
