"""A corpus in a folder, or with other bytes than there. Nothing is ever written or followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.model import Entry, Tree
from loosbot.corpus.paths import CONFIG
from loosbot.errors import UserError
from loosbot.files import reason

FOLDERS = ("narratives", "pages")
CORPUS_PATHS = (*FOLDERS, CONFIG)

_PLAINLY = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
MAX_ENTRIES = 200_000
MAX_FOLDERS_DEEP = 20


def is_leftover(name: str) -> bool:
    """Is this one of the names that editors and systems leave behind? They are no part of it."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name[-1] == "#")


def printable_path(raw: bytes) -> tuple[str, bool]:
    """A path as text, and whether it is truly that: bad UTF-8 is shown as ``\\xE9``."""
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace"), False


class FolderTree:
    """The tree of a corpus in the folder ``root``.

    A symlink is reported and never followed, be it to a file or to a folder. A name that is not
    UTF-8 is an ``other``: reported, not read. A folder that is a git repository of its own is one
    entry, as in a commit: its files would be read here, and by nobody else.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._start = os.path.join(root, "")  # noqa: PTH118 - see _read

    def entries(self) -> list[Entry]:
        """See ``Tree``. Raises UserError when a folder cannot be read or there is no end to it."""
        entries: list[Entry] = []
        wanted = {os.fsencode(name) for name in CORPUS_PATHS}
        with _naming(self.root), os.scandir(os.fsencode(self.root)) as names:
            tops = [name for name in names if name.name in wanted]
        for top in tops:
            if top.name != os.fsencode(CONFIG) and top.is_dir(follow_symlinks=False):
                self._collect(top, top.name, 1, entries)
            else:
                entries.append(_entry(top, top.name))
        return sorted(entries, key=lambda entry: entry.path)

    def read(self, paths: Iterable[str], most: int = MAX_BYTES + 1) -> Iterator[tuple[str, bytes]]:
        """See ``Tree``.

        Raises UserError for a file that is gone, unreadable, or no plain file inside ``root``.
        """
        for path in paths:
            yield path, self._read(path, most)

    def _read(self, path: str, most: int) -> bytes:
        parts = path.split("/")
        if not path.strip("/.") or path.startswith("/") or ".." in parts:
            raise UserError(f"{path} n’est pas dans le corpus.")
        # Path objects and file objects would cost more than reading 5,000 files does
        file = f"{self._start}{path}"
        descriptor = -1
        try:
            # a pipe must not block, and a symlink put there meanwhile must not be followed
            descriptor = os.open(file, _PLAINLY)
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise UserError(f"{path} n’est pas un fichier ordinaire.")
            return _read_up_to(descriptor, state.st_size, most)
        except OSError as error:
            raise _refused(file, error) from error
        finally:
            if descriptor >= 0:
                os.close(descriptor)

    def _collect(
        self, folder: os.DirEntry[bytes], path: bytes, depth: int, entries: list[Entry]
    ) -> None:
        if depth > MAX_FOLDERS_DEEP:
            raise too_deep(printable_path(path)[0])
        before = len(entries)
        with _naming(os.fsdecode(folder.path)), os.scandir(folder.path) as names:
            for name in names:
                if is_leftover(os.fsdecode(name.name)):
                    if name.name == b".git" and _is_repository(name):
                        entries[before:] = [Entry(printable_path(path)[0], 0, "repository")]
                        return
                    continue
                inner = b"%s/%s" % (path, name.name)
                if name.is_dir(follow_symlinks=False):
                    self._collect(name, inner, depth + 1, entries)
                    continue
                entries.append(_entry(name, inner))
                if len(entries) > MAX_ENTRIES:
                    raise UserError(
                        f"Ce dossier contient plus de {MAX_ENTRIES} fichiers.",
                        "Vérifiez que --corpus désigne bien le dossier d’un corpus.",
                    )


class Overlay:
    """A tree with other bytes for some of its files, or with some more."""

    def __init__(self, tree: Tree, files: Mapping[str, bytes]) -> None:
        self._tree = tree
        self._files = files

    def entries(self) -> list[Entry]:
        """See ``Tree``."""
        kept = [entry for entry in self._tree.entries() if entry.path not in self._files]
        new = [Entry(path, len(data), "file") for path, data in self._files.items()]
        return sorted([*kept, *new], key=lambda entry: entry.path)

    def read(self, paths: Iterable[str], most: int = MAX_BYTES + 1) -> Iterator[tuple[str, bytes]]:
        """See ``Tree``."""
        wanted = list(paths)
        old = dict(self._tree.read((path for path in wanted if path not in self._files), most))
        for path in wanted:
            yield path, self._files[path][:most] if path in self._files else old[path]


def _is_repository(name: os.DirEntry[bytes]) -> bool:
    """Whether git takes the folder of this ``.git`` for one; a submodule's is a file."""
    if name.is_dir(follow_symlinks=False):
        return os.access(name.path + b"/HEAD", os.F_OK)
    return name.is_file(follow_symlinks=False)


def _entry(name: os.DirEntry[bytes], path: bytes) -> Entry:
    shown, exact = printable_path(path)
    if name.is_symlink():
        return Entry(shown, 0, "symlink")
    if not exact or not name.is_file(follow_symlinks=False):
        return Entry(shown, 0, "other")
    try:
        return Entry(shown, name.stat(follow_symlinks=False).st_size, "file")
    except OSError as error:
        raise _refused(os.fsdecode(name.path), error) from error


def too_deep(folder: str) -> UserError:
    """The error on a folder below more than ``MAX_FOLDERS_DEEP`` others."""
    return UserError(
        f"{folder} : les dossiers sont imbriqués trop profondément.",
        f"Un corpus a au plus {MAX_FOLDERS_DEEP} niveaux de dossiers.",
    )


def _read_up_to(descriptor: int, size: int, limit: int) -> bytes:
    """All of a file, which may have grown since it was ``size`` bytes long, or its beginning."""
    first = os.read(descriptor, min(size + 1, limit))
    if len(first) == size:
        return first
    chunks, limit = [first], limit - len(first)
    while limit > 0 and (chunk := os.read(descriptor, min(limit, MAX_BYTES))):
        chunks.append(chunk)
        limit -= len(chunk)
    return b"".join(chunks)


@contextmanager
def _naming(path: str | Path) -> Iterator[None]:
    """Turn OSError into UserError that names the file."""
    try:
        yield
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: str | Path, error: OSError) -> UserError:
    shown = printable_path(os.fsencode(path))[0]
    if isinstance(error, FileNotFoundError):
        return UserError(f"{shown} n’existe pas, ou n’existe plus.")
    if isinstance(error, PermissionError):
        return UserError(
            f"Vous n’avez pas le droit de lire {shown}.", "Vérifiez les droits de ce fichier."
        )
    return UserError(f"{shown} ne peut pas être lu : {reason(error)}.")
