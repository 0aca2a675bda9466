"""The columns of an index: one field each, or several fields in one cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.types import RECORD_TYPES
from loosbot.fields.agreement import unagreed
from loosbot.fields.site import Site
from loosbot.fields.vocabulary import STATES, field_titles
from loosbot.frozen import dataclass
from loosbot.render.indexes.cells import cell
from loosbot.render.indexes.outcomes import COLUMNS

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
