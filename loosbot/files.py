"""Writing one file of the author's tree: the old bytes or the new ones, never something between."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

_REASONS: Mapping[int, str] = {
    errno.ENOENT: "son dossier n’existe pas",
    errno.ENOTDIR: "ce qui devrait être son dossier n’en est pas un",
    errno.EISDIR: "c’est un dossier",
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EROFS: "le disque ne permet que de lire",
    errno.ENOSPC: "le disque est plein",
    errno.ENAMETOOLONG: "le nom est trop long",
}


def reason(error: OSError) -> str:
    """Why a file could not be written, in French where we know the case."""
    return _REASONS.get(error.errno or 0) or error.strerror or "erreur inconnue"


def replace_file(file: Path, data: bytes) -> None:
    """Put ``data`` in the place of a file, in one step; its permissions stay. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
