"""A town's bare repository with its hooks, and the corpus that was pushed into it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def published(work: Path, repo: Path, files: Mapping[str, str], env: Mapping[str, str]) -> None:
    """Write ``files`` into ``work``, and push them into the new repository ``repo``."""
    for path, text in files.items():
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_text(text, encoding="utf-8")
    for command in (
        ["git", "init", "-q", "--bare", "-b", "main", repo],
        [sys.executable, "-m", "loosbot", "hook", "install", repo],
        ["git", "-C", work, "init", "-q", "-b", "main"],
        ["git", "-C", work, "add", "-A"],
        ["git", "-C", work, "commit", "-qm", "Le corpus"],
        ["git", "-C", work, "push", "-q", repo, "main"],
    ):
        subprocess.run(command, check=True, env=env, capture_output=True)
