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

_NOTE = "accords-reduits"
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
    if masked_always:
        records = [corpus.records[id_] for id_ in sorted({id_ for id_, _ in masked_always})]
        wider = _wider_before(records, channel, source.repository, source.head.id, notes)
        places |= wider & masked_always
    return people_ended(corpus, _with_their_voices(corpus, places, masked_always))


def _with_their_voices(corpus: Corpus, places: Places, silent: Places) -> Places:
    """With the voices that have no agreement of their own, of persons whose own was reduced."""
    ids = current_ids(corpus)
    records = (corpus.records[id_] for id_, place in silent if place)
    return places | {
        (record.id, f"voix[{rank}]")
        for record in records
        for rank, voice in enumerate(record.data["voix"])
        if "consentement" not in voice
        and any((ids.get(speaker, ""), "") in places for speaker in speakers(voice))
    }


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
            read[blob] = reader.read(data, "").data if b"consentement" in data else None
    return {blob: [read.get(old) for old in several] for blob, several in blobs.items()}


def _wider(record: Record, earlier: Sequence[Any], channel: Channel) -> Iterator[str]:
    """The places of a record where an older content agreed to be shown, as it was not for lack of
    a word: ``""`` for the whole, or the field of a voice."""

    def agreed(part: Any) -> bool:
        consent = part.get("consentement") if isinstance(part, Mapping) else None
        try:
            return isinstance(consent, Mapping) and verdict(consent, channel, date.min) == "shown"
        except (TypeError, ValueError):
            return False  # an older file may have been at fault

    if any(map(agreed, earlier)):
        yield ""
    for rank, voice in enumerate(record.data.get("voix", ())):
        if any(map(agreed, voices_before(record.data, rank, earlier, set(phrases_of(voice))))):
            yield f"voix[{rank}]"
