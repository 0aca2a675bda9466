"""Codes that a researcher assigned to the texts of a dump, as proposals for the records.

A project of a coding software (REFI-QDA 1.0, as ``qda/recits.qdpx`` is): each passage that bears
the code of a word of our vocabularies is a proposal for the voice that says it. Nothing is
written: whoever keeps the record decides.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from loosbot.corpus import schema
from loosbot.corpus.links import current_ids, first_ids
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.values import items, known, speakers
from loosbot.dump.edition.key import Pseudonyms
from loosbot.dump.formats.qda import PROJECT, qn
from loosbot.dump.tables.normative import text_name
from loosbot.errors import UserError
from loosbot.exchange.unpacked import parsed, require_sound
from loosbot.fields.vocabulary import fold
from loosbot.frozen import dataclass
from loosbot.wikitext.markdown import MarkdownRenderer

_HEADINGS = {"themes": "Thème", "effets": "Effet utile"}
"""Field of a voice -> how its codes begin in the dump (« Thème : Énergie »)."""
_OURS = ("Voix", "Thème", "Effet utile", "Frottement")
_VOICE = re.compile(r"voix ([0-9]{1,4})")
_WORD = re.compile(r"\w+")
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
            spoken = _spoken(record, corpus)
            for proposal in _proposed(source, record, spoken, named, words, text, unplaced):
                key = (record.id, proposal.rank, proposal.field, proposal.word)
                proposals.setdefault(key, proposal)
    return Codes(tuple(proposals.values()), tuple(unplaced))


def _records(corpus: Corpus, series: Sequence[Pseudonyms]) -> Mapping[str, Record]:
    """Name of a text -> its record."""
    records: dict[str, Record] = {}
    first = first_ids(corpus)
    for id_, current in current_ids(corpus).items():
        record = corpus.records.get(current)
        if record is not None and "voix" in record.data:
            known_as = (id_, *(codes.record(current, first.get(current, "")) for codes in series))
            records |= {text_name(name): record for name in known_as}
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
    spoken: Mapping[int, frozenset[str]],
    named: Mapping[str, str],
    words: Mapping[str, tuple[str, str, str]],
    text: str,
    unplaced: dict[str, None],
) -> Iterator[Proposal]:
    selections = [_selection(element) for element in source.iter(qn("PlainTextSelection"))]
    voices = {
        (selection.start, selection.end): _whose(text[selection.start : selection.end], spoken)
        for selection in selections
        if _VOICE.fullmatch(selection.name)
    }
    if None in voices.values():
        unplaced[
            f"{record.title} : une voix de ce texte n’est plus dans la fiche, ses codes ne sont "
            "pas repris. Si elle s’est retirée, effacez aussi ce projet."
        ] = None
    for selection in selections:
        passage = text[selection.start : selection.end]
        for code in selection.codes:
            name = named.get(code, "")
            meant = words.get(fold(name))
            if meant is None:
                if name.partition(" : ")[0] not in _OURS:
                    unplaced[f"Le code « {name} » n’est pas un mot de nos vocabulaires."] = None
                continue
            if not _VOICE.fullmatch(selection.name):
                rank = _rank(selection, voices) if voices else _whose(passage, spoken)
            elif (rank := voices[selection.start, selection.end]) is None:
                continue
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


def _spoken(record: Record, corpus: Corpus) -> Mapping[int, frozenset[str]]:
    """The words of the voices of a record by their rank in its file, without those that withdrew.

    In a dump the rank of a voice is another as soon as one before it withdrew, and words change.
    """
    markdown = MarkdownRenderer()
    return {
        rank: _word_set(markdown.plain_text(voice["texte"]))
        for rank, voice in enumerate(record.data["voix"], 1)
        if isinstance(voice.get("texte"), str)
        and not any(
            isinstance(consent, dict) and consent.get("etat") == "retire"
            for consent in _consents(voice, corpus)
        )
    }


def _consents(voice: Mapping[str, Any], corpus: Corpus) -> Iterator[Any]:
    yield voice.get("consentement")
    for who in speakers(voice):
        if person := corpus.records.get(who):
            yield person.data.get("consentement")


def _word_set(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def _whose(passage: str, spoken: Mapping[int, frozenset[str]]) -> int | None:
    """The voice that says most words of a passage, and half of them at least; names may be masked
    in it. None where there is no such voice, or two."""
    said = _word_set(passage)
    shares = {rank: len(said & words) for rank, words in spoken.items()}
    most = max(shares.values(), default=0)
    best = [rank for rank, share in shares.items() if share == most]
    return best[0] if len(best) == 1 and 2 * most >= len(said) > 0 else None


def _rank(selection: _Selection, voices: Mapping[tuple[int, int], int | None]) -> int | None:
    """The voice whose passage the selection lies in."""
    inside = [
        rank
        for (start, end), rank in voices.items()
        if start <= selection.start and selection.end <= end
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
