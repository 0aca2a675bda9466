"""Contacts for a project without a named follower."""

from __future__ import annotations

from collections.abc import Iterator

from loosbot.corpus.model import Record
from loosbot.corpus.values import items, known
from loosbot.fields.site import Site, references
from loosbot.trace.facts import has_left, is_out
from loosbot.wikitext.blocks import bullets, join
from loosbot.wikitext.encoding import Context, encode

TITLE = "Qui peut en parler"
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
