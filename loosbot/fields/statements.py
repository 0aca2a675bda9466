"""Statements, one a line: written, and read again."""

from __future__ import annotations

import re
from typing import Any

from loosbot.corpus.dates import is_date
from loosbot.fields.certainty import certainty, with_certainty
from loosbot.fields.codecs import DATE, LINKS, Codec
from loosbot.fields.linked import read_linked, write_linked
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

_SAID = re.compile(r"(?P<text>.*?)[ \t\n]*<small>\((?P<said>.*)\)</small>", re.DOTALL)


def _write_statement(value: Any, names: Names) -> str:
    if isinstance(value, str):
        return write_linked(value, Context.LIST_ITEM, names)
    line = write_linked(value["texte"], Context.LIST_ITEM, names)
    details = [LINKS.encode(value["qui"], names)] if "qui" in value else []
    if "date" in value:
        details.append(DATE.encode(value["date"], names))
    if details:
        line += f" <small>({', '.join(details)})</small>"
    return line + certainty(value, names)


def _read_statement(line: str, names: Names) -> Any:
    rest, certainty = with_certainty(line, names)
    if match := _SAID.fullmatch(rest):
        certainty = {**_who_and_when(match["said"], names), **certainty}
        rest = match["text"]
    text = read_linked(wikicode.trim(rest), names)
    if not text:
        raise Undecodable("une ligne de la liste est vide")
    return {"texte": text, **certainty} if certainty else text


def _who_and_when(typed: str, names: Names) -> dict[str, Any]:
    date = decoded_date(typed, names)
    if date is not None:
        return {"date": date}
    who, comma, when = typed.rpartition(", ")
    date = decoded_date(when, names) if comma else None
    if date is not None:
        return {"qui": LINKS.decode(who, names), "date": date}
    return {"qui": LINKS.decode(typed, names)}


def decoded_date(wikitext: str, names: Names) -> Any:
    """A date as YAML has it, None where these words are no date."""
    try:
        value = DATE.decode(wikitext, names)
    except Undecodable:
        return None
    return value if value in STATES or is_date(value) else None


STATEMENT = Codec(_write_statement, _read_statement)
"""An ``enonce``: its text alone, or a mapping with who, when, status and sources."""
