"""The cache folder of this process; a module of its own, so that ``--help`` imports little."""

from __future__ import annotations

from pathlib import Path

_folder: Path | None = None


def use(folder: Path | None) -> None:
    """Cache what is read of corpora in this folder from now on; None switches the cache off."""
    global _folder
    _folder = folder


def folder() -> Path | None:
    """The cache folder in use; None where there is none."""
    return _folder
