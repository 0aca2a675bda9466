"""Records that left a corpus: the last commit that still had each."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from loosbot.corpus.paths import place
from loosbot.corpus.tree import CORPUS_PATHS, printable_path
from loosbot.frozen import dataclass
from loosbot.history.dates import committed
from loosbot.history.git import CHANGES, Repository
from loosbot.history.process import run


@dataclass(frozen=True, slots=True)
class LastVersion:
    """A commit: its whole id, and the committer's day (ISO 8601, UTC)."""

    id: str
    day: str


def last_versions(
    repository: Repository, revision: str, ids: Collection[str]
) -> dict[str, LastVersion]:
    """For each of these ids whose file is gone at ``revision``, the last commit that had it.

    That is the first parent of the newest commit which took the file away. An id without a file
    of its own, one whose file is still there, and one that left before a shallow clone begins
    are left out. Two git processes, whatever the number of ids. Raises UserError.
    """
    present = {place(path).id for path in repository.blob_ids(revision)} if ids else set()
    wanted = set(ids) - present
    if not wanted:
        return {}
    parents: dict[str, str] = {}
    for parent, path in _deletions(repository, revision):
        id_ = place(path).id
        if id_ in wanted:
            parents.setdefault(id_, parent)
    if not parents:
        return {}
    output = run(
        repository.folder,
        "log",
        "--no-walk=unsorted",
        "--format=%H %ct",
        "--end-of-options",
        *sorted(set(parents.values())),
        "--",
    )
    days = {}
    for line in output.decode("ascii").splitlines():
        identifier, _, seconds = line.partition(" ")
        days[identifier] = committed(seconds).date().isoformat()
    return {id_: LastVersion(id__, days[id__]) for id_, id__ in sorted(parents.items())}


def _deletions(repository: Repository, revision: str) -> Iterator[tuple[str, str]]:
    """(first parent, path) of every file that a commit took away, latest first."""
    output = run(
        repository.folder,
        "log",
        "-z",
        "--no-color",
        "--no-notes",
        "--format=commit %P",
        *CHANGES,
        "--diff-filter=D",
        "--diff-merges=first-parent",
        "--end-of-options",
        revision,
        "--",
        *CORPUS_PATHS,
    )
    parent = ""
    prefix = os.fsencode(repository.prefix)
    tokens = iter(output.split(b"\0"))
    for token in tokens:
        token = token.lstrip(b"\n")
        if token.startswith(b"commit "):
            parent = token.decode("ascii").split()[1] if token.strip() != b"commit" else ""
        elif token.startswith(b":"):
            yield parent, printable_path(next(tokens).removeprefix(prefix))[0]
