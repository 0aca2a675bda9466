"""What each brought, what each promised, what was decided and became of it, one a row of a table:
written, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import mwparserfromhell

from loosbot.corpus.dates import is_date
from loosbot.fields.codecs import DATE
from loosbot.fields.linked import write_linked
from loosbot.fields.parameters import PROMISE, parameters
from loosbot.fields.tables import Column, cell, text_column, text_of, who_column
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import inline_call
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

CONTRIBUTIONS = (who_column("Qui"), text_column("Quoi", "quoi", certain=True))

PROMISE_CELLS: Mapping[str, str] = {"Qui": "Qui", "S’engage à": "Quoi", "Pour quand": "Pour quand"}
"""Column of a promise -> its field that is the text of a cell; the others are in the call."""


def _column(title: str, parameter: str) -> Column:
    field = next(field for field in PROMISE if field.parameter == parameter)
    [key] = field.path
    return Column(
        title,
        lambda promise, names: field.encode(promise[key], names) if key in promise else "",
        lambda text, names: {str(key): field.decode(text, names)},
    )


def _write_kept(promise: Any, names: Names) -> str:
    """What came of it, in a small ``{{Engagement}}``."""
    rest = dict(parameters(PROMISE, promise, names))
    for parameter in PROMISE_CELLS.values():
        rest.pop(parameter, None)
    return inline_call(names, "Engagement", **rest)


def _read_kept(text: str, names: Names) -> dict[str, Any]:
    """One call, without what stands in the cells beside it."""
    value = read_promise(text, names)
    if {"qui", "quoi", "echeance"} & value.keys():
        raise Undecodable("qui s’engage, à quoi et pour quand s’écrivent chacun dans sa case")
    return value


PROMISES = (
    *(_column(title, parameter) for title, parameter in PROMISE_CELLS.items()),
    Column("Tenu ?", _write_kept, _read_kept),
)


def take_promises(text: str, names: Names) -> tuple[list[tuple[str, tuple[str, ...]]], str]:
    """Tables of format 1, whose rows are ``{{Engagement}}``: caption and calls of each; and the
    text without them."""
    tables: list[tuple[str, tuple[str, ...]]] = []
    name = names.template("Engagement")
    rest = []
    for node in mwparserfromhell.parse(text, skip_style_tags=True).nodes:
        calls = [
            str(call)
            for call in mwparserfromhell.parse(str(node), skip_style_tags=True).ifilter_templates()
            if wikicode.name_of(call) == name
        ]
        caption = re.search(r"<caption>(.*?)</caption>", str(node))
        if calls and caption:
            tables.append((caption[1], tuple(calls)))
        else:
            rest.append(str(node))
    return tables, "".join(rest)


def read_promise(text: str, names: Names) -> dict[str, Any]:
    """One engagement from its call. Raises Undecodable where anything else stands there."""
    calls, rest = wikicode.take_templates(text, {names.template("Engagement")})
    if len(calls) != 1 or rest or calls[0].hidden:
        raise Undecodable("un engagement s’écrit {{Engagement|…}}")
    value = {}
    left = {name: wikitext for name, wikitext in calls[0].values.items() if wikitext}
    for field in PROMISE:
        if field.parameter in left:
            value[str(field.path[-1])] = field.decode(left.pop(field.parameter), names)
    if left:
        raise Undecodable(f"{{{{Engagement}}}} n’a pas de paramètre « {next(iter(left))} »")
    return value


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
