"""Where this process keeps what it read of a corpus; apart, since asking for help reads nothing."""

from __future__ import annotations

from pathlib import Path

_folder: Path | None = None


def use(folder: Path | None) -> None:
    """From here on what is read of a folder is kept in this cache folder; nowhere for None."""
    global _folder
    _folder = folder


def folder() -> Path | None:
    """The cache folder in use, None where nothing is kept."""
    return _folder
