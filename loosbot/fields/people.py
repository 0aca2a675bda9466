"""Lines about persons: whom to ask, and which offices they held. Written here, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot.corpus.french import typographic
from loosbot.fields.agreement import agreed
from loosbot.fields.certainty import certainty, with_certainty
from loosbot.fields.codecs import DATE, LINKS, Codec
from loosbot.fields.linked import read_linked, write_linked
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

_LINE = re.compile(r"(?P<text>.*?)(?:[ \t\n]*\((?P<dates>[^()]*)\))?", re.DOTALL)
_SINCE = {"depuis": "du", "jusqu’à": "au"}
_TERM = {"début": "du", "fin": "au"}


def _write_contact(person: Mapping[str, Any], names: Names) -> str:
    line = LINKS.encode(person["qui"], names)
    if "role" in person:
        line += f", {write_linked(person['role'], Context.LIST_ITEM, names)}"
    return line + _dates(person, _SINCE, names) + certainty(person, names)


def _read_contact(line: str, names: Names) -> Any:
    text, dates, certainty = _parts(line, names)
    who, comma, role = text.partition(", ")
    value = {"qui": LINKS.decode(who, names)}
    if comma:
        value["role"] = read_linked(role, names)
    return {**value, **_period(dates, _SINCE, names), **certainty}


CONTACT = Codec(_write_contact, _read_contact)
"""One of ``referents``: who, in which role, since when."""


def _write_term(term: Mapping[str, Any], names: Names) -> str:
    office = write_linked(term["fonction"], Context.LIST_ITEM, names)
    return office + _dates(term, _TERM, names) + certainty(term, names)


def _read_term(line: str, names: Names) -> Any:
    text, dates, certainty = _parts(line, names)
    return {"fonction": read_linked(text, names), **_period(dates, _TERM, names), **certainty}


TERM = Codec(_write_term, _read_term)
"""One of ``mandats``: which office, from when to when."""


def _dates(item: Mapping[str, Any], keys: Mapping[str, str], names: Names) -> str:
    dates = [
        f"{word} : {agreed(word, DATE.encode(item[key], names))}"
        for word, key in keys.items()
        if key in item
    ]
    return f" ({', '.join(dates)})" if dates else ""


def _parts(line: str, names: Names) -> tuple[str, str, dict[str, Any]]:
    """The words of a line, its dates, and what is known of the fact."""
    rest, certainty = with_certainty(line, names)
    match = _LINE.fullmatch(wikicode.trim(rest))
    assert match is not None  # noqa: S101 - every text matches
    return match["text"], match["dates"] or "", certainty


def _period(text: str, keys: Mapping[str, str], names: Names) -> dict[str, Any]:
    period: dict[str, Any] = {}
    for part in text.split(", ") if text else ():
        name, colon, date = part.partition(" : ")
        name = typographic(name.strip())
        if not colon or name not in keys:
            raise Undecodable(f"« {part} » ne se lit pas comme une date de début ou de fin")
        period[keys[name]] = DATE.decode(date, names)
    return period
