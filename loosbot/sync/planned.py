"""The values of a plan."""

from __future__ import annotations

import hashlib
from typing import Literal

from loosbot.decode.proposal import UnshownPiece
from loosbot.frozen import dataclass
from loosbot.wiki.revisions import PageState

Action = Literal[
    "create", "update", "move", "retire", "adopt", "none", "human-edit", "retrait",
    "deleted-on-wiki", "error",
]  # fmt: skip
WRITES: frozenset[Action] = frozenset({"create", "update", "move"})
"""Actions that sync carries out without an option that names the page."""
WAITS: frozenset[Action] = frozenset(
    {"adopt", "retire", "human-edit", "retrait", "deleted-on-wiki", "error"}
)
"""Actions that a person has to decide on."""

MADE = ("categorie/", "fichier/", "index/", "modele/", "rapport/")
"""Ids of pages that follow from others; a person looks for their own first."""

GONE = "La page a disparu pendant la lecture : relancez."
"""The reason for a page that was deleted between two of our reads."""

Mark = Literal["block", "missing", "doubled", "damaged"]


@dataclass(frozen=True, slots=True)
class PageFact:
    """Facts of the history of a page at one head revision. It never changes, so it is kept.

    ``mark`` is what the head holds; ``span`` and ``body`` are SHA-256 of its block with and
    without markers ("" where there is no block). ``written`` is the newest revision by our
    account, 0 when it never wrote there; ``written_span`` the hash of its block, "" where that
    is missing or does not match its own hash. ``published`` is the tag of the title that the
    corpus wanted then, "" where that revision is about another record: somebody may have pasted
    the block. ``record`` is the id of this corpus that its summary names, "" for none;
    ``elsewhere`` says that it holds the block of another record. ``user`` and ``changed`` are who
    changed our block last, and in which revision; ``altered`` that nobody did: the wiki stored
    another text than it was sent.
    """

    revision: int
    mark: Mark
    span: str
    body: str
    written: int
    written_span: str
    published: str
    user: str = ""
    changed: int = 0
    elsewhere: bool = False
    record: str = ""
    altered: bool = False

    @property
    def ours(self) -> bool:
        """Whether the block of the page is the one that we wrote last."""
        return self.mark == "block" and bool(self.written_span) and self.span == self.written_span


@dataclass(frozen=True, slots=True)
class ObservedPage:
    """One managed page as the wiki has it. ``fact`` is None until it is needed.

    ``trouble`` is why the page must wait for a person, with the action to show for it; where
    that is another record's page at its title, ``holder`` is that record. ``fresh`` says that a
    page that exists may be written over (the installer's Accueil).
    """

    id: str
    wanted: str
    state: PageState
    fact: PageFact | None = None
    action: Action | None = None
    trouble: str = ""
    holder: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """What is to be done about one page.

    ``title`` is the current one on the wiki, or the one to be; ``to`` the wanted one. ``text``
    is the whole new wikitext, None where nothing is written, ``before`` the present one.
    ``base`` is the revision it was made from, 0 for a new page; ``rendering`` the hash of what
    the corpus wants the block to be. ``user`` and ``revision`` say who changed our block, and
    in which revision; ``taken`` that it is published over their change all the same. ``takes``
    is the revision that our newest one, the head, took back in the same way. ``renamed`` says
    that a person gave the page its title: the corpus still wants the one that we published.
    ``remedy`` is what to do about a person's change of which ``pull`` can take nothing, in French.
    """

    id: str
    title: str
    to: str
    action: Action
    reason: str
    base: int = 0
    pageid: int = 0
    rendering: str = ""
    text: str | None = None
    before: str = ""
    user: str = ""
    revision: int = 0
    taken: bool = False
    takes: int = 0
    renamed: bool = False
    remedy: str = ""
    lacks: tuple[UnshownPiece, ...] = ()
    """What a page that people proposed holds and its record would lose."""


@dataclass(frozen=True, slots=True)
class Plan:
    """``pages`` are sorted by id; ``remarks`` are sentences for whoever looks at the plan."""

    pages: tuple[PlannedPage, ...]
    remarks: tuple[str, ...]

    @property
    def needs_human(self) -> bool:
        return any(page.action in WAITS for page in self.pages)


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
