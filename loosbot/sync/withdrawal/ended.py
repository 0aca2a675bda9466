"""Those who agreed to be shown, and whose agreement ended or was reduced since.

They did not withdraw: the town keeps their words. What the wiki showed of them stands in old
versions all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.privacy.consent import Channel, masked, verdict
from loosbot.corpus.privacy.earlier import voices_before
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, people_ended, phrases_of
from loosbot.corpus.tree import CORPUS_PATHS
from loosbot.corpus.values import speakers
from loosbot.corpus.yaml import reader
from loosbot.errors import UserError
from loosbot.history.git import Repository
from loosbot.history.tree import contents
from loosbot.sync.source import Source

_NOTE = "accords-avant"
_FOLLOWED = "suit "
"""Before the field of a voice that once had no agreement of its own, and followed who speaks."""
_FEW = 50
Places = set[tuple[str, str]]
"""Ids of records, each with ``""`` for the whole, or the field of a voice."""


def ended(source: Source, notes: dict[str, Any]) -> list[WithdrawnPerson]:
    """Those whose agreement ended on its day, or was wider in an older version of their file.

    ``source`` is filtered for the readers of its wiki; nobody without git. ``notes`` keep what is
    known of a file, by the id of its blob: the places in it that agreed to more. Raises UserError.
    """
    if source.consents is None or source.repository is None or source.head is None:
        return []
    corpus, channel = source.whole, source.channel
    people, voices = masked(corpus, channel, source.consents)
    silent, unheard = masked(corpus, channel, date.min)
    places = {(id_, "") for id_ in people - silent}
    places |= {(id_, f"voix[{rank}]") for id_, rank in voices - unheard}
    masked_always = {(id_, "") for id_ in silent}
    masked_always |= {(id_, f"voix[{rank}]") for id_, rank in unheard}
    wider: Places = set()
    if masked_always:
        records = [corpus.records[id_] for id_ in sorted({id_ for id_, _ in masked_always})]
        wider = _wider_before(records, channel, source.repository, source.head.id, notes)
        places |= wider & masked_always
    once = {id_ for id_, place in places if not place}
    once |= {record.id for record in corpus.records.values() if record.type == "acteur"} - silent
    return people_ended(corpus, places | _followers(corpus, unheard, once, wider))


def _followers(
    corpus: Corpus, silent: Collection[tuple[str, int]], once: Collection[str], wider: Places
) -> Places:
    """The ``silent`` voices without an agreement of their own, today or in ``wider``, if all who
    speak were shown ``once``."""
    ids = current_ids(corpus)
    followers: Places = set()
    for id_, rank in silent:
        voice, field = corpus.records[id_].data["voix"][rank], f"voix[{rank}]"
        if "consentement" not in voice or (id_, _FOLLOWED + field) in wider:
            who = [ids.get(speaker, "") for speaker in speakers(voice)]
            if who and all(person in once for person in who):
                followers.add((id_, field))
    return followers


def _wider_before(
    records: Collection[Record],
    channel: Channel,
    repository: Repository,
    head: str,
    notes: dict[str, Any],
) -> Places:
    blobs = repository.blob_ids(head)
    note = notes.get(f"{_NOTE} {channel}")
    known = note if isinstance(note, dict) else {}
    files = {blobs[record.path]: record for record in records if record.path in blobs}
    unknown = {blob: record.path for blob, record in files.items() if blob not in known}
    older = _older(repository, head, unknown) if unknown else {}
    kept = {
        blob: known[blob] if blob in known else sorted(_wider(files[blob], older[blob], channel))
        for blob in sorted(files)
    }
    notes[f"{_NOTE} {channel}"] = kept
    return {(files[blob].id, str(place)) for blob, places in kept.items() for place in places}


def _older(repository: Repository, head: str, files: Mapping[str, str]) -> dict[str, list[Any]]:
    """What stood in these files, by the blob of now, the newest first; less what is not there in a
    clone of a part."""
    paths = sorted(files.values()) if len(files) <= _FEW else CORPUS_PATHS
    versions = repository.versions(paths, head)
    blobs = {
        blob: [version.blob for version in versions.get(path, ()) if version.blob not in ("", blob)]
        for blob, path in files.items()
    }
    every = sorted(set().union(*blobs.values()))
    read: dict[str, Any] = {}
    with suppress(UserError):
        for blob, data in zip(every, contents(repository, every), strict=True):
            tells = b"consentement" in data or b"voix" in data or b"public" in data
            read[blob] = reader.read(data, "").data if tells else None
    return {blob: [read.get(old) for old in several] for blob, several in blobs.items()}


def _wider(record: Record, earlier: Sequence[Any], channel: Channel) -> Iterator[str]:
    """The places of a record where an older content agreed to be shown, as it was not for lack of
    a word: ``""`` for the whole, or the field of a voice; behind :data:`_FOLLOWED` that of a voice
    which had no agreement of its own."""

    def agreed(part: Any) -> bool:
        consent = part.get("consentement") if isinstance(part, Mapping) else None
        try:
            return isinstance(consent, Mapping) and verdict(consent, channel, date.min) == "shown"
        except (TypeError, ValueError):
            return False  # an older file may have been at fault

    def in_office(data: Any) -> bool:
        is_public = isinstance(data, Mapping) and data.get("public") == "oui"
        return is_public and "consentement" not in data

    if any(agreed(data) or in_office(data) for data in earlier):
        yield ""
    for rank, voice in enumerate(record.data.get("voix", ())):
        before = list(voices_before(record.data, rank, earlier, set(phrases_of(voice))))
        if any(map(agreed, before)):
            yield f"voix[{rank}]"
        elif any("consentement" not in voice for voice in before):
            yield f"{_FOLLOWED}voix[{rank}]"
