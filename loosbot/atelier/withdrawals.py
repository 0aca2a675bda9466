"""Drafts keep nothing of somebody who withdrew: their words go as from the pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from loosbot.atelier.answers import ITEMS, clean
from loosbot.atelier.drafts import Draft
from loosbot.atelier.known import Known
from loosbot.corpus.mask import speakers
from loosbot.corpus.model import Corpus
from loosbot.corpus.wording import folded

_GONE = "retire"
_VOICES = "voix"


def withdrawn_names(corpus: Corpus) -> frozenset[str]:
    """Names and ids of the persons and of the voices whose consent is withdrawn."""
    found: set[str] = set()
    for record in corpus.records.values():
        if _is_gone(record.data):
            found |= {record.id, folded(record.title)}
        for voice in record.data.get(_VOICES, ()):
            if _is_gone(voice):
                found |= {folded(name) for name in speakers(voice)} | set(speakers(voice))
    return frozenset(found)


def without(draft: Draft, gone: frozenset[str], known: Known) -> Draft | None:
    """The draft without the words of these persons; None where it is about one of them."""
    if draft.record in gone or (draft.type == "acteur" and folded(draft.title) in gone):
        return None
    answers = {name: list(texts) for name, texts in draft.answers.items()}
    spoken = [
        key
        for key in answers.get(f"{_VOICES}.{ITEMS}", [])
        if any(_is_one(text, gone, known) for text in answers.get(f"{_VOICES}.{key}.qui", ()))
    ]
    texts = [f"{_VOICES}.{key}.texte" for key in spoken if f"{_VOICES}.{key}.texte" in answers]
    if not texts:
        return draft
    for name in texts:
        del answers[name]
    return replace(draft, answers=answers)


def _is_one(text: str, gone: frozenset[str], known: Known) -> bool:
    name = clean(text, "link")
    id_ = known.meant(name, ("acteur",))
    return folded(name) in gone or name in gone or (id_ is not None and id_ in gone)


def _is_gone(holder: Mapping[str, Any]) -> bool:
    consent = holder.get("consentement")
    return isinstance(consent, dict) and consent.get("etat") == _GONE
