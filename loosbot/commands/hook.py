"""``loosbot hook``: the same checks and the same sync, at each push to a bare repository."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from loosbot.commands.check import show_findings
from loosbot.commands.french import FrenchGroup
from loosbot.commands.options import ExistingPath
from loosbot.commands.output import say
from loosbot.corpus.check.load import BrokenCorpus
from loosbot.corpus.model import Reading
from loosbot.errors import UserError, WikiUnavailable
from loosbot.escaping import harmless
from loosbot.gcpause import collector_slowed
from loosbot.history.git import Commit, short
from loosbot.push import install as installing
from loosbot.push import lock, missed, receive
from loosbot.push.receive import HEADS, Limits, Update
from loosbot.push.required import require_dates, require_kept, require_rewritten

_SHOWN = 100
"""Errors shown to the person who pushes: a whole corpus of them helps nobody."""

_USUAL = ("main", "master")
"""What git calls the first branch of a new folder: with one of them somebody meant to publish."""
_TAKEN = "Votre envoi est bien enregistré dans git ; le wiki n’est pas à jour."
_LATER = "prochain envoi, ou la prochaine publication, rattrapera tout."

branch_option = click.option(
    "--branch",
    default="",
    metavar="NOM",
    help="La branche publiée (par défaut : la branche principale du dépôt, celle de HEAD).",
)


@click.group(cls=FrenchGroup, no_args_is_help=True)
def command() -> None:
    """Vérifier le corpus à chaque « git push », puis le publier."""


@command.command()
@click.argument("repository", metavar="DÉPÔT.git", type=ExistingPath())
@branch_option
def install(repository: Path, branch: str) -> int:
    """Installer les crochets pre-receive et post-receive dans un dépôt git nu.

    Exemple : loosbot hook install /srv/git/corpus.git
    """
    folder = repository.resolve()
    opened = receive.open_bare(folder)
    published = branch or receive.head_branch(folder)
    installing.install(folder, sys.executable, branch)
    say(f"Crochets installés dans {folder / 'hooks'} : {', '.join(installing.NAMES)}.")
    say(f"Branche vérifiée et publiée : {published}")
    if opened.resolve(HEADS + published) is None:
        say("  Elle n’existe pas encore : elle naîtra du premier envoi sous ce nom.")
    return 0


@command.command("pre-receive", hidden=True)
@branch_option
def pre_receive(branch: str) -> int:
    """Refuser un envoi dont le corpus a une erreur (appelé par git)."""
    folder = _here()
    published = branch or receive.head_branch(folder)
    refused = False
    brought = receive.updates(sys.stdin.buffer)
    try:
        require_dates(receive.open_bare(folder), brought, datetime.now(UTC))
        require_rewritten(receive.open_bare(folder), brought)
        require_kept(receive.open_bare(folder), brought, published)
    except UserError as error:
        _print([*_fault(error), "Envoi refusé : rien n’a changé dans le dépôt."])
        return 1
    for update in brought:
        if update.ref == HEADS + published:
            refused |= _refused(folder, update)
        elif update.ref.startswith(HEADS) and update.new:
            name = update.ref.removeprefix(HEADS)
            _print([f"Branche « {name} » : ni vérifiée ni publiée (seule « {published} » l’est)."])
            if name in _USUAL and not any(update.ref == HEADS + published for update in brought):
                _print([f"  Si c’est votre travail à publier : git push origin {name}:{published}"])
    return 1 if refused else 0


@command.command("post-receive", hidden=True)
@branch_option
def post_receive(branch: str) -> int:
    """Publier la branche principale (appelé par git)."""
    folder = _here()
    published = branch or receive.head_branch(folder)
    if not any(update.ref == HEADS + published for update in receive.updates(sys.stdin.buffer)):
        return 0
    with lock.alone(folder, lambda: _print(["Une autre publication est en cours : attente…"])):
        # the present tip, not that of this push: a later push may have come
        commit = receive.open_bare(folder).commit(HEADS + published)
        if commit is None:
            return 0
        begun = missed.begun(folder, short(commit.id))
        try:
            code, lines, kept = _publish(folder, commit, begun)
        except KeyboardInterrupt:
            _print(["Publication interrompue.", _TAKEN, f"  Le {_LATER}"])
            raise
        missed.finished(folder, begun)
        with contextlib.suppress(OSError):  # a full disk must not hide the result
            lock.log(folder, f"{published} {short(commit.id)}", kept)
    _print(lines)
    return code


def _here() -> Path:
    """The repository that git runs the hook for."""
    return Path(os.environ.get("GIT_DIR") or ".").resolve()


def _refused(folder: Path, update: Update) -> bool:
    name = update.ref.removeprefix(HEADS)
    try:
        reading = receive.judge(folder, update, Limits())
    except UserError as error:
        _print(_fault(error))
    else:
        if not reading.errors:
            _print([f"Branche « {name} » vérifiée : aucune erreur (fiches : {reading.records})."])
            return False
        _show(reading)
    _print([f"Envoi refusé : la branche « {name} » du dépôt n’a pas changé."])
    return True


def _show(reading: Reading) -> None:
    """The errors, each with its place and what to do; warnings are for ``loosbot check``."""
    errors = tuple(finding for finding in reading.findings if finding.severity == "error")
    show_findings(replace(reading, findings=errors), _SHOWN)


@collector_slowed()
def _publish(folder: Path, commit: Commit, begun: str) -> tuple[int, list[str], list[str]]:
    """The exit code, its message, and what the log keeps of that.

    Whatever happens to the wiki, the push is taken.
    """
    # imported late: refusing a push does not need the wiki's client
    from loosbot.push.publish import publish, pushed_source
    from loosbot.sync.report import outcome_text

    try:
        done = publish(pushed_source(folder, commit, Limits()), os.environ, begun)
    except BrokenCorpus as broken:
        answer = [
            f"Rien n’a été publié : le corpus a des erreurs ({broken.reading.errors}).",
            "  Lancez « loosbot check » dans votre copie, corrigez, puis renvoyez.",
        ]
        return 1, answer, answer
    except UserError as error:
        _keep(folder, commit, error)
        answer = [*_fault(error), *_catching_up(error)]
        return error.exit_code, answer, answer
    lines = list(outcome_text(done.outcome, done.portal))
    if done.outcome.fatal:
        _keep(folder, commit, done.outcome.fatal)
        lines += [*_fault(done.outcome.fatal), *_catching_up(done.outcome.fatal)]
        return done.outcome.fatal.exit_code, lines, list(done.loggable(lines))
    return (1 if done.outcome.needs_human else 0), lines, list(done.loggable(lines))


def _keep(folder: Path, commit: Commit, error: UserError) -> None:
    """Note the failure for the status page, which a wiki that is down cannot store now."""
    with contextlib.suppress(OSError):
        missed.note(folder, short(commit.id), error.message)


def _fault(error: UserError) -> list[str]:
    return [f"Erreur : {error.message}", *(f"  {line}" for line in error.hint.splitlines())]


def _catching_up(error: UserError) -> list[str]:
    """A wiki that is down comes back by itself; anything else waits for a person."""
    alone = isinstance(error, WikiUnavailable)
    once = "Le" if alone else "Une fois cela réglé (dans une copie du dépôt), le"
    return [_TAKEN, f"  {once} {_LATER}"]


def _print(lines: Iterable[str]) -> None:
    """To the screen of the person who pushes, if they are still there."""
    with contextlib.suppress(BrokenPipeError):
        for line in lines:
            say(harmless(line), err=True)
