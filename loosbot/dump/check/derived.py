"""The files that are made from the tables, against the tables, which say all that is in them.

Somebody who changes one of them writes its sum again. They are made anew by what writes them, from
the edition that the tables tell (:mod:`rebuilt`). A dump of another format has them otherwise:
there only ids, titles and texts that they copy are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property

from loosbot.corpus import additions
from loosbot.dump.check import rebuilt
from loosbot.dump.check.entries import differences, pairs
from loosbot.dump.check.received import ReceivedDump, Unreadable
from loosbot.dump.filtered import Edition
from loosbot.dump.formats import (
    dublin_core,
    iramuteq,
    network,
    ohms,
    places,
    qda,
    texts,
    transition,
    vocabularies,
)
from loosbot.dump.formats.participedia import files as participedia
from loosbot.dump.formats.participedia.sheet import examined
from loosbot.dump.report import FORMAT
from loosbot.dump.report import NAME as REPORT
from loosbot.dump.tables.normative import TABLE_NAMES
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import Data

_COPIED = ("id", "titre", "resume", "texte")
"""The columns that files copy word for word, whatever the version."""
Write = Callable[[Edition, Sequence[Table]], Iterable[tuple[str, Data]]]


class Derived:
    """What the tables of a dump say, made into the other files again."""

    def __init__(self, dump: ReceivedDump) -> None:
        self._dump = dump
        self._whole: set[str] = set()
        self.made: set[str] = set()
        """The files that were compared."""

    @cached_property
    def _words(self) -> additions.Additions:
        # beside the words of the tool alone
        additions.use(additions.NONE)
        return rebuilt.words(self._dump)

    @cached_property
    def _edition(self) -> Edition:
        return rebuilt.edition(self._dump)

    @cached_property
    def _events(self) -> Table:
        return rebuilt.events(self._dump)

    @cached_property
    def _copied(self) -> frozenset[str] | None:
        """What of another format is compared; None for a dump of this one, where all is."""
        with suppress(Unreadable):
            if self._dump.json(REPORT).get("format") == FORMAT:
                return None
        names = ("fiches", "passages", *TABLE_NAMES.values())
        rows = (row for name in names for row in self._dump.rows(name))
        return frozenset(row[key] for row in rows for key in _COPIED if row.get(key))

    def unreadable(self) -> Iterator[str]:
        """Nothing; raises Unreadable, LimitReached, OSError, ValueError where the tables tell no
        edition."""
        with additions.kept():
            additions.use(self._words)
            # read once, for all formats
            _ = self._edition
            yield from ()

    def faults(self, name: str) -> Iterator[str]:
        """What the files of a format of :data:`FORMATS` say otherwise, each with its file."""
        with additions.kept():
            # what is in force is that of the dump until all is compared
            additions.use(self._words)
            yield from list(self._format_faults(name))
        self._whole.add(name)

    def _format_faults(self, name: str) -> Iterator[str]:
        for path, data in self._files(name):
            self.made.add(path)
            if self._dump.size(path) is not None:
                wanted = data if isinstance(data, bytes) else b"".join(data)
                for fault in self._otherwise(path, wanted):
                    yield f"{path} : {fault}"
            elif self._copied is None:
                yield f"{path} : les tables en disent de quoi le faire, il n’y est pas"

    def _files(self, name: str) -> list[tuple[str, Data]]:
        try:
            return list(FORMATS[name](self._edition, [self._events]))
        except Exception as error:
            # a stranger's tables may tell what no record of ours could be
            raise Unreadable(
                f"ne peut pas être refait d’après les tables ({type(error).__name__})"
            ) from error

    def _otherwise(self, path: str, wanted: bytes) -> Iterator[str]:
        try:
            for entries, given in pairs(self._dump, path, wanted):
                yield from differences(entries, given, self._dump.budget, self._copied)
        except Unreadable as error:
            yield str(error)

    def strays(self) -> Iterator[str]:
        """The files in the folders of the formats that nothing in the tables asks for."""
        for name in sorted(self._dump.names - self.made):
            if name.partition("/")[0] in self._whole and self._copied is None:
                yield f"{name} : rien de tel dans les tables"


FORMATS: Mapping[str, Write] = {
    "textes": texts.files,
    "iramuteq": iramuteq.files,
    "qda/recits.qdpx": qda.files,
    "qda": vocabularies.files,
    dublin_core.OMEKA: dublin_core.files,
    "reseau": network.files,
    places.PATH: places.files,
    transition.PATH: transition.files,
    "ohms": ohms.files,
    "participedia": lambda edition, tables: participedia.files(edition, examined(edition)),
}
"""What makes each from an edition and its events, by the folder or the file."""
