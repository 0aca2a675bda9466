"""What a report or a reminder is limited to: a team, somebody in charge, a theme, one record."""

from __future__ import annotations

from collections.abc import Iterable

from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.types import PROJECTS
from loosbot.corpus.values import items
from loosbot.corpus.wording import folded, nearest, slug
from loosbot.errors import UsageError
from loosbot.fields.vocabulary import vocabulary
from loosbot.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What was asked for. ``name`` is how people call it. ``theme`` and ``record`` tell which of
    the two it is, the other is None."""

    name: str
    theme: Word | None = None
    record: Record | None = None


def subject(corpus: Corpus, wanted: str) -> Subject:
    """``service-…`` and ``theme-…`` as for a handover, any id, or the name of somebody as their
    record has it. Who may not be named is not there. Raises UsageError."""
    if (record := _record(wanted, corpus)) is not None:
        return Subject(record.title, record=record)
    theme = _theme(wanted)
    if theme is None:
        raise _unknown(wanted, corpus)
    return Subject(theme.title, theme=theme)


def records_of(subject: Subject, corpus: Corpus) -> frozenset[str]:
    """The records that a subject is about: a theme's; those that name somebody, or a member of
    theirs; a record itself. With a project go the récits and the meetings about it."""
    if subject.theme is not None:
        return frozenset(
            id_
            for id_, record in corpus.records.items()
            if subject.theme.value in themes_of(record, corpus)
        )
    assert subject.record is not None  # noqa: S101 - a subject is a theme or a record
    ids = {subject.record.id}
    if subject.record.type not in PROJECTS:
        for who in (subject.record.id, *members(subject.record, corpus)):
            ids |= {link.source for link in corpus.backlinks.get(who, ())}
    return frozenset(ids | _about(ids, corpus))


def _about(ids: Iterable[str], corpus: Corpus) -> set[str]:
    """Récits and meetings that name one of these projects as theirs."""
    return {
        link.source
        for id_ in ids
        if (project := corpus.records.get(id_)) is not None and project.type in PROJECTS
        for link in corpus.backlinks.get(id_, ())
        if link.path[:1] == ("projet",)
    }


def themes_of(record: Record, corpus: Corpus) -> set[str]:
    """The widest themes of a record, and of the projects that it is about."""
    projects = record.data.get("projet")
    named = projects if isinstance(projects, list) else [str(projects)]
    about = [record, *(corpus.records[id_] for id_ in named if id_ in corpus.records)]
    return {
        vocabulary("theme").widest(str(word))
        for record in about
        for _, word in items(record.data.get("themes"))
    }


def members(record: Record, corpus: Corpus) -> list[str]:
    """Those who belong to a service or an organisation."""
    return [
        link.source
        for link in corpus.backlinks.get(record.id, ())
        if link.path[:1] == ("organisation",)
    ]


def _theme(wanted: str) -> Word | None:
    """The theme that is asked for, or the wider one that it stands in."""
    themes = vocabulary("theme")
    return themes.terms.get(themes.widest(wanted.removeprefix("theme-")))


def _record(wanted: str, corpus: Corpus) -> Record | None:
    slug = wanted.removeprefix("service-")
    for id_ in (wanted, f"acteur/{wanted}", f"acteur/{slug}"):
        if id_ in corpus.records:
            return corpus.records[id_]
    named = [
        record
        for record in corpus.records.values()
        if record.type == "acteur" and folded(record.title) == folded(wanted)
    ]
    return named[0] if len(named) == 1 else None


def _unknown(wanted: str, corpus: Corpus) -> UsageError:
    actors = {
        record.id: record.title for record in corpus.records.values() if record.type == "acteur"
    }
    themes = [f"theme-{word}" for word in vocabulary("theme").terms]
    close = nearest(wanted, [*actors, *actors.values(), *themes]) or nearest(wanted, corpus.records)
    if close is None:
        word = slug(wanted)
        parts = ((id_, id_.partition("/")[2].split("-")) for id_ in corpus.records)
        close = next((id_ for id_, words in parts if word in words), None)
    hint = f"Vouliez-vous écrire « {close} » ? " if close else ""
    return UsageError(
        f"« {wanted} » n’est ni un service, ni une personne en charge, ni un thème, ni une fiche.",
        f"{hint}Écrivez service-… ou theme-…, l’identifiant d’une fiche (acteur/…), ou le nom de "
        "l’acteur tel qu’il est dans sa fiche.",
    )
