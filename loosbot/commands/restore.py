"""``loosbot restore``: back from a backup, on a machine where nothing is left."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote

import click

from loosbot.backup.restore import RestoreResult, restore
from loosbot.commands.options import ExistingPath
from loosbot.commands.output import say
from loosbot.escaping import harmless


@click.command()
@click.argument("file", metavar="FICHIER", type=ExistingPath())
@click.option(
    "--corpus",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DOSSIER",
    help="Où remettre le corpus : un dossier à faire, ou vide (par défaut : ce dossier).",
)
@click.option(
    "--repo",
    type=click.Path(path_type=Path),
    metavar="DÉPÔT.git",
    help="Où remettre le dépôt nu (par défaut : à côté du corpus, sous son nom).",
)
def command(file: Path, corpus: Path, repo: Path | None) -> int:
    """Remettre une sauvegarde dans un dossier vide, et dire comment repartir.

    Rien n’est remis si un seul octet de la sauvegarde a changé, ni par-dessus quoi que ce soit.

    Exemple : loosbot restore /srv/sauvegardes/loosbot.zip --corpus ~/corpus
    """
    folder = corpus.resolve()
    depot = repo.resolve() if repo is not None else None
    done = restore(file.absolute(), folder, depot, os.environ)
    made = done.manifest.made
    say(f"Sauvegarde du {made[:10]} à {made[11:16]} (UTC) remise :")
    for line in _summary(done):
        say(f"  {line}")
    say("Et maintenant :")
    for number, line in enumerate(_next(done), start=1):
        say(f"  {number}. {line}")
    return 0


def _summary(done: RestoreResult) -> list[str]:
    lines = []
    if done.corpus is not None:
        lines.append(f"le corpus : {done.corpus}")
    if done.depot is not None:
        lines.append(f"le dépôt nu : {done.depot}")
    if done.manifest.release:
        lines.append(f"le wiki embarqué : MediaWiki {done.manifest.release}, ses pages, ses images")
    lines += [f"une clé ou des mots de passe : {file}" for file in done.keys]
    return lines


def _next(done: RestoreResult) -> list[str]:
    manifest = done.manifest
    steps = []
    if done.corpus is not None:
        steps.append(f"cd {quote(str(done.corpus))}")
    if manifest.git is not None and (name := dict(manifest.git.settings).get("user.name")):
        steps.append(
            f"git y enregistre au nom de « {harmless(name)} » ; si ce n’est pas vous : "
            'git config user.name "Prénom N." et git config user.email ADRESSE'
        )
    if manifest.release:
        steps.append("loosbot wiki start (remet MediaWiki depuis Debian s’il manque)")
    elif manifest.wiki:
        steps.append(
            f"remettez le wiki {manifest.wiki} : sa base (mysql BASE < wiki.sql), ses images, "
            "LocalSettings.php"
        )
    if manifest.depot is not None:
        steps += [hook.replace("{depot}", quote(str(done.depot))) for hook in manifest.depot.hooks]
    if done.corpus is not None:
        steps.append("loosbot plan (dit ce que le wiki a de plus, ou de moins, que le dépôt)")
        steps.append("loosbot pull, puis loosbot sync, si le plan vous convient")
    steps.append("loosbot doctor")
    return steps
