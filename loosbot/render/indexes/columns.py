"""The columns of an index: one field each, or several fields in one cell; or two crossed fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.french import counted
from loosbot.corpus.model import IndexPage, Record
from loosbot.corpus.types import RECORD_TYPES
from loosbot.fields.agreement import unagreed
from loosbot.fields.site import Site
from loosbot.fields.vocabulary import STATES, field_titles
from loosbot.frozen import dataclass
from loosbot.render.indexes.cells import cell
from loosbot.render.indexes.grouped import parts
from loosbot.render.indexes.outcomes import COLUMNS
from loosbot.render.indexes.rows import is_known, raw_values
from loosbot.wikitext.blocks import table
from loosbot.wikitext.encoding import Context

_HEADERS = {"voix": "Voix", "type": "Type", **{key: title for key, (title, _) in COLUMNS.items()}}


@dataclass(frozen=True, slots=True)
class Column:
    """The fields ``keys`` in one cell, one under the other; ``title`` is "" where none is given."""

    keys: tuple[str, ...]
    title: str = ""

    def header(self, record_type: str) -> str:
        """The declared title, else what the schema of a type calls the first field."""
        return self.title or header(self.keys[0], record_type)

    def cell(self, record: Record, site: Site) -> tuple[str, str]:
        """Wikitext of the cell, and what it is sorted by ("" for the text itself).

        A field that is unknown is left out beside one that says something.
        """
        cells = [cell(record, key, site) for key in self.keys]
        texts = [text for text, _ in cells if text]
        stated = [text for text in texts if unagreed(text) not in STATES.values()]
        return "<br>".join(stated or texts[:1]), cells[0][1]


def declared(data: Mapping[str, Any]) -> list[Column]:
    """What ``colonnes`` of an index says: names of fields, or ``{titre, champs}``."""
    return [
        Column(tuple(column["champs"]), str(column["titre"]))
        if isinstance(column, Mapping)
        else Column((str(column),))
        for column in data["colonnes"]
    ]


def header(key: str, record_type: str) -> str:
    """The name that people read above a field; where this type has none, as another type calls
    it: an index may mix types."""
    known_titles = (field_titles(type_) for type_ in (record_type, *RECORD_TYPES))
    names = (titles.get(key) or titles.get(f"{key}s") for titles in known_titles)
    return _HEADERS.get(key) or next(filter(None, names), key)


_CROSSED = "Ce qui y a été fait"
_WIDTHS = (30, 70)


def crossed_rows(index: IndexPage, records: list[Record], site: Site) -> list[tuple[str, str]]:
    """A value of the field that the index crosses with, and what was done there."""
    key = str(index.data["croiser"])
    shown = []
    ids = {site.names.label(id_): id_ for record in records for id_ in raw_values(record, key)}
    for heading, part in parts(records, key, site):
        lines = "<br>".join(_line(index, record, site) for record in part)
        link = site.names.link_or_text(ids.get(heading, heading), Context.CELL)
        shown.append((str(link), lines))
    return shown


def crossed_table(
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
