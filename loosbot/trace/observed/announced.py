"""What was announced, planned or expected, and of which nothing was heard since.

A forecast (``statut: prevu``) is neither news nor a deed. Once its day is over it is a question
to ask, which is what this list is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.stages import STAGES
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import is_forecast, known, last_day
from loosbot.fields.vocabulary import vocabulary
from loosbot.trace.facts import View, structured
from loosbot.trace.reported import Announcement

_TEXT_KEYS = ("texte", "quoi", "titre", "besoin", "objet")
_DATES = ("date", "du", "echeance", "au")
_NAMES = {"date": "la rencontre elle-même", **STAGES, "statut": "le projet lui-même"}
_WORDS = {"effets": "effet", "limites": "limite", "vigilances": "vigilance", "leviers": "levier"}
"""Lists of words -> the vocabulary that says how each is read."""


def announced(view: View) -> tuple[Announcement, ...]:
    """Every forecast of the corpus, by record and in the order of the file."""
    return tuple(
        announcement
        for record in view.corpus.records.values()
        for announcement in _of(record, view)
    )


def _of(record: Record, view: View) -> Iterator[Announcement]:
    if record.type in PROJECTS and known(record.data.get("statut")) == "annonce":
        yield _announcement(record, _NAMES["statut"], record.data.get("annee"), view)
    for key, value in structured(record).items():
        if isinstance(value, dict | list):
            yield from _inside(record, key, value, "", view)


def _inside(record: Record, key: str, value: Any, inner: str, view: View) -> Iterator[Announcement]:
    """``key`` is that of the record under which ``value`` stands, ``inner`` the nearest one."""
    if is_forecast(value):
        dated = (inner or key) in _DATES
        yield _announcement(record, _what(value, key), value if dated else _date(value), view)
    elif isinstance(value, dict):
        # a forecast is always a mapping: scalars are skipped
        for name, inside in value.items():
            if isinstance(inside, dict | list):
                yield from _inside(record, key, inside, name, view)
    elif isinstance(value, list):
        for inside in value:
            if isinstance(inside, dict | list):
                yield from _inside(record, key, inside, inner, view)


def _what(value: Mapping[str, Any], key: str) -> str:
    named = next((text for name in _TEXT_KEYS if (text := known(value.get(name)))), "")
    word = known(value)
    return (
        named or _NAMES.get(key) or (vocabulary(_WORDS[key]).label(word) if key in _WORDS else word)
    )


def _date(value: Mapping[str, Any]) -> Any:
    return next((value[key] for key in _DATES if key in value), "")


def _announcement(record: Record, what: str, date: Any, view: View) -> Announcement:
    over = view.is_past(last_day(date))
    return Announcement(record.id, record.title, what, known(date), over)
