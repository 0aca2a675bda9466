"""Pushes that were taken and not published: kept beside the bare repository until a run has."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from loosbot.escaping import harmless
from loosbot.files import write_private
from loosbot.history.process import attempt, installed

FILE = "loosbot.manques"
_MOST = 20
"""So many are listed; a wiki that was down for a month does not need each push named."""


def note(folder: Path, commit: str, why: str) -> str:
    """Keep that a version was not published, and why; the line about it. Raises OSError."""
    line = f"Le {datetime.now(UTC):%Y-%m-%d à %H:%M} (UTC), version {commit} : {why}"
    line = harmless(" ".join(line.split()))
    _write(folder, [*missed(folder), line][-_MOST:])
    return line


def begun(folder: Path, commit: str) -> str:
    """Keep that a version is being published, for where nothing comes after it; its line."""
    with contextlib.suppress(OSError):
        return note(folder, commit, "la publication a été interrompue avant sa fin.")
    return ""


def finished(folder: Path, line: str) -> None:
    """Remove the line that ``begun`` wrote: the outcome is reported elsewhere."""
    left = [other for other in missed(folder) if other != line]
    with contextlib.suppress(OSError):
        _write(folder, left) if left else forget(folder)


def missed(folder: Path) -> list[str]:
    """One line for each, oldest first."""
    try:
        return (folder / FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []


def forget(folder: Path) -> None:
    """They are published, and so reported: forget them."""
    with contextlib.suppress(OSError):  # reporting it once more at the next run does no harm
        (folder / FILE).unlink(missing_ok=True)


def bare_of(folder: Path) -> Path | None:
    """The bare repository that a corpus is sent to, where it is on this machine; else None."""
    if not installed():
        return None
    address = attempt(folder, "config", "remote.origin.url").stdout.decode("utf-8", "replace")
    place = Path(address.strip().removeprefix("file://"))
    return place if place.is_absolute() and (place / "HEAD").is_file() else None


def _write(folder: Path, lines: list[str]) -> None:
    file = folder / FILE
    write_private(file, "".join(f"{line}\n" for line in lines))
