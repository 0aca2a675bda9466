"""``loosbot trace``: what is attested, what is missing, and who can complete it."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import click

from loosbot.commands.check import show_findings
from loosbot.commands.options import corpus_option
from loosbot.corpus.consent import for_channel
from loosbot.corpus.load import load_corpus
from loosbot.corpus.model import Corpus, Tree
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UsageError, UserError
from loosbot.history.git import Commit, Repository
from loosbot.history.moments import commit_on
from loosbot.history.tree import CommitTree
from loosbot.trace.html import to_html
from loosbot.trace.report import build
from loosbot.trace.rules import load_rules
from loosbot.trace.table import to_csv, to_json
from loosbot.trace.text import to_text

_FORMATS = {"text": to_text, "json": to_json, "csv": to_csv, "html": to_html}


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is read, and on which day. ``day`` is None without git and without ``--date``."""

    tree: Tree
    day: date | None
    commit: Commit | None
    head: Commit | None


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="text",
    help="Forme du rapport : pour les yeux, pour un programme, un tableur, un navigateur.",
)
@click.option("--out", metavar="FICHIER", type=click.Path(path_type=Path), help="Où l’écrire.")
@click.option("--date", "day", metavar="JOUR", help="Le rapport tel qu’il était ce jour-là.")
@click.option("--strict", is_flag=True, help="Échouer s’il manque quelque chose de grave.")
@corpus_option
def command(form: str, out: Path | None, day: str | None, strict: bool, corpus: Path) -> int:
    """Dire de chaque projet ce qui est attesté, ce qui manque et comment le combler.

    Rien n’est écrit, sauf le fichier que demande --out.

    Exemple : loosbot trace --date 2019-12-31 --format csv --out manques.csv
    """
    moment = _moment(corpus, _day(day))
    reading = load_corpus(moment.tree)
    if reading.corpus is None:
        return show_findings(reading)
    # the corpus stays until the end: looking through it for garbage took a third of the time
    gc.freeze()
    commit = moment.commit.id if moment.commit else ""
    shown = _shown(reading.corpus, moment)
    report = build(shown, moment.tree, load_rules(), moment.day, commit)
    _write(_FORMATS[form](report), out)
    return 1 if strict and report.errors else 0


def _moment(corpus: Path, day: date | None) -> _Moment:
    repository = Repository.open(corpus)
    head = repository.head() if repository else None
    if repository is None or head is None:
        return _Moment(FolderTree(corpus), day, None, None)
    if day is None:
        return _Moment(FolderTree(corpus), _committed(head), head, head)
    commit = commit_on(repository, day)
    if commit is None:
        raise UserError(
            f"Ce corpus n’avait encore aucune version le {day.isoformat()}.",
            "Choisissez un jour plus récent ; « git log » donne celui de la première version.",
        )
    return _Moment(CommitTree(repository, commit.id), day, commit, head)


def _shown(corpus: Corpus, moment: _Moment) -> Corpus:
    """What a report may show. Looking at the past gives nobody a consent that has ended since.

    Without a day every consent that ends counts as ended, and no seal as lifted.
    """
    days = [_committed(moment.head)] if moment.head else [date.min, date.max]
    if moment.day is not None:
        days.append(moment.day)
    for day in dict.fromkeys(days):
        corpus = for_channel(corpus, "rapport", day)
    return corpus


def _committed(commit: Commit) -> date:
    return datetime.fromisoformat(commit.date).astimezone(UTC).date()


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"« {text} » n’est pas un jour.", "Écrivez l’année, le mois et le jour : 2019-12-31."
        ) from None


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UserError(
            f"« {out} » ne peut pas être écrit : {error.strerror}.", "Choisissez un autre fichier."
        ) from error
