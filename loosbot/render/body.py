"""Everything of a record's page under its fiche: its sections, then what points to it."""

from __future__ import annotations

from loosbot.corpus.model import Record
from loosbot.fields.sections import SECTIONS, Section
from loosbot.render.blocks import join
from loosbot.render.seealso import see_also
from loosbot.render.site import Site


def body(record: Record, site: Site) -> str:
    """The sections of its type, in their order."""
    texts: list[str] = []
    shown: list[str] = []
    for part in SECTIONS[record.type]:
        if isinstance(part, Section):
            texts.append(part.write(record, site))
        else:
            text, ids = part.write(record, site)
            texts.append(text)
            shown += ids
    return join(*texts, see_also(record, site, leave_out=shown))
