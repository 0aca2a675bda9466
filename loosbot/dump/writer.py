"""The one place that writes: a folder that appears whole or not at all, and its zip;
and JSON as every file of a dump has it."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from json.encoder import encode_basestring as _quoted
from pathlib import Path
from typing import Any, Final

from loosbot.errors import UserError
from loosbot.files import writing

SUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell: none of ours has a time."""
_NOTHING_LEFT = "Rien n’est resté à moitié écrit."
_ANOTHER = "Choisissez un autre dossier."

Data = bytes | Iterable[bytes]
"""What a file holds, whole or in parts."""


class Folder:
    """A dump being written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written: list[DumpFile] = []

    def write(self, files: Iterable[tuple[str, Data]]) -> None:
        """Write these files, one after the other. Paths are relative, with ``/``.

        Raises UserError.
        """
        for path, data in files:
            target = self.root / path
            size, digest = 0, hashlib.sha256()
            with writing(path, _ANOTHER, _NOTHING_LEFT):
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    for part in [data] if isinstance(data, bytes) else data:
                        size += file.write(part)
                        digest.update(part)
            self.written.append(DumpFile(path, size, digest.hexdigest()))

    def seal(self) -> None:
        """Write SHA256SUMS, as ``sha256sum -c`` reads it."""
        lines = (f"{written.sha256}  {written.path}\n" for written in sorted(self.written))
        self.write([(SUMS, "".join(lines).encode("utf-8"))])


def require_new(target: Path) -> None:
    """Raise UserError where a new folder cannot stand: over a file, a link, a full folder."""
    with writing(target, _ANOTHER):
        exists = target.is_symlink() or target.exists()
        if exists and (not target.is_dir() or any(target.iterdir())):
            raise UserError(f"« {target} » existe déjà et n’est pas vide.", _ANOTHER)


@contextmanager
def new_folder(target: Path) -> Iterator[Folder]:
    """A folder that becomes ``target`` when all went well. Raises UserError."""
    require_new(target)
    # « . » has no name of its own
    target = target.resolve()
    unfinished = target.with_name(f"{target.name}.en-cours")
    with writing(target, _ANOTHER):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
    try:
        yield Folder(unfinished)
        with writing(target, _ANOTHER):
            if target.exists():
                target.rmdir()
            unfinished.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def zip_folder(folder: Path, target: Path, prefix: str) -> None:
    """The files as one ZIP, under a folder named ``prefix``.

    Members are stored, not deflated: two builds of zlib do not give the same bytes. Raises
    UserError.
    """
    unfinished = target.with_name(f"{target.name}.en-cours")
    try:
        with (
            writing(target.name, _ANOTHER, _NOTHING_LEFT),
            zipfile.ZipFile(unfinished, "w") as archive,
        ):
            for path in sorted(file for file in folder.rglob("*") if file.is_file()):
                name = f"{prefix}/{path.relative_to(folder).as_posix()}"
                info = member(name)
                # known beforehand, so that the header need not be rewritten
                info.file_size = path.stat().st_size
                with path.open("rb") as file, archive.open(info, "w") as copy:
                    shutil.copyfileobj(file, copy)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def member(name: str) -> zipfile.ZipInfo:
    """A ZIP member without time stamp and host system."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


_LINE: Final = "\n"


@dataclass(frozen=True, slots=True, order=True)
class DumpFile:
    """A file of a dump: its path in it, its size in bytes and its SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


def json_bytes(value: Any) -> bytes:
    """Indented JSON, the same bytes for the same value."""
    return f"{_indented(value, _LINE)}\n".encode()


def _indented(value: Any, line: str) -> str:
    """As ``json.dumps`` with an indent of two does, which takes twice as long; ``line`` begins a
    line where the value stands."""
    if isinstance(value, str):
        return _quoted(value)
    inner = f"{line}  "
    if isinstance(value, dict) and value:
        parts = [f"{_quoted(key)}: {_indented(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"
    if isinstance(value, list | tuple) and value:
        parts = [_indented(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(parts)}{line}]"
    return json.dumps(value)
