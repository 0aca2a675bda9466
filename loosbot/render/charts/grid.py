"""A grid: how many records are in each pair of two fields' values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loosbot.corpus.french import counted
from loosbot.corpus.model import Record
from loosbot.frozen import dataclass
from loosbot.render.charts.canvas import LINE, MARGIN, SIZE, SMALL, WIDTH, Canvas, wrapped
from loosbot.render.charts.chart import ChartSpec, Figures, in_a_sentence
from loosbot.render.charts.parts import Label, Part, field_title, parts

_LABELS = 128
"""Width kept for the names of the rows."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How many records stand in each cell of a row and a column; those without any have no cell."""

    rows: tuple[Part, ...]
    columns: tuple[Part, ...]
    counts: Counter[tuple[Part, Part]]


def grid(order: ChartSpec, records: Sequence[Record], label: Label) -> Grid:
    """The records by the two fields of a chart, rows and columns sorted; a record with several
    values stands in several cells."""
    counts = Counter(
        (row, column)
        for record in records
        for row in parts(record, order.by, label)
        for column in parts(record, order.across, label)
    )
    rows = sorted({row for row, _ in counts})
    columns = sorted({column for _, column in counts})
    return Grid(tuple(rows), tuple(columns), counts)


def figures(order: ChartSpec, grid: Grid, records: Sequence[Record]) -> Figures:
    """The grid as a table: a column for each value of the second field."""
    by = field_title(records[0].type, order.by) if records else order.by
    cells = [
        f"{row.label}, {column.label} : {count}"
        for (row, column), count in sorted(
            grid.counts.items(), key=lambda item: (-item[1], item[0])
        )
    ]
    return Figures(
        (by, *(column.label for column in grid.columns)),
        tuple(
            (row.label, *(str(grid.counts[row, column]) for column in grid.columns))
            for row in grid.rows
        ),
        f"Grille, {order.title}, les cases les plus pleines d’abord. {in_a_sentence(cells)}",
        f"{counted(len(records), 'fiche')} ; une fiche compte dans chaque case qui la concerne.",
    )


def draw(order: ChartSpec, grid: Grid) -> bytes:
    """The picture: the fuller a cell, the darker it is, with its number on it."""
    canvas = Canvas(order.title)
    most = max(grid.counts.values(), default=1)
    width = (WIDTH - _LABELS - 2 * MARGIN) / max(1, len(grid.columns))
    # a label longer than its column may overlap the space above the next ones
    heads = [wrapped(column.label, 2 * width - 6, SMALL) for column in grid.columns]
    tall = LINE * max((len(head) for head in heads), default=1)
    top = MARGIN + 2 * tall
    for number, lines in enumerate(heads):
        low = top - 5 - (tall if number % 2 == 0 else 0)
        last = number == len(heads) - 1
        x = MARGIN + _LABELS + width * (number + (1 if last else 0.5))
        for place, line in enumerate(reversed(lines)):
            anchor = "end" if last else "middle"
            canvas.text(line, x, low - place * LINE, size=SMALL, anchor=anchor)
        middle = MARGIN + _LABELS + width * (number + 0.5)
        canvas.line(middle, low + 3, middle, top)
    y: float = top
    for row in grid.rows:
        lines = wrapped(row.label, _LABELS - 6)
        height = LINE * len(lines) + 8
        for place, line in enumerate(lines):
            canvas.text(line, MARGIN, y + SIZE + 4 + place * LINE)
        for number, column in enumerate(grid.columns):
            count = grid.counts[row, column]
            x = MARGIN + _LABELS + width * number
            canvas.tile(x, y, width, height, count / most)
            if count:
                middle = y + height / 2 + SIZE * 0.36
                canvas.text(str(count), x + width / 2, middle, anchor="middle", bold=True)
        y += height
    return canvas.svg(y + MARGIN)
