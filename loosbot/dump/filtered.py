"""What every format is written from: one edition of the corpus, already filtered.

``source`` reads a corpus, ``edition`` turns it into an :class:`Edition`, each format is a pure
function from it to files, ``writer`` puts them in a folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from loosbot.corpus.model import Link, Record
from loosbot.corpus.values import STATES

Kind = Literal["publique", "recherche"]
KINDS: tuple[Kind, ...] = ("publique", "recherche")
THRESHOLD = 5
"""The k of k-anonymity: the fewest persons that a combination of published cells may match."""
Motive = Literal["", "inconnu", "masque", "sans-objet"]
"""Why a cell is empty. "" where it is not, and where the record says nothing at all."""


class Withheld(str):
    """What stands in a record where something was left out; compare with ``is WITHHELD``."""

    __slots__ = ()


WITHHELD = Withheld("masque")


def motive(value: Any) -> Motive:
    """Which of the three nothings a value is; "" for a value, and for no value at all."""
    if value is WITHHELD:
        return "masque"
    if isinstance(value, str) and value in STATES:
        return "inconnu" if value == "inconnu" else "sans-objet"
    return ""


def known(value: Any) -> Any:
    """A value, or None where it is one of the nothings."""
    return None if value is None or motive(value) else value


def stated(value: Any) -> Any:
    """The value of a fact, whether it is written alone or with its status."""
    return value["valeur"] if isinstance(value, dict) and "valeur" in value else value


def value_of(record: Record, key: str) -> Any:
    """What a record says under a key; None where it is one of the nothings."""
    return known(stated(record.data.get(key)))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Of what, and when. ``date`` is HEAD's day in UTC (ISO 8601), "" without git.

    ``commit`` is "" without git and in the public edition; ``modified``: whether files differed
    from it. ``consents`` is the day on which consents were judged: the later of ``date`` and of the
    real one. ``tool`` is what wrote the dump, with its version.
    """

    corpus: str
    commune: str
    insee: str
    language: str
    date: str
    commit: str
    modified: bool
    consents: str
    tool: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What one voice says. ``text`` is plain text, or :data:`WITHHELD`.

    ``text`` is ``RecitText.text[start:end]``, in Unicode code points; both are 0 where it is
    withheld. ``film`` tells from which second to which of the film it is said, None where nobody
    noted it.
    """

    id: str
    record: str
    rank: int
    speakers: tuple[str, ...]
    role: str
    nature: str
    date: str
    year: str
    themes: tuple[str, ...]
    effects: tuple[str, ...]
    frictions: tuple[str, ...]
    text: str
    start: int = 0
    end: int = 0
    film: tuple[int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class RecitText:
    """The words of one récit: its passages that may be shown, a blank line between two."""

    record: str
    title: str
    text: str
    passages: tuple[Passage, ...]


class StageRow(NamedTuple):
    """How far one stage of a project is attested, as the traceability report sees it; ``word`` is
    what the page and the report say of it. ``asked`` tells whether a rule of the town asks for it:
    the report does not count a stage of which nothing is said and that nothing asks for."""

    record: str
    stage: str
    state: str
    date: str
    sources: tuple[str, ...]
    word: str
    asked: bool


class GapRow(NamedTuple):
    """One thing that the traceability report asks to complete; ``rank`` among those of its rule.

    ``message`` is :data:`WITHHELD` where it quotes what is not in this edition; ``line`` is 0 in
    the public one.
    """

    record: str
    rule: str
    rank: int
    severity: str
    message: str
    since: str
    section: str
    line: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """One table's check of small groups: what was asked, found and left out."""

    table: str
    columns: tuple[str, ...]
    k: int
    rows: int
    smallest: int
    """Persons of the smallest combination that is shown whole; 0 where none is."""
    hidden: Mapping[str, int]
    """Cells left out, by column."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the filters did, for ``rapport.json``; counts only."""

    pseudonyms: int
    withdrawn: int
    withheld: Mapping[str, int]
    """Values left out, by reason: ``relecture``, ``consentement``, ``personne``, ``adresse``."""
    replaced: Mapping[str, int]
    """Pieces of text replaced, by kind: ``noms``, ``courriels``, ``telephones``…"""
    groups: tuple[Grouping, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from: the newest commit that changed its file (recherche only)."""

    path: str
    commit: str
    date: str
    role: str


@dataclass(frozen=True, slots=True)
class WikiPage:
    """A page as the wiki would hold it: its whole text, markers included."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A corpus as one kind of reader may have it. Every mapping is sorted by id.

    In ``records`` Markdown has become plain text, links name published ids, and what is left out
    is :data:`WITHHELD`; a target of ``ties`` may be a pseudonym. ``people`` are the ids of records
    that stand for somebody by pseudonym.
    ``pages`` and ``origins`` are for ``recherche`` only: they lead back. ``pages`` are gone
    through once; they may be rendered only then, or by another process meanwhile.
    ``renamed`` gives the ids of today for others that earlier editions may have for these records.
    """

    kind: Kind
    snapshot: Snapshot
    records: Mapping[str, Record]
    ties: tuple[Link, ...]
    passages: tuple[Passage, ...]
    stories: tuple[RecitText, ...]
    stages: tuple[StageRow, ...]
    gaps: tuple[GapRow, ...]
    people: frozenset[str]
    privacy: Privacy
    recipient: str
    expires: str
    pages: Iterator[WikiPage]
    origins: Mapping[str, Origin]
    renamed: Mapping[str, str]

    @property
    def title(self) -> str:
        """What the edition is called, wherever it is named."""
        return f"{self.snapshot.commune} : projets, récits et réunions (édition {self.kind})"

    def of_type(self, type_: str) -> list[Record]:
        return [record for record in self.records.values() if record.type == type_]
