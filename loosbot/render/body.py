"""The page of a record below its box of facts: its sections, then backlinks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from loosbot.corpus.model import Record
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import items, known
from loosbot.fields.sections import Section, sections_of
from loosbot.fields.site import Site, references
from loosbot.fields.stages import write_lifeline
from loosbot.render.seealso import happenings, other_tales, see_also
from loosbot.trace.facts import has_left, is_out
from loosbot.wikitext.blocks import bullets, join
from loosbot.wikitext.blocks import section as under
from loosbot.wikitext.encoding import Context, encode

_PLACES = ("initiative", "parties_prenantes")
_MANY = 5
_NOBODY = "Personne n’est encore désigné pour suivre ce projet : demandez à la direction générale."
_THESE = "Personne n’est encore désigné pour suivre ce projet. Y ont pris part :"


def whom(record: Record, site: Site) -> tuple[str, list[str]]:
    """The services and the public persons who took part, where no one follows the project now;
    "" where somebody does: the page says it under a heading of its own.

    A page has no clock: an end that is written is over. ``Voir aussi`` may show them again.
    """
    # the end of an office may be written years ahead: only the end of this role counts here
    if any(not has_left(referent, None) for _, referent in items(record.data.get("referents"))):
        return "", []
    people = list(dict.fromkeys(_takers(record, site)))[:_MANY]
    if not people:
        return encode(_NOBODY, Context.PROSE), []
    lines = bullets(str(site.names.link_or_text(person, Context.LIST_ITEM)) for person in people)
    return join(encode(_THESE, Context.PROSE), lines), []


def _takers(record: Record, site: Site) -> Iterator[str]:
    follow = record.data.get("suivi")
    names = [known(follow.get("responsable"))] if isinstance(follow, dict) else []
    for key in _PLACES:
        names += references(record, key)
    for name in names:
        id_ = site.current.get(name, name)
        actor = site.corpus.records.get(id_)
        if actor is not None and _answers(actor):
            yield id_


def _answers(actor: Record) -> bool:
    """A service of the town, or somebody whose office is public and has not ended."""
    if known(actor.data.get("genre")) == "service":
        return True
    return actor.data.get("public") == "oui" and not is_out(actor, None)


GATHERED: Mapping[str, Callable[[Record, Site], tuple[str, list[str]]]] = {
    "D’autres voix sur le même projet": other_tales,
    "Qui peut en parler": whom,
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
    "Ce qu’ils en disent": lambda record, site: [tale.id for tale in site.tales_of(record.id)]
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
