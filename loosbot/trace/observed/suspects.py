"""Récits and evaluations whose project changed after somebody last looked at them.

Somebody looked when the record says so (``relectures``), else when the text itself was last
written. Only the fields that the rules name count (``champs_suivis``), and only those whose value
is not again what it was. The history is that of the main line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal

from loosbot.corpus.dates import display
from loosbot.corpus.model import Record
from loosbot.corpus.values import STATES, day_span, items, leaves
from loosbot.corpus.yaml import reader
from loosbot.frozen import dataclass
from loosbot.history.git import Repository, Version, short
from loosbot.history.tree import contents
from loosbot.trace.facts import View
from loosbot.trace.reported import Observation, Suspect

Fields = Mapping[str, tuple[str, ...]]
"""By type of project, the fields to watch; ``convention.duree`` goes inside."""


def suspects(view: View, repository: Repository, commit: str, fields: Fields) -> list[Suspect]:
    """Every suspect text of a corpus read at ``commit``, by record. Raises UserError."""
    versions = repository.versions(("narratives",), commit)
    texts = [text for text in _texts(view) if len(versions.get(text.project.path, ())) > 1]
    read = {text.project.path for text in texts}
    read |= {text.record.path for text in texts if "relectures" in text.record.data}
    line = repository.main_line(commit)
    wanted = [version.blob for path in read for version in versions[path] if version.blob]
    past = _Versions(versions, line, _Blobs(repository, wanted))
    suspected = [
        suspect
        for text in texts
        for suspect in _changes(text, fields.get(text.project.type, ()), past)
    ]
    return sorted(suspected, key=lambda suspect: (suspect.record, suspect.project, suspect.field))


def observe(view: View, suspected: Iterable[Suspect]) -> Iterator[Observation]:
    """One observation for each text and each project that changed since."""
    grouped: dict[tuple[str, str, str], list[Suspect]] = {}
    for suspect in suspected:
        grouped.setdefault((suspect.record, suspect.kind, suspect.project), []).append(suspect)
    for (id_, kind, project), changes in grouped.items():
        last = max(changes, key=lambda change: change.date)
        values = {
            "champs": ", ".join(f"« {change.field} »" for change in changes),
            "changement": "ont changé" if len(changes) > 1 else "a changé",
            "projet": view.corpus.records[project].title,
            "quand": f"{display(last.date)}, version {short(last.commit)}",
            "depuis": f"{'relecture' if last.reviewed else 'écriture'} ({display(last.since)})",
            "fiche": id_,
        }
        place = ("evaluation",) if kind == "evaluation" else ("projet",)
        yield Observation(id_, "relecture", kind, place, values=values)


@dataclass(frozen=True, slots=True)
class _Text:
    """What may be suspect: a récit, or the evaluation of ``project`` in its own record."""

    record: Record
    kind: Literal["recit", "evaluation"]
    project: Record


def _texts(view: View) -> Iterator[_Text]:
    for project in view.projects():
        if _is_told(project.data.get("evaluation")):
            yield _Text(project, "evaluation", project)
        for tale in view.about.get(project.id, ()):
            if tale.type == "recit":
                yield _Text(tale, "recit", project)


def _is_told(evaluation: Any) -> bool:
    return isinstance(evaluation, dict) and any(leaf not in STATES for leaf in leaves(evaluation))


class _Blobs:
    """What some blobs hold: all fetched by one process, each read as YAML when it is asked for.

    A project that nobody changed since its récit was written needs none of its versions.
    """

    def __init__(self, repository: Repository, wanted: Iterable[str]) -> None:
        blobs = list(dict.fromkeys(wanted))
        self._bytes = dict(zip(blobs, contents(repository, blobs), strict=True))
        self._held: dict[str, Any] = {}

    def __getitem__(self, blob: str) -> Any:
        """The data of a blob; None for none, or where it cannot be read."""
        if blob in self._bytes and blob not in self._held:
            self._held[blob] = reader.read(self._bytes[blob], "").data
        return self._held.get(blob)


@dataclass(frozen=True, slots=True)
class _LastRead:
    """When somebody last had a text before their eyes: a rank of the history, and a day."""

    rank: int
    day: str
    reviewed: bool


class _Versions:
    """The versions of every record, and what those that matter held."""

    def __init__(
        self, versions: Mapping[str, tuple[Version, ...]], line: list[str], held: _Blobs
    ) -> None:
        self.versions = versions
        self._held = held
        self._line = line
        commits = {
            version.rank: version.commit for several in versions.values() for version in several
        }
        self._days = {rank: commit.date[:10] for rank, commit in commits.items()}
        places = {id_: place for place, id_ in enumerate(line)}
        self._places = [places[commits[rank].id] for rank in sorted(commits)]

    def value(self, version: Version, place: tuple[str, ...]) -> Any:
        """What the record held at ``place``; None where it held nothing."""
        value = self._held[version.blob]
        for key in place:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def looked_at(self, text: _Text) -> _LastRead | None:
        """The last review of a record, else the last time that its own text was written; None where
        git does not know its file."""
        versions = self.versions.get(text.record.path, ())
        if not versions:
            return None
        reviews = [
            (span.latest.isoformat(), rank, review)
            for rank, review in items(text.record.data.get("relectures"))
            if (span := day_span(review["date"]))
        ]
        if reviews:
            last, _, review = max(reviews, key=lambda dated: dated[:2])
            day = str(review["date"])
            seen = self._rank_of(str(review.get("version", "")))
            if seen is None:
                seen = self._reviewed(versions, last, day)
            return _LastRead(seen, day, True)
        written = versions[0]
        if text.kind == "evaluation":
            written = self._changing(versions, ("evaluation",)) or versions[-1]
        return _LastRead(written.rank, written.commit.date[:10], False)

    def _rank_of(self, commit: str) -> int | None:
        """The newest version of the corpus in a commit; None for one that is not in the line."""
        if not commit:
            return None
        place = next((n for n, id_ in enumerate(self._line) if id_.startswith(commit)), None)
        return None if place is None else bisect_left(self._places, place)

    def _reviewed(self, versions: tuple[Version, ...], day: str, text: str) -> int:
        """The newest version of the corpus that the reviewer can have seen, told by the days.

        It is that of the day, or the one that says so if that is older: what came later, even
        before the review was committed, was not before anybody's eyes.
        """
        newest = versions[0]
        for version in versions:
            reviews = [review for _, review in items(self.value(version, ("relectures",)))]
            if not any(
                isinstance(review, dict) and str(review.get("date")) == text for review in reviews
            ):
                break
            newest = version
        until = [rank for rank, when in self._days.items() if when <= day]
        return max(newest.rank, min(until, default=newest.rank))

    def _changing(self, versions: tuple[Version, ...], place: tuple[str, ...]) -> Version | None:
        """The newest of these versions that changed a value from the version before it."""
        for newer, older in pairwise(versions):
            if self.value(newer, place) != self.value(older, place):
                return newer
        return None

    def changed_since(self, project: Record, rank: int, place: tuple[str, ...]) -> Version | None:
        """The newest version that changed a value after ``rank``, if it is not what it was."""
        versions = self.versions[project.path]
        later = [version for version in versions if version.rank < rank]
        if not later or len(later) == len(versions):
            # nothing came later, or the project was not there yet
            return None
        seen = versions[: len(later) + 1]
        if self.value(seen[0], place) == self.value(seen[-1], place):
            return None
        return self._changing(seen, place)


def _changes(text: _Text, watched: Iterable[str], past: _Versions) -> Iterator[Suspect]:
    looked = past.looked_at(text)
    if looked is None:
        return
    for name in watched:
        place = tuple(name.split("."))
        if text.kind == "evaluation" and place[0] == "evaluation":
            continue
        if version := past.changed_since(text.project, looked.rank, place):
            yield Suspect(
                text.record.id,
                text.kind,
                text.project.id,
                name,
                version.commit.date[:10],
                version.commit.id,
                looked.day,
                looked.reviewed,
            )
