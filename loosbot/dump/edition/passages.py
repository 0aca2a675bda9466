"""The words of the voices: one passage a voice, one story a record, exact places of the one in
the other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.corpus.values import several
from loosbot.dump.filtered import WITHHELD, Passage, RecitText, known, stated, value_of

_GAP = "\n\n"


def passages_of(record: Record) -> list[Passage]:
    """The passages of a rewritten record, without their places; most have no voice."""
    year = _year(value_of(record, "annee") or value_of(record, "date"))
    return [
        _passage(record.id, rank, voice, year)
        for rank, voice in enumerate(record.data.get("voix", ()), 1)
    ]


def stories(passages: Iterable[Passage], titles: Mapping[str, str]) -> list[RecitText]:
    """Put the passages of each récit one after the other; what is withheld has no place."""
    by_record: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.text is not WITHHELD and passage.text:
            by_record.setdefault(passage.record, []).append(passage)
    tales = []
    for record, own_passages in sorted(by_record.items()):
        placed = []
        text = ""
        for passage in own_passages:
            text += _GAP if text else ""
            placed.append(replace(passage, start=len(text), end=len(text) + len(passage.text)))
            text += passage.text
        tales.append(RecitText(record, titles[record], text, tuple(placed)))
    return tales


def placed(passages: Iterable[Passage], stories: Iterable[RecitText]) -> tuple[Passage, ...]:
    """Every passage, with its place where it has one."""
    places = {passage.id: passage for story in stories for passage in story.passages}
    return tuple(places.get(passage.id, passage) for passage in passages)


def _passage(record: str, rank: int, voice: Mapping[str, Any], year: str) -> Passage:
    who = stated(voice.get("qui"))
    year_spoken = _year(known(stated(voice.get("date"))))
    return Passage(
        id=f"{record}/voix-{rank}",
        record=record,
        rank=rank,
        speakers=tuple(map(str, several(who))),
        role=str(stated(voice["role"])) if "role" in voice else WITHHELD,
        nature=str(stated(voice.get("nature", "rapporte" if "texte" in voice else ""))),
        date=stated(voice.get("date", "")),
        year=year_spoken or year,
        themes=_words(voice.get("themes")),
        effects=_words(voice.get("effets")),
        frictions=_statements(voice.get("frottements")),
        text=_normal(voice.get("texte", WITHHELD)),
        film=_film(voice) if "texte" in voice else None,
    )


def _film(voice: Mapping[str, Any]) -> tuple[int, int | None] | None:
    """``de: 1:02``, ``a: 3:40`` in seconds."""
    if "de" not in voice:
        return None
    start = _seconds(voice["de"])
    end = _seconds(voice["a"]) if "a" in voice else 0
    return start, end if end > start else None


def _seconds(moment: str) -> int:
    total = 0
    for part in moment.split(":"):
        total = total * 60 + int(part)
    return total


def _normal(text: str) -> str:
    """NFC, LF, no byte order mark: what every tool counts the same way."""
    if text is WITHHELD:
        return text
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\ufeff", "")
    return lines.strip("\n")


def _year(value: Any) -> str:
    """The year that a date begins in; "" where there is none."""
    if value is None or value == "":
        return ""
    first = dates.parse(value).earliest
    return f"{first.year:04}" if first.year > 1 else ""


def _words(value: Any) -> tuple[str, ...]:
    value = stated(value)
    return tuple(str(stated(word)) for word in value) if isinstance(value, list) else ()


def _statements(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    texts = [
        statement.get("texte", "") if isinstance(statement, dict) else statement
        for statement in value
    ]
    return tuple(text for text in texts if known(text))
