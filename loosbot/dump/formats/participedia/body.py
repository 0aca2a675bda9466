"""``body``: the story of a case under their headings, in French and in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.dates import display
from loosbot.corpus.model import Record
from loosbot.dump.filtered import known, stated
from loosbot.dump.formats.participedia.answer import ABSENT, Answer, items, source_of, words
from loosbot.dump.formats.participedia.case import Case

LONGEST = 32_000
"""Characters of one cell: their own export cuts there."""
SCOPE = "reutilisation-tiers"


def body(case: Case) -> Answer:
    """The whole text; a heading without anything under it is left out."""
    text = "\n\n".join(
        f"{heading}\n\n{passage}"
        for heading, lines in _sections(case)
        if (passage := "\n".join(filter(None, lines)))
    )
    return Answer((text,), "atteste", source_of(case.record.data)) if text else ABSENT


def _sections(case: Case) -> Iterator[tuple[str, list[str]]]:
    data = case.record.data
    stage = case.stage
    names = _Names(case.records)
    yield (
        "Problèmes et objectifs",
        [
            _text(stage("demande").get("besoin")),
            _text(stage("demande").get("texte")),
            _text(stage("diagnostic").get("texte")),
        ],
    )
    yield "Histoire et contexte", [_text(data.get("texte"))]
    yield (
        "Organismes porteurs, partenaires et financement",
        [
            names.line("À l’initiative", data.get("initiative")),
            names.line("Parties prenantes", data.get("parties_prenantes")),
            _text(stage("convention").get("objet")),
            names.line("Parties à la convention", stage("convention").get("parties")),
            *(names.promise(promise) for promise in items(stage("convention").get("engagements"))),
            *(names.promise(brought) for brought in items(stage("realisation").get("apports"))),
            *(_count(figure) for figure in items(stage("realisation").get("couts"))),
        ],
    )
    yield (
        "Recrutement et sélection des participants",
        [_count(_as_group(stage("realisation").get("participants")))],
    )
    yield "Méthodes et outils utilisés", [_stated(event) for event in items(data.get("deroule"))]
    yield (
        "Ce qui s’est passé",
        [
            _text(stage("realisation").get("texte")),
            *(_meeting(meeting) for meeting in case.meetings),
            _text(stage("arret").get("motif")),
        ],
    )
    yield (
        "Influence, résultats et effets",
        [
            *(_stated(result) for result in items(data.get("resultats"))),
            *(_count(figure) for figure in items(data.get("chiffres"))),
            *(_stated(visit) for visit in items(stage("suivi").get("visites"))),
        ],
    )
    yield (
        "Analyse et enseignements tirés",
        [
            *(_stated(friction) for friction in items(data.get("frottements"))),
            *(_stated(lesson) for lesson in items(data.get("enseignements"))),
            *(_stated(finding) for finding in items(stage("evaluation").get("constats"))),
            *(line for record in (case.record, *case.stories) for line in _voices(record, names)),
        ],
    )
    yield "Références", [_reference(source) for source in case.sources()]


class _Names:
    """The titles of records in the place of their ids."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records = records

    def __call__(self, raw: Any) -> str:
        titles = (
            self._records[word].title if word in self._records else word for word in words(raw)
        )
        return ", ".join(titles)

    def line(self, label: str, raw: Any) -> str:
        text = self(raw)
        return f"{label} : {text}." if text else ""

    def promise(self, raw: Any) -> str:
        text, who = _text(raw.get("quoi")), self(raw.get("qui"))
        return f"- {who} : {text}" if text and who else f"- {text}" if text else ""

    def may_be_quoted(self, voice: Mapping[str, Any]) -> bool:
        """Only what was agreed to for others to use: that is never implied."""
        if (own := voice.get("consentement")) is not None:
            return SCOPE in own.get("portee", ())
        speakers = [self._records.get(word) for word in words(voice.get("qui"))]
        blocks = [speaker.data.get("consentement", {}) if speaker else {} for speaker in speakers]
        return bool(blocks) and all(SCOPE in block.get("portee", ()) for block in blocks)


def _text(raw: Any) -> str:
    value = known(stated(raw))
    return str(value).strip() if value not in (None, "") else ""


def _stated(raw: Any) -> str:
    """A statement, with its date where it has one."""
    if not isinstance(raw, dict):
        return f"- {_text(raw)}"
    text = " : ".join(filter(None, (_text(raw.get(key)) for key in ("titre", "texte", "constat"))))
    day = _text(raw.get("date"))
    if not text:
        return ""
    return f"- {display(day)} : {text}" if day else f"- {text}"


def _as_group(raw: Any) -> Any:
    return raw if isinstance(raw, dict) else {"quoi": "Participants", "valeur": raw}


def _count(raw: Any) -> str:
    """A figure with its unit and the way it was counted."""
    value = _text(raw.get("valeur"))
    if not value:
        return ""
    label = _text(raw.get("quoi")) or "Participants"
    unit, counted = _text(raw.get("unite")), _text(raw.get("comptage"))
    text = " ".join(filter(None, (f"- {label} : {value}", unit)))
    return f"{text} ({counted})" if counted else text


def _meeting(record: Record) -> str:
    day = _text(record.data.get("date"))
    shown = f"{display(day)} : {record.title}" if day else record.title
    subject = _text(record.data.get("sujet"))
    return f"- {shown}. {subject}" if subject else f"- {shown}"


def _voices(record: Record, names: _Names) -> Iterator[str]:
    for voice in record.data.get("voix", ()):
        text = _text(voice.get("texte"))
        if text and names.may_be_quoted(voice):
            role = _text(voice.get("role")) or "voix"
            yield f"\n{record.title} ({role})\n\n{text}"


def _reference(record: Record) -> str:
    year = _text(record.data.get("annee")) or _text(record.data.get("date"))
    return "- " + ", ".join(filter(None, (record.title, year, _text(record.data.get("url")))))
