"""Programs that a test runs to their end, as somebody in a shell does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from patience import LONG


def run(
    command: Sequence[str | Path],
    env: Mapping[str, str],
    folder: Path | None = None,
    *,
    code: int | None = 0,
    stdin: int | None = None,
) -> subprocess.CompletedProcess[str]:
    """A command in this environment and folder, and what it printed. Raises AssertionError where
    its exit code is not ``code``; None takes any."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        stdin=stdin,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


def at_a_terminal(
    command: Sequence[str | Path], typed: str, env: Mapping[str, str], folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The same, whatever its exit code, where the input is a terminal and this is typed in it."""
    ours, theirs = os.openpty()
    try:
        os.write(ours, typed.encode())
        return run(command, env, folder, code=None, stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
