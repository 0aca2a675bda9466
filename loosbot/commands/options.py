"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from loosbot.corpus import additions, dates
from loosbot.corpus.check.additionfaults import additions_of
from loosbot.corpus.paths import CONFIG, PAGES
from loosbot.corpus.wording import did_you_mean, nearest, slug
from loosbot.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


class ExistingPath(click.Path):
    """A path that must be there, handed on as a Path; UsageError where nothing has that name."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The Path; see the class."""
        try:
            Path(value).lstat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise UsageError(f"« {value} » n’existe pas.", "Vérifiez le chemin.") from error
        return super().convert(value, param, ctx)


def nearest_corpus(start: Path) -> Path | None:
    """The nearest folder with a ``loosbot.yaml``: ``start`` itself or one above it; else None."""
    start = start.resolve()
    return next((d for d in (start, *start.parents) if (d / CONFIG).is_file()), None)


def corpus_option(function: Command) -> Command:
    """``--corpus DIR``, handed on as ``corpus: Path``; UsageError where there is no corpus."""
    return click.option(
        "--corpus",
        metavar="DOSSIER",
        callback=_corpus,
        help=f"Dossier du corpus (par défaut : le plus proche qui contient {CONFIG}).",
    )(function)


def home_options(nothing: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """``--repo`` and ``--corpus``, of which one is enough, as ``depot: Repository | None`` and
    ``corpus: Path | None``; ``nothing`` begins the UsageError where there is neither."""

    def decorated(function: Callable[..., int]) -> Callable[..., int]:
        @wraps(function)
        def command(repo: Path | None, corpus: str | None, **options: Any) -> int:
            from loosbot.push.receive import open_bare

            depot = open_bare(repo.resolve()) if repo is not None else None
            folder = nearest_corpus(Path.cwd()) if corpus is None else require_corpus(corpus)
            if folder is None and depot is None:
                raise UsageError(
                    f"{nothing} : ni ce dossier ni ceux du dessus ne contiennent {CONFIG}.",
                    "Indiquez le corpus avec --corpus DOSSIER, ou le dépôt nu avec --repo "
                    "DÉPÔT.git.",
                )
            return function(depot=depot, corpus=folder, **options)

        own = click.option("--corpus", metavar="DOSSIER", help="Dossier du corpus.")(command)
        return click.option(
            "--repo",
            type=ExistingPath(),
            metavar="DÉPÔT.git",
            help="Le dépôt nu qui reçoit les envois, s’il est sur cette machine.",
        )(own)

    return decorated


def town_option(function: Command) -> Command:
    """``--corpus DIR`` for a command that needs none: what the town adds is known where it is."""

    def look(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            _corpus(ctx, parameter, value)
        elif (folder := nearest_corpus(Path.cwd())) is not None:
            _opened(folder)

    return click.option(
        "--corpus",
        metavar="DOSSIER",
        callback=look,
        is_eager=True,
        expose_value=False,
        help="Dossier d’un corpus, pour voir aussi ce que la commune ajoute.",
    )(function)


def form_option(*forms: str, help_text: str) -> Callable[[Command], Command]:
    """``--format``, handed on as ``form: str``; the first form is the default."""
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], help=help_text
    )


def out_option(function: Command) -> Command:
    """``--out``, handed on as ``out: Path | None``."""
    path = click.Path(path_type=Path)
    return click.option("--out", metavar="FICHIER", type=path, help="Où l’écrire.")(function)


def about_option(function: Command) -> Command:
    """``--about``, handed on as ``asked: str``: what a report or a reminder is limited to."""
    return click.option(
        "--about",
        "asked",
        metavar="SUJET",
        default="",
        help="Un service (service-…), une personne ou une association (acteur/…), un thème "
        "(theme-…), une fiche ; toute la commune sinon.",
    )(function)


def _corpus(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Path:
    return corpus_at(value)


def corpus_at(value: str | None) -> Path:
    """The corpus that ``--corpus`` names, the nearest one without it. Raises UsageError."""
    if value is None:
        nearest = nearest_corpus(Path.cwd())
        if nearest is None:
            raise UsageError(
                f"Aucun corpus ici : ni ce dossier ni ceux du dessus ne contiennent {CONFIG}.",
                "Placez-vous dans le dossier du corpus, ou indiquez-le avec --corpus DOSSIER.",
            )
        return _opened(nearest)
    return _opened(require_corpus(value))


def require_corpus(value: str) -> Path:
    """The folder that somebody named. Raises UsageError where it is no corpus."""
    folder = Path(value)
    if not (folder / CONFIG).is_file():
        raise UsageError(
            f"« {value} » n’est pas un corpus : {CONFIG} n’y est pas.",
            "Indiquez avec --corpus le dossier qui contient ce fichier.",
        )
    return folder.resolve()


def require_record(named: str, paths: Mapping[str, str], folder: Path) -> str:
    """The id of the record that somebody named by its id or by its file.

    ``paths`` gives the file of each id below ``folder``. Raises UsageError.
    """
    if named in paths:
        return named
    file = Path(named).resolve()
    path = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else named
    for id_, own in paths.items():
        if own in (path, named):
            return id_
    if path.startswith(f"{PAGES}/") or named.startswith(("page/", "index/", "rapport/")):
        raise UsageError(
            f"« {named} » est une page, et cette commande ne prend que des fiches.",
            "Une page se voit avant de publier dans le dossier qu’écrit « loosbot site DOSSIER ».",
        )
    slugs = {id_.partition("/")[2]: id_ for id_ in reversed(list(paths))}
    type_, _, name = named.rpartition("/")
    wanted = slug(name.removesuffix(".yaml"))
    # the right name under another type comes before a like name under this one
    same = [id_ for id_ in paths if id_.partition("/")[2] == wanted]
    typed = [id_ for id_ in same if id_.startswith(f"{type_.rpartition('/')[2].lower()}/")]
    near = next(iter(typed or same), None)
    near = near or nearest(named, {**slugs, **{id_: id_ for id_ in paths}})
    raise UsageError(
        f"La fiche « {named} » n’existe pas.",
        did_you_mean(near) if near else "Un identifiant est de la forme recit/mon-recit.",
    )


def day_of(text: str) -> date:
    """A day, as ``2027-12-31`` or as a record has it (``31 décembre 2027``). Raises UsageError."""
    hint = "Écrivez l’année, le mois et le jour : 2027-12-31."
    with suppress(ValueError):
        # any century: 2999-12-31 stands for « never »
        return date.fromisoformat(text)
    try:
        span = dates.parse(text)
    except dates.DateError as error:
        own = "" if dates.EXAMPLES in error.hint else error.hint
        raise UsageError(f"« {text} » n’est pas un jour.", own or hint) from error
    if span.earliest != span.latest:
        raise UsageError(f"« {text} » n’est pas un jour.", hint)
    return span.earliest


def _opened(folder: Path) -> Path:
    """What the town adds to the schemas is known before anything is asked by them."""
    try:
        settings = (folder / CONFIG).read_bytes()
    except OSError:
        settings = b""  # reported where the corpus is read
    additions.use(additions_of(settings))
    return folder
