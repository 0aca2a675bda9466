"""``loosbot sync``: publish the corpus on the wiki."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import cache, partial
from pathlib import Path
from typing import Any

import click

from loosbot.commands.check import show_findings
from loosbot.commands.french import confirm, require_keyboard
from loosbot.commands.options import ExistingPath, corpus_option, form_option
from loosbot.commands.output import progress, say
from loosbot.corpus.check.load import BrokenCorpus
from loosbot.corpus.french import counted
from loosbot.errors import INTERRUPTED, UsageError
from loosbot.frozen import dataclass
from loosbot.gcpause import collector_slowed
from loosbot.pull.findings import findings
from loosbot.push import missed
from loosbot.render.categories import proposals_title
from loosbot.sync import planfile, report
from loosbot.sync.aim import Overrides
from loosbot.sync.opening import OpenedWiki, opened
from loosbot.sync.outcome import Outcome, new_run
from loosbot.sync.planned import PlannedPage
from loosbot.sync.prefetch import prefetch
from loosbot.sync.publish import Choices, Publication
from loosbot.sync.rollback import Rollback
from loosbot.sync.settled import SettledCache, SettledRun
from loosbot.sync.source import Source, backwards, is_embedded, read_source, require_committed
from loosbot.sync.standstill import at_rest, proposal_heads
from loosbot.sync.state import leave_faults, leave_state, leave_version, noting_refusal
from loosbot.sync.summary import Origin
from loosbot.wiki.credentials import find
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

_NAMED = 5
"""So many pages are named in the question; a person reads no more of them."""

_Agreed = Callable[[Publication | Rollback, int, str], bool]
"""Asks a person about some work, its number of pages and a question; see :func:`_carried_out`."""


@dataclass(frozen=True, slots=True)
class _Options:
    """The options of what is published, and how."""

    only: tuple[str, ...]
    plan_file: Path | None
    adopt: tuple[str, ...]
    recreate: tuple[str, ...]
    take_back: tuple[str, ...]
    retrait: tuple[str, ...]
    yes_retire: bool
    rollback: str | None
    etat: bool
    reculer: bool
    sale: bool

    @property
    def overridden(self) -> tuple[str, ...]:
        return (*self.adopt, *self.recreate, *self.take_back, *self.retrait)

    @property
    def overrides(self) -> Overrides:
        return Overrides(self.adopt, self.recreate, self.take_back, self.retrait)

    @property
    def some_pages(self) -> bool:
        """Whether it is not about everything that the corpus publishes."""
        return self.plan_file is not None or bool(self.only or self.overridden)

    @property
    def undoes(self) -> bool:
        return self.rollback is not None


@click.command()
@click.option("--yes", is_flag=True, help="Publier sans poser de question.")
@click.option("--only", multiple=True, metavar="ID", help="Ne publier que cette page.")
@click.option(
    "--plan",
    "plan_file",
    type=ExistingPath(),
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
@collector_slowed()
def command(yes: bool, form: str, corpus: Path, **options: Any) -> int:
    """Publier le corpus dans le wiki, sans rien perdre de ce que des personnes y ont écrit.

    Une option qui prend un ID se répète pour plusieurs pages.

    Exemple : loosbot sync
    """
    if not yes:
        require_keyboard()
    chosen = _Options(**options)
    _require_together(chosen)
    outcome = Outcome(new_run())
    # the status page covers pages that a skipped run does not look at
    everything = not (chosen.some_pages or chosen.etat or chosen.undoes)
    memory = SettledCache.of(corpus, os.environ) if everything else None
    sessions = cache(Session)
    kept = at_rest(corpus, os.environ, memory, sessions, outcome) if memory else None
    if kept:
        return _show(outcome, form, kept.notice, kept.portal)
    if not chosen.undoes:
        prefetch(corpus, os.environ, sessions, settles=memory is not None)
    try:
        source = read_source(corpus)
    except BrokenCorpus as broken:
        if chosen.etat:
            leave_faults(corpus, os.environ, broken.reading.errors)
        return show_findings(broken.reading)
    # the corpus lives until the end: exempt it from garbage collection
    gc.freeze()
    credentials = find(corpus, os.environ, source.corpus.config.wiki)
    if not (chosen.undoes or chosen.sale or is_embedded(corpus, credentials)):
        require_committed(source)
    writer = Writer(sessions(credentials))
    state_page = noting_refusal(writer, source.head) if chosen.etat else nullcontext()
    agreed = partial(_carried_out, yes=yes, hidden=form == "json")
    stored: SettledRun | None = None
    with opened(writer, source, credentials, os.environ, chosen.overrides) as wiki, state_page:
        if chosen.rollback is not None:
            done = _undone(chosen.rollback, writer, wiki, outcome, agreed)
        else:
            done, stored = _published(chosen, memory, writer, source, wiki, outcome, agreed)
        if not done:
            return 0
        if chosen.etat:
            depot = missed.bare_of(corpus)
            lines = missed.missed(depot) if depot else ()
            leave_state(writer, outcome, wiki.aim.corpus, lines, wiki.aim.withdrawn)
            if depot and not outcome.stopped:
                missed.forget(depot)
    if memory and stored:
        memory.write(stored, writer.session)
    outcome.end(writer.session.requests)
    return _show(outcome, form, wiki.notice, wiki.portal)


def _undone(run: str, writer: Writer, wiki: OpenedWiki, outcome: Outcome, agreed: _Agreed) -> bool:
    """Whether the person agreed to undo the publication ``run``; it is then undone."""
    work = Rollback(writer, wiki.aim, run, wiki.cache, outcome)
    pages = work.prepare()
    return agreed(work, pages, f"Annuler la publication {run} sur {counted(pages, 'page')} ?")


def _published(
    chosen: _Options,
    memory: SettledCache | None,
    writer: Writer,
    source: Source,
    wiki: OpenedWiki,
    outcome: Outcome,
    agreed: _Agreed,
) -> tuple[bool, SettledRun | None]:
    """Whether the person agreed to publish, which is then done; and what the next run may find as
    it is now, for ``memory``. Raises UserError where it would go back in time."""
    late = backwards(writer, source)
    if late and not chosen.reculer:
        raise late
    file = chosen.plan_file
    shown = planfile.load(file, wiki.aim.api, wiki.aim.corpus) if file else None
    choices = Choices(frozenset(chosen.only), shown, chosen.yes_retire, chosen.reculer)
    outcome.remarks += (wiki.notice,) if wiki.notice else ()
    filed = proposals_title(source.corpus.config)
    newest = writer.newest(filed) if memory else None
    work = Publication(writer, wiki.aim, wiki.cache, wiki.source, choices, outcome)
    pages = work.prepare()
    gc.freeze()
    if not agreed(work, pages, _question(pages, work.titles, work.taken_back)):
        return False, None
    proposals: Mapping[str, str] = {}
    proposed = newest.filed if newest else not chosen.some_pages
    if proposed and not outcome.stopped:
        proposals = proposal_heads(writer, filed)
        work.post_findings(findings(writer, wiki.source, work.pages) if proposals else ())
    if late and source.head and not outcome.edits:
        origin = Origin(wiki.aim.corpus, source.commit, source.dirty, outcome.run)
        leave_version(writer, outcome, origin, wiki.aim.withdrawn)
    if not (memory and newest):
        return True, None
    return True, work.settled_run(wiki, newest, filed, proposals)


def _carried_out(
    work: Publication | Rollback, pages: int, question: str, *, yes: bool, hidden: bool
) -> bool:
    """Whether the person agreed; the work is then done, as far as it goes."""
    if pages and not yes and not confirm(question):
        say("Rien n’a été publié.", err=True)
        return False
    with progress(pages, hidden=hidden) as step:
        work.carry_out(step)
    return True


def _require_together(chosen: _Options) -> None:
    """Raises UsageError for options that do not go together."""
    if chosen.etat and (chosen.some_pages or chosen.undoes):
        raise UsageError("--etat ne va qu’avec une publication entière.", "Retirez --etat.")
    if chosen.undoes and chosen.some_pages:
        # a rollback concerns that run alone
        raise UsageError("--rollback ne va avec aucune option qui choisit des pages.")
    for id_ in chosen.overridden:
        if chosen.only and id_ not in chosen.only:
            raise UsageError(
                f"--only laisse de côté « {id_} », que vous demandez aussi.",
                f"Ajoutez --only {id_}, ou retirez --only.",
            )


def _show(outcome: Outcome, form: str, notice: str, portal: str) -> int:
    """Print the outcome; gives the exit code. Raises the error that stopped the run, if any."""
    if form == "json":
        say(report.outcome_json(outcome))
        notices = (notice,) if notice else ()
        for line in (*notices, *outcome.duties, *report.what_is_left(outcome)):
            say(line, err=True)
    else:
        for line in report.outcome_text(outcome, portal):
            say(line)
    if outcome.fatal:
        raise outcome.fatal
    if outcome.interrupted:
        return INTERRUPTED
    return 1 if outcome.needs_human else 0


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
