"""The values of a traceability report. Every list is sorted, so a report can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from loosbot.corpus.model import KeyPath
from loosbot.corpus.stages import State
from loosbot.frozen import dataclass

Severity = Literal["error", "warning", "info"]
MinutesStatus = Literal["in-time", "late", "not-published", "not-dated", "unknown", "not-due"]
Outcome = Literal[
    "kept", "late", "open", "dropped", "dropped-without-reason", "unverifiable", "told",
    "not-applicable",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a life-line. ``date`` is a "date souple" as the record has it, or "".

    ``described``, where something is said of it without any source: its state is ``missing``.
    ``planned``, where it was only announced: ``missing`` too. ``status`` as in
    ``corpus.stages.StageFacts``. ``looked`` are the places where somebody looked for it, in words.
    """

    stage: str
    state: State
    date: str
    sources: tuple[str, ...]
    described: bool = False
    looked: tuple[str, ...] = ()
    planned: bool = False
    status: str = ""


@dataclass(frozen=True, slots=True)
class ProjectStop:
    """The end of a project that did not go to its term; texts are "" where nothing is said.

    ``state`` is that of its reason.
    """

    reason: str
    date: str
    sources: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Observation:
    """What a part of the report saw in one record, for the rules to judge.

    ``topic`` and ``state`` are the words of ``schemas/regles.yaml`` (``sujet``, ``etats``).
    A delay runs from ``since`` to ``until``, or to the day of the report. ``when`` says since when
    something is so: a "date souple" as the record has it, or "".
    """

    record: str
    topic: str
    state: str
    path: KeyPath
    since: date | None = None
    until: date | None = None
    when: str = ""
    stopped: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing to complete. ``todo`` says how, ``who`` can; ``since`` is a "date souple" or ""."""

    code: str
    severity: Severity
    message: str
    todo: str
    who: str
    since: str
    section: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class RecordTrace:
    """What is known of one record. Only projects and fifty-fifties have ``stages``.

    ``who`` follows it now, or "" where nobody is written.
    """

    id: str
    title: str
    who: str
    stages: tuple[Stage, ...]
    stop: ProjectStop | None
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A share. ``counted`` are the ids of the numerator, ``among`` those of the denominator.

    ``others`` says in a French word or two how the rest of the denominator stands, with its ids.
    ``known`` of ``denominator`` are known at all, and ``said`` is the whole in French: what nobody
    knows is never a zero.
    """

    code: str
    label: str
    numerator: int
    denominator: int
    rule: str
    counted: tuple[str, ...]
    among: tuple[str, ...]
    others: Mapping[str, tuple[str, ...]]
    known: int
    said: str

    @property
    def standing(self) -> Mapping[str, tuple[str, ...]]:
        """Who stands where: the numerator, which may count several things of one record, first."""
        each = len(self.counted) == self.numerator
        return {"comptés" if each else "fiches où ils sont": self.counted, **self.others}


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a record announced, planned or expected, and of which nothing was heard since.

    ``due`` is a "date souple" or ""; ``over``: whether it is past.
    """

    record: str
    title: str
    what: str
    due: str
    over: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """One meeting whose minutes are owed. ``days`` is None where a date is not precise enough."""

    id: str
    title: str
    date: str
    published: str
    days: int | None
    quarter: str
    service: str
    status: MinutesStatus


@dataclass(frozen=True, slots=True)
class Promise:
    """An engagement, a decision or a lesson, and what became of it.

    ``said`` is the reason or the follow-up, in the record's words. ``told`` is the outcome of a
    decision whose follow-up is written: nobody can say from words whether that keeps it.
    ``unwritten``: its day is over and nobody wrote its outcome; it may have been kept.
    ``status`` is the word of ``statut-fait`` that says how sure the promise itself is, or "".
    """

    record: str
    title: str
    kind: Literal["engagement", "decision", "enseignement"]
    name: str
    who: str
    what: str
    due: str
    outcome: Outcome
    said: str
    proof: str
    unwritten: bool = False
    status: str = ""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks about one project: number of voices by role."""

    id: str
    title: str
    roles: Mapping[str, int]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """``one_sided`` are récits told by one role; places and groups are ids nobody links to."""

    projects: tuple[Speakers, ...]
    one_sided: tuple[str, ...]
    places_never_named: tuple[str, ...]
    groups_never_named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """Figures and statements of one record, by number of sources; ``disputed`` contradict.

    ``unsourced`` are those without any source, in words.
    """

    id: str
    title: str
    total: int
    without_source: int
    one_source: int
    several_sources: int
    disputed: int
    unsourced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """``last_visit`` and ``last_news`` are dates of the corpus or ""; ``state`` its word or "";
    ``news_status`` how sure the date of the last news is, "" where it is attested."""

    id: str
    last_visit: str
    state: str
    last_news: str
    days_without_news: int | None
    news_status: str = ""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A récit, or an evaluation, whose project changed since somebody looked at it.

    ``field`` of ``project`` changed last on ``date``, by ``commit``. ``since`` is the day of the
    review (``reviewed``), or the one on which the text was last written.
    """

    record: str
    kind: Literal["recit", "evaluation"]
    project: str
    field: str
    date: str
    commit: str
    since: str
    reviewed: bool


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A share at two moments; 0 of 0 where it was not counted yet.

    ``said_before`` and ``said`` are the wholes in French: what nobody knows is no zero here either.
    """

    code: str
    label: str
    numerator_before: int
    denominator_before: int
    numerator: int
    denominator: int
    said_before: str
    said: str

    @property
    def moved(self) -> bool:
        """Whether anything of it is said otherwise."""
        return self.said_before != self.said


@dataclass(frozen=True, slots=True, order=True)
class Closing:
    """How many gaps of one rule a record has more, or less, than before.

    ``what`` is what the rule says of any record: the words of an old version may be those of a
    person who withdrew since.
    """

    record: str
    code: str
    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed since an earlier day: gaps that are there no more, and new ones."""

    date: str
    commit: str
    figures: tuple[FigureChange, ...]
    closed: tuple[Closing, ...]
    opened: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``date`` (ISO 8601) and ``commit`` are "" when there is no git to say.

    ``partial``: whether the clone lacks a part of its history: a change may have gone unseen.
    ``titles`` are those of all records, and ``town`` the name that people give to the corpus.
    ``about`` is what the report is limited to, "" where it is the whole town.
    """

    corpus: str
    town: str
    date: str
    commit: str
    records: tuple[RecordTrace, ...]
    figures: tuple[Figure, ...]
    minutes: tuple[Minutes, ...]
    promises: tuple[Promise, ...]
    voices: Voices
    claims: tuple[Claims, ...]
    upkeep: tuple[Upkeep, ...]
    announced: tuple[Announcement, ...]
    suspects: tuple[Suspect, ...]
    progress: Progress | None = None
    partial: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    about: str = ""

    @property
    def errors(self) -> int:
        return sum(gap.severity == "error" for record in self.records for gap in record.gaps)
