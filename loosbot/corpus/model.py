"""The values that the corpus room hands to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import chain
from typing import Any, Literal, Protocol, TypeVar

from loosbot.corpus.types import RECORD_TYPES as RECORD_TYPES
from loosbot.frozen import dataclass

T = TypeVar("T")
Severity = Literal["error", "warning"]
KeyPath = tuple[str | int, ...]
"""Where a value stands in a YAML document: ``("voix", 0, "texte")``; ``()`` is the document."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault in one file. ``line`` and ``column`` count from 1, in characters."""

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""


def of_file(path: str, code: str, message: str, hint: str, severity: Severity = "error") -> Finding:
    """A finding on a file as a whole, told at its beginning."""
    return Finding(path, 1, 1, severity, code, message, hint)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text; both count from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a tree. ``path`` is relative, with ``/``."""

    path: str
    size: int
    kind: Literal["file", "symlink", "repository", "other"]


class Tree(Protocol):
    """Where a corpus is read from: a folder, or a commit. Reading never writes."""

    def entries(self) -> list[Entry]:
        """Everything under ``narratives/`` and ``pages/``, and ``loosbot.yaml``; sorted by path."""

    def read(self, paths: Iterable[str], most: int = ...) -> Iterator[tuple[str, bytes]]:
        """The bytes of these files, in the order asked, in one batch; ``most`` of each."""


@dataclass(frozen=True, slots=True)
class Config:
    """``loosbot.yaml``. Only ``corpus`` must be written."""

    corpus: str
    commune: str = ""
    insee: str = ""
    langue: str = "fr"
    portail: str = "Accueil"
    prefixe_modeles: str = ""
    prefixe_categories: str = ""
    prefixe_pages: str = ""
    wiki: str = ""
    auteurs: Mapping[str, str] = field(default_factory=dict)
    publient: Sequence[str] = ()
    """Groups of the wiki that may publish from the town's atelier."""
    atelier: str = ""
    referentiel: str = "oui"
    """Whether the document whose sections the rules and the vocabularies cite is this town's."""
    regles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What the town changes in the rules of traceability, by code."""


@dataclass(frozen=True, slots=True)
class Record:
    """One YAML record, valid against the schema of its type.

    ``id`` is ``type/slug``; ``data`` is the document as plain dicts, lists and scalars.
    Positions are found again from the file when they are needed (``reader.locate``).
    """

    id: str
    type: str
    path: str
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.data["titre"])

    @property
    def names(self) -> tuple[str, ...]:
        """Its title and its other names."""
        return self.title, *map(str, self.data.get("variantes", ()))


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page of ``pages/``: ``id`` is ``page/<path without .md>``."""

    id: str
    path: str
    data: Mapping[str, Any]
    text: str

    @property
    def title(self) -> str:
        return str(self.data["titre"])


@dataclass(frozen=True, slots=True)
class IndexPage:
    """A declared index of ``pages/index/``: ``id`` is ``index/<slug>``."""

    id: str
    path: str
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.data["titre"])


Document = Record | Page | IndexPage
"""What has a title, data and a file of its own."""


@dataclass(frozen=True, slots=True)
class Template:
    """A MediaWiki template: ``id`` is ``modele/<name>``, ``text`` its wikitext.

    ``path`` is empty for a template that comes with the tool.
    """

    id: str
    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """A version of the code source, as ``pages/versions.yaml`` names it.

    ``date`` is a "date souple"; ``tag`` and ``commit`` are "" where git does not hold it.
    """

    name: str
    title: str
    date: str
    sentence: str
    tag: str
    commit: str

    @property
    def revision(self) -> str:
        """What git is asked for: the commit, which nobody can move, before the tag."""
        return self.commit or (f"refs/tags/{self.tag}" if self.tag else "")


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """``source`` refers to ``target``; ``path`` says from which of its fields."""

    source: str
    path: KeyPath
    target: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A joined file. ``kind`` is what it holds: jpg, png or pdf; ``sha1`` is of what goes out,
    which ``load`` reads again."""

    path: str
    kind: str
    sha1: str
    load: Callable[[], bytes]


class Cleared(Protocol):
    """Knows in which records nothing was found before; see ``check/cleared.py``."""

    def among(
        self,
        records: Sequence[Record],
        looked_for: object,
        ask: Callable[[Sequence[Record]], set[str]],
    ) -> set[str]: ...


@dataclass(frozen=True, slots=True)
class Corpus:
    """A whole corpus without any error. Every mapping is sorted by id."""

    config: Config
    records: Mapping[str, Record]
    pages: Mapping[str, Page]
    indexes: Mapping[str, IndexPage]
    templates: Mapping[str, Template]
    links: Sequence[Link]
    backlinks: Mapping[str, tuple[Link, ...]]
    """Links by target, sorted."""
    versions: Sequence[NamedVersion] = ()
    """The oldest first."""
    attached: Mapping[str, Attached] = field(default_factory=dict)
    """Files that records join, by path."""
    unsaid: frozenset[str] = frozenset()
    """Ids made of the name of somebody who is masked here: they and their paths are not shown."""

    linked_from: Mapping[str, Record] = field(default_factory=dict, compare=False, repr=False)
    """The records that ``links`` were found in: what is another object may lead elsewhere."""
    cleared: Cleared | None = field(default=None, compare=False, repr=False)
    """None where nothing is known of it."""
    _worked_out: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, work_out: Callable[[], T]) -> T:
        """The result of ``work_out``, cached for this corpus object.

        Not cached for a watched corpus (``render/watch.py``): the reads of a second call would go
        unrecorded.
        """
        if not isinstance(self.records, dict):
            return work_out()
        if name not in self._worked_out:
            self._worked_out[name] = work_out()
        known: T = self._worked_out[name]
        return known

    def document(self, id_: str) -> Document | None:
        """The record, the page or the index of this id; None where there is none."""
        return self.records.get(id_) or self.pages.get(id_) or self.indexes.get(id_)

    def documents(self) -> Iterator[Document]:
        """The records, the pages, then the indexes, each sorted by id."""
        return chain(self.records.values(), self.pages.values(), self.indexes.values())

    def place_of(self, id_: str, path: str) -> str:
        """A path or id that may be shown: the folder alone, where the rest contains a masked
        name."""
        return f"{path.rpartition('/')[0]}/…" if id_ in self.unsaid else path


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a tree gave. ``corpus`` is None as soon as one finding is an error."""

    corpus: Corpus | None
    findings: tuple[Finding, ...]
    files: int
    records: int
    judged: int = field(default=0, compare=False, repr=False)
    """How many of the files were read in earnest, the others being known."""

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)
