"""Those who withdrew, with what older versions of their files say of them, from git."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from posixpath import dirname
from typing import Any

from loosbot.corpus.attached import named, path_of
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.earlier import with_earlier
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson
from loosbot.corpus.yaml import reader
from loosbot.errors import UserError
from loosbot.history.git import Commit, Repository
from loosbot.history.tree import contents


def with_pasts(
    people: Collection[WithdrawnPerson],
    corpus: Corpus,
    repository: Repository | None,
    head: Commit | None,
) -> tuple[WithdrawnPerson, ...]:
    """``people`` with the names and words that their files had before, under former ids too.

    As far back as a shallow clone goes, and as a partial one (``--filter``) holds what files were.
    Two git processes, none where nobody withdrew. Raises UserError.
    """
    if not people or repository is None or head is None:
        return tuple(people)
    paths = {person.id: _paths(corpus, person.id) for person in people}
    versions = repository.versions(sorted(set().union(*paths.values())), head.id)
    blobs = dict.fromkeys(
        version.blob for known in versions.values() for version in known if version.blob
    )
    read: dict[str, Any] = {}
    with suppress(UserError):
        for blob, data in zip(blobs, contents(repository, blobs), strict=True):
            read[blob] = reader.read(data, "").data
    earlier = {
        id_: {path: [read.get(version.blob) for version in versions.get(path, ())] for path in own}
        for id_, own in paths.items()
    }
    return tuple(
        replace(
            with_earlier(
                person,
                corpus.records[person.id].data,
                chain.from_iterable(earlier[person.id].values()),
            ),
            former=tuple(_former(person, corpus, earlier[person.id])),
        )
        for person in people
    )


def _former(
    person: WithdrawnPerson, corpus: Corpus, earlier: Mapping[str, Sequence[Any]]
) -> Iterator[str]:
    """The paths that held what is theirs, and hold nothing now; ``earlier`` are older contents by
    path."""
    for path, contents_ in earlier.items():
        if path != person.path and contents_:
            yield path
        for data in contents_ if not person.field else ():
            pictures = {path_of(path, name) for _, name in named(data)}
            yield from sorted(pictures - corpus.attached.keys())


def _paths(corpus: Corpus, id_: str) -> list[str]:
    """The file of a record, then those that it had under its former ids."""
    record = corpus.records[id_]
    former = (str(old).partition("/")[2] for old in record.data.get("anciens_ids", ()))
    folder = dirname(record.path)
    return [record.path, *(f"{folder}/{slug}.yaml" for slug in former)]
