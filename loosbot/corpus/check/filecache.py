"""A cache of parsed files: a file that did not change is not parsed as YAML again.

It lies in the cache folder, is shared by all clones of a town, and is keyed by the hash of path and
bytes, for one version of the tool and its additions. Only files of the present corpus, without
faults, and that mention nobody who withdrew are in it. A few entries are parsed again at each run;
where one differs, or a file of the cache is missing or malformed, the cache is ignored.
"""

from __future__ import annotations

import hashlib
import json
import random
from binascii import crc32
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from loosbot import resources
from loosbot.corpus import additions
from loosbot.corpus.check import cachefolder, checkedfile
from loosbot.corpus.check.checkedfile import CheckedFile, key_of
from loosbot.corpus.model import Corpus, Tree
from loosbot.corpus.paths import CONFIG, Place
from loosbot.corpus.privacy.batch import all_at_once
from loosbot.corpus.privacy.mentions import MentionTest
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError
from loosbot.files import write_private
from loosbot.frozen import dataclass
from loosbot.parsing import json_value

_VERSION: Final = 1
_SHARDS: Final = "0123456789abcdef"
"""A changed file writes one of so many files again."""
_FOLDER: Final = "lus-"
ANSWERS: Final = "dit.json"
"""What ``check`` said; see ``incremental.py``."""
HASHES: Final = "rien.json"
"""Hashes alone; see ``cleared.py``."""
_SAMPLE: Final = 4
"""Entries that are read again at each run."""


def of(tree: Tree) -> FileCache | None:
    """The cache for the corpus of a folder; None for any other tree, or without a cache folder."""
    place = place_of(tree)
    return FileCache(*place) if place else None


def place_of(tree: Tree) -> tuple[Path, str] | None:
    """The cache folder of this tree, and the scope that its files must name to be used (a
    SHA-256 of what else their content depends on); None as for :func:`of`."""
    kept = cachefolder.folder()
    if kept is None or not isinstance(tree, FolderTree):
        return None
    scope = json.dumps([_VERSION, resources.tool(), additions.current().text])
    return kept / f"{_FOLDER}{town_of(tree)}", hashlib.sha256(scope.encode()).hexdigest()


def town_of(tree: Tree) -> str:
    """What the clones of a town have in common and other towns have not, in 24 signs of a hash: the
    line of ``loosbot.yaml`` that names the corpus.

    What is kept is found by it, and trusted by hashes of its own: two towns of one name would only
    take each other's place.
    """
    try:
        source = b"".join(source for _, source in tree.read([CONFIG]))
    except UserError:
        source = b""
    line = next((line for line in source.splitlines() if line.startswith(b"corpus:")), b"")
    return hashlib.sha256(line.rstrip()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class _Shard:
    """One file of the cache as read. ``mark`` is that of the withdrawals that its entries do not
    mention."""

    mark: str
    entries: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """What ``test`` finds in the files of a run: ``mentions`` says of the key of each file whether
    it mentions somebody who withdrew."""

    test: MentionTest
    mentions: Mapping[str, bool]


class FileCache:
    """The cache of one town. ``judged`` counts the files that were parsed."""

    def __init__(self, folder: Path, scope: str) -> None:
        self._folder = folder
        self._scope = scope
        self._opened: dict[str, _Shard] = {}
        self._used: set[str] = set()
        self.judged = 0

    def read(self, files: Iterable[tuple[Place, bytes]]) -> list[CheckedFile]:
        """Every file as :func:`checkedfile.read` gives it."""
        all_known, known = [], []
        for place, source in files:
            checked = self._known(place, source)
            if checked is None:
                self.judged += 1
                checked = checkedfile.read(place, source)
            else:
                known.append(checked)
            all_known.append(checked)
        if all(map(_holds_still, random.sample(known, min(_SAMPLE, len(known))))):
            return all_known
        self._opened = {name: _Shard("", {}) for name in _SHARDS}
        self._used = set()
        self.judged = len(all_known)
        return [checkedfile.read(checked.place, checked.source) for checked in all_known]

    def keep(self, read: Iterable[CheckedFile], corpus: Corpus) -> Kept:
        """Replace the cache by what may be kept of these files, which make this corpus."""
        test = MentionTest(corpus)
        mark = test.mark
        wanted: dict[str, dict[str, Any]] = {name: {} for name in _SHARDS}
        mentions: dict[str, bool] = {}
        doubtful: dict[str, CheckedFile] = {}
        for checked in read:
            key = checked.key
            before = self._shard(key[0])
            known = checked.sound and checked.data is not None and before.mark == mark
            if known and key in self._used:
                wanted[key[0]][key] = before.entries[key]
            elif known and before.entries.get(key, key) is None:
                wanted[key[0]][key] = None
            else:
                doubtful[key] = checked
                continue
            mentions[key] = wanted[key[0]][key] is None
        texts = {
            key: checked.source.decode("utf-8", "replace") for key, checked in doubtful.items()
        }
        quiet = set(
            all_at_once(
                list(texts), lambda keys: not test.in_text("\n".join(texts[key] for key in keys))
            )
        )
        for key, checked in doubtful.items():
            mentions[key] = (
                test.in_data(checked.data)
                if key in quiet
                else test.in_file(texts[key], checked.data)
            )
            if checked.sound and checked.data is not None:
                # None marks a file that was checked and must not be kept
                wanted[key[0]][key] = None if mentions[key] else _entry(checked)
        if any(self._shard(name).mark != mark for name in _SHARDS):
            # a clone of before a withdrawal writes here too
            with suppress(OSError):
                (self._folder / ANSWERS).unlink(missing_ok=True)
        for name, entries in wanted.items():
            self._write(name, mark, entries)
        return Kept(test, mentions)

    def exchange(
        self, gone: Iterable[str], new: Mapping[str, CheckedFile | None], mark: str
    ) -> None:
        """Replace the entries ``gone`` by those of these files (None for one that mentions somebody
        who withdrew). Only their shards are read and written, so that one changed file costs two
        sixteenths.
        """
        wanted: dict[str, dict[str, Any]] = {}
        for key in gone:
            wanted.setdefault(key[0], {**self._shard(key[0]).entries}).pop(key, None)
        for key, checked in new.items():
            entries = wanted.setdefault(key[0], {**self._shard(key[0]).entries})
            if checked is None or (checked.sound and checked.data is not None):
                entries[key] = None if checked is None else _entry(checked)
        for name, entries in wanted.items():
            if self._shard(name).mark == mark:
                self._write(name, mark, entries)

    def _write(self, name: str, mark: str, entries: dict[str, Any]) -> None:
        before = self._shard(name)
        if before.mark != mark or before.entries != entries:
            write_cache(
                self._folder / f"{name}.json",
                {"scope": self._scope, "mark": mark, "entries": entries},
            )

    def _known(self, place: Place, source: bytes) -> CheckedFile | None:
        key = key_of(place, source)
        checked = _checked(place, source, key, self._shard(key[0]).entries.get(key))
        if checked is not None:
            self._used.add(key)
        return checked

    def _shard(self, name: str) -> _Shard:
        if name not in self._opened:
            self._opened[name] = self._from_disk(name)
        return self._opened[name]

    def _from_disk(self, name: str) -> _Shard:
        try:
            raw = read_cache(self._folder / f"{name}.json")
            if raw["scope"] == self._scope and isinstance(raw["entries"], dict):
                return _Shard(str(raw["mark"]), raw["entries"])
        except (OSError, ValueError, TypeError, KeyError):
            pass
        return _Shard("", {})


def is_rid(folder: Path, mark: str) -> bool:
    """Whether a folder holds nothing but what was kept of a corpus, free of the withdrawals that
    this mark knows (``MentionTest``), and hashes."""
    if not folder.name.startswith(_FOLDER) or folder.is_symlink() or not folder.is_dir():
        return False
    files = [file for file in folder.iterdir() if file.name != HASHES]
    try:
        return all(read_cache(file)["mark"] == mark for file in files)
    except (OSError, ValueError, TypeError, KeyError):
        return False


def read_cache(file: Path) -> Any:
    """What :func:`write_cache` wrote there. Raises OSError, and ValueError where a bit changed."""
    text, _, checksum = file.read_bytes().rpartition(b"\n")
    if checksum != b"%08x" % crc32(text):
        raise ValueError("damaged, or of an older version")
    return json_value(text)


def write_cache(file: Path, data: Mapping[str, Any]) -> None:
    """Write a file of the cache, readable by its owner alone. Never raises OSError.

    It is JSON, then its CRC-32: one letter changed by a worn disk would be published.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps(data, ensure_ascii=False)
        write_private(file, f"{text}\n{crc32(text.encode()):08x}")
    except (OSError, ValueError):
        # a full disk or a read-only home only makes the next run slower
        return


def _entry(checked: CheckedFile) -> list[Any]:
    return [checked.name, checked.id, checked.data, checked.body, checked.start]


def _checked(place: Place, source: bytes, key: str, entry: Any) -> CheckedFile | None:
    match entry:
        case [str(name), str(id_), dict(data), str(body), int(start)]:
            return CheckedFile(place, source, name, id_, data, body, start, sound=True, key=key)
    return None


def _holds_still(checked: CheckedFile) -> bool:
    again = checkedfile.read(checked.place, checked.source)
    return again.sound and repr(_entry(again)) == repr(_entry(checked))
