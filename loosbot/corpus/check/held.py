"""One version of a corpus, held in memory by a program that judges many changes of it.

A file that is as that version has it is neither fetched nor read as YAML again; what only the
whole corpus can tell (links, titles, ids) is judged anew each time. Files that a change brings are
not kept: they are somebody's words that nobody has accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loosbot.corpus import additions
from loosbot.corpus.check import drafts
from loosbot.corpus.check.drafts import Draft
from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.model import Entry, Tree
from loosbot.corpus.paths import Place, place


class Held:
    """A tree that does not change, and its files as they were read. Safe for several threads:
    at worst two of them read the same file."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._entries = tree.entries()
        paths = [
            entry.path
            for entry in self._entries
            if entry.kind == "file" and place(entry.path).kind != "other"
        ]
        self._bytes = dict(tree.read(paths))
        self._known: dict[str, Draft] = {}
        self._added = additions.current().text

    def entries(self) -> list[Entry]:
        """See ``Tree``."""
        return list(self._entries)

    def read(self, paths: Iterable[str], most: int = MAX_BYTES + 1) -> Iterator[tuple[str, bytes]]:
        """See ``Tree``."""
        wanted = list(paths)
        lacking = [path for path in wanted if path not in self._bytes or most <= MAX_BYTES]
        fetched = dict(self._tree.read(lacking, most)) if lacking else {}
        for path in wanted:
            yield path, fetched[path] if path in fetched else self._bytes[path]

    def drafts(self, files: Iterable[tuple[Place, bytes]]) -> list[Draft]:
        """Every file as :func:`drafts.read` gives it."""
        if additions.current().text != self._added:
            return [drafts.read(*file) for file in files]
        return [self._draft(*file) for file in files]

    def _draft(self, where: Place, source: bytes) -> Draft:
        if self._bytes.get(where.path) is not source:
            return drafts.read(where, source)
        known = self._known.get(where.path)
        if known is None:
            known = self._known[where.path] = drafts.read(where, source)
        # what is found together with other files is added to the copy alone
        return replace(known, faults=list(known.faults), findings=list(known.findings))
