"""Tables of figures, contributions, decisions, visits and promises: one row, one item."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import mwparserfromhell

from loosbot.corpus.dates import is_date
from loosbot.corpus.french import typographic
from loosbot.corpus.model import KeyPath
from loosbot.fields.codecs import DATE, LINKS, NUMBER, word
from loosbot.fields.items import plain_inside, with_certainty
from loosbot.fields.parameters import PROMISE
from loosbot.fields.slots import Slot, fixed
from loosbot.fields.statements import PROMISE_CELLS
from loosbot.fields.vocabulary import STATES
from loosbot.wikitext import wikicode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable, Verbatim

Cell = Callable[[str, Names], dict[str, Any]]
"""What a cell that is not empty says: some keys of the item."""

_TABLE = re.compile(
    r"(?:<div [^>]*role=\"region\"[^>]*>\s*)?^\{\|[^\n]*\n(?P<inner>.*?)^\|\}[ \t]*(?:\n</div>)?",
    re.DOTALL | re.MULTILINE,
)
_ROW = re.compile(r"^\|-[^\n]*\n?", re.MULTILINE)
_CELL = re.compile(r"^[!|](?![-}+])", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\A[^|\[\]{}<>\n]*\|(?!\|)")
_OUR_ATTRIBUTES = re.compile(r"\A *(?:scope=\"row\" style=\"text-align:left\" *)?\|(?!\|)")
"""Those that ``wikitext.blocks.table`` gives to the first cell of a row, or none."""
_UNIT = re.compile(r"\u00a0(?!(?<=[0-9]\u00a0)[0-9]{3}(?![0-9]))")
_TYPED_UNIT = re.compile(r"(-?[0-9][0-9 \u202f\u00a0,.]*) +([^0-9 ].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page: ``caption`` names it; ``rows`` are texts of rows, without ``|-``."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[str, ...]


def take_tables(text: str) -> tuple[list[Table], str]:
    """The tables of a section, and the text without them."""
    tables: list[Table] = []

    def taken(match: re.Match[str]) -> str:
        tables.append(_table(match["inner"]))
        return ""

    return tables, _TABLE.sub(taken, text)


def _table(inner: str) -> Table:
    head, *rows = _ROW.split(inner)
    caption = ""
    headers: list[str] = []
    for line in head.splitlines():
        if line.startswith("|+"):
            caption = line[2:].strip()
        elif line.startswith("!"):
            headers.append(typographic(wikicode.trim(_ATTRIBUTES.sub("", line[1:], count=1))))
    return Table(caption, tuple(headers), tuple(wikicode.trim(row) for row in rows if row.strip()))


def rows_of(
    table: Table, path: KeyPath, cells: Mapping[str, Cell], columns: tuple[str, ...]
) -> list[Slot]:
    """The slots of a table whose rows are items of the list at ``path``.

    ``cells`` reads each column, by its heading. A table whose headings are no longer ours is
    fixed, and so are the headings when somebody adds a column.
    """
    label = table.caption
    found = fixed(" | ".join(table.headers), f"{label} : colonnes")
    if any(header not in columns for header in table.headers):
        return found + fixed("\n".join(table.rows), label)
    decode = partial(_row, headers=table.headers, cells=cells)
    return [*found, Slot(path, "items", table.rows, label, decode)] if table.rows else found


def _row(
    text: str, names: Names, *, headers: tuple[str, ...], cells: Mapping[str, Cell]
) -> dict[str, Any]:
    parts = [wikicode.trim(_OUR_ATTRIBUTES.sub("", one, count=1)) for one in _CELL.split(text)]
    if parts[0] or len(parts) != len(headers) + 1:
        raise Undecodable(f"la ligne n’a pas {len(headers)} cases, une par ligne de texte")
    if any(_ATTRIBUTES.match(part) for part in parts):
        raise Undecodable("la fiche ne dit pas comment une case est présentée")
    value: dict[str, Any] = {}
    for header, part in zip(headers, parts[1:], strict=True):
        if part:
            value |= cells[header](part, names)
    return value


def row_of(text: str) -> tuple[str, list[str]]:
    """The header of a row that has one, and its cells."""
    parts = [wikicode.trim(_OUR_ATTRIBUTES.sub("", one, count=1)) for one in _CELL.split(text)]
    return (parts[1] if len(parts) > 1 else ""), parts[2:]


def text_cell(key: str) -> Cell:
    """A cell that is a text, with what is known of it."""

    def cell(text: str, names: Names) -> dict[str, Any]:
        rest, found = with_certainty(text, names)
        said = plain_inside(wikicode.trim(rest))
        state = next((word for word, shown in STATES.items() if said == shown), None)
        return {key: state or said, **found}

    return cell


def links_cell(key: str) -> Cell:
    """A cell that names somebody or something."""
    return lambda text, names: {key: LINKS.decode(text, names)}


def _date(key: str) -> Cell:
    return lambda text, names: {key: DATE.decode(text, names)}


def _what(text: str, names: Names) -> dict[str, Any]:
    """A figure without a name is called so by the page."""
    return {} if text == "Chiffre" else text_cell("quoi")(text, names)


def _amount(text: str, names: Names) -> dict[str, Any]:
    rest, found = with_certainty(text, names)
    rest = wikicode.trim(rest)
    unit = _UNIT.search(rest)
    if unit:
        amount, name = rest[: unit.start()], rest[unit.end() :]
    elif typed := _TYPED_UNIT.fullmatch(rest):
        amount, name = typed[1], typed[2]
    else:
        amount, name = rest, ""
    value: dict[str, Any] = {"valeur": NUMBER.decode(amount, names)}
    if name:
        value["unite"] = plain_inside(name)
    return {**value, **found}


def _worth(text: str, names: Names) -> dict[str, Any]:
    return {"statut": word("statut-fait").decode(text, names)}


def _counting(text: str, names: Names) -> dict[str, Any]:
    """The date, then ``comptage`` and ``note``, which no reader can tell from each other."""
    first, _, rest = re.sub("<br ?/>", "<br>", text).partition("<br>")
    date = DATE.decode(first, names)
    if date in STATES or is_date(date):
        return {"date": date, **({"comptage, note": Verbatim(rest)} if rest else {})}
    return {"comptage, note": Verbatim(text)}


FIGURES: Mapping[str, Cell] = {
    "Quoi": _what,
    "Combien": _amount,
    "Ce que cela vaut": _worth,
    "Date et mode de comptage": _counting,
}
CONTRIBUTIONS: Mapping[str, Cell] = {"Qui": links_cell("qui"), "Quoi": text_cell("quoi")}
VISITS: Mapping[str, Cell] = {
    "Date": _date("date"),
    "Constat": text_cell("constat"),
    "Par qui": links_cell("qui"),
}


def _promise_cell(parameter: str) -> Cell:
    field = next(one for one in PROMISE if one.parameter == parameter)
    return lambda text, names: {str(field.path[-1]): field.decode(text, names)}


def _kept(text: str, names: Names) -> dict[str, Any]:
    """The last cell of a promise: one call, without what stands in the cells beside it."""
    value = promise(text, names)
    beside = {"qui", "quoi", "echeance"} & value.keys()
    if beside:
        raise Undecodable("qui s’engage, à quoi et pour quand s’écrivent chacun dans sa case")
    return value


PROMISES: Mapping[str, Cell] = {
    **{column: _promise_cell(name) for column, name in PROMISE_CELLS.items()},
    "Tenu ?": _kept,
}


def take_promises(text: str, names: Names) -> tuple[list[tuple[str, tuple[str, ...]]], str]:
    """Tables of format 1, whose rows are ``{{Engagement}}``: caption and calls of each; and the
    text without them."""
    found: list[tuple[str, tuple[str, ...]]] = []
    name = names.template("Engagement")
    rest = []
    for node in mwparserfromhell.parse(text).nodes:
        calls = [
            str(call)
            for call in mwparserfromhell.parse(str(node)).ifilter_templates()
            if wikicode.name_of(call) == name
        ]
        caption = re.search(r"<caption>(.*?)</caption>", str(node))
        if calls and caption:
            found.append((caption[1], tuple(calls)))
        else:
            rest.append(str(node))
    return found, "".join(rest)


def promise(text: str, names: Names) -> dict[str, Any]:
    """One engagement from its call."""
    calls, rest = wikicode.take_templates(text, {names.template("Engagement")})
    if len(calls) != 1 or rest or calls[0].hidden:
        raise Undecodable("un engagement s’écrit {{Engagement|…}}")
    value = {}
    left = {name: one for name, one in calls[0].values.items() if one}
    for field in PROMISE:
        if field.parameter in left:
            value[str(field.path[-1])] = field.decode(left.pop(field.parameter), names)
    if left:
        raise Undecodable(f"{{{{Engagement}}}} n’a pas de paramètre « {next(iter(left))} »")
    return value
