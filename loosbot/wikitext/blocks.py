"""Wikitext of the blocks that pages are made of: sections, lists, scrollable tables,
calls of templates that a person can edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from loosbot.wikitext.encoding import Context, Markup, encode
from loosbot.wikitext.links import heading
from loosbot.wikitext.names import Names
from loosbot.wikitext.unsearched import unsearched


def join(*blocks: str) -> str:
    """Blocks with a blank line between them; empty ones are left out."""
    return "\n\n".join(filter(None, blocks))


def section(title: str, *blocks: str, level: int = 2) -> str:
    """A heading and what stands under it; nothing where there is nothing to say."""
    body = join(*blocks)
    return f"{heading(level, title)}\n\n{body}" if body else ""


_ONE_PIECE = 5
"""Rows of a table that is better kept in one piece on paper."""


def bullets(items: Iterable[str]) -> str:
    """A list; each item is one line of wikitext."""
    return "\n".join(f"* {item}" for item in items)


def apart(items: Iterable[str]) -> str:
    """A list of links one below the other, with the room that a finger needs between them."""
    return f'<div style="line-height:1.8">\n{bullets(items)}\n</div>'


def region(label: str, content: str) -> str:
    """A scrollable frame around wide content, reachable by keyboard."""
    return f"{opened_region(label)}\n{content}\n</div>"


def opened_region(label: str) -> str:
    """The first line of :func:`region`; a table in Markdown text, which no name is known for, has
    it with :data:`UNNAMED`."""
    return (
        f'<div style="overflow-x:auto" tabindex="0" role="region" '
        f'aria-label="{unsearched(attribute(label))}">'
    )


UNNAMED: Final = "Tableau"


def table(
    caption: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    sortable: bool = False,
    anchors: Sequence[str] = (),
    keys: Sequence[Sequence[str]] = (),
    label: str = "",
    folded: bool = False,
    widths: Sequence[int] = (),
    headed: bool = True,
) -> str:
    """A wikitable; the first cell of a row is its header.

    ``headers`` and ``caption`` are text, cells are one line of wikitext. ``anchors`` gives each
    row an id ("" for none), ``keys`` what each cell is sorted by ("" for its own text).
    ``label`` names the frame for those who hear the page; the caption does where it is empty.
    ``widths``: percent of each column, for tables that are read one under the other.
    ``headed``: not where the first cells lead to pages. A search shows the line of wikitext that
    holds a word of a title, and what makes a header of a cell stands on that line before it.
    ``folded``: only its caption shows until the reader asks; without scripts it stands open.
    """
    lines = [_opening(len(rows), sortable=sortable, folded=folded, sized=bool(widths))]
    lines.append(f"|+ {encode(caption, Context.CAPTION)}")
    sizes = [f' style="width:{width}%"' for width in widths] or [""] * len(headers)
    lines += [
        f'! scope="col"{size} | {encode(header, Context.HEADER_CELL)}'
        for header, size in zip(headers, sizes, strict=True)
    ]
    for number, row in enumerate(rows):
        anchor = anchors[number] if anchors else ""
        lines.append(f'|- id="{attribute(anchor)}"' if anchor else "|-")
        sorting = keys[number] if keys else [""] * len(row)
        lines += [
            _cell(cell, sorting[column], header=headed and column == 0)
            for column, cell in enumerate(row)
        ]
    lines.append("|}")
    return region(label or caption, "\n".join(lines))


def _opening(rows: int, *, sortable: bool, folded: bool, sized: bool) -> str:
    css = "wikitable sortable" if sortable else "wikitable"
    css += " mw-collapsible mw-collapsed" if folded else ""
    # skins forbid any table to break on paper: a long one would leave a page half empty
    styles = ["break-inside:auto"] if rows > _ONE_PIECE else []
    if sized or folded:
        # where words ask for more room than their share they have it, and the frame scrolls: a
        # fixed layout would cut them. A folded table alone is as wide as nothing, and its caption
        # would stand one word a line.
        styles.append("width:100%")
    style = f' style="{";".join(styles)}"' if styles else ""
    return f'{{| class="{css}"{style}'


def _cell(cell: str, key: str, *, header: bool) -> str:
    """A cell of wikitext; ``key`` is what it is sorted by, "" for its own text."""
    # a key is written only where it differs: people read this wikitext
    sort = f' data-sort-value="{attribute(key)}"' if key else ""
    if header:
        return f'! scope="row" style="text-align:left"{sort} | {cell}'
    if sort:
        return f"|{sort} | {cell}"
    return f"|{cell}" if cell.startswith("\n") else f"| {cell}"


def filled_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Indexes of the columns to show: the first, and those where a row has something."""
    width = len(rows[0]) if rows else 0
    return [place for place in range(width) if not place or any(row[place] for row in rows)]


_MARKUP = re.compile(r"\[\[[^\[\]|]*\||\{\{[^{}]*\}\}|<[^<>]*>|['\[\]]")
_PHONE = 36
"""Characters of a line on a phone."""
_LONG = 200
"""Lines on a phone, some six screens, from which tables are folded."""
_HEAD = 7
"""Lines of a heading, what it says, and the head of a table."""


def visible_text(cell: str) -> str:
    """Roughly the visible text of a cell: without link targets, templates and tags."""
    return _MARKUP.sub("", cell)


def long(rows: Iterable[Sequence[str]], parts: int = 0) -> bool:
    """Whether a table, or all those of a page together (``parts`` of them), make somebody with a
    phone scroll on and on: there each is folded under its caption or its heading."""
    lines = parts * _HEAD
    for row in rows:
        if lines > _LONG:
            # enough: the exact count does not matter
            break
        room = max(6, _PHONE // max(1, len(row)))
        lines += max((-(-len(visible_text(cell)) // room) for cell in row), default=0) or 1
    return lines > _LONG


@lru_cache(maxsize=4096)
def attribute(text: str) -> str:
    """``text`` inside the quotes of an HTML attribute."""
    return "".join(
        char if char.isalnum() or char in " -.,;:/()!?" else f"&#{ord(char)};"
        for char in " ".join(text.split())
    )


Parameters = Iterable[tuple[str, str]]
"""Names and values; a value is wikitext encoded for a template parameter."""


def inline_call(names: Names, template: str, *values: str, **named: str) -> Markup:
    """``{{template|value|name=value}}`` on one line; empty named values are left out."""
    parts = [names.template(template), *values]
    parts += [f"{name}={value}" for name, value in named.items() if value]
    return Markup("{{" + "|".join(parts) + "}}")


def block_call(names: Names, template: str, parameters: Parameters) -> Markup:
    """One parameter a line; parameters without a value are left out."""
    lines = ["{{" + names.template(template)]
    lines += [f"| {name} = {value}" for name, value in parameters if value]
    lines.append("}}")
    return Markup("\n".join(lines))
