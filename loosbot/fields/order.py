"""In which order a form asks for the fields: as the page shows them, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from loosbot.fields.parameters import (
    CLAUSES,
    FICHES,
    PROMISE,
    ROWS,
    STAGES,
    STOP,
    VOICE,
    Field,
    fields_of,
)
from loosbot.fields.sections import NOTES, Section, sections_of
from loosbot.fields.shapes import COURSE, LIMITS, MEETING_VOICES, PROJECT_VOICES, VOICES, Shape

FIRST = ("titre", "resume")
LAST = ("liens", "documents", "notes", "relectures", "anciens_ids")
"""The foot of every form, whatever comes before."""

_STAGES = {stage.key: stage for stage in (*STAGES, STOP)}
_WHOLE: tuple[tuple[Shape, tuple[str, ...]], ...] = (
    (COURSE, (*_STAGES, "deroule")),
    (LIMITS, ("limites", "precisions_limites")),
    (VOICES, ("voix",)),
    (PROJECT_VOICES, ("voix",)),
    (MEETING_VOICES, ("voix",)),
)
"""Shapes that are written from the whole record, and the keys that they show."""


def order(type_name: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of the record (an empty path) or of the group at ``path``, as far as known."""
    if not path:
        return (*FIRST, *_fiche(type_name), *headings(type_name))
    if path == ("convention",):
        return _keys((*_STAGES["convention"].fields, *CLAUSES))
    if len(path) == 1 and path[0] in _STAGES:
        return _keys(_STAGES[path[0]].fields)
    if path[-1] == "voix":
        return _keys(VOICE)
    return _keys(PROMISE) if path[-1] == "engagements" else ()


def headings(type_name: str) -> Mapping[str, str]:
    """The heading under which the page shows each key of a record that is not in its fiche."""
    fiche = _fiche(type_name)
    titles: dict[str, str] = {}
    for section in (*(sections_of(type_name) if type_name in FICHES else ()), NOTES):
        for key in _shown_under(section) if isinstance(section, Section) else ():
            if key not in fiche:
                titles.setdefault(key, section.title)
    return titles


def in_order(keys: Iterable[str], known: Iterable[str], last: tuple[str, ...]) -> list[str]:
    """``keys`` as ``known`` orders them; one that it lacks follows its neighbour in ``keys``."""
    keys = list(keys)
    ordered = [key for key in dict.fromkeys(known) if key in keys and key not in last]
    before = ""
    for key in keys:
        if key not in ordered and key not in last:
            ordered.insert(ordered.index(before) + 1 if before else 0, key)
        before = before if key in last else key
    return [*ordered, *(key for key in last if key in keys)]


def _fiche(type_name: str) -> tuple[str, ...]:
    """Keys in the order of the fiche; a parameter for one field of a group gives the group no
    place."""
    fields = fields_of(type_name) if type_name in FICHES else ROWS.get(type_name, ())
    return tuple(str(field.path[0]) for field in fields if len(field.path) == 1)


def _shown_under(section: Section) -> list[str]:
    """Keys shown by a section; one for a single field of a stage gives the stage no place."""
    keys: list[str] = []
    for path, shape in section.parts:
        whole = next((names for each, names in _WHOLE if each is shape), ())
        keys += whole or ([str(path[0])] if path else [])
    return keys


def _keys(fields: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(str(field.path[0]) for field in fields)
