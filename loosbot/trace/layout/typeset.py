"""The tables of a report laid out as text and as HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape

from loosbot.trace.layout.tables import Cell, Row, Table, without_constant_columns

WIDTH = 60
"""Columns of the narrowest terminal that we write for."""

Name = Callable[[str], str]
"""The title of a record by its id, or of the one that a promise stands in."""


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Lines of at most ``WIDTH``; a word that is longer, such as a path, is never cut.

    « 12 % » and « : » keep their line; a terminal that searches has plain spaces, all the same.
    """
    first = indent if first is None else first
    # the fast path: visible characters and single plain spaces, as in nearly all texts
    simple = text.isprintable() and "  " not in text and text == text.strip(" ")
    text = _spaced_once(text) if simple else spaced(text)
    if simple or not _ODD.search(text):
        # the same result in a tenth of the time, for reports of thousands of lines
        lines = _lines(text, indent, first) if text else []
    else:
        lines = textwrap.wrap(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def _lines(text: str, indent: str, first: str) -> list[str]:
    lines = []
    start, prefix = 0, first
    while len(text) - start > (room := WIDTH - len(prefix)):
        end = text.rfind(" ", start, start + room + 1)
        if end < 0:
            end = text.find(" ", max(start, start + room))
        if end < 0:
            break
        lines.append(prefix + text[start:end])
        start, prefix = end + 1, indent
    lines.append(prefix + text[start:])
    return lines


_ODD = re.compile(r"[^\S \u00a0]|  |^ | $|(?<!\S)\u00a0")
"""Other spaces than one between two words."""
_MARK = re.compile(r" (?:(?=[:;?!»%])(?<=\S )|(?<=[«§] ))")
"""The space first: a pattern that looks back first is tried at every letter."""

_TIED = (
    *((sign, f" {sign}", f"\N{NO-BREAK SPACE}{sign}") for sign in ":;?!»%"),
    *((sign, f"{sign} ", f"{sign}\N{NO-BREAK SPACE}") for sign in "«§"),
)


def spaced(text: str) -> str:
    """French typography: no line begins with a colon, nor ends with « or §."""
    return _MARK.sub("\N{NO-BREAK SPACE}", text)


def _spaced_once(text: str) -> str:
    """As :func:`spaced`, for a text with single spaces between words."""
    for sign, parted, tied in _TIED:
        # a test for single characters is much faster than the patterns
        if sign in text:
            text = text.replace(parted, tied)
    return text


def to_text(table: Table, name: Name) -> Iterator[str]:
    """A line a row: the first cell, then the others with their heading, in parentheses."""
    table = without_constant_columns(table)
    for row in table.rows:
        first, *others = row.cells
        lists = [cell for cell in others if cell.listing]
        # a list goes on lines of its own, unless it is short and among other cells
        listed = [cell for cell in lists if len(others) == 1 or len(cell.under) > 1]
        details = [
            f"{column.title[:1].lower()}{column.title[1:]} : {text}"
            for column, cell in zip(table.columns[1:], others, strict=True)
            if cell not in listed and (text := plain(cell, name))
        ]
        end = f" ({' ; '.join(details)})" if details else ""
        yield wrapped(f"{plain(first, name)}{end}", "  ", "- ")
        for cell in listed:
            for item in cell.under:
                yield wrapped(plain(item, name), "    ", "  - ")
    for note in table.notes:
        yield wrapped(note)


def plain(cell: Cell, name: Name) -> str:
    """All that a cell says, on one line; of who stands behind it, how many."""
    text = cell.signed or (name(cell.record) if cell.record else "")
    under = [plain(inner, name) for inner in cell.under]
    behind = [f"{stand} : {len(ids)}" for stand, ids in cell.lists.items()]
    # the text below a name continues its line
    text = ", ".join(filter(None, (text, *under))) if cell.record else text
    return " ; ".join(filter(None, (text, *(() if cell.record else under), *behind)))


def to_html(table: Table, name: Name) -> Iterator[str]:
    """A table in a region that scrolls, and can be reached by the keyboard (WCAG 2.1.1); of one
    column, a list."""
    table = without_constant_columns(table)
    if len(table.columns) == 1 and table.rows:
        yield from (f"<p>{escape(note)}</p>" for note in table.notes)
        listed = (f"<li>{_html(row.cells[0], name, str)}</li>" for row in table.rows)
        yield f"<ul>{''.join(listed)}</ul>"
        return
    if table.rows:
        yield (
            f'<div class="scroll" role="region" aria-labelledby="{table.id}-titre" tabindex="0">'
            f'<table id="{table.id}"><caption id="{table.id}-titre">{escape(table.caption)}'
            "</caption>"
        )
        titles = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
        yield f"<thead><tr>{titles}</tr></thead><tbody>"
        # a phone shows a row as a card, each cell behind the name of its column
        heads = [f'<td data-nom="{escape(column.title)}"' for column in table.columns[1:]]
        for row in table.rows:
            yield _row(row, heads, name)
        yield "</tbody></table></div>"
    if len(table.notes) > 1:
        yield f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in table.notes)}</ul>"
    else:
        yield from (f"<p>{escape(note)}</p>" for note in table.notes)


@lru_cache(maxsize=1 << 13)
def _escaped(text: str) -> str:
    """Titles, dates and words come back in row after row."""
    return escape(text)


def _row(row: Row, heads: Sequence[str], name: Name) -> str:
    """``heads`` are the beginnings of its cells but the first."""
    first, *others = row.cells

    def label() -> str:
        return _escaped(plain(first, name))

    rest = "".join(
        f"{head}{_state(cell)}>{_html(cell, name, label)}</td>"
        for head, cell in zip(heads, others, strict=True)
    )
    mark = f' data-gravite="{row.mark}"' if row.mark else ""
    return f'<tr{mark}><th scope="row">{_html(first, name, label)}</th>{rest}</tr>'


def _state(cell: Cell) -> str:
    return f' class="{cell.state}"' if cell.state else ""


def _html(cell: Cell, name: Name, label: Callable[[], str]) -> str:
    """``label`` says whose row it is, in HTML: only who stands behind a figure asks for it."""
    html = (
        _escaped(cell.signed) if cell.text else _escaped(name(cell.record)) if cell.record else ""
    )
    if not (cell.under or cell.lists):
        return html
    if cell.listing and len(cell.under) > 1:
        html = (
            f"<ul>{''.join(f'<li>{_html(inner, name, label)}</li>' for inner in cell.under)}</ul>"
        )
    elif cell.listing:
        html = _html(cell.under[0], name, label)
    else:
        # the space separates them for screen readers, and when the cell is copied
        under = (f"<small>{_html(inner, name, label)}</small>" for inner in cell.under)
        html = " ".join(filter(None, (html, *under)))
    groups = {stand: ids for stand, ids in cell.lists.items() if ids}
    if not groups:
        return html
    # screen readers list summaries out of context
    hidden = f'<span class="lu"> : {label()}</span>'
    counts = " ; ".join(f"{stand} : {len(ids)}" for stand, ids in groups.items())
    lists = "".join(
        f"<p>{escape(stand.capitalize())} : {escape(', '.join(map(name, ids)))}.</p>"
        for stand, ids in groups.items()
    )
    return f"{html}<details><summary>{escape(counts)}{hidden}</summary>{lists}</details>"


def section(table: Table, name: Name, level: int = 2) -> Iterator[str]:
    """The table under its title, as HTML; nothing where it says nothing."""
    if not table.says_nothing:
        yield f'<h{level} id="{table.id}-partie">{escape(table.title)}</h{level}>'
        yield from to_html(table, name)
