"""``loosbot sync``: publish the corpus on the wiki."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import click

from loosbot.commands.check import show_findings
from loosbot.commands.french import confirm
from loosbot.commands.options import corpus_option, form_option
from loosbot.commands.output import say
from loosbot.commands.progress import progress
from loosbot.corpus.check.load import BrokenCorpus
from loosbot.corpus.french import counted
from loosbot.errors import UsageError, UserError
from loosbot.garbage import seldom_looked_for
from loosbot.pull.findings import findings
from loosbot.push import missed
from loosbot.render.categories import proposals_title
from loosbot.sync import planfile, report
from loosbot.sync.ahead import Ahead
from loosbot.sync.opening import opened
from loosbot.sync.outcome import Outcome, new_run
from loosbot.sync.planned import PlannedPage
from loosbot.sync.publish import Choices, Publication
from loosbot.sync.rollback import Rollback
from loosbot.sync.source import backwards, is_embedded, read_source, require_committed
from loosbot.sync.standstill import (
    Kept,
    Memory,
    proposal_heads,
    site_digest,
    stands,
)
from loosbot.sync.state import leave_failure, leave_state, leave_version, telling
from loosbot.sync.stop import require_no_stop
from loosbot.sync.summary import Origin
from loosbot.wiki.credentials import find
from loosbot.wiki.reader import Reader
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

INTERRUPTED = 130
_NAMED = 5
"""So many pages are named in the question; a person reads no more of them."""
_OF_SOME_PAGES = ("only", "plan_file", "adopt", "recreate", "take_back", "retrait")
"""Options with which a run is not about everything that the corpus publishes."""


@click.command()
@click.option("--yes", is_flag=True, help="Publier sans poser de question.")
@click.option("--only", multiple=True, metavar="ID", help="Ne publier que cette page.")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="N’appliquer que ce que « loosbot plan --out FICHIER » a montré.",
)
@click.option(
    "--adopt",
    multiple=True,
    metavar="ID",
    help="Placer la fiche au-dessus d’une page que d’autres ont écrite.",
)
@click.option(
    "--recreate", multiple=True, metavar="ID", help="Recréer une page supprimée sur le wiki."
)
@click.option(
    "--take-back",
    multiple=True,
    metavar="ID",
    help="Remettre le texte du dépôt sur une page modifiée, et prévenir la personne.",
)
@click.option(
    "--retrait",
    multiple=True,
    metavar="ID",
    help="Remettre le texte du dépôt, sans les mots d’une personne qui a retiré son accord.",
)
@click.option("--yes-retire", is_flag=True, help="Retirer des pages, même en grand nombre.")
@click.option(
    "--rollback",
    metavar="RUN",
    help="Annuler une publication, sur les pages que personne n’a modifiées depuis.",
)
@click.option(
    "--etat",
    is_flag=True,
    help="Tenir à jour la page « État de la publication » du robot (pour la minuterie).",
)
@click.option("--reculer", is_flag=True, help="Publier même une version plus ancienne.")
@click.option("--sale", is_flag=True, help="Publier même ce qui n’est pas enregistré dans git.")
@form_option("text", "json", help_text="Forme du bilan : pour les yeux ou pour un programme.")
@corpus_option
@seldom_looked_for()
def command(yes: bool, form: str, corpus: Path, **options: Any) -> int:
    """Publier le corpus dans le wiki, sans rien perdre de ce que des personnes y ont écrit.

    Une option qui prend un ID se répète pour plusieurs pages.

    Exemple : loosbot sync
    """
    if not yes and not sys.stdin.isatty():
        raise UsageError(
            "Il faut une confirmation, et personne n’est au clavier.", "Ajoutez --yes."
        )
    started = time.monotonic()
    outcome = Outcome(new_run())
    chosen = any(options[name] for name in (*_OF_SOME_PAGES, "rollback"))
    if chosen and options["etat"]:
        raise UsageError("--etat ne va qu’avec une publication entière.", "Retirez --etat.")
    # the page of the state tells of pages that are not looked at where nothing changed
    memory = None if chosen or options["etat"] else Memory.of(corpus, os.environ)
    kept = memory.read() if memory else None
    if kept and _stands(corpus, kept, outcome):
        outcome.seconds = time.monotonic() - started
        return _told(outcome, form, kept.notice, kept.portal)
    ahead = None if options["rollback"] else Ahead(corpus, os.environ, settles=memory is not None)
    try:
        source = read_source(corpus)
    except BrokenCorpus as broken:
        if options["etat"]:
            _tell_of_faults(corpus, broken.reading.errors)
        return show_findings(broken.reading)
    # what was read lives until the end: no search for garbage looks through it again
    gc.freeze()
    credentials = find(corpus, os.environ, source.corpus.config.wiki)
    rollback: str | None = options["rollback"]
    if rollback is not None:
        _require_alone(options)
    elif not options["sale"] and not is_embedded(corpus, credentials):
        require_committed(source)
    writer = Writer(ahead.session(credentials) if ahead else Session(credentials))
    named = options["adopt"], options["recreate"], options["take_back"], options["retrait"]
    told = telling(writer, source.head) if options["etat"] else nullcontext()
    late: UserError | None = None
    filed, proposed, log, change = proposals_title(source.corpus.config), True, 0, 0
    with opened(writer, source, credentials, os.environ, *named) as wiki, told:
        work: Publication | Rollback
        if rollback is not None:
            work = Rollback(writer, wiki.aim, rollback, wiki.cache, outcome)
            pages = work.prepare()
            question = f"Annuler la publication {rollback} sur {counted(pages, 'page')} ?"
        else:
            late = backwards(writer, source)
            if late and not options["reculer"]:
                raise late
            file: Path | None = options["plan_file"]
            shown = planfile.load(file, credentials.api, wiki.aim.corpus) if file else None
            choices = Choices(frozenset(options["only"]), shown, options["yes_retire"])
            outcome.remarks += (wiki.notice,) if wiki.notice else ()
            if memory:
                newest = writer.newest(filed)
                log, proposed = newest.entry, newest.filed
                change = newest.change if wiki.aim.gone else 0
            work = Publication(writer, wiki.aim, wiki.cache, wiki.source, choices, outcome)
            pages = work.prepare()
            gc.freeze()
            question = _question(pages, work.titles, work.taken_back)
        if pages and not yes and not confirm(question):
            say("Rien n’a été publié.", err=True)
            return 0
        with progress("Publication", pages, hidden=form == "json") as step:
            work.carry_out(step)
        proposals: dict[str, str] = {}
        if isinstance(work, Publication) and proposed and not chosen and not outcome.stopped:
            proposals = proposal_heads(writer, filed)
            work.tell(findings(writer, wiki.source, work.pages) if proposals else ())
        if late and source.head and not outcome.edits:
            origin = Origin(wiki.aim.corpus, source.commit, source.dirty, outcome.run)
            leave_version(writer, outcome, origin, wiki.aim.gone)
        if options["etat"]:
            depot = missed.bare_of(corpus)
            lines = missed.missed(depot) if depot else ()
            leave_state(writer, outcome, wiki.aim.corpus, lines, wiki.aim.gone)
            if depot and not outcome.stopped:
                missed.forget(depot)
    in_order = not wiki.forgot and _in_order(outcome, wiki.notice)
    if memory and isinstance(work, Publication) and in_order and work.settles:
        memory.write(
            Kept(
                key=memory.key,
                wiki=source.corpus.config.wiki,
                api=credentials.api,
                site=site_digest(wiki.site, credentials.api),
                open=wiki.source.channel == "wiki-ouvert",
                log=log,
                pages=work.heads,
                notice=wiki.notice,
                portal=wiki.portal,
                change=work.change or change,
                filed=filed,
                proposals=proposals,
            )
        )
    outcome.requests = writer.session.requests
    outcome.seconds = time.monotonic() - started
    return _told(outcome, form, wiki.notice, wiki.portal)


def _stands(corpus: Path, kept: Kept, outcome: Outcome) -> bool:
    """Whether the wiki is as the last run of this very commit left it, with nothing to write.

    Raises WikiUnavailable, StopRequested.
    """
    credentials = find(corpus, os.environ, kept.wiki)
    reader = Reader(Session(credentials))
    try:
        if credentials.api != kept.api or not stands(reader, kept):
            return False
        require_no_stop(reader)
    finally:
        reader.session.close()
    outcome.unchanged = len(kept.pages)
    outcome.remarks = (kept.notice,) if kept.notice else ()
    outcome.requests = reader.session.requests
    return True


def _tell_of_faults(corpus: Path, errors: int) -> None:
    """Have the page of the state say that nothing is published; the wiki may be out of reach."""
    with suppress(UserError):
        writer = Writer(Session(find(corpus, os.environ, "")))
        try:
            leave_failure(
                writer,
                f"Le corpus a des erreurs ({errors}) : rien n’est publié tant qu’elles restent. "
                "« loosbot check » les montre.",
            )
        finally:
            writer.session.close()


def _in_order(outcome: Outcome, notice: str) -> bool:
    """Whether a run did nothing but write texts, and has nothing to say but who is left out."""
    beside = outcome.steps or outcome.notes or outcome.moved or outcome.uploads
    quiet = not (beside or outcome.duties)
    return quiet and not (outcome.needs_human or outcome.stopped or set(outcome.remarks) - {notice})


def _told(outcome: Outcome, form: str, notice: str, portal: str) -> int:
    """Print the outcome; gives the exit code. Raises the error that stopped the run, if any."""
    if form == "json":
        say(report.outcome_json(outcome))
        told = (notice,) if notice else ()
        for line in (*told, *outcome.duties, *report.what_is_left(outcome)):
            say(line, err=True)
    else:
        for line in report.outcome_text(outcome, portal):
            say(line)
    if outcome.fatal:
        raise outcome.fatal
    if outcome.interrupted:
        return INTERRUPTED
    return 1 if outcome.needs_human else 0


def _require_alone(options: Mapping[str, Any]) -> None:
    """Raises UsageError: undoing a run looks at nothing but that run."""
    if any(options[name] for name in _OF_SOME_PAGES):
        raise UsageError("--rollback ne va avec aucune option qui choisit des pages.")


def _question(pages: int, titles: Sequence[str], taken_back: Sequence[PlannedPage]) -> str:
    named = _some(titles)
    if len(titles) > _NAMED:
        named += " (loosbot plan les montre)"
    question = f"Publier {counted(pages, 'page')} : {named}"
    if taken_back:
        by_whom: dict[str, list[str]] = {}
        for page in taken_back:
            by_whom.setdefault(page.user or "?", []).append(page.title)
        over = ", ".join(f"{user} ({_some(titles)})" for user, titles in by_whom.items())
        question += f", par-dessus les modifications de {over}"
    return f"{question} ?"


def _some(titles: Sequence[str]) -> str:
    named = ", ".join(f"« {title} »" for title in titles[:_NAMED])
    return named + (f" et {counted(more, 'autre')}" if (more := len(titles) - _NAMED) > 0 else "")
