"""``loosbot plan``: what sync would do. It reads with a client that cannot write."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option, form_option
from loosbot.commands.output import say
from loosbot.gcpause import collector_slowed
from loosbot.sync import planfile, report
from loosbot.sync.causes import Causes, causes, changes
from loosbot.sync.opening import opened, require_known
from loosbot.sync.overview import overview
from loosbot.sync.plan import make_plan
from loosbot.sync.prefetch import prefetch
from loosbot.sync.selection import narrowed
from loosbot.sync.source import backwards, published_last, read_source
from loosbot.sync.stop import stop_page
from loosbot.sync.withdrawal.duties import duties_everywhere
from loosbot.wiki.credentials import find
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session


@click.command()
@click.option(
    "--only",
    multiple=True,
    metavar="ID",
    help="Ne montrer que cette page ; plusieurs fois pour plusieurs pages.",
)
@click.option("--diff", is_flag=True, help="Montrer aussi chaque ligne qui change.")
@form_option("text", "json", help_text="Forme de la réponse : pour les yeux ou pour un programme.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Garder le plan, pour « loosbot sync --plan FICHIER ».",
)
@corpus_option
@collector_slowed()
@needs_sound_corpus
def command(only: tuple[str, ...], diff: bool, form: str, out: Path | None, corpus: Path) -> int:
    """Montrer ce que « sync » changerait dans le wiki, sans rien y changer.

    Une ligne par page, sur un écran : ce qui attend une personne, puis ce que « sync » ferait et
    à cause de quelle fiche. Avec --diff : tout.

    Exemple : loosbot plan --only recit/jamais-sans-ma-pince --diff
    """
    sessions = cache(Session)
    prefetch(corpus, os.environ, sessions)
    source = read_source(corpus)
    credentials = find(corpus, os.environ, source.corpus.config.wiki)
    reader = Reader(sessions(credentials))
    with opened(reader, source, credentials, os.environ) as wiki:
        late = backwards(reader, source)
        stop = stop_page(reader)
        require_known(wiki.aim, only)
        draft = make_plan(reader, wiki.aim, wiki.cache)
        plan = narrowed(draft.plan, only, draft.rendered)
        rendered = draft.rendered.values()
        owed = duties_everywhere(reader, wiki.aim, wiki.cache, plan.pages, rendered).lines
        why: Causes = {}
        if form == "text" and not diff:
            last = next(iter(published_last(reader, wiki.aim.corpus)), None)
            changed = changes(source.repository, last, source.corpus)
            why = {page.id: causes(page, changed, source.corpus) for page in plan.pages}
    if out:
        planfile.save(out, plan, credentials.api, wiki.aim.corpus, source.commit)
    notices = (*((wiki.notice,) if wiki.notice else ()), *owed)
    if form == "json":
        say(report.plan_json(plan, reader.session.requests))
        for line in notices:
            say(line, err=True)
    else:
        rows = shutil.get_terminal_size().lines - 1
        for line in (
            report.plan_text(plan, notices) if diff else overview(plan, why, notices, rows=rows)
        ):
            say(line)
    if late:
        say(f"Attention : {late.message}\n{late.hint}", err=True)
    if stop:
        say(f"Attention : {stop.sentence()}", err=True)
    return 1 if plan.needs_human else 0
