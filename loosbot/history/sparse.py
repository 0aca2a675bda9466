"""A folder that has a part of its repository (``git sparse-checkout``), or files that git was told
not to look at (``git update-index``). git calls it clean."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from loosbot.corpus.french import counted
from loosbot.corpus.model import Finding, of_file
from loosbot.corpus.paths import CONFIG
from loosbot.errors import UserError

if TYPE_CHECKING:
    from loosbot.history.git import Repository

_RESTORE = "Remettez tout : git sparse-checkout disable"


def require_whole(repository: Repository) -> None:
    """Raise UserError where the folder lacks files of the corpus: these would be taken for
    retired."""
    if left_out := _left_out(repository):
        raise UserError(_message(left_out), f"Ce qui manque passerait pour retiré. {_RESTORE}")


def partial_folder(folder: Path) -> tuple[Finding, ...]:
    """The warning of ``check`` in a folder that lacks files of the corpus, ``()`` in any other.

    git is asked only where a sparse checkout was made once.
    """
    if not _was_made(folder):
        return ()
    from loosbot.history.git import Repository  # imported late: git is needed for this alone

    repository = Repository.open(folder)
    if repository is None or not (left_out := _left_out(repository)):
        return ()
    hint = f"Un lien vers l’un d’eux passe ici pour une faute : n’en créez aucun. {_RESTORE}"
    return (of_file(CONFIG, "dossier-partiel", _message(left_out), hint, "warning"),)


def _message(left_out: int) -> str:
    return (
        "Ce dossier n’a qu’une partie du corpus (git sparse-checkout) : il y manque "
        f"{counted(left_out, 'fichier')} du dépôt."
    )


def _left_out(repository: Repository) -> int:
    """How many files of the corpus git was told not to look for, and are not in the folder."""
    return sum(
        mark in "Ss" and not os.path.lexists(repository.folder / path)
        for path, mark in repository.marked()
    )


def how_to_see(repository: Repository) -> str:
    """What to do where git's status is silent about files of the corpus, "" where it is not."""
    unwatched = set(repository.unwatched())
    if not unwatched:
        return ""
    marks = {mark for path, mark in repository.marked() if path in unwatched}
    options = [
        option
        for option, letters in (("assume-unchanged", "hs"), ("skip-worktree", "Ss"))
        if marks & set(letters)
    ]
    orders = (f"git ls-files -z | git update-index -z --no-{word} --stdin" for word in options)
    return (
        f"git a reçu l’ordre de ne plus regarder {counted(len(unwatched), 'fichier')} : "
        f"« git status » n’en dit rien. Pour le lever : {' ; '.join(orders)}"
    )


def _was_made(folder: Path) -> bool:
    """Whether the repository around this folder has patterns of a sparse checkout."""
    for parent in (folder.resolve(), *folder.resolve().parents):
        directory = parent / ".git"
        if directory.is_file():  # of a worktree, whose directory lies elsewhere
            pointer = directory.read_text("utf-8", "replace")
            directory = parent / pointer.removeprefix("gitdir:").strip()
        if directory.is_dir():
            return (directory / "info" / "sparse-checkout").is_file()
    return False
