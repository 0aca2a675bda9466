"""The tables of reports and handovers, laid out in wikitext."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from loosbot.corpus.links import source_id
from loosbot.fields.collation import date_key
from loosbot.fields.site import Site
from loosbot.trace.layout.tables import Cell, Table, without_constant_columns
from loosbot.trace.words import source
from loosbot.wikitext.blocks import apart, bullets, join, long, section
from loosbot.wikitext.blocks import table as wikitable
from loosbot.wikitext.encoding import Context, encode

Named = Callable[[str], str]
"""How a record is called in a cell: :func:`name_of`, or who remembers what it said."""


def part(table: Table, site: Site, named: Named | None = None) -> str:
    """The table under its title; "" where it says nothing."""
    return section(table.title, laid_out(table, site, named))


def laid_out(table: Table, site: Site, named: Named | None = None) -> str:
    """A sortable table, then its notes: one as a sentence, several as a list. A table of one
    column is a list, behind its notes: they would read as more of it."""
    table = without_constant_columns(table)
    named = named or partial(name_of, site=site)
    notes = [encode(note, Context.PROSE) for note in table.notes]
    if len(table.columns) == 1 and table.rows:
        return join(*notes, apart(_listed(row.cells[0], site, named) for row in table.rows))
    if len(notes) > 1:
        notes = [bullets(encode(note, Context.LIST_ITEM) for note in table.notes)]
    if not table.rows:
        return join(*notes)
    cells = [[_cell(cell, named) for cell in row.cells] for row in table.rows]
    keys = [[_key(cell) for cell in row.cells] for row in table.rows]
    heads = [column.title for column in table.columns]
    headed = not any(row.cells[0].record for row in table.rows)
    text = wikitable(
        table.caption, heads, cells, sortable=True, keys=keys, headed=headed, folded=long(cells)
    )
    return join(text, *notes)


def _listed(cell: Cell, site: Site, named: Named) -> str:
    """A record, or somebody who has none, in a list; what stands under it follows on its line."""
    texts = [encode(cell.signed, Context.LIST_ITEM)] if cell.text else []
    if cell.record:
        id_ = site.current.get(cell.record, cell.record)
        texts.append(str(site.names.link_or_text(id_, Context.LIST_ITEM)))
    texts += (f"<small>{_cell(under, named)}</small>" for under in cell.under)
    return " ".join(texts)


def _cell(cell: Cell, named: Named) -> str:
    if not (cell.under or cell.lists or (cell.text and cell.record)):
        # most cells are one thing
        if cell.record:
            return named(cell.record)
        return encode(cell.signed, Context.CELL) if cell.text else ""
    texts = [encode(cell.signed, Context.CELL)] if cell.text else []
    if cell.record:
        texts.append(named(cell.record))
    if cell.listing:
        mark = "• " if len(cell.under) > 1 else ""
        texts += (f"{mark}{_cell(under, named)}" for under in cell.under)
    else:
        texts += (f"<small>{_cell(under, named)}</small>" for under in cell.under)
    texts += (f"{encode(stand, Context.CELL)} : {len(ids)}" for stand, ids in cell.lists.items())
    return "<br>".join(texts)


def name_of(reference: str, site: Site) -> str:
    """A record, a passage of a source as the record names it, or what stands in its place."""
    id_ = site.current.get(reference, reference)
    if id_ in site.corpus.records:
        return str(site.names.link_or_text(id_, Context.CELL))
    id_ = source_id(reference)
    record = site.corpus.records.get(id_)
    link = site.names.link(id_, source(reference, {id_: record.title} if record else {}))
    return str(link or encode(reference, Context.CELL))


def _key(cell: Cell) -> str:
    """What a cell is sorted by, "" for its own text."""
    return date_key(cell.date) if cell.date else ""
