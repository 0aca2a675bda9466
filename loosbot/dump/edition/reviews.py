"""Which records were reviewed in their present state: a change after the review has no reviewer.

Where git tells nothing (no repository, a file that is in no commit) a review is taken at its word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from loosbot.corpus.model import Record, Tree
from loosbot.corpus.values import STATES, day_span, items
from loosbot.corpus.yaml import reader
from loosbot.history.git import Repository, Version
from loosbot.history.tree import contents

KEY = "relectures"


def signed(record: Record) -> list[Mapping[str, Any]]:
    """The reviews by somebody named."""
    reviews = (review for _, review in items(record.data.get(KEY)) if isinstance(review, dict))
    return [review for review in reviews if review.get("qui", "") not in ("", *STATES)]


def outdated(
    records: Iterable[Record], tree: Tree, repository: Repository | None
) -> frozenset[str]:
    """Ids of the signed records that are not, today, what any of their reviewers read.

    ``tree`` holds the records as they are. Raises UserError where git refuses.
    """
    wanted = {record.path: record for record in records if signed(record)}
    if repository is None or not wanted:
        return frozenset()
    every = repository.versions(("narratives",))
    versions = {path: every[path] for path in wanted if path in every}
    blobs = sorted(
        {version.blob for several in versions.values() for version in several if version.blob}
    )
    parsed = {
        blob: _read(data) for blob, data in zip(blobs, contents(repository, blobs), strict=True)
    }
    line = repository.main_line()
    now = {path: _text(_read(data)) for path, data in tree.read(sorted(wanted))}
    return frozenset(
        record.id
        for path, record in wanted.items()
        if not any(
            all(
                _text(parsed.get(seen.blob)) == now[path]
                for seen in _seen(review, past, parsed, line)
            )
            for past in [versions.get(path, ())]
            for review in signed(record)
        )
    )


def _seen(
    review: Mapping[str, Any],
    versions: tuple[Version, ...],
    parsed: Mapping[str, Any],
    line: list[str],
) -> list[Version]:
    """The versions of a file, the newest first, that its reviewer can be said to have read.

    That of the commit the review names. Else the one that brought the review, and the last one of
    its day where there was one: the text has to be the same in both.
    """
    named = str(review.get("version", ""))
    place = next((n for n, id_ in enumerate(line) if named and id_.startswith(named)), None)
    if place is not None:
        before = set(line[place:])
        return [version for version in versions if version.commit.id in before][:1]
    brought = []
    for version in versions:
        if review not in (
            data.get(KEY) or () if isinstance(data := parsed.get(version.blob), dict) else ()
        ):
            break
        brought = [version]
    span = day_span(review.get("date"))
    day = span.latest.isoformat() if span else ""
    return brought + [version for version in versions if version.commit.date[:10] <= day][:1]


def _read(data: bytes) -> Any:
    return reader.read(data, "").data


def _text(data: Any) -> Any:
    """What is reviewed: all of a record but the list of its reviews."""
    return (
        {key: value for key, value in data.items() if key != KEY}
        if isinstance(data, dict)
        else data
    )
