"""What a reminder is limited to: a person in charge, a service, a subject, one record."""

from __future__ import annotations

from collections.abc import Iterable

from loosbot.corpus import schema
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.values import items
from loosbot.corpus.wording import folded, nearest
from loosbot.due.model import Due
from loosbot.errors import UsageError
from loosbot.trace.handover import key_of


def about(dues: Iterable[Due], corpus: Corpus, asked: str) -> tuple[str, tuple[Due, ...]]:
    """What ``asked`` is called, and what is due of it; "" is everything.

    ``service-…`` and ``theme-…`` as for a handover, any id, or the name of somebody as their
    record has it. Who may not be named has no calendar. Raises UsageError.
    """
    if not asked:
        return "", tuple(dues)
    record = _record(asked, corpus)
    if record is None and (theme := _theme(asked)) is not None:
        inside = {id_ for id_, one in corpus.records.items() if theme.value in _themes(one, corpus)}
        return theme.title, tuple(one for one in dues if one.record in inside)
    if record is None:
        raise _unknown(asked, corpus)
    if record.type != "acteur":
        return record.title, tuple(one for one in dues if one.record == record.id)
    mine = {record.id, *_members(record, corpus)}
    named = {link.source for link in corpus.backlinks.get(record.id, ())}
    return record.title, tuple(
        one for one in dues if mine & set(one.people) or (not one.people and one.record in named)
    )


def _theme(asked: str) -> Word | None:
    """The theme that is asked for, or the wider one that it stands in."""
    words = {one.value: one for one in schema.shape("projet").at(("themes", 0)).words}
    return words.get(key_of(f"theme-{asked.removeprefix('theme-')}").removeprefix("theme-"))


def _themes(record: Record, corpus: Corpus) -> set[str]:
    """The widest themes of a record, and of the projects that it tells of."""
    projects = record.data.get("projet")
    named = projects if isinstance(projects, list) else [str(projects)]
    about = [record, *(corpus.records[one] for one in named if one in corpus.records)]
    return {
        key_of(f"theme-{word}").removeprefix("theme-")
        for one in about
        for _, word in items(one.data.get("themes"))
    }


def _members(record: Record, corpus: Corpus) -> list[str]:
    """Those who belong to a service or an organisation."""
    return [
        link.source
        for link in corpus.backlinks.get(record.id, ())
        if link.path[:1] == ("organisation",)
    ]


def _record(asked: str, corpus: Corpus) -> Record | None:
    slug = asked.removeprefix("service-")
    for id_ in (asked, f"acteur/{asked}", f"acteur/{slug}"):
        if id_ in corpus.records:
            return corpus.records[id_]
    named = [
        one
        for one in corpus.records.values()
        if one.type == "acteur" and folded(one.title) == folded(asked)
    ]
    return named[0] if len(named) == 1 else None


def _unknown(asked: str, corpus: Corpus) -> UsageError:
    actors = {one.id: one.title for one in corpus.records.values() if one.type == "acteur"}
    themes = [f"theme-{one.value}" for one in schema.shape("projet").at(("themes", 0)).words]
    close = nearest(asked, [*actors, *actors.values(), *themes])
    hint = f"Vouliez-vous écrire « {close} » ? " if close else ""
    return UsageError(
        f"« {asked} » n’est ni un service, ni une personne en charge, ni un thème, ni une fiche.",
        f"{hint}Écrivez service-… ou theme-…, l’identifiant d’une fiche (acteur/…), ou le nom de "
        "l’acteur tel qu’il est dans sa fiche.",
    )
