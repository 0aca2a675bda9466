"""Who speaks about each project, and who never appears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

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
    stories = [one for one in view.corpus.records.values() if one.type == "recit"]
    named = view.corpus.backlinks
    rest = [one for one in view.corpus.records.values() if one.id not in named]
    return Voices(
        tuple(projects),
        tuple(one.id for one in stories if len(set(_roles(one))) == 1),
        tuple(one.id for one in rest if one.type == "lieu"),
        tuple(one.id for one in rest if one.type == "acteur" and _is_group(one)),
    )


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
        yield share(f"voix/{role}", f"Projets dont parlent des {name}", rule, heard, "entendus")


def _roles(record: Record) -> list[str]:
    return [role for _, one in items(record.data.get("voix")) if (role := known(one.get("role")))]


def _is_group(actor: Record) -> bool:
    return known(actor.data.get("genre")) != "personne"
