"""The command line: finds the command, and turns every end into an exit code."""

from __future__ import annotations

import atexit
import errno
import gc
import io
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from loosbot import __version__
from loosbot.commands.french import LazyGroup, usage_error
from loosbot.corpus.check import cachefolder
from loosbot.errors import INTERRUPTED, UsageError, UserError
from loosbot.escaping import harmless, harmless_lines
from loosbot.files import cache_folder, of_the_machine
from loosbot.streams import begin_in_utf_8, reopen_closed

_SHOWN = 80
"""Characters of a name that is too long: nobody needs more to know it again."""

COMMANDS = {
    "check": ("loosbot.commands.check", "Vérifier les fichiers du corpus."),
    "plan": ("loosbot.commands.plan", "Montrer ce que « sync » changerait dans le wiki."),
    "sync": ("loosbot.commands.sync", "Publier le corpus dans le wiki."),
    "pull": ("loosbot.commands.pull", "Reprendre ce que des personnes ont changé sur le wiki."),
    "dump": ("loosbot.commands.dump", "Exporter le corpus pour la recherche."),
    "hook": ("loosbot.commands.hook", "Vérifier et publier à chaque « git push »."),
    "new": ("loosbot.commands.new", "Commencer une fiche."),
    "champs": ("loosbot.commands.champs", "Montrer ce qu’une fiche peut dire."),
    "trace": ("loosbot.commands.trace", "Dire ce qui est attesté et ce qui manque."),
    "handover": ("loosbot.commands.handover", "Dire ce qu’une équipe transmet à la suivante."),
    "rappels": ("loosbot.commands.rappels", "Rappeler ce qui est promis, à visiter, à relire."),
    "livret": ("loosbot.commands.livret", "Composer un livret à imprimer."),
    "site": ("loosbot.commands.site", "Tout écrire en HTML, à lire sans réseau."),
    "diff": ("loosbot.commands.diff", "Dire ce qui a changé entre deux versions."),
    "export": ("loosbot.commands.export", "Écrire les fiches d’un type dans un tableau."),
    "import": ("loosbot.commands.import_", "Reprendre un tableau ou un document."),
    "init": ("loosbot.commands.init", "Ouvrir le corpus d’une autre commune."),
    "review": ("loosbot.commands.review", "Noter qu’une fiche a été relue."),
    "doctor": ("loosbot.commands.doctor", "Dire ce qui ne va pas ici, et quoi faire."),
    "backup": ("loosbot.commands.backup", "Sauvegarder le wiki, le dépôt et les clés."),
    "restore": ("loosbot.commands.restore", "Remettre une sauvegarde."),
    "atelier": ("loosbot.commands.atelier", "Écrire et corriger des fiches dans un navigateur."),
    "preview": ("loosbot.commands.preview", "Voir une page comme le wiki la montrera."),
    "wiki": ("loosbot.commands.wiki", "Le wiki d’essai de cette machine."),
}

BUG = 70


class _Boundary(LazyGroup):
    """The outermost group: nothing but an exit code gets past it."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        # Python collects garbage at exit: freezing exempts a large corpus
        atexit.register(gc.freeze)
        sys.exit(self._run(args, prog_name, complete_var, extra))

    def _run(
        self,
        args: Sequence[str] | None,
        prog_name: str | None,
        complete_var: str | None,
        extra: Mapping[str, Any],
    ) -> int:
        reopen_closed()
        if args is None:
            begin_in_utf_8()
        for stream in (sys.stdout, sys.stderr):
            # a terminal with another encoding may lack « ’ »: replace it rather than fail
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        _remember()
        try:
            code = super().main(args, prog_name or "loosbot", complete_var, False, **extra)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "", err=True)
            return error.exit_code
        except click.UsageError as error:
            return _tell(usage_error(error))
        except click.ClickException as error:
            return _tell(UserError(error.format_message()))
        except UserError as error:
            return _tell(error)
        except (click.Abort, KeyboardInterrupt):
            click.echo("Interrompu.", err=True)
            return INTERRUPTED
        except BrokenPipeError:
            # The reader (head, less) closed the pipe: print nothing more, not even at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except Exception as error:
            words = sys.argv[1:] if args is None else args
            if (refusal := _of_the_machine(error, words)) is not None:
                return _tell(refusal)
            # an unexpected exception is a bug of ours: write a log to send, no bare traceback
            click.echo(
                "Erreur : loosbot s’est trompé, pas vous ; veuillez l’excuser.\n"
                f"  Joignez ce fichier à votre signalement : {_log(os.environ)}",
                err=True,
            )
            return BUG


def _of_the_machine(error: Exception, args: Sequence[str]) -> UserError | None:
    """The error to show for a fault of the machine (a full disk, a right that lacks, an encoding);
    None for any other."""
    if reason := of_the_machine(error):
        mend = "choisissez un autre disque, ou prévenez qui s’occupe de cet ordinateur ; puis "
        if file := getattr(error, "filename", None):
            return UserError(
                f"« {harmless(str(file))} » ne peut pas être écrit : {reason}.",
                f"Faites-y de la place, {mend}relancez.",
            )
        return UserError(
            f"Ce que loosbot avait à écrire ne peut pas l’être : {reason}.",
            "Faites de la place où va ce qu’il imprime (après « > ») et dans le dossier des "
            f"fichiers temporaires (/tmp), {mend}relancez.",
        )
    if isinstance(error, PermissionError) and error.filename is not None:
        return UserError(
            f"Vous n’avez pas accès à « {harmless(os.fsdecode(error.filename))} ».",
            "Vérifiez les droits de ce fichier et de son dossier, ou demandez-les à qui s’occupe "
            "de cet ordinateur.",
        )
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return UsageError(
            f"« {harmless(str(error.filename))[:_SHOWN]}… » est un nom trop long pour un fichier.",
            "Un nom a 255 octets au plus (un accent en prend deux), un chemin 4 096.",
        )
    if isinstance(error, UnicodeEncodeError) and _of_another_encoding(error.object):
        word = next((word for word in args if _of_another_encoding(word)), "LOOSBOT_…")
        return UsageError(
            f"Les accents de « {word} » n’arrivent pas comme loosbot les attend.",
            "Réglez votre terminal sur UTF-8 (dans PuTTY : Window, Translation, Remote character "
            "set), puis tapez la commande de nouveau.",
        )
    return None


def _of_another_encoding(text: str) -> bool:
    """Whether it holds surrogate escapes: bytes that are not UTF-8 (PEP 383)."""
    return any("\udc80" <= sign <= "\udcff" for sign in text)


def _remember() -> None:
    """Switch the cache of parsed corpora on, where this account has a cache folder."""
    try:
        cachefolder.use(cache_folder(os.environ))
    except RuntimeError:
        # no home folder: no cache
        cachefolder.use(None)


def _tell(error: UserError) -> int:
    click.echo(f"Erreur : {harmless_lines(error.message)}", err=True)
    for line in error.hint.splitlines():
        click.echo(f"  {harmless(line)}", err=True)
    return error.exit_code


def _log(env: Mapping[str, str]) -> Path:
    """Write what a developer needs, without any value of a variable, and say where."""
    # imported late: slow to load, and only needed after an error
    import platform
    import tempfile
    import traceback

    from loosbot.files import state_folder, write_private

    # two processes may fail in one second
    name = time.strftime(f"erreur-%Y%m%d-%H%M%S-{os.getpid()}.log")
    text = (
        f"loosbot {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{sys.argv}\n\n{traceback.format_exc()}"
    )
    for folder in (state_folder(env), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_private(folder / name, harmless_lines(text))
        except OSError:
            continue
        return folder / name
    return Path(os.devnull)


@click.group(cls=_Boundary, lazy=COMMANDS, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """loosbot publie le corpus d’une commune, écrit en YAML, dans son wiki."""
