"""The interface of a file: the only part of it that the findings of other files depend on.

While no interface changes, the findings of the other files stay valid. It is plain JSON, equal to
itself after it was written and read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from loosbot.corpus.attached import named, path_of
from loosbot.corpus.check.checkedfile import CheckedFile
from loosbot.corpus.model import Config, Corpus, Record
from loosbot.corpus.paths import Place

_KEYS = (
    # the names of a record, in links and on pages
    *("titre", "anciens_ids", "variantes"),
    # who may be named, and who is a stranger
    *("genre", "public", "consentement"),
    # which passages a document has
    *("sections", "notes_de_bas_de_page"),
)
Interface = list[Any]
"""Four members: name of the schema, id, the part of the data that counts, paths of joined files."""


def interface_of(checked: CheckedFile) -> Interface:
    """The interface of a file without errors."""
    data = checked.data
    if not isinstance(data, dict):
        return [checked.name, checked.id, None, []]
    if checked.place.kind != "record":
        # few and short: settings, indexes, the headers of pages
        return [checked.name, checked.id, data, []]
    parts = {key: data[key] for key in _KEYS if key in data}
    if voices := data.get("voix"):
        parts["voix"] = [
            {key: voice[key] for key in ("qui", "consentement") if key in voice} for voice in voices
        ]
    return [
        checked.name,
        checked.id,
        parts,
        [path_of(checked.place.path, name) for _, name in named(data)],
    ]


def stand_in(place: Place, interface: Interface) -> CheckedFile:
    """A file that answers other files as the whole file would."""
    name, id_, parts, _ = interface
    return CheckedFile(place, b"", name, id_, parts)


def persons_of(read: Iterable[CheckedFile]) -> Corpus:
    """A corpus that holds the records of people and places alone."""
    records = {
        checked.id: Record(checked.id, checked.name, checked.place.path, checked.data)
        for checked in read
        if checked.name in ("acteur", "lieu")
    }
    return corpus_of(records)


def corpus_of(records: Mapping[str, Record]) -> Corpus:
    """A corpus that holds these records alone."""
    return Corpus(Config(""), records, {}, {}, {}, (), {})
