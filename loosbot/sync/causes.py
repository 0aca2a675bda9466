"""Which changed files cause a page to change, compared with the published commit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from loosbot.corpus.model import Corpus
from loosbot.corpus.paths import id_of
from loosbot.corpus.tree import FolderTree
from loosbot.frozen import dataclass
from loosbot.history.git import Repository
from loosbot.sync.planned import PlannedPage
from loosbot.sync.report import diff

_SHA256 = 64


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs from the published version. ``how`` is « nouvelle », « changée » or
    « retirée »; ``title`` is "" where it is not known any more."""

    id: str
    how: str
    title: str


def changes(repository: Repository | None, commit: str | None, corpus: Corpus) -> list[Change]:
    """The files that differ from that commit; none without git."""
    if repository is None or not commit or repository.resolve(commit) is None:
        return []
    before = {id_of(path): blob for path, blob in repository.blob_ids(commit).items()}
    tree = FolderTree(repository.folder)
    paths = [entry.path for entry in tree.entries() if entry.kind == "file" and id_of(entry.path)]
    length = len(next(iter(before.values()), ""))
    now = {id_of(path): _blob(data, length) for path, data in tree.read(paths)}
    causes = []
    for id_ in sorted((before.keys() | now.keys()) - {""}):
        if before.get(id_) != now.get(id_):
            how = "retirée" if id_ not in now else "changée" if id_ in before else "nouvelle"
            causes.append(Change(id_, how, _title(id_, corpus)))
    return causes


def causes(page: PlannedPage, changed: Sequence[Change], corpus: Corpus) -> list[Change]:
    """The changes that cause this page to change; none where that is unknown.

    Its own file first; else the records that the changed lines name, or that name its record.
    """
    own = [change for change in changed if change.id == page.id]
    if own or page.text is None:
        return own
    lines = "\n".join(line[1:] for line in diff(page) if line[:1] in "+-")
    named = [change for change in changed if change.title and change.title in lines]
    if named:
        return named
    linked = {link.source for link in corpus.backlinks.get(page.id, ())}
    linked |= {link.target for link in corpus.links if link.source == page.id}
    return [change for change in changed if change.id in linked]


def _title(id_: str, corpus: Corpus) -> str:
    document = corpus.document(id_)
    return document.title if document else ""


def _blob(data: bytes, length: int) -> str:
    """The blob id of these bytes: SHA-1 or SHA-256, by the ``length`` of ids in the repository."""
    head = f"blob {len(data)}\0".encode()
    if length == _SHA256:
        return hashlib.sha256(head + data).hexdigest()
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest()


Causes = Mapping[str, Sequence[Change]]
"""Id of a page -> why it changes."""
