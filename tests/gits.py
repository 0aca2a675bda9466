"""Repositories for the tests of every room."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def git(folder: Path, *words: str, day: str = "") -> str:
    """What git answers there, without its last line end. ``day`` is that of the commits it makes,
    or their moment. Raises CalledProcessError."""
    moment = f"{day}T12:00:00Z" if len(day) == len("2020-01-01") else day
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment} if day else {}
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env=os.environ | dates,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.rstrip()


def commit(folder: Path, message: str = "Fiches", day: str = "") -> str:
    """The commit of all that lies in a folder, made a repository where it is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, day=day)
    return git(folder, "rev-parse", "HEAD")
