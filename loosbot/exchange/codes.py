"""Codes that a researcher assigned to the texts of a dump, as proposals for the records.

A project of a coding software (REFI-QDA 1.0, as ``qda/recits.qdpx`` is): each passage that bears
the code of a word of our vocabularies is a proposal for the voice that says it. Nothing is
written: whoever keeps the record decides.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from loosbot.corpus import schema
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.values import items, known
from loosbot.dump.edition.key import Pseudonyms
from loosbot.dump.formats.qda import PROJECT, qn
from loosbot.dump.tables.normative import text_name
from loosbot.errors import UserError
from loosbot.exchange.unpacked import parsed, require_sound
from loosbot.fields.vocabulary import fold
from loosbot.frozen import dataclass

_HEADINGS = {"themes": "Thème", "effets": "Effet utile"}
"""Field of a voice -> how its codes begin in the dump (« Thème : Énergie »)."""
_OURS = ("Voix", "Thème", "Effet utile", "Frottement")
_VOICE = re.compile(r"voix ([0-9]{1,4})")
_INTERNAL = "internal://"
_SHOWN = 90
"""Signs of a passage that are quoted."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word proposed for a voice: ``rank`` counts from 1, ``field`` is ``themes`` or
    ``effets``."""

    record: Record
    rank: int
    field: str
    word: str
    label: str
    passage: str


@dataclass(frozen=True, slots=True)
class Codes:
    """What is proposed, and what could not be placed, in French sentences."""

    proposals: tuple[Proposal, ...]
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Selection:
    start: int
    end: int
    name: str
    codes: tuple[str, ...]


def read(data: bytes, name: str, corpus: Corpus, series: Sequence[Pseudonyms]) -> Codes:
    """What the codes of a project propose for ``corpus``.

    ``series`` are the pseudonyms of the editions that a text may come from: a record that mentions
    somebody masked has a code there. Raises UserError for a file that is no such project.
    """
    require_sound(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        project = archive.read(PROJECT) if PROJECT in archive.namelist() else b""
        if not project:
            raise UserError(
                f"« {name} » n’est pas un projet d’un logiciel de codage.",
                "Exportez-le au format REFI-QDA : un fichier .qdpx.",
            )
        root = parsed(project)
        named = {code.get("guid", ""): code.get("name", "") for code in root.iter(qn("Code"))}
        words = _words()
        records = _records(corpus, series)
        proposals: dict[tuple[str, int, str, str], Proposal] = {}
        unplaced: dict[str, None] = {}
        for source in root.iter(qn("TextSource")):
            title = source.get("name", "").removesuffix(".txt")
            record = records.get(title)
            if record is None:
                unplaced[f"Le texte « {title} » n’est celui d’aucune fiche."] = None
                continue
            text = _text(source, archive)
            for proposal in _proposed(source, record, named, words, text, unplaced):
                key = (record.id, proposal.rank, proposal.field, proposal.word)
                proposals.setdefault(key, proposal)
    return Codes(tuple(proposals.values()), tuple(unplaced))


def _records(corpus: Corpus, series: Sequence[Pseudonyms]) -> Mapping[str, Record]:
    """Name of a text -> its record."""
    records: dict[str, Record] = {}
    for id_, record in corpus.records.items():
        if "voix" in record.data:
            ids = (id_, *(codes.record(id_) for codes in series))
            records |= {text_name(id_): record for id_ in ids}
    return records


def _words() -> Mapping[str, tuple[str, str, str]]:
    """Name of a code, folded -> field, word and label; with its heading, and alone."""
    voice = schema.shape("recit").at(("voix", 0)).properties
    words: dict[str, tuple[str, str, str]] = {}
    for field, heading in _HEADINGS.items():
        for word in voice[field].at((0,)).words:
            meant = (field, word.value, word.title)
            words[fold(f"{heading} : {word.title}")] = meant
            words.setdefault(fold(word.title), meant)
    return words


def _proposed(
    source: Element,
    record: Record,
    named: Mapping[str, str],
    words: Mapping[str, tuple[str, str, str]],
    text: str,
    unplaced: dict[str, None],
) -> Iterator[Proposal]:
    selections = [_selection(element) for element in source.iter(qn("PlainTextSelection"))]
    voices = {
        (selection.start, selection.end): int(match[1])
        for selection in selections
        if (match := _VOICE.fullmatch(selection.name))
    }
    for selection in selections:
        passage = text[selection.start : selection.end]
        for code in selection.codes:
            name = named.get(code, "")
            meant = words.get(fold(name))
            if meant is None:
                if name.partition(" : ")[0] not in _OURS:
                    unplaced[f"Le code « {name} » n’est pas un mot de nos vocabulaires."] = None
                continue
            rank = _rank(selection, voices, record)
            if rank is None:
                unplaced[
                    f"{record.title} : rien ne dit à quelle voix va « {name} », posé sur "
                    f"« {_short(passage)} »."
                ] = None
                continue
            field, word, label = meant
            if word not in _borne(record, rank, field):
                yield Proposal(record, rank, field, word, label, _short(passage))


def _selection(element: Element) -> _Selection:
    places = (element.get("startPosition", ""), element.get("endPosition", ""))
    start, end = (int(place) if re.fullmatch("[0-9]{1,9}", place) else 0 for place in places)
    codes = tuple(reference.get("targetGUID", "") for reference in element.iter(qn("CodeRef")))
    return _Selection(start, end, element.get("name", ""), codes)


def _rank(
    selection: _Selection, voices: Mapping[tuple[int, int], int], record: Record
) -> int | None:
    """The voice whose passage the selection lies in; the only one of a record that has one."""
    count = len(record.data["voix"])
    if count == 1:
        return 1
    inside = [
        rank
        for (start, end), rank in voices.items()
        if start <= selection.start and selection.end <= end and 1 <= rank <= count
    ]
    return inside[0] if len(inside) == 1 else None


def _borne(record: Record, rank: int, field: str) -> set[str]:
    voice = record.data["voix"][rank - 1]
    return {known(word) for _, word in items(voice.get(field))}


def _text(source: Element, archive: zipfile.ZipFile) -> str:
    path = source.get("plainTextPath", "")
    name = f"sources/{path.removeprefix(_INTERNAL)}"
    if path.startswith(_INTERNAL) and name in archive.namelist():
        return archive.read(name).decode("utf-8-sig", "replace")
    return source.findtext(qn("PlainTextContent"), "")


def _short(passage: str) -> str:
    line = " ".join(passage.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()}…"
