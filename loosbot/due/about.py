"""What is due of a person in charge, a service, a subject, one record."""

from __future__ import annotations

from collections.abc import Iterable

from loosbot.corpus.model import Corpus
from loosbot.due.due import Due
from loosbot.trace.handover.subject import members, records_of, subject


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
