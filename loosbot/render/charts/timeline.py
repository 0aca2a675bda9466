"""A timeline: one line a record, from the first year to the last that are known of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.fields.collation import sort_key
from loosbot.fields.vocabulary import STATES
from loosbot.frozen import dataclass
from loosbot.render.charts.canvas import (
    GREY,
    LINE,
    MARGIN,
    SIZE,
    SMALL,
    WIDTH,
    Canvas,
    shortened,
    wrapped,
)
from loosbot.render.charts.chart import ChartSpec, Figures, in_a_sentence
from loosbot.render.indexes.rows import raw_values

_ROW = 36


@dataclass(frozen=True, slots=True)
class YearRange:
    """``first`` and ``last`` are years, None where that end is open."""

    title: str
    when: str
    first: int | None
    last: int | None

    @property
    def begins(self) -> int:
        """Where it is drawn from."""
        return self.first if self.first is not None else self.last or 0

    @property
    def ends(self) -> int:
        return self.last if self.last is not None else self.begins


def stretches(order: ChartSpec, records: Sequence[Record]) -> list[YearRange]:
    """The dated records, the oldest first."""
    stretched = [
        _stretch(record, value)
        for record in records
        for value in raw_values(record, order.by)[:1]
        if value not in STATES and dates.is_date(value)
    ]
    return sorted(
        stretched, key=lambda stretch: (stretch.begins, stretch.ends, sort_key(stretch.title))
    )


def _stretch(record: Record, value: str) -> YearRange:
    span = dates.parse(value)
    return YearRange(
        record.title,
        dates.display(value),
        None if span.earliest == date.min else span.earliest.year,
        None if span.latest == date.max else span.latest.year,
    )


def figures(order: ChartSpec, stretched: Sequence[YearRange], records: Sequence[Record]) -> Figures:
    """The table of the dates."""
    rows = tuple((stretch.title, stretch.when) for stretch in stretched)
    undated = len(records) - len(stretched)
    note = f"{undated} fiches n’ont pas de date connue." if undated > 1 else ""
    return Figures(
        ("Fiche", "Date"),
        rows,
        f"Frise, {order.title}. {in_a_sentence([f'{title} : {when}' for title, when in rows])}",
        "Une fiche n’a pas de date connue." if undated == 1 else note,
    )


def draw(order: ChartSpec, stretched: Sequence[YearRange]) -> bytes:
    """The picture: a pointed end goes on beyond what is known."""
    canvas = Canvas(order.title)
    first = min((stretch.begins for stretch in stretched), default=0)
    last = max((stretch.ends for stretch in stretched), default=0) + 1
    left, right = MARGIN + 8, WIDTH - MARGIN - 8
    scale = (right - left) / max(1, last - first)
    top = MARGIN + LINE
    rows = [_row(stretch) for stretch in stretched]
    bottom = top + sum(row.height for row in rows) + 4
    years = last - first
    step = next((step for step in (1, 2, 5, 10, 20, 50) if years / step <= 6), 100)
    for number in range(first - first % step, last + 1, step):
        if number >= first:
            x = left + (number - first) * scale
            canvas.line(x, top, x, bottom)
            canvas.text(str(number), x, top - 5, size=SMALL, anchor=_anchor(x), fill=GREY)
    y = top
    for stretch, row in zip(stretched, rows, strict=True):
        for place, line in enumerate(row.title):
            canvas.text(line, MARGIN, y + place * LINE + SIZE + 3)
        under = y + (len(row.title) - (0 if row.apart else 1)) * LINE
        canvas.text(row.when, WIDTH - MARGIN, under + SIZE + 3, size=SMALL, anchor="end", fill=GREY)
        _line(canvas, stretch, left + (stretch.begins - first) * scale, under + 26, scale, right)
        y += row.height
    return canvas.svg(bottom + MARGIN)


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of a title with its date: at the end of the last one, or below where it does not
    fit."""

    title: list[str]
    when: str
    apart: bool

    @property
    def height(self) -> int:
        return (len(self.title) + self.apart - 1) * LINE + _ROW


def _row(stretch: YearRange) -> _Row:
    """The row of a record. Titles are wrapped, never cut: a picture cannot show the rest on
    demand."""
    room = WIDTH - 2 * MARGIN
    when = shortened(stretch.when, room, SMALL)
    beside = wrapped(stretch.title, room - len(when) * SMALL * 0.56 - 10)
    if len(beside) == 1:
        return _Row(beside, when, apart=False)
    return _Row(wrapped(stretch.title, room), when, apart=True)


def _line(
    canvas: Canvas, stretch: YearRange, x: float, y: float, scale: float, right: float
) -> None:
    end = x + max(6.0, (stretch.ends - stretch.begins + 1) * scale)
    if stretch.last is None:
        end = right
        canvas.arrow(end, y, 1)
    if stretch.first is None:
        canvas.arrow(x, y, -1)
    canvas.box(x, y - 3, end - x, 6)


def _anchor(x: float) -> str:
    if x < MARGIN + 20:
        return "start"
    return "end" if x > WIDTH - MARGIN - 20 else "middle"
