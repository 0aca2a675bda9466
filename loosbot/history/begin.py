"""The first commit of a new corpus."""

from __future__ import annotations

import os
from pathlib import Path

from loosbot.history import process
from loosbot.history.git import Repository
from loosbot.history.writing import below_top

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
