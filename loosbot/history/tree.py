"""A corpus in a commit: the same as a folder, without a checkout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.model import Entry
from loosbot.corpus.tree import CORPUS_PATHS, MAX_ENTRIES, MAX_FOLDERS_DEEP, is_leftover, too_deep
from loosbot.errors import UserError
from loosbot.history.git import Blob, Repository
from loosbot.history.process import conversation

_BATCH = 200
"""Requests sent before the answers are read: they must fit in a pipe (64 KiB; 65 bytes each)."""


class CommitTree:
    """The tree of a corpus at one commit. Works in a bare repository, and inside a push.

    ``root`` is the corpus's folder below the one on which the repository was opened, "" if it is
    that one. Raises UserError for an unknown commit.
    """

    def __init__(self, repository: Repository, commit: str, root: str = "") -> None:
        self._repository = repository
        below = root.strip("/") + "/" if root.strip("/") else ""
        blobs = repository.blobs(commit, [below + path for path in CORPUS_PATHS])
        self._blobs = {
            path: blob
            for blob in blobs
            if not any(map(is_leftover, (path := blob.path.removeprefix(below)).split("/")))
        }
        if len(self._blobs) > MAX_ENTRIES:
            raise UserError(f"Ce commit contient plus de {MAX_ENTRIES} fichiers.")
        for path in self._blobs:
            if path.count("/") > MAX_FOLDERS_DEEP:
                raise too_deep("/".join(path.split("/")[: MAX_FOLDERS_DEEP + 1]))

    def entries(self) -> list[Entry]:
        """See ``Tree``. A submodule is a ``repository``, a name that is not UTF-8 an ``other``."""
        return [_entry(path, blob) for path, blob in sorted(self._blobs.items())]

    def read(self, paths: Iterable[str], most: int = MAX_BYTES + 1) -> Iterator[tuple[str, bytes]]:
        """See ``Tree``.

        Raises UserError for a path that is no plain file of the commit.
        """
        wanted = list(paths)
        ids = (self._blob_id(path) for path in wanted)
        yield from zip(wanted, contents(self._repository, ids, most), strict=True)

    def _blob_id(self, path: str) -> str:
        blob = self._blobs.get(path)
        if blob is None or _entry(path, blob).kind != "file":
            raise UserError(f"{path} n’est pas un fichier de ce commit.")
        return blob.id


def contents(
    repository: Repository, blobs: Iterable[str], most: int = MAX_BYTES + 1
) -> Iterator[bytes]:
    """The bytes of these blobs, in their order, from one process.

    Of a longer one only ``most`` bytes are given. Raises UserError for a blob that
    the repository does not hold.
    """
    wanted = iter(blobs)
    with conversation(repository.folder, "cat-file", "--batch") as git:
        if git.stdin is None or git.stdout is None:
            raise AssertionError("a conversation has both its pipes")
        while batch := list(islice(wanted, _BATCH)):
            git.stdin.write("".join(f"{blob}\n" for blob in batch).encode("ascii"))
            git.stdin.flush()
            for blob in batch:
                yield _answer(git.stdout, blob, most)


def _entry(path: str, blob: Blob) -> Entry:
    if blob.mode == "120000":
        return Entry(path, 0, "symlink")
    if blob.mode == "160000" and blob.readable:
        return Entry(path, 0, "repository")
    if blob.mode not in ("100644", "100755", "100664") or not blob.readable:
        return Entry(path, 0, "other")
    return Entry(path, blob.size, "file")


def _answer(stream: IO[bytes], blob: str, most: int) -> bytes:
    """One answer of ``cat-file --batch``: ``id blob size``, the bytes, a line feed."""
    header = stream.readline().split()
    if len(header) != 3 or header[1] != b"blob":
        raise UserError(
            f"git ne retrouve pas le contenu {blob[:12]}.", "Vérifiez le dépôt avec « git fsck »."
        )
    size = int(header[2])
    data = stream.read(min(size, most))
    left = size - len(data)
    while left > 0 and (skipped := stream.read(min(left, MAX_BYTES))):
        left -= len(skipped)
    stream.read(1)
    return data
