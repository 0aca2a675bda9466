"""Statements and lessons, one a line: written, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot.corpus.dates import is_date
from loosbot.fields.certainty import certainty, with_certainty
from loosbot.fields.codecs import DATE, LINKS, Codec
from loosbot.fields.lists import plain_inside
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable, Verbatim

_SAID = re.compile(r"(?P<text>.*?)[ \t\n]*<small>\((?P<said>.*)\)</small>", re.DOTALL)
_FOLLOW_UP = re.compile(r"^\*\*\s*Suite\s*:\s*", re.MULTILINE)


def _write_statement(value: Any, names: Names) -> str:
    if isinstance(value, str):
        return encode(value, Context.LIST_ITEM)
    line = encode(value["texte"], Context.LIST_ITEM)
    said = [LINKS.encode(value["qui"], names)] if "qui" in value else []
    if "date" in value:
        said.append(DATE.encode(value["date"], names))
    if said:
        line += f" <small>({', '.join(said)})</small>"
    return line + certainty(value, names)


def _read_statement(line: str, names: Names) -> Any:
    rest, found = with_certainty(line, names)
    said = _SAID.fullmatch(rest)
    if said:
        found = {**_who_and_when(said["said"], names), **found}
        rest = said["text"]
    text = plain_inside(wikicode.trim(rest))
    if not text:
        raise Undecodable("une ligne de la liste est vide")
    return {"texte": text, **found} if found else text


def _who_and_when(said: str, names: Names) -> dict[str, Any]:
    date = date_said(said, names)
    if date is not None:
        return {"date": date}
    who, comma, when = said.rpartition(", ")
    date = date_said(when, names) if comma else None
    if date is not None:
        return {"qui": LINKS.decode(who, names), "date": date}
    return {"qui": LINKS.decode(said, names)}


def date_said(wikitext: str, names: Names) -> Any:
    """A date as YAML has it, None where these words are no date."""
    try:
        value = DATE.decode(wikitext, names)
    except Undecodable:
        return None
    return value if value in STATES or is_date(value) else None


STATEMENT = Codec(_write_statement, _read_statement)
"""An ``enonce``: its text alone, or a mapping with who, when, status and sources."""


def _write_lesson(value: Any, names: Names) -> str:
    line = STATEMENT.encode(value, names)
    if isinstance(value, Mapping) and "suite" in value:
        line += f"\n** Suite : {_follow_up(value['suite'], names)}"
    return line


def _read_lesson(line: str, names: Names) -> Any:
    first, *others = _FOLLOW_UP.split(line)
    if len(others) > 1:
        raise Undecodable("une leçon n’a qu’une suite")
    value = STATEMENT.decode(wikicode.trim(first), names)
    if not others:
        return value
    # what a follow-up says is written in words: it is compared, never taken apart
    kept = {"suite": Verbatim(others[0].strip())}
    return {**value, **kept} if isinstance(value, dict) else {"texte": value, **kept}


def _follow_up(value: Any, names: Names) -> str:
    if isinstance(value, str):
        return STATES.get(value, value)
    parts = [encode(_without_stop(value), Context.LIST_ITEM)] if "quoi" in value else []
    if "qui" in value:
        parts.append(f"par {LINKS.encode(value['qui'], names)}")
    if "echeance" in value:
        due = value["echeance"]
        known = f"pour : {DATE.encode(due, names)}"
        parts.append("échéance inconnue" if due == "inconnu" else known)
    if "fait" in value:
        done = {"oui": "fait", "non": "pas encore fait"}
        parts.append(done.get(value["fait"], f"fait : {STATES.get(value['fait'], '')}"))
    if "date" in value:
        day = value["date"]
        parts.append("date inconnue" if day == "inconnu" else DATE.encode(day, names))
    if "preuve" in value:
        parts.append(f"preuve : {LINKS.encode(value['preuve'], names)}")
    return ", ".join(parts) + certainty(value, names)


def _without_stop(value: Mapping[str, Any]) -> str:
    """What follows, without its full stop where a comma comes next: never « mixtes., fait »."""
    said: str = value["quoi"]
    return said.removesuffix(".") if len(value) > 1 else said


LESSON = Codec(_write_lesson, _read_lesson)
"""An ``enseignement``, and what became of it: its follow-up must stay as it was written."""
