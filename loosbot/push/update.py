"""Updating the published branch without a push, through the programs of its hooks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.history.git import NO_OBJECT, Repository
from loosbot.history.saving import move_branch
from loosbot.push.install import branch_of
from loosbot.push.receive import HEADS, head_branch

_CHECKING = 180.0


@dataclass(frozen=True, slots=True)
class PublicationAttempt:
    """What publishing gave: None while it still goes on after ``patience`` seconds."""

    code: int | None
    output: str


def published_branch(folder: Path) -> str:
    """The branch that the hooks of a bare repository publish. Raises UserError."""
    return branch_of(folder / "hooks" / "pre-receive") or head_branch(folder)


def enter(
    repository: Repository,
    branch: str,
    commit: str,
    old: str,
    *,
    env: Mapping[str, str],
    patience: float,
) -> PublicationAttempt:
    """Put the published branch on ``commit`` as a push would: checked before, published after.

    Raises BranchMoved where it is not at ``old`` any more, UserError with the words of the check.
    """
    line = f"{old or NO_OBJECT} {commit} {HEADS}{branch}\n".encode()
    try:
        done = subprocess.run(
            _program("pre-receive", branch),
            cwd=repository.folder,
            env=_environment(repository, env),
            input=line,
            capture_output=True,
            timeout=_CHECKING,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UserError("La vérification n’en finit pas : rien n’a été publié.") from None
    if done.returncode:
        raise UserError("La vérification l’a refusé : rien n’a été publié.", _words(done.stderr))
    move_branch(repository, branch, commit, old)
    return _publish(repository, branch, line, env, patience)


def _publish(
    repository: Repository, branch: str, line: bytes, env: Mapping[str, str], patience: float
) -> PublicationAttempt:
    # a process of its own: the publication continues if this process stops
    publishing = subprocess.Popen(
        _program("post-receive", branch),
        cwd=repository.folder,
        env=_environment(repository, env),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _, output = publishing.communicate(line, timeout=patience)
    except subprocess.TimeoutExpired:
        return PublicationAttempt(None, "")
    return PublicationAttempt(publishing.returncode, _words(output))


def _program(hook: str, branch: str) -> list[str]:
    return [
        sys.executable, "-P", "-X", "utf8", "-m", "loosbot", "hook", hook, "--branch", branch
    ]  # fmt: skip


def _environment(repository: Repository, env: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in env.items() if not name.startswith("GIT_")}
    return {**inherited, "PATH": env.get("PATH", os.defpath), "GIT_DIR": str(repository.folder)}


def _words(stderr: bytes | None) -> str:
    return (stderr or b"").decode("utf-8", "replace").strip()
