"""What the columns of an index leave out of a record that has no page but its row there."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from loosbot.corpus.model import Record
from loosbot.corpus.types import ROW_TYPES
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.unshown import is_shown
from loosbot.fields.vocabulary import STATES, field_titles
from loosbot.render.indexes.cells import cell
from loosbot.wikitext.blocks import join, section
from loosbot.wikitext.encoding import Context, encode

_ELSEWHERE = frozenset({"type", "titre", "url", "texte"})
"""The title carries the address, unless that is « inconnu »; ``below`` tells the text."""


def beside(record: Record, keys: Collection[str], site: Site) -> str:
    """The values that no column shows, to write in small letters behind the title."""
    parts = [
        f"<br><small>{encode(title, Context.CELL)} : {cell(record, key, site)[0]}</small>"
        for key, title in field_titles(record.type).items()
        if key in record.data
        and is_shown(record.type, key)
        and key not in keys
        and (key not in _ELSEWHERE or (key == "url" and record.data[key] in STATES))
    ]
    return "".join(parts)


def below(records: Iterable[Record], keys: Collection[str], site: Site) -> str:
    """The longer texts of the rows, each under the title of its record."""
    if "texte" in keys:
        return ""
    texts = [
        section(record.title, prose(record.data["texte"], site, record.path, level=3), level=3)
        for record in records
        if record.type in ROW_TYPES and "texte" in record.data
    ]
    return section("En détail", join(*texts))
