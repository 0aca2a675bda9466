"""``loosbot pull``: what people changed inside the published text comes back into the files."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option, form_option
from loosbot.commands.output import say
from loosbot.gcpause import collector_slowed
from loosbot.pull import outcome, report
from loosbot.pull.run import from_branch, from_folder, pull
from loosbot.sync.prefetch import prefetch
from loosbot.wiki.credentials import find
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session


@click.command()
@click.option(
    "--branch",
    metavar="NOM",
    default="",
    help="Ranger chaque modification du wiki dans un commit de cette branche, au nom de la "
    "personne ; vos fichiers ne bougent pas.",
)
@click.option("--dry-run", is_flag=True, help="Montrer ce qui changerait, sans rien écrire.")
@form_option("text", "json", help_text="Forme du bilan : pour les yeux ou pour un programme.")
@corpus_option
@collector_slowed()
@needs_sound_corpus
def command(branch: str, dry_run: bool, form: str, corpus: Path) -> int:
    """Reprendre dans les fichiers ce que des personnes ont changé sur le wiki.

    Exemple : loosbot pull
    """
    sessions = cache(Session)
    prefetch(corpus, os.environ, sessions)
    origin = from_branch(corpus, branch) if branch else from_folder(corpus)
    credentials = find(corpus, os.environ, origin.source.whole.config.wiki)
    reader = Reader(sessions(credentials))
    carried = pull(reader, origin, credentials, os.environ)
    present = {entry.path for entry in origin.held.entries()}
    before = dict(origin.held.read(path for path in carried.files if path in present))
    tip = ""
    if not dry_run and branch:
        tip = outcome.write_branch(corpus, branch, origin, carried, credentials.api)
    elif not dry_run:
        outcome.write_files(corpus, carried, before)
    shown = report.PullReport(carried, dry_run, branch, tip)
    if form == "json":
        say(report.as_json(shown, before))
    else:
        for line in report.as_text(shown, before):
            say(line)
    return 0 if carried.complete else 1
