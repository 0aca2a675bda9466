"""What people did on the wiki, and what became of it."""

from __future__ import annotations

from dataclasses import field

from loosbot.corpus.model import KeyPath
from loosbot.decode.regions import Region
from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class WikiEdit:
    """One edit of a block by a person: its body ``before`` and ``after``."""

    revision: int
    user: str
    timestamp: str
    comment: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditedPage:
    """A page whose block people changed since we published it, and the edits that did it.

    ``edits`` are in their order; together they lead from our last body to the present one.
    ``marks`` is what they wrote in the two comments around the block.
    """

    id: str
    title: str
    edits: tuple[WikiEdit, ...]
    marks: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class RenamedPage:
    """A page that a person renamed, and that the corpus still calls otherwise. ``namespace`` is the
    name before its title, "" where it is an article."""

    id: str
    title: str
    user: str
    timestamp: str
    namespace: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A page whose block cannot be found again."""

    id: str
    title: str
    reason: str
    user: str
    revision: int


@dataclass(frozen=True, slots=True)
class WikiEdits:
    """Everything that people did, by page, sorted by id."""

    edited: tuple[EditedPage, ...]
    renamed: tuple[RenamedPage, ...]
    unreadable: tuple[Unreadable, ...]


@dataclass(frozen=True, slots=True)
class CarriedChange:
    """A change that went into a file. ``before`` and ``after`` are as the page shows it.

    ``removed``: whether the whole field went from the page, and so from the file.
    """

    path: KeyPath
    label: str
    before: str
    after: str
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that changed on the wiki and in the file, in two ways; the file keeps its own."""

    path: KeyPath
    label: str
    base: str
    wiki: str
    file: str


@dataclass(frozen=True, slots=True)
class Remainder:
    """What stays on the wiki: no field of the file can say it. ``reason`` is French.

    ``path`` is the field where it was tried, () where there is none; ``code`` that of the fault
    that ``check`` would find, "" for none.
    """

    path: KeyPath
    label: str
    before: str
    after: str
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class PendingVoice:
    """A voice that a person put in, and that its file holds without an agreement to show it: the
    page keeps the words where they were typed. ``text`` is what the page shows."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One edit carried back: the new bytes of its file, None where nothing of it changes."""

    data: bytes | None
    taken: tuple[CarriedChange, ...]
    conflicts: tuple[Conflict, ...] = ()
    left: tuple[Remainder, ...] = ()


@dataclass(frozen=True, slots=True)
class FileChange:
    """One wiki edit that changes one file, for one commit. ``page`` is the wiki's title."""

    id: str
    page: str
    path: str
    data: bytes
    revision: int
    user: str
    timestamp: str
    comment: str
    labels: tuple[str, ...]


@dataclass(slots=True)
class PageResult:
    """What became of one page. ``path`` is its file, "" where it has none."""

    id: str
    title: str
    path: str
    users: tuple[str, ...] = ()
    revision: int = 0
    taken: list[CarriedChange] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[Remainder] = field(default_factory=list)
    waiting: list[PendingVoice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PullResult:
    """The result of a pull: new bytes by path, the changes in the order of the wiki's edits."""

    pages: tuple[PageResult, ...]
    files: dict[str, bytes]
    changes: tuple[FileChange, ...]

    @property
    def complete(self) -> bool:
        """Whether everything that people did is in the files now."""
        return not any(page.conflicts or page.left for page in self.pages)
