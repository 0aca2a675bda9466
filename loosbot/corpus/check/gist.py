"""The gist of a file: all that other files, and the checks of a whole corpus, may ask of it.

While no gist changes, whatever was said of the other files stays true. It is plain JSON, the same
when it was written and read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from loosbot.corpus.attached import named, path_of
from loosbot.corpus.check.drafts import Draft
from loosbot.corpus.model import Config, Corpus, Record
from loosbot.corpus.paths import Place

_TOLD = (
    # the names of a record, in links and on pages
    *("titre", "anciens_ids", "variantes"),
    # who may be named, and who is a stranger
    *("genre", "public", "consentement"),
    # which passages a document has
    *("sections", "notes_de_bas_de_page"),
)
Gist = list[Any]
"""The schema that describes the file, its id, what is told of its data, the files that it joins."""


def gist_of(draft: Draft) -> Gist:
    """What others may ask of a sound file."""
    data = draft.data
    if not isinstance(data, dict):
        return [draft.name, draft.id, None, []]
    if draft.place.kind != "record":
        # few and short: settings, indexes, the headers of pages
        return [draft.name, draft.id, data, []]
    parts = {key: data[key] for key in _TOLD if key in data}
    if voices := data.get("voix"):
        parts["voix"] = [
            {key: voice[key] for key in ("qui", "consentement") if key in voice} for voice in voices
        ]
    return [
        draft.name,
        draft.id,
        parts,
        [path_of(draft.place.path, name) for _, name in named(data)],
    ]


def stand_in(place: Place, gist: Gist) -> Draft:
    """What may be asked in place of the file itself."""
    name, id_, parts, _ = gist
    return Draft(place, b"", name, id_, parts)


def persons_of(read: Iterable[Draft]) -> Corpus:
    """The people and the places of a corpus, and nothing else of it."""
    records = {
        draft.id: Record(draft.id, draft.name, draft.place.path, draft.data)
        for draft in read
        if draft.name in ("acteur", "lieu")
    }
    return corpus_of(records)


def corpus_of(records: Mapping[str, Record]) -> Corpus:
    """These records alone."""
    return Corpus(Config(""), records, {}, {}, {}, (), {})
