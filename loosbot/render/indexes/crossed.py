"""An index of two crossed fields: one row for each value of the second."""

from __future__ import annotations

from loosbot.corpus.french import counted
from loosbot.corpus.model import IndexPage, Record
from loosbot.fields.site import Site
from loosbot.render.indexes.cells import cell
from loosbot.render.indexes.columns import declared, header
from loosbot.render.indexes.grouped import parts
from loosbot.render.indexes.rows import is_known, raw_values
from loosbot.wikitext.blocks import table
from loosbot.wikitext.encoding import Context

_CROSSED = "Ce qui y a été fait"
_WIDTHS = (30, 70)


def rows(index: IndexPage, records: list[Record], site: Site) -> list[tuple[str, str]]:
    """A value of the field that the index crosses with, and what was done there."""
    key = str(index.data["croiser"])
    shown = []
    ids = {site.names.label(id_): id_ for record in records for id_ in raw_values(record, key)}
    for heading, part in parts(records, key, site):
        lines = "<br>".join(_line(index, record, site) for record in part)
        link = site.names.link_or_text(ids.get(heading, heading), Context.CELL)
        shown.append((str(link), lines))
    return shown


def laid_out(
    index: IndexPage,
    caption: str,
    records: list[Record],
    lines: list[tuple[str, str]],
    *,
    folded: bool,
) -> str:
    """The table of what crosses: ``lines`` are a heading and its cell each, as wikitext."""
    return table(
        counted(len(records), "fiche"),
        [header(str(index.data["croiser"]), records[0].type), _CROSSED],
        lines,
        sortable=True,
        label=caption,
        widths=_WIDTHS,
        folded=folded,
        headed=False,
    )


def _line(index: IndexPage, record: Record, site: Site) -> str:
    """What the columns say of a record, as one line of words."""
    cells = []
    for key in (key_ for column in declared(index.data) for key_ in column.keys):
        text = cell(record, key, site)[0] if is_known(record, key) else ""
        # the outcome follows after a comma
        cells.append(text[:1].lower() + text[1:] if key == "fin" else text)
    return ", ".join(filter(None, cells))
