"""Write the manual page from the commands themselves: ``python scripts/manpage.py``.

``man ./docs/loosbot.1`` shows it. With ``--check`` nothing is written, and the exit code tells
whether the page is what the commands say.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from loosbot import __version__
from loosbot.cli import main as loosbot
from loosbot.commands.french import help_in_french

PAGE = Path(__file__).parents[1] / "docs/loosbot.1"
_HEAD = f'.TH LOOSBOT 1 "" "loosbot {__version__}" "Commandes"'
_EXITS = (
    ("0", "Tout est fait, ou rien n’était à faire."),
    ("1", "Quelque chose attend une personne : la commande le nomme."),
    ("2", "La commande est mal écrite."),
    ("3", "Le wiki ne répond pas, ou refuse le compte."),
    ("70", "Une erreur de loosbot, avec un fichier à transmettre."),
)
_ENVIRONMENT = (
    ("LOOSBOT_WIKI", "L’adresse complète de l’api.php du wiki."),
    ("LOOSBOT_USER", "Le compte du robot, ou un mot de passe de robot (Nom@application)."),
    ("LOOSBOT_PASSWORD", "Son mot de passe."),
    ("XDG_CACHE_HOME", "Où garder ce qui a été lu du wiki ; l’effacer ne change rien."),
)


def page() -> str:
    """The whole manual page, as roff."""
    root = click.Context(loosbot, info_name="loosbot")
    lines = [
        _HEAD,
        ".nh",
        ".SH NOM",
        r"loosbot \- " + _text(_first(loosbot.help).removeprefix("loosbot ")),
        ".SH SYNOPSIS",
        r".B loosbot",
        r"\fICOMMANDE\fR [\fIOPTIONS\fR]",
        ".SH COMMANDES",
    ]
    for name in loosbot.list_commands(root):
        command = loosbot.get_command(root, name)
        if command and not command.hidden:
            lines += _command(command, click.Context(command, info_name=name, parent=root))
    lines += [".SH CODES DE SORTIE", *_listed(_EXITS)]
    lines += [".SH ENVIRONNEMENT", *_listed(_ENVIRONMENT)]
    lines += [".SH VOIR AUSSI", _text("Les guides, dans le dossier docs/ du dépôt de loosbot.")]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    name = context.command_path.removeprefix("loosbot ")
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            inner = command.get_command(context, below)
            if inner and not inner.hidden:
                yield from _command(inner, click.Context(inner, info_name=below, parent=context))
        return
    usage = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_text(f'loosbot {name} {usage}'.strip())}"
    for paragraph in re.split(r"\n\s*\n", (command.help or "").strip()):
        yield ".PP"
        yield _text(" ".join(paragraph.replace("\b", "").split()))
    for parameter in command.get_params(context):
        option = parameter.get_help_record(context)
        if option and option[1] and "--help" not in parameter.opts:
            yield from (
                ".TP",
                rf"\fB{_text(option[0])}\fR",
                _text(" ".join(help_in_french(option[1]).split())),
            )


def _listed(pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, meaning in pairs:
        yield from (".TP", rf"\fB{_text(name)}\fR", _text(meaning))


def _first(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[0].split()).rstrip(".")


def _text(text: str) -> str:
    """Text as roff shows it: no sign of it begins a request or an escape."""
    shown = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


def main() -> int:
    """Write the page, or compare it."""
    if sys.argv[1:] == ["--check"]:
        return int(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
