"""Putting the hooks in a bare repository, and turning git's own checks on."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from loosbot.errors import UserError
from loosbot.history.process import attempt, run
from loosbot.push.receive import HEADS, open_bare

NAMES = ("pre-receive", "post-receive")
_CHECKS = {
    "receive.fsckObjects": "true",
    # fsck's check of dates is off: pre-receive does it, with a hint in French
    "receive.fsck.badDate": "ignore",
    "receive.fsck.badDateOverflow": "ignore",
    "receive.fsck.missingSpaceBeforeDate": "ignore",
}
"""Settings of the repository: objects are checked as they come, before the hooks run."""
_HEAD = "#!/bin/sh\n# Posé par « loosbot hook install » : le relancer remplace ce fichier.\n"


def install(folder: Path, python: str, branch: str = "") -> None:
    """Write the hooks, run by this ``python``, all or none; have git check what it receives.

    ``branch`` is the published one; "" means the one that HEAD names at each push. Raises
    UserError for a folder that is no bare repository, and for a hook that somebody else wrote.
    """
    open_bare(folder)
    _require_plain_hooks(folder)
    if branch and attempt(folder, "check-ref-format", HEADS + branch).returncode:
        raise UserError(f"« {branch} » ne peut pas être le nom d’une branche.")
    hooks = folder / "hooks"
    for name in NAMES:
        _require_ours(file_of(hooks / name))
    for key, value in _CHECKS.items():
        run(folder, "config", key, value)
    hooks.mkdir(exist_ok=True)
    for name in NAMES:
        _write(file_of(hooks / name), script(name, python, branch))


def script(name: str, python: str, branch: str) -> str:
    """The text of a hook."""
    # -P: import nothing from the working directory; utf8: a server's account often has the C locale
    command = [python, "-P", "-X", "utf8", "-m", "loosbot", "hook", name]
    if branch:
        command += ["--branch", branch]
    return f"{_HEAD}exec {shlex.join(command)}\n"


def file_of(hook: Path) -> Path:
    """Where our program of a hook stands: beside it, as ``NAME.loosbot``, where somebody else's
    calls that one."""
    beside = hook.with_name(f"{hook.name}.loosbot")
    return beside if beside.name in _text(hook) and not is_ours(hook) else hook


def is_ours(file: Path) -> bool:
    """Whether ``install`` wrote this file."""
    return _text(file).startswith(_HEAD)


def branch_of(hook: Path) -> str | None:
    """The branch that a hook of ours publishes, "" for that of HEAD; None where there is none."""
    command = command_of(hook)
    if not command:
        return None
    return command[command.index("--branch") + 1] if "--branch" in command[:-1] else ""


def command_of(hook: Path) -> list[str]:
    """What a hook of ours runs, word by word; nothing where somebody else's calls none of ours."""
    text = _text(file_of(hook))
    try:
        return shlex.split(text.removeprefix(_HEAD))[1:] if text.startswith(_HEAD) else []
    except ValueError:
        return []


def _text(file: Path) -> str:
    """What stands in a hook; "" for none, for a link and for what is no text."""
    try:
        return "" if file.is_symlink() else file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _require_plain_hooks(folder: Path) -> None:
    done = attempt(folder, "config", "-z", "--get-all", "core.hooksPath")
    # several values may be set: the last one is ours
    if others := os.fsdecode(done.stdout).split("\0")[:-2]:
        raise UserError(
            f"Ce dépôt prend ses crochets dans {others[-1]} (core.hooksPath), pas dans "
            f"{folder / 'hooks'}.",
            "Retirez ce réglage : git config --unset core.hooksPath",
        )


def _require_ours(file: Path) -> None:
    if not os.path.lexists(file):
        return
    if not is_ours(file):
        raise UserError(
            f"{file} existe déjà, et n’est pas de loosbot.",
            f"Déplacez-le, ou appelez-y hooks/{file.name}.loosbot (voir docs/depot.md) ; "
            "puis relancez.",
        )


def _write(file: Path, text: str) -> None:
    """Whole or not at all: a push may come at any moment."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    new.write_text(text, encoding="utf-8")
    new.chmod(0o755)
    new.replace(file)
