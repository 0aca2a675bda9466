"""Who speaks about each project, and who never appears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import replace

from loosbot.corpus import french
from loosbot.corpus.model import Record
from loosbot.corpus.values import items, known
from loosbot.trace.facts import View, listed
from loosbot.trace.figures import share
from loosbot.trace.reported import Figure, Observation, Speakers, Voices
from loosbot.trace.words import ROLES


def voices(view: View) -> Voices:
    """The whole section; a masked voice counts by its role where that may be said."""
    projects = []
    for record in view.projects():
        about = (record, *view.about.get(record.id, ()))
        roles = Counter(role for story in about for role in _roles(story))
        counts = {role: roles[role] for role in ROLES if roles[role]}
        absent = tuple(role for role in ROLES if role not in counts)
        projects.append(Speakers(record.id, record.title, counts, absent))
    records = view.corpus.records.values()
    stories = [record for record in records if record.type == "recit"]
    places = [record for record in records if record.type == "lieu"]
    return Voices(
        tuple(projects),
        tuple(story.id for story in stories if len(set(_roles(story))) == 1),
        tuple(place.id for place in places if place.id not in view.corpus.backlinks),
        tuple(_silent_groups(view)),
    )


def among(voices: Voices, only: Container[str]) -> Voices:
    """Of what was heard, what is about some records."""
    return Voices(
        tuple(project for project in voices.projects if project.id in only),
        *(
            tuple(id_ for id_ in ids if id_ in only)
            for ids in (voices.one_sided, voices.places_never_named, voices.groups_never_named)
        ),
    )


def _silent_groups(view: View) -> Iterator[str]:
    """The groups of inhabitants that the corpus declares and that hold no voice, be it by one of
    their own.

    Where it declares none there is nobody to name: a club or a school of administration is no
    group of inhabitants whom one forgot to hear.
    """
    records = view.corpus.records.values()
    speakers = {
        view.ids.get(who, who)
        for record in records
        for _, voice in items(record.data.get("voix"))
        for who in listed(voice.get("qui"))
    }
    heard = speakers | {
        view.ids.get(group, group)
        for id_ in speakers & view.corpus.records.keys()
        for group in listed(view.corpus.records[id_].data.get("organisation"))
    }
    for actor in records:
        if (
            actor.type == "acteur"
            and known(actor.data.get("genre")) == "habitants"
            and actor.id not in heard
        ):
            yield actor.id


def observe(voices: Voices) -> Iterator[Observation]:
    """Observations on projects heard from some roles only, récits of one role, silent places and
    groups."""
    for project in voices.projects:
        if project.roles and project.absent:
            missing = ", ".join(ROLES[role] for role in project.absent)
            yield Observation(project.id, "voix", "partial", (), values={"roles": missing})
    for id_ in voices.one_sided:
        yield Observation(id_, "voix", "one-sided", ("voix",))
    for id_ in (*voices.places_never_named, *voices.groups_never_named):
        yield Observation(id_, "presence", "missing", ())


def figures(voices: Voices) -> Iterator[Figure]:
    """For each role, the share of projects about which it speaks."""
    rule = (
        "Projets et fifty-fifty dont une voix tient ce rôle, sur leur fiche ou dans un récit ou "
        "une réunion qui leur sont liés, parmi tous."
    )
    for role, name in ROLES.items():
        standing = [
            (project.id, "entendus" if role in project.roles else "pas encore entendus")
            for project in voices.projects
        ]
        label = f"Projets dont parlent des {name}"
        figure = share(f"voix/{role}", label, rule, standing, "entendus", unit="projet")
        # no voice of a role may only mean that nobody was asked or noted: no share is printed
        none = f"aucune voix recueillie, sur {french.counted(figure.denominator, 'projet')}"
        yield figure if figure.numerator else replace(figure, said=none)


def _roles(record: Record) -> list[str]:
    return [
        role for _, voice in items(record.data.get("voix")) if (role := known(voice.get("role")))
    ]
