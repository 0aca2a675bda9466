"""``loosbot trace``: what is attested, what is missing, and who can complete it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import about_option, corpus_option, form_option, out_option
from loosbot.commands.output import write
from loosbot.errors import UsageError
from loosbot.gcpause import collector_off
from loosbot.history import moments
from loosbot.trace.layout.as_json import to_json
from loosbot.trace.layout.html import to_html
from loosbot.trace.layout.sheet import to_csv
from loosbot.trace.layout.text import to_text
from loosbot.trace.reports import source

_FORMATS = {"text": to_text, "json": to_json, "csv": to_csv, "html": to_html}


@click.command()
@form_option(
    *_FORMATS,
    help_text="Forme du rapport : pour les yeux, pour un programme, un tableur, un navigateur.",
)
@out_option
@click.option(
    "--date",
    "day",
    metavar="JOUR",
    help="Le rapport tel qu’il était ce jour-là, ou à cette étiquette.",
)
@click.option("--since", metavar="JOUR", help="Le chemin fait depuis ce jour, ou cette étiquette.")
@about_option
@click.option(
    "--registre",
    "register",
    is_flag=True,
    help="Plutôt le registre : fichier, commit, page, révision et main de chaque fiche.",
)
@click.option("--strict", is_flag=True, help="Échouer s’il manque quelque chose de grave.")
@corpus_option
@needs_sound_corpus
def command(
    form: str,
    out: Path | None,
    day: str | None,
    since: str | None,
    asked: str,
    register: bool,
    strict: bool,
    corpus: Path,
) -> int:
    """Dire de chaque projet ce qui est attesté, ce qui manque et comment le combler.

    Rien n’est écrit, sauf le fichier que demande --out.

    Exemple : loosbot trace --date 2019-12-31 --format csv --out manques.csv
    """
    if register:
        if day is not None or since is not None or asked or strict:
            raise UsageError(
                "Le registre dit ce qu’il en est maintenant, de tout : il n’a ni jour, ni sujet, "
                "ni seuil.",
                "Retirez --date, --since, --about et --strict.",
            )
        return _register(form, out, corpus)
    with collector_off():
        now = moments.at(corpus, None if day is None else _day(day))
        if since is None:
            report = source.report(now, asked)
        else:
            report = source.progress(moments.before(corpus, _day(since)), now, asked)
        write(_FORMATS[form](report), out, form)
    return 1 if strict and report.errors else 0


def _register(form: str, out: Path | None, folder: Path) -> int:
    # imported late: only the register needs the wiki's client
    from loosbot.sync import register

    write(register.FORMATS[form](register.read(folder, os.environ)), out, form)
    return 0


def _day(text: str) -> date | str:
    """A day written as 2019-12-31, else the name of a version."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
