"""A page that somebody wrote on the wiki to propose a record, read as that record. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from itertools import pairwise
from typing import Any

from loosbot.corpus.paths import Place
from loosbot.corpus.types import TYPES
from loosbot.corpus.yaml.changes import Unpatchable
from loosbot.corpus.yaml.patch import begun, with_values
from loosbot.decode.proposal import head, slots_of
from loosbot.fields.parameters import FICHES
from loosbot.fields.site import Site
from loosbot.frozen import dataclass
from loosbot.pull.edits import Remainder
from loosbot.pull.filechanges import File, languages
from loosbot.pull.translate import Reading, whole
from loosbot.wikitext import wikicode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

_VOICES = "voix"
_UNKNOWN = {"etat": "inconnu"}


@dataclass(frozen=True, slots=True)
class ProposedPage:
    """A page of the category, as its newest version has it."""

    title: str
    pageid: int
    revision: int
    user: str
    timestamp: str
    comment: str
    text: str


@dataclass(slots=True)
class NewRecord:
    """The file of a proposed record; ``left`` is what no field of it can say."""

    data: bytes
    left: list[Remainder] = field(default_factory=list)


def type_of(text: str, names: Names) -> str:
    """The type that a page is written for, by its box; "" where that is none, or several."""
    types = [
        name
        for name in FICHES
        if wikicode.take_templates(text, {names.template(TYPES[name].box)})[0]
    ]
    return types[0] if len(types) == 1 else ""


def new_record(page: ProposedPage, place: Place, site: Site, paths: Mapping[str, str]) -> NewRecord:
    """The record that a page proposes, for a file at ``place``.

    ``paths`` are the files of the ids that its links may name. Nobody's agreement is supposed:
    that of each voice is written as unknown.
    """
    record = NewRecord(b"")
    file = File(place, b"", site, lambda id_: paths.get(id_, ""))
    values: dict[str, Any] = {"type": place.type, "titre": page.title}
    for slot, filled in slots_of(place.id, page.text, site.names):
        text = "\n\n".join(slot.texts).strip()
        if filled is None:
            record.left.append(Remainder((), slot.label, "", text, _NO_FIELD))
            continue
        try:
            value = whole(filled, Reading(values, site.names, languages(file, filled)))
            _put(values, filled.path, value)
        except Undecodable as error:
            record.left.append(Remainder(filled.path, filled.label, "", text, str(error)))
    _voices(values)
    record.data = _written(page, place, values, record)
    return record


_NO_FIELD = "aucun champ de la fiche ne dit cela"


def _put(values: dict[str, Any], path: Iterable[str | int], value: Any) -> None:
    steps = list(path)
    holder: Any = values
    for key, below in pairwise(steps):
        empty: Any = [] if isinstance(below, int) else {}
        if isinstance(key, int):
            while len(holder) <= key:
                holder.append({})
            holder = holder[key]
        else:
            present = holder.get(key)
            if present is not None and not isinstance(present, type(empty)):
                raise Undecodable("deux endroits de la page disent ce champ")
            holder = holder.setdefault(key, empty)
    holder[steps[-1]] = value


def _voices(values: dict[str, Any]) -> None:
    voices = [
        {
            **{key: voice[key] for key in ("qui", "role", "nature") if key in voice},
            "consentement": dict(_UNKNOWN),
            **{key: value for key, value in voice.items() if key not in ("qui", "role", "nature")},
        }
        for voice in values.get(_VOICES, ())
        if voice.get("texte") or voice.get("qui")
    ]
    values.pop(_VOICES, None)
    if voices:
        values[_VOICES] = voices


def _written(page: ProposedPage, place: Place, values: Mapping[str, Any], made: NewRecord) -> bytes:
    start = begun(place.type, head(page.pageid, page.revision))
    mine = {"type": place.type}
    try:
        return with_values(start, mine, {**values, **mine})
    except (Unpatchable, UnicodeEncodeError) as error:
        made.left.append(Remainder((), "Page", "", "", str(error)))
        return b""
