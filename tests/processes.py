"""``loosbot`` in a process of its own, for the tests that need one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def loosbot(
    *words: str | Path, cwd: Path | None = None, blocks: int | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """One command, without a terminal. No file may be longer than so many ``blocks``: a disk that
    takes no more."""
    command = [sys.executable, "-m", "loosbot", *map(str, words)]
    if blocks is not None:
        command = ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command]
    return subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
