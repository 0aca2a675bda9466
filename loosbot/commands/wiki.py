"""``loosbot wiki``: the embedded MediaWiki."""

from __future__ import annotations

import os
from pathlib import Path

import click

from loosbot.commands.french import FrenchGroup, confirm
from loosbot.commands.options import nearest_corpus
from loosbot.commands.output import say
from loosbot.wiki import embedded
from loosbot.wiki import upgrade as newer
from loosbot.wiki.install import SUITES
from loosbot.wiki.instance import DEFAULT, Instance
from loosbot.wiki.privileges import account_for


def _dir(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Path:
    if value is not None:
        return Path(value).resolve()
    return (nearest_corpus(Path.cwd()) or Path.cwd()) / DEFAULT


dir_option = click.option(
    "--dir",
    "folder",
    metavar="DOSSIER",
    callback=_dir,
    help=f"Dossier du wiki (par défaut : {DEFAULT} dans le corpus).",
)


@click.group(cls=FrenchGroup, no_args_is_help=True)
def command() -> None:
    """Le wiki d’essai de cette machine : un MediaWiki à part, sans serveur à installer."""


@command.command()
@dir_option
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="PORT",
    help=f"Port (par défaut : le même que la dernière fois, ou {embedded.FIRST_PORT}).",
)
@click.option(
    "--version",
    "release",
    type=click.Choice(list(SUITES)),
    help=f"Version de MediaWiki d’un wiki neuf (par défaut : {embedded.RELEASE}).",
)
@click.option("--closed/--open", default=None, help="Fermé ou ouvert aux lecteurs sans compte.")
def start(folder: Path, port: int | None, release: str | None, closed: bool | None) -> int:
    """Démarrer le wiki ; l’installer d’abord s’il ne l’est pas."""
    if not Instance(folder).credentials.exists():
        say("Installation du wiki (une minute au plus)…", err=True)
    running = embedded.start(folder, port, release, closed)
    say("Le wiki tourne déjà." if running.already else "Le wiki est démarré.")
    _show(running)
    if os.geteuid() == 0 and account_for(running.dir) is None:
        say(
            "Attention : ce wiki tourne avec les droits de root, car aucun autre compte ne peut "
            f"entrer dans {running.dir}.\n"
            "  Mettez le corpus ailleurs, par exemple dans /srv, ou lancez loosbot avec un compte "
            "ordinaire.",
            err=True,
        )
    return 0


@command.command()
@dir_option
def stop(folder: Path) -> int:
    """Arrêter le wiki ; son contenu reste."""
    stopped = embedded.stop(folder)
    say("Le wiki est arrêté." if stopped else "Le wiki ne tournait pas.")
    return 0


@command.command()
@dir_option
@click.option("--api", is_flag=True, help="N’écrire que l’adresse de l’API, pour un script.")
def status(folder: Path, api: bool) -> int:
    """Dire si le wiki tourne, et à quelle adresse."""
    running = embedded.status(folder)
    if api:
        if running:
            say(running.url_api)
        return 0 if running else 3
    if running:
        say("Le wiki tourne.")
        _show(running)
    elif Instance(folder).credentials.exists():
        say("Le wiki est installé mais arrêté. Pour le démarrer : loosbot wiki start")
    else:
        say("Aucun wiki n’est installé ici. Pour l’installer : loosbot wiki start")
    return 0


@command.command()
@dir_option
def upgrade(folder: Path) -> int:
    """Faire passer le wiki à un MediaWiki plus récent, sans rien perdre.

    Une copie du wiki est mise à jour, comparée et essayée, puis prend sa place. Si quelque chose
    ne va pas, le wiki reste tel qu’il était.
    """
    say(f"Passage à MediaWiki {embedded.RELEASE} (deux minutes au plus)…", err=True)
    kept = newer.upgrade(folder)
    if kept is None:
        say(f"Le wiki est déjà un MediaWiki {embedded.RELEASE}.")
        return 0
    say(f"Le wiki est maintenant un MediaWiki {embedded.RELEASE}, avec tout son contenu.")
    say(f"  Son contenu d’avant reste dans {kept} : effacez-le quand tout vous paraît en ordre.")
    return 0


@command.command()
@dir_option
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
def reset(folder: Path, yes: bool) -> int:
    """Effacer le wiki, avec tout ce que des personnes y ont écrit."""
    if not Instance(folder).data.exists():
        say("Aucun wiki n’est installé ici : rien à effacer.")
        return 0
    if not yes and not confirm(
        f"Effacer le wiki de {folder} ? Ce que des personnes y ont écrit sera perdu."
    ):
        say("Rien n’a été effacé.")
        return 0
    embedded.reset(folder)
    say("Le wiki est effacé. Pour en installer un neuf : loosbot wiki start")
    return 0


def _show(running: embedded.Running) -> None:
    reading = "fermé aux lecteurs sans compte" if running.closed else "ouvert : lu sans compte"
    file = Instance(running.dir).credentials
    say(f"  Adresse : {running.url_home}")
    say(f"  API     : {running.url_api}")
    say(f"  MediaWiki {running.release}, {reading}, sur cette machine seulement.")
    if not running.closed:
        say("  Seul ce qui peut être public y est publié ; pour le fermer : --closed.")
    say(f"  Pour le modifier : compte Admin, mot de passe dans {file}")
