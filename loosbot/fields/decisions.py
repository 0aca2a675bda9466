"""The decisions of a meeting and what became of them: the table, written and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot.corpus.dates import is_date
from loosbot.fields.codecs import DATE, LINKS
from loosbot.fields.site import Site
from loosbot.fields.statements import cell, certainty, state_of
from loosbot.fields.tables import Cell, links_cell, text_cell
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext.blocks import table, telling
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names

CAPTION = "Décisions et suites"
_UNTOLD = "non renseigné"


def table_of(value: Any, site: Site) -> str:
    """``decisions`` of a meeting."""
    if value is None or isinstance(value, str):
        return state_of(value)
    rows = [_row(decision, site) for decision in value]
    shown = telling(rows)
    headers = list(COLUMNS)
    return table(CAPTION, [headers[i] for i in shown], [[row[i] for i in shown] for row in rows])


def _row(decision: Mapping[str, Any], site: Site) -> tuple[str, str, str, str]:
    outcome = cell(encode(decision["suite"], Context.CELL)) if "suite" in decision else _UNTOLD
    if "date_suite" in decision:
        outcome += f" ({DATE.encode(decision['date_suite'], site.names)})"
    return (
        encode(decision["texte"], Context.CELL) + certainty(decision, site.names),
        cell(encode(decision["motif"], Context.CELL)) if "motif" in decision else "",
        LINKS.encode(decision["qui"], site.names) if "qui" in decision else "",
        outcome,
    )


def _became(text: str, names: Names) -> dict[str, Any]:
    if text == _UNTOLD:
        return {}
    match = re.fullmatch(r"(?P<suite>.*?)(?: \((?P<date>[^()]*)\))?", text, re.DOTALL)
    assert match is not None  # noqa: S101 - every text matches
    date = DATE.decode(match["date"], names) if match["date"] else None
    if date is None or not (date in STATES or is_date(date)):
        return text_cell("suite")(text, names)
    suite = {} if match["suite"] == _UNTOLD else text_cell("suite")(match["suite"], names)
    return {**suite, "date_suite": date}


COLUMNS: Mapping[str, Cell] = {
    "Décision": text_cell("texte"),
    "Pourquoi": text_cell("motif"),
    "Qui": links_cell("qui"),
    "Ce qu’elle est devenue": _became,
}
