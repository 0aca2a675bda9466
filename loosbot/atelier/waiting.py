"""What waits for somebody: promises that are due, projects that nobody has told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loosbot.atelier.desk import Desk
from loosbot.corpus.dates import display, is_date
from loosbot.corpus.load import BrokenCorpus
from loosbot.errors import UserError
from loosbot.history import moments
from loosbot.trace import source

_DUE = {"open": "à tenir", "late": "en retard", "unverifiable": "tenu ou non, rien ne le dit"}
_MOST = 8


def _when(due: str) -> str:
    return f"{display(due)}, " if due and is_date(due) else ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: in which record, and what is said of it."""

    id: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """``more_..`` count what is not listed."""

    promises: tuple[Task, ...] = ()
    voiceless: tuple[Task, ...] = ()
    more_promises: int = 0
    more_voiceless: int = 0


class Waits:
    """Looked up once for each version of the corpus and each day."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: tuple[str, date] | None = None
        self._found = Waiting()

    def now(self) -> Waiting:
        """What waits; nothing where the corpus has faults."""
        seen = (self._desk.moment().commit, self._desk.today)
        if seen != self._seen:
            self._found = self._look()
            self._seen = seen
        return self._found

    def _look(self) -> Waiting:
        try:
            report = source.report(moments.at(self._desk.folder, None))
        except (BrokenCorpus, UserError):
            return Waiting()
        promises = [
            Task(
                one.record,
                one.title,
                f"{one.what} ({_when(one.due)}{_DUE[one.outcome]})",
            )
            for one in report.promises
            if one.outcome in _DUE and one.kind == "engagement"
        ]
        voiceless = [
            Task(one.id, one.title, "")
            for one in report.voices.projects
            if not any(one.roles.values())
        ]
        return Waiting(
            tuple(promises[:_MOST]),
            tuple(voiceless[:_MOST]),
            max(0, len(promises) - _MOST),
            max(0, len(voiceless) - _MOST),
        )
