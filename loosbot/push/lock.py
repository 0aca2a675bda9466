"""One publication at a time, and the log of them all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from loosbot.errors import UserError
from loosbot.escaping import harmless
from loosbot.files import reason

LOCK = "loosbot.lock"
LOG = "loosbot.log"
_FULL = 1024 * 1024
"""Bytes after which the log is put aside as ``loosbot.log.1``, over the one before."""


@contextmanager
def alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a repository; ``waiting`` is called when somebody else has it.

    The system lets go of it when the process ends, however it ends. Raises UserError where this
    account cannot have it.
    """
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UserError(
            f"Le wiki n’est pas à jour : le verrou {folder / LOCK} ne s’ouvre pas "
            f"({reason(error)}).",
            "L’envoi est bien enregistré dans git. Tous les envois doivent passer par le même "
            "compte du serveur.",
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def log(folder: Path, title: str, lines: Iterable[str]) -> None:
    """Append what was done, under the time (UTC). Only the account of the server reads it."""
    file = folder / LOG
    if file.exists() and file.stat().st_size > _FULL:
        file.replace(folder / f"{LOG}.1")
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
        stream.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {harmless(title)}\n")
        stream.writelines(f"  {harmless(line)}\n" for line in lines)
