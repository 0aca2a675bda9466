"""The decisions of a meeting and what became of them, one a row: written, and read again."""

from __future__ import annotations

import re
from typing import Any

from loosbot.corpus.dates import is_date
from loosbot.fields.codecs import DATE
from loosbot.fields.linked import write_linked
from loosbot.fields.tables import Column, cell, text_column, text_of, who_column
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.names import Names

_NOT_STATED = "non renseigné"


def _write_outcome(decision: Any, names: Names) -> str:
    outcome = _NOT_STATED
    if "suite" in decision:
        outcome = cell(write_linked(decision["suite"], Context.CELL, names))
    if "date_suite" in decision:
        outcome += f" ({DATE.encode(decision['date_suite'], names)})"
    return outcome


def _read_outcome(text: str, names: Names) -> dict[str, Any]:
    if text == _NOT_STATED:
        return {}
    match = re.fullmatch(r"(?P<suite>.*?)(?: \((?P<date>[^()]*)\))?", text, re.DOTALL)
    assert match is not None  # noqa: S101 - every text matches
    date = DATE.decode(match["date"], names) if match["date"] else None
    if date is None or not (date in STATES or is_date(date)):
        return text_of("suite", text, names)
    suite = {} if match["suite"] == _NOT_STATED else text_of("suite", match["suite"], names)
    return {**suite, "date_suite": date}


DECISIONS = (
    text_column("Décision", "texte", certain=True),
    text_column("Pourquoi", "motif", spare=True),
    who_column("Qui", spare=True),
    Column("Ce qu’elle est devenue", _write_outcome, _read_outcome),
)
