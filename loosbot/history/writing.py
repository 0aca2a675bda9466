"""Commits written without a working tree: a branch grows, no file of the author's is touched; and
the first commit of a new corpus."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from loosbot.escaping import printable
from loosbot.frozen import dataclass
from loosbot.history import process
from loosbot.history.git import Repository


@dataclass(frozen=True, slots=True)
class NewCommit:
    """One commit to write: whole new bytes of one file of the repository.

    ``author`` is ``Name <address>``; ``date`` is ISO 8601 with its zone; ``path`` is relative
    to the repository's top.
    """

    author: str
    date: str
    message: str
    path: str
    data: bytes


def branch_tip(repository: Repository, branch: str) -> str | None:
    """The commit of a local branch, None where there is no such branch."""
    return repository.resolve(f"refs/heads/{branch}")


def is_branch_name(folder: Path, branch: str) -> bool:
    """Whether git takes ``branch`` for the name of a branch."""
    # git takes "@" too, and reads it as HEAD ever after
    named = process.attempt(folder, "check-ref-format", "--branch", branch)
    return branch != "@" and not named.returncode


def require_possible(folder: Path, branch: str, commit: str) -> None:
    """Have git try to begin ``branch`` at ``commit``, and begin nothing. Raises UserError with its
    reason: a branch called as a folder of it, a name too long, no right to write."""
    order = f"start\ncreate refs/heads/{branch} {commit}\nprepare\nabort\n"
    process.run(folder, "update-ref", "--stdin", data=order.encode())


def current_branch(folder: Path) -> str:
    """The branch of the working tree, "" where there is none (detached, or bare)."""
    done = process.attempt(folder, "symbolic-ref", "--quiet", "--short", "HEAD")
    return done.stdout.decode("utf-8", "replace").strip()


def folder_of_branch(folder: Path, branch: str) -> str:
    """The folder whose files are those of a branch, of the working trees of this repository
    (``git worktree``); "" where none is."""
    listed = process.run(folder, "worktree", "list", "--porcelain", "-z").decode("utf-8", "replace")
    for tree in listed.split("\0\0"):
        path, *lines = tree.split("\0")
        place = path.removeprefix("worktree ")
        if f"branch refs/heads/{branch}" in lines and Path(place).exists():
            return place
    return ""


def below_top(folder: Path) -> str:
    """Where ``folder`` stands in its repository: ``""`` at the top, else ``corpus/``."""
    return process.run(folder, "rev-parse", "--show-prefix").decode().strip()


def write_commits(
    folder: Path, branch: str, parent: str, commits: Iterable[NewCommit], committer: str
) -> str:
    """Add commits to ``branch``, which begins at ``parent`` if it is new; its new tip.

    One git process, and the branch moves once, at the end: all commits or none. ``committer``
    is ``Name <address>``. Raises UserError with git's reason.
    """
    stream = b"".join(
        _commit(branch, parent, commit, committer, n) for n, commit in enumerate(commits)
    )
    order = ("fast-import", "--quiet", "--date-format=raw", "--done")
    process.run(folder, *order, data=stream + b"done\n")
    return process.run(folder, "rev-parse", f"refs/heads/{branch}").decode().strip()


def committer_of(folder: Path, fallback: str) -> str:
    """Who git says is working here, ``fallback`` where nobody is configured."""
    done = process.attempt(folder, "var", "GIT_COMMITTER_IDENT")
    words = done.stdout.decode("utf-8", "replace").rpartition(">")
    return f"{words[0]}>" if not done.returncode and words[1] else fallback


def _commit(branch: str, parent: str, commit: NewCommit, committer: str, number: int) -> bytes:
    # a revision that was imported may be older than what git can date
    when = max(0, int(datetime.fromisoformat(commit.date).astimezone(UTC).timestamp()))
    message = commit.message.encode()
    lines = [
        f"commit refs/heads/{branch}",
        f"author {identity(commit.author)} {when} +0000",
        f"committer {identity(committer)} {when} +0000",
        f"data {len(message)}",
    ]
    head = "\n".join(lines).encode() + b"\n" + message + b"\n"
    start = f"from {parent}\n".encode() if number == 0 else b""
    path = '"' + commit.path.replace("\\", "\\\\").replace('"', '\\"') + '"'
    file = f"M 100644 inline {path}\ndata {len(commit.data)}\n".encode() + commit.data + b"\n"
    return head + start + file + b"\n"


def identity(author: str) -> str:
    """``Name <address>`` as git can hold it: no line break, one pair of angle brackets."""
    name, _, address = author.partition("<")
    clean = " ".join("".join(c for c in printable(name) if c not in "<>").split())
    address = "".join(c for c in address if c.isprintable() and c not in "<> ")
    return f"{clean or 'inconnu'} <{address}>"


_NOBODY = {"user.name": "loosbot", "user.email": "loosbot@wiki.invalid"}
"""Who commits where git knows nobody: a clerk who has never set a name still gets a version."""


def begin(folder: Path, message: str) -> bool:
    """Make ``folder`` a repository and commit all of it; False where it is not for us to commit.

    That is without git, inside somebody's repository, or in one that has commits.
    Raises UserError with git's reason.
    """
    if not process.installed():
        return False
    repository = Repository.open(folder)
    if repository is None:
        process.run(folder, "init", "--quiet", f"--initial-branch={_branch(folder)}")
    elif below_top(folder) or repository.head() is not None:
        return False
    # no signing: a key with a passphrase would prompt, and nobody can answer here
    settings = {"commit.gpgsign": "false"}
    if process.attempt(folder, "var", "GIT_COMMITTER_IDENT").returncode:
        settings |= _NOBODY
    # what this account never keeps is part of a corpus all the same, but not what the corpus itself
    # leaves out: .loosbot holds keys
    process.run(folder, "add", "--all", settings={"core.excludesFile": os.devnull})
    process.run(folder, "commit", "--quiet", f"--message={message}", settings=settings)
    return True


def _branch(folder: Path) -> str:
    branch = process.attempt(folder, "config", "init.defaultBranch").stdout.decode().strip()
    return branch or "main"
