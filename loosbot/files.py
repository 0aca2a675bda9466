"""Atomic writing of files, and the folders of our own files (XDG)."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from loosbot.errors import UserError

_REASONS: Mapping[int, str] = {
    errno.ENOENT: "son dossier n’existe pas",
    errno.ENOTDIR: "ce qui devrait être son dossier n’en est pas un",
    errno.EISDIR: "c’est un dossier",
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EROFS: "le disque ne permet que de lire",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre compte n’a plus de place sur ce disque",
    errno.EFBIG: "ce disque ne prend pas de fichier aussi grand",
    errno.EIO: "le disque a une panne, ou n’est plus branché",
    errno.EEXIST: "un fichier ou un lien porte déjà ce nom",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.ELOOP: "il faudrait passer par un lien symbolique, et loosbot n’en suit aucun",
}

_OF_THE_MACHINE = ("ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS")
"""What no program mends: the disk of a temporary file, of a wiki, of what git keeps."""

PRIVATE = 0o600
"""The permissions of a file that only its owner can read."""


def cache_folder(env: Mapping[str, str]) -> Path:
    """``$XDG_CACHE_HOME/loosbot``, or its default."""
    return _ours(env, "XDG_CACHE_HOME", ".cache")


def config_folder(env: Mapping[str, str]) -> Path:
    """``$XDG_CONFIG_HOME/loosbot``, or its default."""
    return _ours(env, "XDG_CONFIG_HOME", ".config")


def state_folder(env: Mapping[str, str]) -> Path:
    """``$XDG_STATE_HOME/loosbot``, or its default."""
    return _ours(env, "XDG_STATE_HOME", ".local/state")


def _ours(env: Mapping[str, str], variable: str, default: str) -> Path:
    """A relative path is none (XDG Base Directory Specification): nothing goes into the corpus."""
    given = Path(env.get(variable, ""))
    base = given if given.is_absolute() else Path(env.get("HOME") or Path.home()) / default
    return base / "loosbot"


def private_folder(env: Mapping[str, str], corpus: Path) -> Path:
    """The folder of a corpus's drafts, and of other state of the atelier."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", os.fspath(corpus.resolve())).strip("-")[-100:]
    return state_folder(env) / "atelier" / name


def reason(error: OSError) -> str:
    """Why a file could not be written, in French where we know the case."""
    return _REASONS.get(error.errno or 0) or error.strerror or "erreur inconnue"


def no_room(error: OSError) -> bool:
    """Whether the disk that is written to has no room left, for anybody or for this account."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def of_the_machine(error: Exception) -> str:
    """Why the machine itself could not write, wherever that was; "" for any other error.

    lxml tells the number of an error by its name alone, and is no OSError: ``IO_ENOSPC``.
    """
    number = error.errno if isinstance(error, OSError) else None
    for name in _OF_THE_MACHINE:
        if number == getattr(errno, name) or str(error) == f"IO_{name}":
            return _REASONS[getattr(errno, name)]
    return ""


@contextmanager
def writing(name: str | Path, elsewhere: str = "", kept: str = "") -> Iterator[None]:
    """Raises UserError, with the reason, where what is inside cannot write the file ``name``.

    ``elsewhere`` is the sentence that says where else to write, ``kept`` the one that says what is
    not lost.
    """
    try:
        yield
    except OSError as error:
        message = f"« {name} » ne peut pas être écrit : {reason(error)}."
        if no_room(error):
            other = f", ou {elsewhere[0].lower()}{elsewhere[1:]}" if elsewhere else "."
            elsewhere = f"Faites de la place sur ce disque{other}"
        raise UserError(message, f"{elsewhere} {kept}".strip()) from error


def write_file(file: Path, data: bytes) -> None:
    """Write what somebody asked for: a file in one step, a device or a pipe as it is.

    Raises OSError.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(data)
        return
    target = file.resolve() if file.is_symlink() else file
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target.parent))
    replace_file(target, data)


def replace_below(root: Path, path: str, data: bytes) -> None:
    """As :func:`replace_file`, for an untrusted path: no symlink leads it out of the folder. Raises
    OSError."""
    _require_no_link(root, path)
    replace_file(root / path, data)


def _require_no_link(root: Path, path: str) -> None:
    place = root
    for part in Path(path).parts:
        place = place / part
        if place.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(place))


def create_below(root: Path, path: str, data: bytes) -> None:
    """Create a file, atomically, below ``root``; it must not exist. Untrusted paths as for
    :func:`replace_below`.

    Raises FileExistsError where there is one, OSError.
    """
    file = root / path
    _require_no_link(root, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    with _written_beside(file, data, 0o666 & ~_umask()) as draft:
        try:
            os.link(draft, file)
        except FileExistsError:
            raise
        except OSError:  # no hard links on this file system (FAT, many network shares)
            _create_in_two_steps(file, draft)


def _create_in_two_steps(file: Path, draft: Path) -> None:
    """Create an empty file, then replace it: not atomic, but nobody else's file is overwritten."""
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        draft.replace(file)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def changed_since(root: Path, before: Mapping[str, bytes | None]) -> list[str]:
    """The files that changed since they were read; ``before`` has their bytes then, None for a
    missing file."""
    return [path for path, data in sorted(before.items()) if _now(root / path) != data]


def _now(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all. Raises OSError."""
    replace_file(file, text.encode(), PRIVATE)


def replace_file(file: Path, data: bytes, mode: int | None = None) -> None:
    """Put ``data`` in the place of a file, in one step. Raises OSError.

    ``mode`` are its permissions; without it they stay, and are those of this account for a new one.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    if mode is None:
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask()
    with _written_beside(file, data, mode) as draft:
        draft.replace(file)


@contextmanager
def _written_beside(file: Path, data: bytes, mode: int) -> Iterator[Path]:
    """A file with ``data`` in the folder of ``file``, gone at the end if it is still there."""
    import tempfile  # imported late: most commands write nothing

    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            # without fsync, a power cut after the rename could leave an empty file
            stream.flush()
            os.fsync(stream.fileno())
        draft.chmod(mode)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    """The umask; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
