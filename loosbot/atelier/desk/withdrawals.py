"""Drafts keep nothing of somebody who withdrew: their words go as from the pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from loosbot.atelier.desk.drafts import Draft
from loosbot.atelier.forms.answers import ITEMS, clean
from loosbot.atelier.forms.known import RecordNames
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.withdrawals import followers, named_exactly, withdrawn_people
from loosbot.corpus.privacy.withdrawals import without as taken_out
from loosbot.corpus.values import speakers
from loosbot.corpus.wording import folded

_GONE = "retire"
_VOICES = "voix"


def withdrawn_names(corpus: Corpus) -> frozenset[str]:
    """Names and ids of the persons and of the voices whose consent is withdrawn."""
    names: set[str] = set()
    for record in corpus.records.values():
        if _is_gone(record.data):
            names |= {record.id, folded(record.title)}
        for voice in record.data.get(_VOICES, ()):
            if _is_gone(voice):
                names |= {folded(name) for name in speakers(voice)} | set(speakers(voice))
    return frozenset(names)


def without(draft: Draft, corpus: Corpus, known: RecordNames) -> Draft | None:
    """The draft without the names and the words of who withdrew; None where it is about them."""
    withdrawn = withdrawn_names(corpus)
    if not withdrawn:
        return draft
    if draft.record in withdrawn or (draft.type == "acteur" and folded(draft.title) in withdrawn):
        return None
    answers = {name: list(texts) for name, texts in draft.answers.items()}
    went = followers(corpus)
    voices = [
        key
        for key in answers.get(f"{_VOICES}.{ITEMS}", [])
        if any(
            _is_one(text, withdrawn, known) or went({"qui": clean(text, "link")})
            for text in answers.get(f"{_VOICES}.{key}.qui", ())
        )
    ]
    for key in voices:
        answers.pop(f"{_VOICES}.{key}.texte", None)
    cleaned = _cleaned(answers, corpus, corrects=bool(draft.record))
    return (
        draft
        if cleaned == {name: list(texts) for name, texts in draft.answers.items()}
        else replace(draft, answers=cleaned)
    )


def _cleaned(
    answers: Mapping[str, list[str]], corpus: Corpus, *, corrects: bool
) -> dict[str, list[str]]:
    """``corrects``: who speaks is in the file too, and must be found there until it is mended."""
    people = withdrawn_people(corpus)
    is_name = named_exactly(people)
    return {
        name: [
            text if corrects and is_name(clean(text, "link")) else taken_out(people, text)
            for text in texts
        ]
        for name, texts in answers.items()
    }


def _is_one(text: str, gone: frozenset[str], known: RecordNames) -> bool:
    name = clean(text, "link")
    id_ = known.meant(name, ("acteur",))
    return folded(name) in gone or name in gone or (id_ is not None and id_ in gone)


def _is_gone(holder: Mapping[str, Any]) -> bool:
    consent = holder.get("consentement")
    return isinstance(consent, dict) and consent.get("etat") == _GONE
