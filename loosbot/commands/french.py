"""click in French: its help page, its usage errors, a question with a yes or a no."""

from __future__ import annotations

import difflib
import importlib
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import click

from loosbot.commands.output import say
from loosbot.corpus.french import listed
from loosbot.corpus.wording import did_you_mean, nearest, without_accents
from loosbot.errors import UsageError
from loosbot.escaping import harmless, harmless_lines
from loosbot.gcpause import collector_paused

_WORDS = {
    "Options": "Options",
    "Commands": "Commandes",
    "Arguments": "Arguments",
    "Show this message and exit.": "Afficher cette aide.",
    "Show the version and exit.": "Afficher la version.",
}
_OTHER_NAMES = {
    "check": "verifier verification controler controle valider",
    "plan": "prevoir simuler simulation",
    "sync": "publier publication synchroniser envoyer push",
    "pull": "reprendre recuperer recevoir",
    "dump": "donnees",
    "new": "nouveau nouvelle creer ajouter commencer",
    "champs": "champ mots vocabulaire vocabulaires dictionnaire",
    "trace": "tracer tracabilite rapport rapports",
    "handover": "passation transmettre",
    "rappels": "agenda echeances",
    "livret": "imprimer pdf booklet",
    "site": "html",
    "diff": "comparer changements",
    "export": "exporter tableur",
    "import": "importer",
    "review": "relire relecture relue",
    "doctor": "docteur diagnostic",
    "backup": "sauvegarde sauvegarder",
    "restore": "restaurer",
    "atelier": "formulaire formulaires",
    "preview": "voir apercu previsualiser montrer",
}
"""What people call a command who think in French."""
_HELP = ("help", "aide")
"""Typed as a command by who asks for the help of one: ``loosbot help sync``."""
_EXAMPLE = re.compile(r"^Exemple : .*(?:\n.+)*", re.MULTILINE)
_EXTRA = re.compile(r"extra arguments? \((.+)\)", re.DOTALL)
"""click's own words for what no command takes."""
_NO_CHOICE = re.compile(r"'([^']*)' is not one of ")
"""click's own words for a value that is none of those to choose from."""
_RANGE = re.compile(r"\[(\d+)<=x<=(\d+)\]")
_WHOLE = 1_000
"""Letters of a first sentence: more than any has."""
_GLUED = re.compile(r"(?<=«) | (?=[»:;!?])")


class Formatter(click.HelpFormatter):
    """click's help page with its own few words in French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        args = args.replace("COMMAND [ARGS]...", "COMMANDE [ARGUMENTS]…")
        super().write_usage(prog, args, prefix or "Utilisation : ")

    def write_heading(self, heading: str) -> None:
        indent = " " * self.current_indent
        self.write(f"{indent}{_WORDS.get(heading, heading)} :\n")

    def write_text(self, text: str) -> None:
        # an example is copied to a shell: it must stay on one line
        whole = _EXAMPLE.sub(lambda example: f"\b\n{' '.join(example[0].split())}", text)
        super().write_text(_glued(whole))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        french = [(name, _glued(help_in_french(text))) for name, text in rows]
        super().write_dl(french, *args, **kwargs)

    def getvalue(self) -> str:
        return super().getvalue().replace("\N{NO-BREAK SPACE}", " ")


def help_in_french(text: str) -> str:
    """The help of an option, with click's own additions (defaults) in French."""
    text = _WORDS.get(text, text).replace("[required]", "[obligatoire]")
    return _RANGE.sub(r"[de \1 à \2]", text)


def _glued(text: str) -> str:
    """No line begins with a sign, or ends with a guillemet that opens."""
    return _GLUED.sub("\N{NO-BREAK SPACE}", text)


click.Context.formatter_class = Formatter  # click's extension point, inherited by every command


class FrenchGroup(click.Group):
    """A command group with its error on unknown commands in French."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args[0] in _HELP and args[0] not in known:
            if not args[1:]:
                say(ctx.get_help())
                ctx.exit()
            return self.resolve_command(ctx, [*args[1:], "--help"])
        if args[0] not in known and not args[0].startswith("-"):
            plain = without_accents(args[0])
            called = [name for name in known if plain in _OTHER_NAMES.get(name, "").split()]
            near = called or difflib.get_close_matches(plain, known, n=3)
            hint = f"Vouliez-vous dire {' ou '.join(near)} ?" if near else ""
            raise UsageError(
                f"« {args[0]} » n’est pas une commande.", hint or f"Commandes : {', '.join(known)}"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(self.rows(ctx))

    def rows(self, ctx: click.Context) -> list[tuple[str, str]]:
        """Each command and the first sentence of its help, which click would cut at a width."""
        names = self.list_commands(ctx)
        commands = [(name, self.get_command(ctx, name)) for name in names]
        return [
            (name, command.get_short_help_str(_WHOLE))
            for name, command in commands
            if command and not command.hidden
        ]


class LazyGroup(FrenchGroup):
    """A group that imports a command's module only when that command runs.

    ``lazy`` maps a command's name to its module, which holds it as ``command``, and to the line
    that the list of commands shows (so that ``--help`` imports nothing).
    """

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return None
        with collector_paused():
            loaded = importlib.import_module(self.lazy[cmd_name][0]).command
        if not isinstance(loaded, click.Command):
            raise TypeError(f"{self.lazy[cmd_name][0]}.command is not a click command")
        return loaded

    def rows(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [(name, line) for name, (_, line) in self.lazy.items()]


def usage_error(error: click.UsageError) -> UsageError:
    """The same usage error, in French."""
    command = error.ctx.command_path if error.ctx else "loosbot"
    see = f"Aide : {command} --help"
    match error:
        case click.NoSuchOption():
            near = " ou ".join(error.possibilities or ())
            hint = f"Vouliez-vous dire {near} ?\n{see}" if near else see
            return UsageError(f"L’option {error.option_name} n’existe pas.", hint)
        case click.MissingParameter():
            return UsageError(f"Il manque {_missing(error)}.", see)
        case click.BadParameter():
            meant = _near_choice(error)
            hint = f"{did_you_mean(meant)}\n{see}" if meant else see
            return UsageError(f"Valeur refusée pour {_named(error.param)}.", hint)
        case click.BadOptionUsage():
            # click's own words, which nothing translates
            lacks = "requires" in error.message
            use = "Elle attend une valeur." if lacks else "Elle ne prend pas de valeur."
            return UsageError(f"L’option {error.option_name} est mal employée.", f"{use}\n{see}")
    if error.ctx and isinstance(error.ctx.command, click.Group):
        return UsageError("Il manque une commande.", see)
    extra = _EXTRA.search(error.message)
    quotes = "Un texte de plusieurs mots se met entre guillemets droits."
    hint = f"Retirez « {harmless(extra[1])} ». {quotes}\n{see}" if extra else see
    return UsageError("Il y a des arguments en trop.", hint)


def _near_choice(error: click.BadParameter) -> str | None:
    """The value that somebody meant, of those that there are to choose from."""
    typed = _NO_CHOICE.match(error.message)
    if typed is None or error.param is None or not isinstance(error.param.type, click.Choice):
        return None
    return nearest(typed[1], map(str, error.param.type.choices))


def _missing(error: click.MissingParameter) -> str:
    """What the command needs and did not get: click names the first alone."""
    context = error.ctx
    if context is None:
        return _named(error.param, "l’argument attendu")
    # click hands on what it was given before it looks for what it needs
    required = (each for each in context.command.params if each.required)
    return listed([_named(each) for each in required if each.name not in context.params])


def _named(parameter: click.Parameter | None, otherwise: str = "un argument") -> str:
    """An option or an argument as it is typed, with the values that it takes."""
    if parameter is None:
        return otherwise
    name = max(parameter.opts, key=len) if isinstance(parameter, click.Option) else None
    words = name or parameter.make_metavar(click.Context(click.Command("loosbot")))
    if isinstance(parameter.type, click.Choice):
        words += f" (au choix : {', '.join(map(str, parameter.type.choices))})"
    elif isinstance(parameter.type, click.IntRange):
        words += f" (un nombre entier de {parameter.type.min} à {parameter.type.max})"
    return words


def require_keyboard() -> None:
    """Raises UsageError without a terminal: nobody is there to answer."""
    if not sys.stdin.isatty():
        raise UsageError(
            "Il faut une confirmation, et personne n’est au clavier.", "Ajoutez --yes."
        )


def confirm(question: str) -> bool:
    """Ask on the terminal; only « o » or « oui » is a yes. Raises as :func:`require_keyboard`."""
    require_keyboard()
    answer = click.prompt(
        f"{harmless_lines(question)} [o/N]", default="n", show_default=False, err=True
    )
    return str(answer).strip().lower() in ("o", "oui")
