"""A corpus as every part of the report looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import NOT_APPLICABLE, STATES, items, last_day, several
from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A corpus as the report looks at it. ``today`` is None when no delay can be judged.

    ``about`` gives, for each project, the récits and the meetings that name it as theirs.
    """

    corpus: Corpus
    today: date | None
    ids: Mapping[str, str]
    about: Mapping[str, tuple[Record, ...]]

    def name(self, reference: Any) -> str:
        """The title behind an id, or the text that stands in its place; several with commas."""
        if isinstance(reference, list):
            return ", ".join(filter(None, map(self.name, reference)))
        text = str(reference or "")
        record = self.corpus.records.get(self.ids.get(text, text))
        return record.title if record else "" if text in STATES else text

    def record(self, reference: Any) -> Record | None:
        """The record behind an id; None where none is."""
        text = str(reference or "")
        return self.corpus.records.get(self.ids.get(text, text))

    def is_past(self, day: date | None) -> bool:
        """Whether a last day is over, where delays can be judged."""
        return day is not None and self.today is not None and day < self.today

    def projects(self) -> Iterator[Record]:
        return (record for record in self.corpus.records.values() if record.type in PROJECTS)


def has_left(person: Mapping[str, Any], today: date | None) -> bool:
    """Whether somebody who followed a project does no more.

    An end that nobody can date (``au: inconnu``) is an end all the same.
    """
    end = person.get("au")
    if end is None or end == NOT_APPLICABLE:
        return False
    last = last_day(end)
    return last is None or today is None or last < today


def is_out(person: Record, today: date | None) -> bool:
    """Whether every office that somebody held has ended."""
    terms = [term for _, term in items(person.data.get("mandats"))]
    return bool(terms) and all(has_left(term, today) for term in terms)


def follows(referent: Mapping[str, Any], person: Record | None, today: date | None) -> bool:
    """Whether a ``referent`` still is one: neither this role nor their offices have ended."""
    return not (has_left(referent, today) or (person is not None and is_out(person, today)))


def view(corpus: Corpus, today: date | None) -> View:
    """Look at a corpus on a day."""
    ids = current_ids(corpus)
    about: dict[str, list[Record]] = {}
    for record in corpus.records.values():
        if record.type in ("recit", "reunion"):
            named = listed(record.data.get("projet"))
            for project in dict.fromkeys(ids[name] for name in named if name in ids):
                about.setdefault(project, []).append(record)
    return View(corpus, today, ids, {project: tuple(tales) for project, tales in about.items()})


def listed(value: Any) -> list[str]:
    """One id or several, as a record writes them."""
    return list(map(str, several(value)))


def structured(record: Record, *also: str) -> dict[str, Any]:
    """The fields of a record that may hold more than one text, and ``also`` these, in the order of
    its file: what is looked for at any depth is in no other, and a report need not read it."""
    plain = schema.plain_keys(record.type)
    if also:
        plain = plain.difference(also)
    return {key: record.data[key] for key in record.data if key not in plain}
