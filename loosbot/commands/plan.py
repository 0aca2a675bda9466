"""``loosbot plan``: what sync would do. It reads with a client that cannot write."""

from __future__ import annotations

import os
from pathlib import Path

import click

from loosbot.commands.check import show_findings
from loosbot.commands.options import corpus_option, form_option
from loosbot.commands.output import say
from loosbot.corpus.load import BrokenCorpus
from loosbot.sync import planfile, report
from loosbot.sync.opening import opened
from loosbot.sync.plan import make_plan
from loosbot.sync.retrait import duties
from loosbot.sync.source import backwards, read_source
from loosbot.sync.stop import stop_page
from loosbot.wiki.credentials import find
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session


@click.command()
@form_option(
    "text",
    "json",
    help_text="Forme de la réponse : pour les yeux, avec les différences, ou pour un programme.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="Garder le plan, pour « loosbot sync --plan FICHIER ».",
)
@corpus_option
def command(form: str, out: Path | None, corpus: Path) -> int:
    """Montrer ce que « sync » changerait dans le wiki, sans rien y changer.

    Exemple : loosbot plan
    """
    try:
        source = read_source(corpus)
    except BrokenCorpus as broken:
        return show_findings(broken.reading)
    credentials = find(corpus, os.environ, source.corpus.config.wiki)
    reader = Reader(Session(credentials))
    with opened(reader, source, credentials, os.environ) as wiki:
        late = backwards(reader, source)
        stop = stop_page(reader)
        plan = make_plan(reader, wiki.aim, wiki.cache).plan
        asked = duties(reader, wiki.aim.key, plan.pages, wiki.aim.withdrawn, wiki.aim.api).lines
    if out:
        planfile.save(out, plan, credentials.api, wiki.aim.corpus, source.commit)
    told = (wiki.notice,) if wiki.notice else ()
    if form == "json":
        say(report.plan_json(plan, reader.session.requests))
        for line in (*told, *asked):
            say(line, err=True)
    else:
        for line in report.plan_text(plan, (*told, *asked)):
            say(line)
    if late:
        say(f"Attention : {late.message}\n{late.hint}", err=True)
    if stop:
        say(f"Attention : {stop.sentence()}", err=True)
    return 1 if plan.needs_human else 0
