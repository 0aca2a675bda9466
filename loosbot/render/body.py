"""The page of a record below its box of facts: its sections, then backlinks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from loosbot.corpus.model import Record
from loosbot.corpus.types import PROJECTS
from loosbot.fields.sections import Section, sections_of
from loosbot.fields.site import Site
from loosbot.fields.stages import write_lifeline
from loosbot.render.gathered import happenings
from loosbot.render.seealso import other_tales, see_also
from loosbot.render.whom import TITLE, whom
from loosbot.wikitext.blocks import join
from loosbot.wikitext.blocks import section as under

GATHERED: Mapping[str, Callable[[Record, Site], tuple[str, list[str]]]] = {
    "D’autres voix sur le même projet": other_tales,
    TITLE: whom,
    **{
        title: partial(happenings, title=title, inside=inside)
        for title, inside in (
            ("Ce qui a été fait ensemble", "Avec qui"),
            ("Ce qui s’y est passé", "Où"),
        )
    },
}
"""Heading of a gathered section -> its wikitext, and the ids of the records that it shows."""
SHOWN: Mapping[str, Callable[[Record, Site], list[str]]] = {
    "Ce qu’ils en disent": lambda record, site: [tale.id for tale in site.tales_of(record.id)],
}
"""Heading of a section that people write, and that shows other records too -> their ids."""
STORY = ("Les voix", "Autour du récit")
"""What a récit is: it is told before its facts are listed."""


def body(record: Record, site: Site, fiche: str) -> str:
    """Its facts and the sections of its type, in their order."""
    texts: list[str] = []
    shown: list[str] = []
    for part in sections_of(record.type):
        if isinstance(part, Section):
            texts.append(part.write(record, site))
            shown += SHOWN[part.title](record, site) if part.title in SHOWN else []
        else:
            text, ids = GATHERED[part.title](record, site)
            texts.append(under(part.title, text))
            shown += ids
    rest = see_also(record, site, leave_out=shown)
    if record.type == "recit":
        lead = len(STORY)
        return join(*texts[:lead], fiche, *texts[lead:], rest)
    line = write_lifeline(record, site) if record.type in PROJECTS else ""
    return join(line, fiche, *texts, rest)
