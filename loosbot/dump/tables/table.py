"""What a table is: columns that each say what they hold, and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from loosbot.corpus.schema import Word
from loosbot.dump.filtered import Kind, stated
from loosbot.dump.tables.fields import ABOUT, MOTIVES, Cell, Column, bounds, text_of, why

T = TypeVar("T")
Row = tuple[Cell, ...]
TOWN, VOICES = "etalab-2.0", "CC-BY-SA-4.0"


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values are ids of another table."""

    column: str
    table: str
    target: str = "id"


@dataclass(frozen=True, slots=True)
class Table:
    """One table, sorted as the edition is; cells stand in the order of the columns.

    ``key`` are the columns whose values are unique together. ``file`` is the name of the file in
    ``folder``, ``name`` where it is "".
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...] = ("id",)
    references: tuple[Reference, ...] = ()
    licence: str = TOWN
    folder: str = "data"
    file: str = ""

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.file or self.name}.csv".removeprefix("/")


def told(
    each: Iterable[T], *columns: tuple[Column, Callable[[T], Cell]]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Columns, and a row for ``each``; beside a column stands what it holds of one."""
    rows = (tuple(cell(item) for _, cell in columns) for item in each)
    return tuple(heading for heading, _ in columns), tuple(rows)


def column(name: str, title: str, description: str, *words: Word, required: bool = False) -> Column:
    """A column of text."""
    return Column(name, "string", title, description, words, required)


def motive_column(name: str, title: str) -> Column:
    """The column that says why another one is empty."""
    return column(f"{name}_motif", f"{title} : motif", f"Pourquoi « {name} » est vide.", *MOTIVES)


def nullable_columns(name: str, title: str, description: str, *words: Word) -> list[Column]:
    """A column of text that a record may leave unknown, or the edition withhold, and its motive."""
    return [column(name, title, description, *words), motive_column(name, title)]


def date_columns(name: str, title: str, description: str, kind: Kind) -> list[Column]:
    """The four columns of a date: as its record writes it, the first and last moments it can mean
    (months in a public edition, days in one for research), and the motive where it is empty."""
    unit = "mois" if kind == "publique" else "jour"
    type_: Any = "yearmonth" if kind == "publique" else "date"
    return [
        column(name, title, description),
        Column(
            f"{name}_debut", type_, f"{title} : au plus tôt", f"Premier {unit} possible. {ABOUT}"
        ),
        Column(
            f"{name}_fin", type_, f"{title} : au plus tard", f"Dernier {unit} possible. {ABOUT}"
        ),
        motive_column(name, title),
    ]


def date_cells(value: Any, kind: Kind) -> tuple[Cell, Cell, Cell, Cell]:
    """The cells of :func:`date_columns`."""
    value = stated(value)
    return NO_DATE if value is None else (text_of(value), *bounds(value, kind), why(value))


def with_motive(value: Any) -> tuple[Cell, Cell]:
    """A value's cell, and the one that says why it is empty."""
    value = stated(value)
    return NOTHING if value is None else (text_of(value), why(value))


NO_DATE, NOTHING = (None, None, None, None), (None, None)
"""The cells of a date, and of another value, of which a record says nothing."""
NUMBER = Column(
    "valeur_nombre",
    "number",
    "Valeur, en nombre",
    "La valeur quand c’est un nombre ; jamais zéro pour ce que l’on ignore.",
)
YES_NO = (Word("oui", "Oui"), Word("non", "Non"))
ID = column("id", "Identifiant", "Identifiant de la ligne, unique dans la table.", required=True)
RECORD = column("fiche", "Fiche", "Identifiant de la fiche, dans fiches.csv.", required=True)
