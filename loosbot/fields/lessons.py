"""Lessons, one a line, each with what became of it under it: written, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot import lazy
from loosbot.corpus.values import UNKNOWN
from loosbot.fields.agreement import agreed, unagreed
from loosbot.fields.certainty import certainty, with_certainty
from loosbot.fields.codecs import DATE, LINKS, Codec
from loosbot.fields.linked import read_linked, write_linked
from loosbot.fields.statements import STATEMENT, decoded_date
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable, Verbatim

_OPENING = lazy.pattern(r"^\*\*\s*Suite\s*:\s*", re.MULTILINE)
_NOTHING = lazy.pattern(r"\s*^\*\*\s*(?:Suite\s*:?\s*)?\Z", re.MULTILINE)
"""A line of the second level from which somebody took all words."""
_WORDS_GONE = (
    "cet enseignement n’a plus de mots, et « Suite » est restée : remettez-les ; s’il doit partir, "
    "retirez sa suite aussi"
)
_NO_DUE_DATE = "échéance inconnue"
_NO_DATE = "date inconnue"
_DONE: Mapping[str, str] = {
    "oui": "fait",
    "non": "pas encore fait",
    **{state: f"fait : {shown}" for state, shown in STATES.items()},
}
_BEFORE = (
    r"(?:, (?P<quoi>.*?))??(?:, par (?P<qui>.*?))?"
    rf"(?:, (?P<echeance>pour : [^,]*|{_NO_DUE_DATE}))?"
    rf"(?:, (?P<fait>{'|'.join(_DONE.values())}))?"
)
_AFTER = r"(?:, preuve : (?P<preuve>.*))?"
_LEAD_INS = tuple(
    lazy.pattern(_BEFORE + date + _AFTER, re.DOTALL) for date in (", (?P<date>[^,]+)", "(?P<date>)")
)
"""What may be said of a follow-up, in its order: with the day on which it was done, and without."""


def _write(value: Any, names: Names) -> str:
    line = STATEMENT.encode(value, names)
    if isinstance(value, Mapping) and "suite" in value:
        line += f"\n** Suite : {_write_follow_up(value['suite'], names)}"
    return line


def _read(line: str, names: Names) -> Any:
    first, *others = _OPENING.split(_NOTHING.sub("", line))
    if len(others) > 1:
        raise Undecodable("un enseignement n’a qu’une suite")
    if others and not with_certainty(wikicode.trim(first), names)[0].strip():
        raise Undecodable(_WORDS_GONE)
    value = STATEMENT.decode(wikicode.trim(first), names)
    if not others:
        return value
    follow_up = {"suite": _read_follow_up(others[0].strip(), names)}
    return {**value, **follow_up} if isinstance(value, dict) else {"texte": value, **follow_up}


LESSON = Codec(_write, _read)
"""An ``enseignement``, and what became of it."""


def _write_follow_up(value: Any, names: Names) -> str:
    if isinstance(value, str):
        return agreed("suite", STATES.get(value, value))
    parts = []
    if "quoi" in value:
        parts.append(write_linked(_without_stop(value), Context.LIST_ITEM, names))
    if "qui" in value:
        parts.append(f"par {LINKS.encode(value['qui'], names)}")
    if "echeance" in value:
        due = value["echeance"]
        known = f"pour : {DATE.encode(due, names)}"
        parts.append(_NO_DUE_DATE if due == UNKNOWN else known)
    if "fait" in value:
        parts.append(_DONE.get(value["fait"], "fait : "))
    if "date" in value:
        day = value["date"]
        parts.append(_NO_DATE if day == UNKNOWN else DATE.encode(day, names))
    if "preuve" in value:
        parts.append(f"preuve : {LINKS.encode(value['preuve'], names)}")
    return ", ".join(parts) + certainty(value, names)


def _without_stop(value: Mapping[str, Any]) -> str:
    """What follows, without its full stop where a comma comes next: never « mixtes., fait »."""
    text: str = value["quoi"]
    return text.removesuffix(".") if len(value) > 1 else text


def _read_follow_up(text: str, names: Names) -> Any:
    """What became of a lesson, where its words can be taken apart and say the same again.

    Words that cannot are compared as they are.
    """
    state = next((word for word, shown in STATES.items() if unagreed(text) == shown), "")
    if state:
        return state
    rest, known = with_certainty(text, names)
    for pattern in _LEAD_INS:
        match = pattern.fullmatch(f", {rest}")
        try:
            value = {**_taken_apart(match.groupdict(), names), **known} if match else {}
        except Undecodable:
            continue
        if value and _write_follow_up(value, names) == text:
            return value
    return Verbatim(text)


def _taken_apart(parts: Mapping[str, str | None], names: Names) -> dict[str, Any]:
    value: dict[str, Any] = {}
    if what := parts["quoi"]:
        value["quoi"] = read_linked(what, names)
    if who := parts["qui"]:
        value["qui"] = LINKS.decode(who, names)
    if due := parts["echeance"]:
        date = due.removeprefix("pour : ")
        value["echeance"] = UNKNOWN if due == _NO_DUE_DATE else DATE.decode(date, names)
    if done := parts["fait"]:
        value["fait"] = next(word for word, shown in _DONE.items() if shown == done)
    if day := parts["date"]:
        value["date"] = UNKNOWN if day == _NO_DATE else _day(day, names)
    if proof := parts["preuve"]:
        value["preuve"] = LINKS.decode(proof, names)
    return value


def _day(text: str, names: Names) -> Any:
    date = decoded_date(text, names)
    if date is None:
        raise Undecodable(f"« {text} » n’est pas une date")
    return date
