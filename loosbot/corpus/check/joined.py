"""Pictures and papers that records join: which of them are there, sound, and as they go out."""

from __future__ import annotations

import hashlib
import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from functools import partial

from loosbot.corpus import attached
from loosbot.corpus.attached import named, path_of
from loosbot.corpus.check.checkedfile import CheckedFile
from loosbot.corpus.model import Attached, Entry, Tree


def files_of(tree: Tree, read: list[CheckedFile]) -> dict[str, Attached]:
    """The files that records join, by path; what is wrong with one is a fault of its record."""
    named_files = [
        (checked, index, path_of(checked.place.path, name))
        for checked in read
        if checked.place.kind == "record"
        for index, name in named(checked.data)
        if ("documents", index, "fichier") not in checked.broken
    ]
    if not named_files:
        return {}
    sizes = {entry.path: entry.size for entry in tree.entries() if entry.kind == "file"}
    paths = _on_disk(sizes, (typed for _, _, typed in named_files))
    files: dict[str, Attached] = {}
    for checked, index, typed in named_files:
        path = paths[typed]
        size = sizes.get(path)
        fits = size is not None and size <= attached.MAX_BYTES
        data = _whole(tree, path) if fits else b""
        meant = attached.near(path, sizes) if size is None else ""
        written = meant and posixpath.relpath(meant, posixpath.dirname(checked.place.path))
        if (fault := attached.fault(index, path, size, data, written)) is not None:
            checked.faults.append(fault)
        elif typed not in files:
            kind = attached.kind_of(data)
            going = attached.cleaned(data, kind)
            sha1 = hashlib.sha1(going, usedforsecurity=False).hexdigest()
            files[typed] = Attached(path, kind, sha1, partial(_going, tree, path, kind))
    return dict(sorted(files.items()))


def _on_disk(sizes: Mapping[str, int], typed: Iterable[str]) -> dict[str, str]:
    """A Mac writes « é » as two signs: the name of the disk, for the one that is typed."""
    composed = {unicodedata.normalize("NFC", path): path for path in sorted(sizes)}
    return {
        name: name if name in sizes else composed.get(unicodedata.normalize("NFC", name), name)
        for name in typed
    }


def state_of(tree: Tree, entries: Iterable[Entry], typed: Iterable[str]) -> str:
    """What decides whether these files that records join are sound: names, sizes and bytes."""
    sizes = {entry.path: entry.size for entry in entries if entry.kind == "file"}
    states = []
    for name, path in sorted(_on_disk(sizes, typed).items()):
        size = sizes.get(path)
        fits = size is not None and size <= attached.MAX_BYTES
        if size is None:
            path = attached.near(path, sizes)
        states.append((name, path, size, fits and hashlib.sha256(_whole(tree, path)).hexdigest()))
    return hashlib.sha256(repr(states).encode("utf-8", "replace")).hexdigest() if states else ""


def _whole(tree: Tree, path: str) -> bytes:
    return next(data for _, data in tree.read([path], attached.MAX_BYTES + 1))


def _going(tree: Tree, path: str, kind: str) -> bytes:
    return attached.cleaned(_whole(tree, path), kind)
