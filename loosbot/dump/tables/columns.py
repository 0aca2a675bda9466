"""Column-wise access to tables: a format converts the texts of a whole column in one call.

The tables of a large town have a million cells, most of them empty: to look at each by itself takes
longer than all the rest of writing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from types import NoneType
from typing import Final, TypeVar

from loosbot.dump.tables.fields import Cell

BETWEEN: Final = "\x1f"
"""Stands between the texts of a column while they are one."""
_CUT: Final = BETWEEN.encode("ascii")
_PORTION: Final = 512
_WHOLE: Final = frozenset((int, NoneType))

R = TypeVar("R", bound=Sequence[Cell])


def portions(rows: Iterable[R]) -> Iterator[list[R]]:
    """The rows, as many at a time as are written at once."""
    left = iter(rows)
    while portion := list(islice(left, _PORTION)):
        yield portion


def is_empty(cells: Sequence[Cell]) -> bool:
    """Whether there is nothing in any of these cells."""
    return cells.count(None) == len(cells)


def texts_of(cells: Sequence[Cell], change: Callable[[str], str | None]) -> list[bytes] | None:
    """The texts of some cells in UTF-8, b"" for nothing, after ``change``, which has them as one.

    None where a cell is no text, and where ``change`` gives None.
    """
    texts = ["" if cell is None else cell for cell in cells] if None in cells else cells
    try:
        changed = change(BETWEEN.join(texts))  # type: ignore[arg-type]  # it refuses another thing
    except TypeError:
        return None
    pieces = changed.encode("utf-8").split(_CUT) if changed is not None else []
    # a text may hold the sign that stands between them
    return pieces if len(pieces) == len(cells) else None


def numbers_of(cells: Sequence[Cell]) -> list[bytes] | None:
    """Whole numbers as digits, b"" for nothing; None where a cell is another thing."""
    if not _WHOLE.issuperset(map(type, cells)):
        return None
    return [b"" if cell is None else b"%d" % int(cell) for cell in cells]


def side_by_side(columns: Iterable[Iterable[bytes]]) -> bytes:
    """The first cells of all columns, then the second ones, and so on."""
    return b"".join(chain.from_iterable(zip(*columns, strict=True)))
