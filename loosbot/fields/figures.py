"""Quantities, one a row of a table: written, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot.corpus.dates import is_date
from loosbot.fields.certainty import SOURCES, with_certainty
from loosbot.fields.codecs import DATE, NUMBER, word
from loosbot.fields.linked import write_linked
from loosbot.fields.tables import Column, cell, text_of
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Verbatim

_UNNAMED = "Chiffre"
"""How the page calls a figure without a name."""
_UNIT = re.compile(r"\u00a0(?!(?<=[0-9]\u00a0)[0-9]{3}(?![0-9]))")
_TYPED_UNIT = re.compile(r"(-?[0-9][0-9 \u202f\u00a0,.]*) +([^0-9 ].*)", re.DOTALL)


def with_keys(value: Any) -> Any:
    """A list of figures, each a mapping: a number alone is one too."""
    if not isinstance(value, list):
        return value
    return [figure if isinstance(figure, Mapping) else {"valeur": figure} for figure in value]


def _write_what(figure: Any, names: Names) -> str:
    return write_linked(figure.get("quoi", _UNNAMED), Context.CELL, names)


def _read_what(text: str, names: Names) -> dict[str, Any]:
    return {} if text == _UNNAMED else text_of("quoi", text, names)


def _write_amount(figure: Any, names: Names) -> str:
    amount = cell(NUMBER.encode(figure["valeur"], names))
    unit = encode(figure["unite"], Context.CELL) if "unite" in figure else ""
    source = SOURCES.encode(figure["sources"], names) if "sources" in figure else ""
    return (f"{amount}\u00a0{unit}" if unit else amount) + source


def _read_amount(text: str, names: Names) -> dict[str, Any]:
    rest, certainty = with_certainty(text, names)
    rest = wikicode.with_no_breaks(wikicode.trim(rest))
    if unit := _UNIT.search(rest):
        amount, name = rest[: unit.start()], rest[unit.end() :]
    elif typed := _TYPED_UNIT.fullmatch(rest):
        amount, name = typed[1], typed[2]
    else:
        amount, name = rest, ""
    value: dict[str, Any] = {"valeur": NUMBER.decode(amount, names)}
    if name:
        value["unite"] = wikicode.plain_inside(name)
    return {**value, **certainty}


def _write_worth(figure: Any, names: Names) -> str:
    return vocabulary("statut-fait").label(figure["statut"]).lower() if "statut" in figure else ""


def _read_worth(text: str, names: Names) -> dict[str, Any]:
    return {"statut": word("statut-fait").decode(text, names)}


def _write_counting(figure: Any, names: Names) -> str:
    how = [DATE.encode(figure["date"], names)] if "date" in figure else []
    how += [
        write_linked(figure[key], Context.CELL, names)
        for key in ("comptage", "note")
        if key in figure
    ]
    return "<br>".join(how)


def _read_counting(text: str, names: Names) -> dict[str, Any]:
    """The date, then ``comptage`` and ``note``, which no reader can tell from each other."""
    first, _, rest = re.sub("<br ?/>", "<br>", text).partition("<br>")
    date = DATE.decode(first, names)
    if date in STATES or is_date(date):
        return {"date": date, **({"comptage, note": Verbatim(rest)} if rest else {})}
    return {"comptage, note": Verbatim(text)}


FIGURES = (
    Column("Quoi", _write_what, _read_what),
    Column("Combien", _write_amount, _read_amount),
    Column("Ce que cela vaut", _write_worth, _read_worth, spare=True),
    Column("Date et mode de comptage", _write_counting, _read_counting, spare=True),
)
