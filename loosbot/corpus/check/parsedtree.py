"""One version of a corpus in memory, for programs that check many changes of it.

Unchanged files are neither fetched nor parsed again; links, titles and ids, which depend on the
whole corpus, are checked at each change. Changed files are never cached: nobody has accepted their
words yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from loosbot.corpus import additions
from loosbot.corpus.check import checkedfile
from loosbot.corpus.check.checkedfile import CheckedFile
from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.linkorder import by_source
from loosbot.corpus.links import Linker
from loosbot.corpus.model import Corpus, Entry, Link, Tree
from loosbot.corpus.paths import Place, place
from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ValidCorpus:
    """A corpus without errors: its files, and the linker that resolved them."""

    entries: list[Entry]
    read: list[CheckedFile]
    linker: Linker
    corpus: Corpus


class ParsedTree:
    """A tree that does not change, and its files as they were read. Safe for several threads:
    at worst two of them read the same file.

    ``sound`` is what was read of it already, if anything.
    """

    def __init__(self, tree: Tree, sound: ValidCorpus | None = None) -> None:
        self._tree = tree
        self._sound = sound
        self._added = additions.current().text
        self._known: dict[str, CheckedFile] = {}
        self._faultless: set[str] = set()
        if sound is None:
            self._entries = tree.entries()
            paths = [
                entry.path
                for entry in self._entries
                if entry.kind == "file" and place(entry.path).kind != "other"
            ]
            self._bytes = dict(tree.read(paths))
            return
        self._entries = sound.entries
        self._bytes = {checked.place.path: checked.source for checked in sound.read}
        for checked in sound.read:
            # the findings of any other file may come from files beside it: it is read again
            if checked.sound and not checked.faults and not checked.findings:
                self._known[checked.place.path] = checked
                self._faultless.add(checked.place.path)

    @property
    def corpus(self) -> Corpus | None:
        """The corpus of this version, if it was built and has no errors."""
        return self._sound.corpus if self._sound else None

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

    def checked_files(self, files: Iterable[tuple[Place, bytes]]) -> list[CheckedFile]:
        """Every file as :func:`checkedfile.read` gives it."""
        if additions.current().text != self._added:
            return [checkedfile.read(*file) for file in files]
        return [self._checked(*file) for file in files]

    def _checked(self, where: Place, source: bytes) -> CheckedFile:
        if self._bytes.get(where.path) is not source:
            return checkedfile.read(where, source)
        known = self._known.get(where.path)
        if known is None:
            known = self._known[where.path] = checkedfile.read(where, source)
        # a copy: checks across files add faults to it
        return replace(known, faults=list(known.faults), findings=list(known.findings))

    def leading(self, linker: Linker) -> Callable[[CheckedFile], Sequence[Link] | None]:
        """The links of an unchanged file without faults.

        None where they must be resolved: for any other file, and for all files where the change may
        alter where links lead.
        """
        sound = self._sound
        if sound is None or not _resolve_alike(linker, sound.linker):
            return lambda checked: None
        links = by_source(sound.corpus.links)

        def known(checked: CheckedFile) -> Sequence[Link] | None:
            path = checked.place.path
            if path not in self._faultless or self._bytes[path] is not checked.source:
                return None
            return links.get(checked.id, ())

        return known


def _resolve_alike(linker: Linker, other: Linker) -> bool:
    """Whether both linkers resolve every link alike, with the same faults."""
    return (linker.current, linker.titles, linker.passages, linker.short) == (
        other.current,
        other.titles,
        other.passages,
        other.short,
    )
