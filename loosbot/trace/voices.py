"""Who speaks about each project, and who never appears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.model import Record
from loosbot.corpus.values import items, known
from loosbot.trace.facts import View
from loosbot.trace.figures import share
from loosbot.trace.model import Figure, Observation, Speakers, Voices
from loosbot.trace.words import ROLES


def voices(view: View) -> Voices:
    """The whole section; a masked voice counts by its role where that may be said."""
    projects = []
    for record in view.projects():
        about = (record, *view.about.get(record.id, ()))
        heard = Counter(role for one in about for role in _roles(one))
        counts = {role: heard[role] for role in ROLES if heard[role]}
        absent = tuple(role for role in ROLES if role not in counts)
        projects.append(Speakers(record.id, record.title, counts, absent))
    records = view.corpus.records.values()
    stories = [one for one in records if one.type == "recit"]
    places = [one for one in records if one.type == "lieu"]
    return Voices(
        tuple(projects),
        tuple(one.id for one in stories if len(set(_roles(one))) == 1),
        tuple(one.id for one in places if one.id not in view.corpus.backlinks),
        tuple(_silent_groups(view)),
    )


def _silent_groups(view: View) -> Iterator[str]:
    """The groups of inhabitants that the corpus declares and that hold no voice.

    Where it declares none, the groups and associations that no record names: a school of
    administration or a partner from elsewhere is nobody whom one forgot to hear.
    """
    groups = [one for one in view.corpus.records.values() if one.type == "acteur"]
    declared = [one.id for one in groups if _genre(one) == "habitants"]
    if declared:
        heard = {
            view.ids.get(who, who)
            for record in view.corpus.records.values()
            for _, voice in items(record.data.get("voix"))
            for who in _who(voice)
        }
        yield from (id_ for id_ in declared if id_ not in heard)
        return
    kinds = ("groupe", "association", "")
    for one in groups:
        if _genre(one) in kinds and one.id not in view.corpus.backlinks:
            yield one.id


def _who(voice: Mapping[str, Any]) -> list[str]:
    who = voice.get("qui")
    return [str(one) for one in (who if isinstance(who, list) else [who])]


def observe(found: Voices) -> Iterator[Observation]:
    """A project told by some roles only, a récit by one, a place or a group by nobody."""
    for one in found.projects:
        if one.roles and one.absent:
            missing = ", ".join(ROLES[role] for role in one.absent)
            yield Observation(one.id, "voix", "partial", (), values={"roles": missing})
    for id_ in found.one_sided:
        yield Observation(id_, "voix", "one-sided", ("voix",))
    for id_ in (*found.places_never_named, *found.groups_never_named):
        yield Observation(id_, "presence", "missing", ())


def figures(found: Voices) -> Iterator[Figure]:
    """For each role, the share of projects about which it speaks."""
    rule = (
        "Projets et fifty-fifty dont une voix tient ce rôle, sur leur fiche ou dans un récit ou "
        "une réunion qui leur sont liés, parmi tous."
    )
    for role, name in ROLES.items():
        heard = [
            (one.id, "entendus" if role in one.roles else "pas encore entendus")
            for one in found.projects
        ]
        label = f"Projets dont parlent des {name}"
        yield share(f"voix/{role}", label, rule, heard, "entendus", unit="projet")


def _roles(record: Record) -> list[str]:
    return [role for _, one in items(record.data.get("voix")) if (role := known(one.get("role")))]


def _genre(actor: Record) -> str:
    return known(actor.data.get("genre"))
