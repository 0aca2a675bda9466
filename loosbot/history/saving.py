"""A commit of some files on a branch, with or without a working tree; no program of git's is run.

The branch moves from the commit that was read to the new one, or not at all: who commits at the
same moment is never written over.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from loosbot.errors import UserError
from loosbot.files import replace_below, writing
from loosbot.history import process
from loosbot.history.git import NO_OBJECT, Repository
from loosbot.history.writing import identity

_BUSY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")
_ELSEWHERE = re.compile(rb"but expected|already exists|unable to resolve reference")
"""What git says of a branch that is not where it was, or there already, or no more."""


class BranchMoved(UserError):
    """The branch moved since it was read: read again, then commit."""


def in_the_middle(folder: Path) -> bool:
    """Whether a merge or the like is under way: a commit would end it with half of its files."""
    paths = process.run(
        folder, "rev-parse", *(part for name in _BUSY for part in ("--git-path", name))
    )
    return any((folder / os.fsdecode(path)).exists() for path in paths.splitlines())


def author_of(folder: Path) -> str:
    """Who git says is writing here, ``Name <address>``; "" where nobody is configured."""
    done = process.attempt(folder, "var", "GIT_AUTHOR_IDENT", settings={"user.useConfigOnly": "1"})
    words = done.stdout.decode("utf-8", "replace").rpartition(">")
    return f"{words[0]}>" if not done.returncode and words[1] else ""


def write_commit(
    repository: Repository,
    parents: Sequence[str],
    files: Mapping[str, bytes],
    *,
    author: str,
    message: str,
) -> str:
    """Write a commit that no branch holds yet: the files of its first parent, with these instead.

    Paths are relative to the repository's folder. Touches neither the working tree nor its index.
    Raises UserError with git's reason.
    """
    folder = repository.folder
    with tempfile.TemporaryDirectory(prefix="loosbot-") as room:
        index = {"GIT_INDEX_FILE": str(Path(room) / "index")}
        process.run(folder, "read-tree", parents[0], variables=index)
        _stage(repository, files, index)
        tree = process.run(folder, "write-tree", variables=index).decode("ascii").strip()
    who = identity(author)
    name, _, address = who.partition(" <")
    written = process.run(
        folder,
        "commit-tree",
        tree,
        *(word for parent in parents for word in ("-p", parent)),
        data=message.encode(),
        variables={
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": address.removesuffix(">"),
            "GIT_COMMITTER_NAME": name,
            "GIT_COMMITTER_EMAIL": address.removesuffix(">"),
        },
    )
    return written.decode("ascii").strip()


_MOVED = ("Quelqu’un d’autre a enregistré au même moment.", "Recommencez.")


def _advance(repository: Repository, branch: str, parent: str, commit: str) -> None:
    old = repository.resolve(f"refs/heads/{branch}") or ""
    if old not in (parent, ""):
        raise BranchMoved(*_MOVED)
    move_branch(repository, branch, commit, old)


def move_branch(repository: Repository, branch: str, commit: str, old: str) -> None:
    """Put a branch on ``commit``, "" to remove it, where it still is at ``old``, "" for nowhere.

    Raises BranchMoved; UserError where git cannot, whoever moves it.
    """
    reference = f"refs/heads/{branch}"
    arguments = ["-m", "atelier", reference, commit] if commit else ["-d", reference]
    done = process.attempt(repository.folder, "update-ref", *arguments, old or NO_OBJECT)
    if done.returncode:
        moved = _ELSEWHERE.search(done.stderr)
        raise BranchMoved(*_MOVED) if moved else process.refusal(done.stderr)


def save_in_folder(
    repository: Repository,
    branch: str,
    parent: str,
    files: Mapping[str, bytes],
    *,
    author: str,
    message: str,
) -> None:
    """Add one commit to ``branch``, which is checked out and whose tip is ``parent``: no branch is
    begun here. What others changed or staged in other files stays as it is.

    The files first, the branch last: what stops half-way leaves the new text in the folder and in
    the index, never the old one. Raises BranchMoved, UserError; the files are then as they were.
    """
    before = {path: _content(repository.folder / path) for path in files}
    _write(repository.folder, files)
    try:
        commit = write_commit(repository, (parent,), files, author=author, message=message)
        _stage(repository, files)
        try:
            _advance(repository, branch, parent, commit)
        except UserError:
            _unstage(repository, files, parent)
            raise
    except UserError:
        _restore(repository.folder, before)
        raise


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        with writing(path, kept="Rien n’est perdu : votre texte reste dans le brouillon."):
            replace_below(folder, path, data)


def _restore(folder: Path, before: Mapping[str, bytes | None]) -> None:
    for path, data in before.items():
        if data is None:
            (folder / path).unlink(missing_ok=True)
        else:
            replace_below(folder, path, data)


def _stage(
    repository: Repository, files: Mapping[str, bytes], variables: Mapping[str, str] | None = None
) -> None:
    """Put files into the index, or into that which ``variables`` name. Raises UserError."""
    entries = [
        f"100644 {_blob(repository, path, data)}\t{repository.prefix}{path}\0".encode()
        for path, data in files.items()
    ]
    if entries:
        order = ("update-index", "-z", "--index-info")
        process.run(repository.folder, *order, data=b"".join(entries), variables=variables)


def _unstage(repository: Repository, paths: Iterable[str], commit: str) -> None:
    order = ("reset", "--quiet", commit, "--", *paths)
    process.attempt(repository.folder, *order, settings=repository.without_filters())


def _blob(repository: Repository, path: str, data: bytes) -> str:
    """Put the bytes of a file into git's store, with the line ends that it keeps for the file."""
    arguments = ["hash-object", "-w", "--stdin"]
    if not repository.bare:
        arguments += ["--path", repository.prefix + path]
    done = process.run(
        repository.folder, *arguments, data=data, settings=repository.without_filters()
    )
    return done.decode("ascii").strip()


def unsaved(repository: Repository, paths: Iterable[str]) -> list[str]:
    """Those of these files that differ from the last commit, or that it does not have."""
    return [path for path in paths if repository.dirty([path])]
