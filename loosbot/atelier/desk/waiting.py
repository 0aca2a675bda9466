"""What waits for somebody: due promises, projects without any voice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loosbot.atelier.desk.desk import Desk
from loosbot.atelier.forms.conversation import QUESTIONNAIRES
from loosbot.corpus.check.load import BrokenCorpus
from loosbot.corpus.dates import display, is_date
from loosbot.corpus.model import Reading
from loosbot.corpus.paths import place
from loosbot.errors import UserError
from loosbot.history import moments
from loosbot.trace.reports import source

_DUE = {"open": "à tenir", "late": "en retard", "unverifiable": "tenu ou non, rien ne le dit"}
_MOST = 8


def _when(due: str) -> str:
    return f"{display(due)}, " if due and is_date(due) else ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: its record, and a sentence on it."""

    id: str
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class PendingTasks:
    """Of each, what is listed at once, and the rest."""

    promises: tuple[Task, ...]
    voiceless: tuple[Task, ...]
    more_promises: tuple[Task, ...]
    more_voiceless: tuple[Task, ...]


def faulty(reading: Reading, path: str) -> int:
    """How many faults keep a file out of the corpus."""
    return sum(finding.path == path and finding.severity == "error" for finding in reading.findings)


def unfinished(desk: Desk) -> list[Task]:
    """The records with faults that a form can mend: an imported one lacks what nobody said yet."""
    moment = desk.moment()
    paths = dict.fromkeys(
        finding.path for finding in moment.reading.findings if finding.severity == "error"
    )
    tasks = []
    for path in paths:
        id_ = place(path).id
        if id_ in moment.titles and place(path).type in QUESTIONNAIRES:
            count = faulty(moment.reading, path)
            what = f"{count} réponses à donner" if count > 1 else "une réponse à donner"
            tasks.append(Task(id_, moment.titles[id_] or id_, what))
    return tasks


class PendingTaskCache:
    """Looked up once for each version of the corpus and each day."""

    def __init__(self) -> None:
        self._seen: tuple[str, date] | None = None
        self._tasks: tuple[list[Task], list[Task]] = [], []

    def now(self, desk: Desk) -> PendingTasks:
        """What waits at a desk, in records that may be read there; nothing where the corpus has
        faults."""
        moment = desk.moment()
        state = (moment.commit, desk.today)
        if state != self._seen:
            self._tasks = self._look(desk)
            self._seen = state
        promises, voiceless = (
            [task for task in tasks if task.id in moment.titles] for tasks in self._tasks
        )
        return PendingTasks(
            tuple(promises[:_MOST]),
            tuple(voiceless[:_MOST]),
            tuple(promises[_MOST:]),
            tuple(voiceless[_MOST:]),
        )

    def _look(self, desk: Desk) -> tuple[list[Task], list[Task]]:
        try:
            report = source.report(moments.at(desk.folder, desk.revision))
        except (BrokenCorpus, UserError):
            return [], []
        promises = [
            Task(
                promise.record,
                promise.title,
                f"{promise.what} ({_when(promise.due)}{_DUE[promise.outcome]})",
            )
            for promise in report.promises
            if promise.outcome in _DUE and promise.kind == "engagement"
        ]
        voiceless = [
            Task(project.id, project.title, "")
            for project in report.voices.projects
            if not any(project.roles.values())
        ]
        return promises, voiceless
