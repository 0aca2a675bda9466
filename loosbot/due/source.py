"""What a reminder is made from: the corpus of a folder, its day, and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

from loosbot.corpus.current import with_current_ids
from loosbot.corpus.model import Corpus
from loosbot.due.collect import collect
from loosbot.due.due import Due
from loosbot.frozen import dataclass
from loosbot.history.consentday import consent_day, real_day
from loosbot.history.moments import now
from loosbot.trace.facts import view
from loosbot.trace.handover.subject import members, records_of, subject
from loosbot.trace.observed.suspects import suspects
from loosbot.trace.reports.source import shown
from loosbot.trace.rules import load_rules


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is due, with the head of the file.

    ``today`` is the later of the last commit's day and the real one. ``stamp`` is when the last
    commit was made, and ``written`` when each file was last written (UTC): no file holds the time
    at which it was made. ``about`` names a service, a person, a subject; "" is the whole town.
    """

    corpus: str
    town: str
    about: str
    asked: str
    today: date
    stamp: datetime
    written: Mapping[str, datetime]
    dues: tuple[Due, ...]


def read(folder: Path, asked: str) -> Reminder:
    """What is due in a folder, of ``asked`` (see :func:`loosbot.due.source.about`).

    Raises BrokenCorpus, UserError, UsageError.
    """
    moment = now(folder)
    corpus = with_current_ids(shown(moment))
    rules = load_rules(corpus.config.regles)
    today = consent_day(moment.head) if moment.head else real_day()
    seen = view(corpus, today)
    repository, head = moment.repository, moment.head
    doubtful = suspects(seen, repository, head.id, rules.watched) if repository and head else ()
    name, dues = about(collect(seen, rules, doubtful), corpus, asked)
    midnight = datetime.combine(today, time(), UTC)
    commits = repository.last_commits() if repository and head else {}
    return Reminder(
        corpus=corpus.config.corpus,
        town=corpus.config.commune or corpus.config.corpus,
        about=name,
        asked=asked,
        today=today,
        stamp=_instant(head.date) if head else midnight,
        written={path: _instant(commit.date) for path, commit in commits.items()},
        dues=dues,
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def about(dues: Iterable[Due], corpus: Corpus, wanted: str) -> tuple[str, tuple[Due, ...]]:
    """What ``asked`` is called (see :mod:`loosbot.trace.handover.subject`), and what is due of it.

    "" is everything. Who may not be named has no calendar. Raises UsageError.
    """
    if not wanted:
        return "", tuple(dues)
    topic = subject(corpus, wanted)
    record = topic.record
    if record is None:
        inside = records_of(topic, corpus)
        return topic.name, tuple(due for due in dues if due.record in inside)
    if record.type != "acteur":
        return record.title, tuple(due for due in dues if due.record == record.id)
    mine = {record.id, *members(record, corpus)}
    named = {link.source for link in corpus.backlinks.get(record.id, ())}
    return record.title, tuple(
        due for due in dues if mine & set(due.people) or (not due.people and due.record in named)
    )
