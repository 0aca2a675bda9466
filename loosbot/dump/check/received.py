"""A dump as somebody received it: read with care, since nobody knows who made it.

Only ordinary files are opened, found by walking the folder: no symbolic link is followed, no pipe
waited for, and a name that the folder does not hold leads nowhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import stat
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from loosbot.corpus.wording import quoted
from loosbot.dump.check.bounds import LONGEST_TABLE, LONGEST_TEXT, MOST_FILES, Budget, LimitReached
from loosbot.dump.formats.participedia.files import CASES
from loosbot.errors import LoosbotError, UserError
from loosbot.files import reason
from loosbot.parsing import json_value

PACKAGE = "datapackage.json"
Row = Mapping[str, str]

_LONGEST_CELL = 1 << 24
"""Characters; the csv module's own limit is shorter than the text of one voice may be."""
_CHUNK = 1 << 20


class Unreadable(LoosbotError):
    """A file is not what its name says; the text says why, in French."""


class ReceivedDump:
    """A folder, the ordinary files in it, and what its descriptor says."""

    def __init__(self, root: Path, budget: Budget | None = None) -> None:
        self.root = root
        self.budget = budget or Budget()
        self.odd: list[str] = []
        """What is in the folder and no ordinary file, as faults."""
        self._files = dict(_walk(root, self.odd))
        self._digests: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._values: dict[tuple[str, str], frozenset[str]] = {}
        self._given_up: dict[str, str] = {}
        """Tables that are longer than a table may be: none is begun twice."""
        self.described: Mapping[str, Any] = {}
        self.tables: dict[str, Mapping[str, Any]] = {}

    def describe(self) -> None:
        """Read the descriptor. Raises Unreadable, LimitReached, OSError."""
        self.described = self.json(PACKAGE)
        for resource in groups(self.described.get("resources")):
            if isinstance(resource.get("schema"), dict) and "name" in resource:
                self.tables.setdefault(str(resource["name"]), resource)

    @property
    def names(self) -> frozenset[str]:
        """The ordinary files, by their path in the folder."""
        return frozenset(self._files)

    def size(self, name: str) -> int | None:
        """Bytes of a file; None for one that is not there."""
        return self._files.get(_plain(name))

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """A file of the folder, for reading. Raises OSError, Unreadable."""
        if self.size(name) is None:
            raise Unreadable("absent")
        # what was an ordinary file a moment ago may be a link or a pipe by now
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(self.root / _plain(name), flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Unreadable("pas un fichier ordinaire")
            yield file

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file in parts. Raises OSError, Unreadable, LimitReached."""
        with self.opened(name) as file:
            # before the first byte: one endless file leaves the others to be read
            self.budget.require(self.size(name) or 0)
            while chunk := file.read(_CHUNK):
                self.budget.read(len(chunk))
                yield chunk

    def read(self, name: str, most: int = LONGEST_TEXT) -> bytes:
        """The bytes of a file that is not longer than ``most`` bytes. Raises the same."""
        if (self.size(name) or 0) > most:
            raise LimitReached(f"pas relu, plus de {most >> 20} Mio")
        return b"".join(self.chunks(name))

    def json(self, name: str) -> Mapping[str, Any]:
        """The object that a JSON file holds. Raises the same."""
        try:
            value = json_value(self.read(name).decode("utf-8"))
        except ValueError as error:
            raise Unreadable("pas lisible") from error
        if not isinstance(value, dict):
            raise Unreadable("pas lisible")
        return value

    def digest(self, name: str) -> str:
        """The SHA-256 of a file; each is read once for it. Raises the same."""
        name = _plain(name)
        if name not in self._digests:
            digest = hashlib.sha256()
            for chunk in self.chunks(name):
                digest.update(chunk)
            self._digests[name] = digest.hexdigest()
        return self._digests[name]

    def hash_of(self, name: str) -> str:
        """What the descriptor says that the hash of a file is; "" where it says nothing."""
        resources = groups(self.described.get("resources"))
        described = next((each for each in resources if each.get("path") == name), {})
        return str(described.get("hash", ""))

    def path_of(self, table: str) -> str:
        """Where a table is."""
        return str(self.tables.get(table, {}).get("path", ""))

    def lines(self, table: str) -> Iterator[list[str]]:
        """The lines of a table, its header first. Raises OSError, Unreadable, LimitReached."""
        count = -1
        for line in self.csv(self.path_of(table)):
            count += 1
            yield line
        self._counts[table] = count

    def csv(self, name: str) -> Iterator[list[str]]:
        """The lines of a CSV file, without the byte order mark of the one that has it.

        Raises OSError, Unreadable, LimitReached.
        """
        csv.field_size_limit(_LONGEST_CELL)
        if name in self._given_up:
            raise LimitReached(self._given_up[name])
        try:
            data = io.BytesIO(self.read(name))
            text = io.TextIOWrapper(data, "utf-8-sig" if name == CASES else "utf-8", newline="")
            left = LONGEST_TABLE
            for line in csv.reader(text, strict=True):
                left -= len(line) + 8
                if left < 0:
                    self._given_up[name] = "pas relue jusqu’au bout, trop de cases"
                    raise LimitReached(self._given_up[name])
                self.budget.row(len(line))
                yield line
        except UnicodeDecodeError as error:
            raise Unreadable("pas en UTF-8") from error
        except csv.Error as error:
            raise Unreadable("pas un fichier CSV lisible") from error

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table; none where there is no such table. Raises as :meth:`lines`."""
        if table in self.tables:
            yield from by_column(self.lines(table))

    def count(self, table: str) -> int:
        """How many rows a table has. Raises the same."""
        if table not in self._counts:
            # once they are all read they are counted
            deque(self.lines(table), 0)
        return self._counts[table]

    def values(self, table: str, column: str) -> frozenset[str]:
        """What the cells of a column hold. Raises the same, and KeyError for no such column."""
        if (table, column) not in self._values:
            values = frozenset(row.get(column, "") for row in self.rows(table))
            self._values[table, column] = values
        return self._values[table, column]


def groups(value: Any) -> list[Mapping[str, Any]]:
    """The mappings of a list that a stranger wrote; none where it is no list."""
    return [group for group in value if isinstance(group, dict)] if isinstance(value, list) else []


def by_column(lines: Iterator[list[str]]) -> Iterator[Row]:
    """The rows of a table whose first line names its columns."""
    header = next(lines, [])
    for line in lines:
        yield dict(zip(header, line, strict=False))


def open_dump(root: Path) -> ReceivedDump:
    """Open a folder by its descriptor. Raises UserError."""
    dump = folder(root)
    try:
        dump.describe()
    except (Unreadable, LimitReached, OSError) as error:
        raise UserError(
            f"{PACKAGE} n’est pas lisible.", "Demandez une nouvelle copie de l’export."
        ) from error
    return dump


def folder(root: Path) -> ReceivedDump:
    """A folder that looks like a dump; its descriptor is not read yet. Raises UserError."""
    try:
        dump = ReceivedDump(root)
    except LimitReached as error:
        raise UserError(f"{quoted(str(root))} : {error}.", "Ce n’est pas un export.") from error
    if not any(name == PACKAGE for name in dump.names) and not any(
        name.startswith(PACKAGE) for name in dump.odd
    ):
        raise UserError(
            f"« {root} » n’est pas un export : {PACKAGE} n’y est pas.",
            "Indiquez un dossier fait par « loosbot dump build », ou décompressez son .zip.",
        )
    return dump


def _plain(name: str) -> str:
    return PurePosixPath(name).as_posix()


def _walk(root: Path, odd: list[str]) -> Iterator[tuple[str, int]]:
    """The ordinary files under a folder with their sizes. Raises LimitReached."""
    waiting, seen = [""], 0
    while waiting:
        inside = waiting.pop()
        try:
            entries = sorted(os.scandir(root / inside), key=lambda entry: entry.name)
        except OSError as error:
            odd.append(f"{inside or root} : dossier qui ne peut pas être lu, {reason(error)}")
            continue
        for entry in entries:
            seen += 1
            if seen > MOST_FILES:
                raise LimitReached(f"plus de {MOST_FILES} fichiers et dossiers")
            name = f"{inside}/{entry.name}".removeprefix("/")
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode):
                waiting.append(name)
            elif stat.S_ISREG(mode):
                yield name, entry.stat(follow_symlinks=False).st_size
            elif stat.S_ISLNK(mode):
                odd.append(f"{name} : lien symbolique, il n’est pas suivi")
            else:
                odd.append(f"{name} : ni fichier ni dossier, il n’est pas ouvert")
