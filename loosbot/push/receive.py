"""The ref updates of a push, and the check of the published branch."""

from __future__ import annotations

import math
import multiprocessing
import signal
import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Reading
from loosbot.corpus.paths import place
from loosbot.corpus.tree import printable_path
from loosbot.errors import UsageError, UserError
from loosbot.frozen import dataclass
from loosbot.history.git import Repository
from loosbot.history.process import attempt
from loosbot.history.tree import CommitTree

HEADS = "refs/heads/"
PROPOSALS = "propositions/"
"""How the branches begin that the atelier of a town makes (``atelier/town/proposals.py``)."""
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Update:
    """One ref of a push. ``new`` is the whole id of an object, "" for a deletion; ``old`` is what
    the ref was until now, "" where there was none."""

    ref: str
    new: str
    old: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a corpus may cost to read: ``bytes`` of all files that are read, and ``seconds``."""

    bytes: int = 64 * _MIB
    seconds: float = 120


def updates(lines: Iterable[bytes]) -> list[Update]:
    """What git writes on the standard input of a hook: ``old new ref``, one line a ref.

    Raises UsageError for anything else: somebody runs the hook by hand.
    """
    refs = []
    for line in lines:
        parts = line.rstrip(b"\n").split(b" ", 2)
        if len(parts) < 3 or not (parts[0] + parts[1]).isascii():
            raise UsageError(
                "Ce crochet lit ce que git lui dit d’un envoi, et ce qui arrive n’en est pas.",
                "C’est git qui l’appelle, à chaque « git push » : il n’y a rien à lancer.",
            )
        old, new, ref = parts
        refs.append(Update(printable_path(ref)[0], _identifier(new), _identifier(old)))
    return refs


def _identifier(raw: bytes) -> str:
    """ "" for git's own form of none, and for the « - » of who runs the hook by hand."""
    identifier = raw.decode("ascii")
    return identifier if identifier.strip("0-") else ""


def open_bare(folder: Path) -> Repository:
    """The bare repository that is exactly ``folder``. Raises UserError for anything else."""
    repository = Repository.open(folder)
    if repository is None or not repository.bare or not (folder / "HEAD").is_file():
        raise UserError(
            f"{folder} n’est pas un dépôt git nu (bare).",
            "Indiquez le dépôt qui reçoit les envois, par exemple /srv/git/corpus.git ; "
            "« git init --bare » en crée un.",
        )
    return repository


def head_branch(folder: Path) -> str:
    """The branch that the HEAD of a bare repository names, born or not. Raises UserError."""
    done = attempt(folder, "symbolic-ref", "--quiet", "HEAD")
    ref = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode or not ref.startswith(HEADS):
        raise UserError(
            "Le dépôt ne dit pas quelle est sa branche principale.",
            "Nommez-la : loosbot hook install DÉPÔT.git --branch main",
        )
    return ref.removeprefix(HEADS)


def judge(folder: Path, update: Update, limits: Limits) -> Reading:
    """Read and check what the published branch would hold; ``corpus`` of the answer is None.

    Raises UserError for a deletion, and for more than ``limits`` allow.
    """
    if not update.new:
        raise UserError(
            f"La branche « {update.ref.removeprefix(HEADS)} » est celle qui est publiée : "
            "elle ne peut pas être supprimée."
        )
    try:
        return within(limits.seconds, lambda: _checked(folder, update.new, limits))
    except TimeoutError:
        raise UserError(
            f"La vérification a duré plus de {limits.seconds:g} secondes : elle est arrêtée.",
            "Réessayez ; si cela se répète, envoyez moins de fiches à la fois.",
        ) from None


def pushed_tree(repository: Repository, commit: str, limits: Limits) -> CommitTree:
    """The files of a commit, from git's store. Raises UserError where they are too much to read."""
    tree = CommitTree(repository, commit)
    total = sum(entry.size for entry in tree.entries() if place(entry.path).kind != "other")
    if total > limits.bytes:
        raise UserError(
            f"Les fiches et les pages pèsent {_mib(total)} Mio, et la limite est de "
            f"{_mib(limits.bytes)} Mio.",
            "Gardez les documents hors du corpus, et citez-les par une fiche source.",
        )
    return tree


def _checked(folder: Path, commit: str, limits: Limits) -> Reading:
    return replace(load_corpus(pushed_tree(open_bare(folder), commit, limits)), corpus=None)


def _mib(size: int) -> str:
    return f"{size / _MIB:.1f}".replace(".", ",")


Result = TypeVar("Result")


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """What ``work`` returns, or raises: both must be picklable, since it runs in its own process.

    Raises TimeoutError when it is not done after ``seconds``, UserError when its process died.
    """
    # a thread or an alarm could not stop a library's C code in the middle; a process can be killed
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(seconds, work, sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise TimeoutError
        result, error = receiver.recv()
    except EOFError:
        raise UserError(
            "La lecture des fichiers s’est arrêtée d’un coup.",
            "Le serveur manque peut-être de mémoire : prévenez la personne qui s’en occupe.",
        ) from None
    finally:
        process.kill()
        process.join()
        receiver.close()
    if error is not None:
        raise error
    answer: Result = result
    return answer


def _run(seconds: float, work: Callable[[], Any], sender: Connection) -> None:
    # an alarm ends this process at its deadline even if the parent is gone
    signal.alarm(math.ceil(seconds) + 1)
    try:
        sender.send((work(), None))
    except Exception as error:
        # the traceback is lost by pickling: it goes along as a note
        error.add_note(traceback.format_exc())
        sender.send((None, error))
