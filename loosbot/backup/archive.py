"""The archive: a ZIP, written whole or not at all, and read as untrusted input."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO

from loosbot.backup.manifest import (
    MANIFEST,
    PRIVATE,
    Manifest,
    StoredFile,
    from_json,
    to_json,
    unreadable,
)
from loosbot.errors import UserError
from loosbot.files import reason

_LONGEST_MANIFEST = 64 << 20
_CHUNK = 1 << 20
_SMALL = 256 << 20
_MOST_UNPACKED = 200
"""How many times its size an archive may unpack to: a wiki's database is some ten times."""
_PACKED = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf", ".bundle"}
"""Endings of what would not get smaller."""
_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP can hold: the times of the files are in the manifest's one."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What we write: other ways fail in ways of their own, and may take much memory."""


def write(target: Path, manifest: Manifest, staged: Path) -> Manifest:
    """Pack the folder ``staged`` into ``target``, for its owner alone; hashes go into the manifest.

    A file that was there is only replaced by a whole one, and only where it was a backup.
    Raises UserError.
    """
    require_ours(target)
    files = {path: _stored(file) for path, file in sorted(_paths(staged).items())}
    manifest = replace(manifest, files=files)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:  # mkstemp gives 0600
                _pack(stream, manifest, staged)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(
            f"La sauvegarde n’a pas pu être écrite dans {target} : {reason(error)}.",
            "Ce qui s’y trouvait n’a pas changé.",
        ) from error
    return manifest


def require_ours(target: Path) -> None:
    """Raises UserError where ``target`` is something else than an older backup."""
    if not os.path.lexists(target):
        return
    if target.is_file() and not target.is_symlink() and _is_backup(target):
        return
    raise UserError(
        f"« {target} » existe déjà, et n’est pas une sauvegarde de loosbot.",
        "Donnez un autre nom de fichier.",
    )


def read_manifest(source: Path) -> Manifest:
    """The manifest of an archive. Raises UserError."""
    with _opened(source) as archive:
        return _manifest(archive)


def extract(source: Path, target: Path) -> None:
    """Put every file of an archive below ``target``, a folder that is empty; check each hash.

    No path leads out, no link is made, and nothing bigger than the manifest says is written.
    Raises UserError.
    """
    with _opened(source) as archive:
        manifest = _manifest(archive)
        total = sum(file.size for file in manifest.files.values())
        packed = source.stat().st_size
        if total > max(_SMALL, packed * _MOST_UNPACKED):
            raise unreadable(" (elle se déplierait sans fin)")
        if total > shutil.disk_usage(target).free:
            raise UserError(
                f"Il n’y a pas la place de remettre cette sauvegarde ({total // 1_000_000 + 1} "
                "Mo).",
                "Choisissez un autre disque, ou libérez de la place.",
            )
        names = archive.namelist()
        if len(names) != len(set(names)) or set(names) != {MANIFEST, *manifest.files}:
            raise unreadable(" (ses fichiers ne sont pas ceux qu’elle annonce)")
        for path, stored in manifest.files.items():
            try:
                with _member(archive, path) as member:
                    _put(member, target / path, path, stored)
            except _BROKEN as error:
                raise unreadable(f" ({path})") from error


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except OSError as error:
        raise UserError(f"« {source} » ne peut pas être lu : {reason(error)}.") from error
    except (*_BROKEN, ValueError) as error:
        raise unreadable() from error


def _member(archive: zipfile.ZipFile, path: str) -> IO[bytes]:
    if archive.getinfo(path).compress_type not in _PACKINGS:
        raise NotImplementedError
    return archive.open(path)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        with _member(archive, MANIFEST) as member:
            data = member.read(_LONGEST_MANIFEST + 1)
    except (*_BROKEN, KeyError) as error:
        raise unreadable() from error
    if len(data) > _LONGEST_MANIFEST:
        raise unreadable()
    return from_json(data)


def _is_backup(file: Path) -> bool:
    try:
        read_manifest(file)
    except UserError:
        return False
    return True


def _pack(stream: IO[bytes], manifest: Manifest, staged: Path) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry(MANIFEST), to_json(manifest))
        for path in manifest.files:
            with (
                archive.open(_entry(path), "w", force_zip64=True) as member,
                (staged / path).open("rb") as file,
            ):
                shutil.copyfileobj(file, member, _CHUNK)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _DAY)
    packed = Path(path).suffix.lower() in _PACKED
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _put(member: IO[bytes], file: Path, path: str, stored: StoredFile) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = 0o600 if path.split("/")[0] in PRIVATE else 0o644
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    digest, left = hashlib.sha256(), stored.size
    with os.fdopen(os.open(file, flags, mode), "wb") as out:
        while data := member.read(_CHUNK):
            left -= len(data)
            if left < 0:
                break
            digest.update(data)
            out.write(data)
    if left or digest.hexdigest() != stored.sha256:
        raise unreadable(f" ({path} n’est pas tel qu’il a été sauvegardé)")


def _stored(file: Path) -> StoredFile:
    with file.open("rb") as stream:
        return StoredFile(file.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())


def _paths(staged: Path) -> Mapping[str, Path]:
    return {
        file.relative_to(staged).as_posix(): file
        for file in staged.rglob("*")
        if file.is_file() and not file.is_symlink()
    }
