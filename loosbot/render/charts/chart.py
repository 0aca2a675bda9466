"""What a chart is, before and after it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from loosbot.frozen import dataclass

Form = Literal["barres", "grille", "frise", "reseau", "carte"]
_MOST_IN_A_SENTENCE = 8


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart as an index declares it, in its key ``graphiques``.

    ``by`` and ``across`` are fields of the records; ``measure`` a quantity of theirs, "" to count
    the records themselves. ``between`` is the type of the records that a network links.
    """

    title: str
    form: Form
    by: str
    across: str
    measure: str
    between: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a chart as a table of plain text; the first cell of a row names it.

    ``alt`` says in sentences what the picture shows, ``note`` what the figures leave out.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str
    note: str


@dataclass(frozen=True, slots=True)
class MapMarker:
    """A place of a map: ``left`` and ``top`` are percents of the picture, where its number is.

    Of a map with too many places none is ``numbered``, and the list alone leads to them.
    """

    id: str
    title: str
    left: float
    top: float
    numbered: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. ``id`` begins with ``fichier/``; ``draw`` gives the whole SVG file.

    A map has ``spots``, and its figures are the list of their names.
    """

    id: str
    title: str
    figures: Figures
    draw: Callable[[], bytes]
    spots: tuple[MapMarker, ...] = ()


def in_a_sentence(figures: Sequence[str]) -> str:
    """The first figures as one sentence, the alternative text of a picture; the table has all."""
    if not figures:
        return "Aucun chiffre connu."
    more = " ; le reste est dans le tableau" if len(figures) > _MOST_IN_A_SENTENCE else ""
    return f"{' ; '.join(figures[:_MOST_IN_A_SENTENCE])}{more}."


def order_of(data: Mapping[str, Any]) -> ChartSpec:
    """An item of ``graphiques``, valid against the schema of indexes."""
    return ChartSpec(
        title=str(data["titre"]),
        form=data["forme"],
        by=str(data.get("par", "")),
        across=str(data.get("et", "")),
        measure=str(data.get("mesure", "")),
        between=str(data.get("entre", "acteur")),
    )
