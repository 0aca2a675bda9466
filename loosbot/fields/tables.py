"""Tables whose rows are the items of a list: written, and read again.

Each column is written and read by one :class:`Column`. What the columns of figures, promises,
decisions and visits are is said beside the rest of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from loosbot import lazy
from loosbot.corpus.french import typographic
from loosbot.corpus.model import KeyPath
from loosbot.fields.certainty import certainty, with_certainty
from loosbot.fields.codecs import LINKS
from loosbot.fields.linked import read_linked, write_linked
from loosbot.fields.lists import state_of
from loosbot.fields.slots import Slot, fixed
from loosbot.fields.vocabulary import STATES
from loosbot.frozen import dataclass
from loosbot.wikitext import blocks, wikicode
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable


@dataclass(frozen=True, slots=True)
class Column:
    """``write`` gives the cell of an item, ``read`` the keys that a cell with something in it says.

    A column that is ``spare`` is left out where no item has anything for it.
    """

    title: str
    write: Callable[[Any, Names], str]
    read: Callable[[str, Names], dict[str, Any]]
    spare: bool = False


_TABLE = lazy.pattern(
    r"(?:<div [^>]*role=\"region\"[^>]*>\s*)?^\{\|[^\n]*\n(?P<inner>.*?)^\|\}[ \t]*(?:\n</div>)?",
    re.DOTALL | re.MULTILINE,
)
_ROW = lazy.pattern(r"^\|-[^\n]*\n?", re.MULTILINE)
_CELL = lazy.pattern(r"^[!|](?![-}+])", re.MULTILINE)
_ATTRIBUTES = lazy.pattern(r"\A[^|\[\]{}<>\n]*\|(?!\|)")
_OUR_ATTRIBUTES = lazy.pattern(r"\A *(?:scope=\"row\" style=\"text-align:left\" *)?\|(?!\|)")
"""Those that ``wikitext.blocks.table`` gives to the first cell of a row, or none."""


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


def around_table(text: str, caption: str) -> tuple[str, Table | None, str]:
    """What stands above the table of this caption, the table, and what stands behind it."""
    for match in _TABLE.finditer(text):
        table = _table(match["inner"])
        if table.caption == caption:
            return text[: match.start()], table, text[match.end() :]
    return text, None, ""


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


def write_rows(
    caption: str, columns: tuple[Column, ...], value: Any, names: Names, *, sortable: bool = False
) -> str:
    """The wikitext of the table of a list of items; of a state (« inconnu ») a sentence."""
    if not value or isinstance(value, str):
        return state_of(value)
    rows = [[column.write(item, names) for column in columns] for item in value]
    kept = [
        place
        for place, column in enumerate(columns)
        if not column.spare or any(row[place] for row in rows)
    ]
    return blocks.table(
        caption,
        [columns[place].title for place in kept],
        [[row[place] for place in kept] for row in rows],
        sortable=sortable,
    )


def read_rows(table: Table, path: KeyPath, columns: tuple[Column, ...]) -> list[Slot]:
    """The slots of a table whose rows are items of the list at ``path``.

    A table whose headings are no longer ours is fixed, and so are the headings when somebody
    adds a column.
    """
    label = table.caption
    known = {column.title: column for column in columns}
    headings = fixed(" | ".join(table.headers), f"{label} : colonnes")
    if any(header not in known for header in table.headers):
        return headings + fixed("\n".join(table.rows), label)
    decode = partial(_read_row, columns=tuple(known[header] for header in table.headers))
    return [*headings, Slot(path, "items", table.rows, label, decode)] if table.rows else headings


def _read_row(text: str, names: Names, *, columns: tuple[Column, ...]) -> dict[str, Any]:
    parts = [wikicode.trim(_OUR_ATTRIBUTES.sub("", part, count=1)) for part in _CELL.split(text)]
    if parts[0] or len(parts) != len(columns) + 1:
        raise Undecodable(f"la ligne n’a pas {len(columns)} cases, une par ligne de texte")
    if any(_ATTRIBUTES.match(part) for part in parts):
        raise Undecodable("la fiche ne dit pas comment une case est présentée")
    value: dict[str, Any] = {}
    for column, part in zip(columns, parts[1:], strict=True):
        if part:
            value |= column.read(part, names)
    return value


def row_of(text: str) -> tuple[str, list[str]]:
    """The header of a row that has one, and its cells."""
    parts = [wikicode.trim(_OUR_ATTRIBUTES.sub("", cell, count=1)) for cell in _CELL.split(text)]
    return (parts[1] if len(parts) > 1 else ""), parts[2:]


def cell(wikitext: str) -> str:
    """A cell's text; a state is written as a word."""
    return STATES.get(wikitext, wikitext)


def text_of(key: str, text: str, names: Names) -> dict[str, Any]:
    """What a cell says that is a text, with what is known of it."""
    rest, certainty = with_certainty(text, names)
    words = read_linked(wikicode.trim(rest), names)
    state = next((word for word, shown in STATES.items() if words == shown), None)
    return {key: state or words, **certainty}


def text_column(title: str, key: str, *, certain: bool = False, spare: bool = False) -> Column:
    """A text; behind it what is known of the item, where the column is ``certain``."""

    def write(item: Any, names: Names) -> str:
        text = cell(write_linked(item[key], Context.CELL, names)) if key in item else ""
        return text + (certainty(item, names) if certain else "")

    return Column(title, write, partial(text_of, key), spare)


def who_column(title: str, *, spare: bool = False) -> Column:
    """Somebody or something, under ``qui``."""
    return Column(
        title,
        lambda item, names: LINKS.encode(item["qui"], names) if "qui" in item else "",
        lambda text, names: {"qui": LINKS.decode(text, names)},
        spare,
    )
