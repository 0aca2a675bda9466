"""The columns of a record type, read from its schema, and the cells of one record.

A stage becomes a prefix (``demande_canal``); what a list of groups holds has its own table
(see :mod:`loosbot.dump.tables.part_tables`). Titles and descriptions are the schema's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

from loosbot.corpus import dates, schema
from loosbot.corpus.additions import per_town
from loosbot.corpus.schema import Shape, Word
from loosbot.corpus.values import STATES
from loosbot.dump.edition.months import first_month, last_month
from loosbot.dump.filtered import Kind, Motive, known, motive, stated
from loosbot.parsing import decimal_number

Cell = str | int | float | None
ColumnType = Literal["string", "integer", "number", "date", "yearmonth", "uri"]
Form = Literal["text", "date", "list", "number"]

SEPARATOR = "|"
MOTIVES = (
    Word("inconnu", "Inconnu", "Les sources ne le disent pas, et on l’a écrit."),
    Word("masque", "Masqué", "La donnée existe et n’est pas dans cette édition."),
    Word("sans-objet", "Sans objet", "La question ne se pose pas."),
)
EVENT_KEYS = frozenset({"date", "du", "au", "niveau", "part_au_faire", "texte", "statut", "preuve"})
"""What every stage has, and is in ``evenements.csv``."""
_ELSEWHERE = frozenset({"type", "titre", "voix", "relectures", "consentement", "anciens_ids"})
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?")
_MOST_EXACT = (1 << 53) - 1
_GROUPS = re.compile("[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``words`` are all the values it may have, () for any."""

    name: str
    type: ColumnType
    title: str
    description: str
    words: tuple[Word, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """The path of a value in a record, and how it becomes columns."""

    path: tuple[str, ...]
    form: Form
    title: str
    description: str
    words: tuple[Word, ...]

    @property
    def name(self) -> str:
        """That of its first column."""
        return "_".join(self.path)


@per_town
def fields(type_: str) -> tuple[Field, ...]:
    """The fields of a record type that are columns of its own table."""
    return tuple(_fields(schema.shape(type_), (), ""))


def _fields(shape: Shape, path: tuple[str, ...], parents: str) -> Iterator[Field]:
    in_stage = len(path) == 1 and {"part_au_faire", "date"} <= shape.properties.keys()
    for key, child in shape.properties.items():
        if not path and key in _ELSEWHERE:
            continue
        if in_stage and (key in EVENT_KEYS or key == "sources"):
            continue
        here = (*path, key)
        title = f"{parents}{child.title}"
        if is_quantity(child) or is_list_of_groups(child):
            continue
        value = child.properties.get("valeur")
        if child.properties and value is None:
            yield from _fields(child, here, f"{title}, ")
            continue
        yield _field(here, title, child, value or child)
        if value is not None:
            yield from _fact_parts(child, here, f"{title}, ")


def _field(path: tuple[str, ...], title: str, shape: Shape, value: Shape) -> Field:
    """One value, ``shape`` as its record writes it, ``value`` inside its fact where it is one."""
    items = shape.items or value.items
    if items is not None:
        words = items.words or items.at(("valeur",)).words
        return Field(path, "list", title, shape.description, words)
    form: Form = "text"
    if shape.date or value.date:
        form = "date"
    elif shape.types == {"number"}:
        form = "number"
    return Field(path, form, title, shape.description, value.words)


def _fact_parts(shape: Shape, path: tuple[str, ...], parents: str) -> Iterator[Field]:
    for key in ("statut", "sources", "note"):
        if (child := shape.properties.get(key)) is not None:
            form: Form = "list" if key == "sources" else "text"
            title = parents + child.title
            yield Field((*path, key), form, title, child.description, child.words)


def is_quantity(shape: Shape) -> bool:
    """A count with its unit: a number, or a group that holds one."""
    return "valeur" in shape.properties and "unite" in shape.properties


def is_list_of_groups(shape: Shape) -> bool:
    """A list whose members have several parts, and a table for themselves."""
    items = shape.items
    return items is not None and bool(items.properties) and not is_fact(items)


def is_fact(shape: Shape) -> bool:
    """A value that may be written with its status and its sources."""
    return "valeur" in shape.properties and "unite" not in shape.properties


def columns_of(field: Field, kind: Kind) -> Iterator[Column]:
    """The columns of a field: its value, why it is empty, and the bounds of a date."""
    several = (
        f" Plusieurs valeurs sont séparées par « {SEPARATOR} »." if field.form == "list" else ""
    )
    text = f"{field.description}{several}"
    kind_of: ColumnType = "number" if field.form == "number" else "string"
    words = field.words if field.form == "text" else ()
    yield Column(field.name, kind_of, field.title, text, words)
    yield from _date_columns(field, kind)
    yield Column(
        f"{field.name}_motif",
        "string",
        f"{field.title} : motif",
        f"Pourquoi la case « {field.name} » est vide ; rien si la fiche n’en dit rien.",
        MOTIVES,
    )


ABOUT = "« vers 2010 » a les bornes de 2010, et peut en sortir."
"""Of the bounds of a date: how far around it was, its record does not tell."""


def _date_columns(field: Field, kind: Kind) -> Iterator[Column]:
    if field.form != "date":
        return
    type_: ColumnType = "yearmonth" if kind == "publique" else "date"
    unit = "mois" if kind == "publique" else "jour"
    yield Column(
        f"{field.name}_debut",
        type_,
        f"{field.title} : au plus tôt",
        f"Premier {unit} que « {field.name} » peut désigner ; rien si elle n’a pas de début. "
        f"{ABOUT}",
    )
    yield Column(
        f"{field.name}_fin",
        type_,
        f"{field.title} : au plus tard",
        f"Dernier {unit} que « {field.name} » peut désigner ; rien si elle n’a pas de fin. {ABOUT}",
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The fields in a row that stand under one key, each with what is left of its path there;
    ``nothing`` are their cells without it."""

    key: str
    fields: tuple[tuple[Field, tuple[str, ...]], ...]
    nothing: tuple[None, ...]


def groups(type_: str) -> tuple[Group, ...]:
    """The fields of a type, for :func:`cells_of`."""
    together = groupby(fields(type_), lambda field: field.path[0])
    return tuple(_group(key, tuple(members)) for key, members in together)


def _group(key: str, members: tuple[Field, ...]) -> Group:
    below = tuple((field, field.path[1:]) for field in members)
    return Group(key, below, (None,) * sum(_width(field) for field in members))


def _width(field: Field) -> int:
    return 4 if field.form == "date" else 2


def cells_of(grouped: Iterable[Group], data: Mapping[str, Any], kind: Kind) -> list[Cell]:
    """The cells of the fields of a record, in the order of their columns."""
    cells: list[Cell] = []
    for group in grouped:
        content = data.get(group.key)
        # of most keys a record says nothing
        if content is None:
            cells += group.nothing
            continue
        for field, below in group.fields:
            value = at(content, below) if below else stated(content)
            if value is None:
                cells += (None,) * _width(field)
            elif field.form == "date":
                cells += (text_of(value), *bounds(value, kind), why(value))
            elif field.form == "number":
                cells += (number_of(value), why(value))
            elif type(value) is str and value not in STATES:
                # the quick way, for nearly all values
                cells += (value, None)
            else:
                cells += (text_of(value), why(value))
    return cells


def at(data: Any, path: tuple[str, ...]) -> Any:
    """The value at a path. Where a whole group is ``inconnu``, so is all that is in it.

    A fact may be written alone or with its status: its value is what is asked for.
    """
    for rank, key in enumerate(path):
        if motive(data):
            return data
        if not isinstance(data, dict):
            # a fact written alone has no status, sources or note
            return None
        data = data.get(key)
        if rank == len(path) - 1:
            return stated(data)
    return data


def text_of(value: Any) -> Cell:
    """A cell's text; None for nothing."""
    if value is None:
        return None
    if isinstance(value, list):
        words = (known(stated(item)) for item in value)
        kept = [str(added).replace(SEPARATOR, "¦") for added in words if added is not None]
        return SEPARATOR.join(kept) or None
    value = known(value)
    return None if value is None else plain(value) if isinstance(value, float) else str(value)


def plain(number: float) -> str:
    """A number with all its digits: Python's own ``5e-05`` is a longitude near Greenwich."""
    text = str(number)
    return format(Decimal(text), "f") if "e" in text else text


def number_of(value: Any) -> Cell:
    """A number, also when it was written as text (``25 000``, ``2,5``); None for anything else.

    None too beyond what a double holds to the unit: SQLite, Parquet and a spreadsheet would tell
    another number than the CSV.
    """
    number = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and _NUMBER.fullmatch(value):
        number = decimal_number(_GROUPS.sub("", value).replace(",", "."))
    return number if number is not None and abs(number) <= _MOST_EXACT else None


def why(value: Any) -> Motive | None:
    """The cell that says why another one is empty; None where that one says something."""
    if isinstance(value, list):
        nothings = [motive(stated(item)) for item in value]
        return nothings[0] if nothings and all(nothings) else None
    return motive(value) or None


def bounds(value: Any, kind: Kind) -> tuple[str | None, str | None]:
    """The first and last month (``publique``) or day that a date can mean."""
    value = known(value)
    if value is None:
        return None, None
    if kind == "publique":
        return first_month(value) or None, last_month(value) or None
    span = dates.parse(value)
    first = None if span.earliest.year == 1 else span.earliest.isoformat()
    return first, None if span.latest.year == 9999 else span.latest.isoformat()


def precision(value: Any) -> str | None:
    """How fine a date is: ``jour``, ``mois``, ``annee``, ``periode``, ``ouverte``, ``environ``;
    None where it is unknown or absent."""
    value = known(value)
    if value is None or value in STATES:
        return None
    span = dates.parse(value)
    first, last = span.earliest, span.latest
    if span.approximate:
        return "environ"
    if first.year == 1 or last.year == 9999:
        return "ouverte"
    if first == last:
        return "jour"
    if (first.year, first.month, first.day) == (last.year, last.month, 1):
        return "mois" if (last + timedelta(days=1)).day == 1 else "periode"
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return "annee" if whole and first.year == last.year else "periode"
