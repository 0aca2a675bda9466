"""A spreadsheet that came back: the text and place of each cell. No formula is computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from loosbot.corpus.wording import quoted
from loosbot.frozen import dataclass

Kind = Literal["text", "number", "date", "time", "logical", "formula", "error", "covered"]
"""``covered``: merged into the cell above it or on its left, which alone shows."""

MOST_BYTES = 64 << 20
"""Of all that a file unpacks to: a town's whole memory is a hundredth of it."""
MOST_PARTS = 2_000
MOST_ELEMENTS = 1_000_000
"""Of the XML of a file, all its parts together."""
MOST_ROWS = 50_000
MOST_COLUMNS = 1_000
MOST_CELLS = 2_000_000
LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet holds; what is longer is cut by some programs."""
LONGEST_READ = 200_000
"""Of a cell that is read: the longest text that ``check`` lets through."""
TOO_LONG = f"une case a plus de {LONGEST_READ} signes"


@dataclass(frozen=True, slots=True)
class Cell:
    """``where`` is the cell as the program names it (``C5``), ``kind`` what it took it for."""

    text: str
    kind: Kind
    where: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not empty; ``cells`` are by the key of their column."""

    cells: Mapping[str, Cell]
    where: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """What somebody put beside the cells of a sheet, and what no record takes: a comment, a
    picture, a column of their own. ``where`` is « case D3 », ``message`` a French sentence."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class ReceivedSheet:
    """A sheet with its keys. ``name`` is what people call it, ``key`` which of ours it is."""

    key: str
    name: str
    keys: tuple[str, ...]
    lines: tuple[Line, ...]
    left: tuple[Leftover, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedWorkbook:
    """A whole file. ``commit`` is "" where it names none; ``strangers`` are sheets of no export."""

    type: str
    commit: str
    sheets: tuple[ReceivedSheet, ...]
    strangers: tuple[str, ...] = ()


def comment(where: str, words: str) -> Leftover:
    """A comment on a cell."""
    return Leftover(
        f"case {where}",
        f"Un commentaire ({quoted(words)}) n’est pas repris. Écrivez-le dans une case.",
    )


def shape(where: str, words: str) -> Leftover:
    """A picture, a chart or a shape; ``words`` are what is written in it, "" for none."""
    in_words = (
        f"Des mots dans un cadre ({quoted(words)}) ne sont pas repris. Écrivez-les dans une case"
    )
    seen = "Une image ou un graphique n’est pas repris. Une image se joint dans la fiche"
    return Leftover(f"case {where}", f"{in_words if words else seen}.")
