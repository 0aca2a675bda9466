"""Which records an index asks for."""

from __future__ import annotations

from loosbot.corpus.model import IndexPage, Record
from loosbot.render.indexes.rows import raw_values


def selects(index: IndexPage, record: Record) -> bool:
    """Whether a record is one of the rows of this index."""
    if record.id in index.data.get("avec", ()):
        return True
    wanted = index.data.get("enregistrements")
    if wanted is None or record.type not in wanted["types"]:
        return False
    for key, allowed in wanted.items():
        if key == "types":
            continue
        words = {allowed} if isinstance(allowed, str) else set(allowed)
        if words.isdisjoint(raw_values(record, key)):
            return False
    return True
