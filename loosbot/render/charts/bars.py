"""Bars: how many records each part holds, or how much they bring together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.french import counted
from loosbot.corpus.model import Record
from loosbot.frozen import dataclass
from loosbot.render.charts.canvas import LINE, MARGIN, SIZE, WIDTH, Canvas, shortened, wrapped
from loosbot.render.charts.chart import ChartSpec, Figures, in_a_sentence
from loosbot.render.charts.parts import (
    UNKNOWN,
    Amount,
    Label,
    Part,
    amount,
    field_title,
    lasting,
    parts,
    unit,
    year,
)
from loosbot.render.indexes.rows import is_date

_LONGEST_GAP = 30
"""A run of years is drawn whole up to this many; a longer one only where there is something."""
_BAR = 13
_SHORT = 11
"""Labels of this many characters stand before their bars; longer ones above."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``records`` of them are in the part; ``unmeasured`` bring no known number."""

    part: Part
    records: int
    total: Amount
    unmeasured: int = 0


def bars(order: ChartSpec, records: Sequence[Record], label: Label) -> list[Bar]:
    """One bar for each part, in order; years without anything between two others included."""
    by_part: dict[Part, list[Record]] = {}
    apart = _units(order, records)
    for record in records:
        # a record over several years counts under its first one, but its sums belong to all of them
        whole = lasting(record, order.by) if order.measure else None
        for part in [whole] if whole else parts(record, order.by, label):
            by_part.setdefault(_of_unit(part, apart.get(record.id, "")), []).append(record)
    if is_date(plain_key(order.by)):
        years = sorted(part.rank[0] for part in by_part if part.known and part.rank[0])
        if years and years[-1] - years[0] <= _LONGEST_GAP:
            present = {part.rank[0] for part in by_part}
            for number in range(years[0], years[-1]):
                if number not in present:
                    by_part[year(number)] = []
    return [_bar(part, by_part[part], order.measure) for part in sorted(by_part)]


def _units(order: ChartSpec, records: Sequence[Record]) -> dict[str, str]:
    """The unit of each record's number where they count different things: twelve families and
    thirty persons are no 42. Empty where one sum can be made of all."""
    if not order.measure:
        return {}
    units = [
        (record.id, unit(record, order.measure))
        for record in records
        if amount(record, order.measure) is not None
    ]
    # « 1 personne » and « 30 personnes » are of one kind; the first says how it is written
    spelled: dict[str, str] = {}
    for _, counted_in in units:
        if counted_in:
            spelled.setdefault(_ignoring_number(counted_in), counted_in)
    several = len(spelled) > 1
    return {id_: spelled.get(_ignoring_number(text), "") for id_, text in units} if several else {}


def _ignoring_number(words: str) -> str:
    return re.sub(r"s\b", "", words.casefold())


def _of_unit(part: Part, counted_in: str) -> Part:
    return replace(part, label=f"{part.label} ({counted_in})") if counted_in else part


def _bar(part: Part, records: Sequence[Record], measure: str) -> Bar:
    if not measure:
        return Bar(part, len(records), Amount(len(records), len(records)))
    amounts = [amount(record, measure) for record in records]
    known = [measure for measure in amounts if measure is not None]
    return Bar(part, len(records), sum(known, Amount()), len(amounts) - len(known))


def figures(order: ChartSpec, bars: Sequence[Bar], records: Sequence[Record]) -> Figures:
    """The table of the bars."""
    types = [record.type for record in records]
    by = field_title(types[0], order.by) if types else order.by
    if not order.measure:
        counts = [f"{bar.part.label} : {bar.records}" for bar in bars if bar.records]
        return Figures(
            (by, "Fiches"),
            tuple((bar.part.label, str(bar.records)) for bar in bars),
            f"Graphique en barres, {order.title}. {in_a_sentence(counts)}",
            _shared(bars, records),
        )
    measured = field_title(types[0], order.measure) if types else order.measure
    counts = [f"{bar.part.label} : {_shown(bar)}" for bar in bars if bar.records > bar.unmeasured]
    return Figures(
        (by, measured, "Fiches", "Fiches sans ce nombre"),
        tuple((bar.part.label, _shown(bar), str(bar.records), str(bar.unmeasured)) for bar in bars),
        f"Graphique en barres, {order.title}. {in_a_sentence(counts)}",
        "Un nombre inconnu n’est pas un zéro : il n’est compté nulle part.",
    )


def _shown(bar: Bar) -> str:
    """The sum as text; "inconnu" where there are records and none gives a number."""
    if not bar.records:
        return "aucune fiche"
    return "inconnu" if bar.unmeasured == bar.records else str(bar.total)


def _shared(bars: Sequence[Bar], records: Sequence[Record]) -> str:
    number = counted(len(records), "fiche")
    if sum(bar.records for bar in bars) > len(records):
        return f"{number} ; une fiche compte dans chaque ligne qui la concerne."
    return f"{number}."


def draw(order: ChartSpec, bars: Sequence[Bar]) -> bytes:
    """The picture: a label, a bar and its number for each part."""
    canvas = Canvas(order.title)
    short = all(len(bar.part.label) <= _SHORT for bar in bars)
    left = MARGIN + _SHORT * 8 if short else MARGIN
    most = max((bar.total.high for bar in bars), default=0) or 1
    longest = WIDTH - left - MARGIN - 64
    y: float = MARGIN
    for bar in bars:
        if short:
            canvas.text(bar.part.label, left - 6, y + _BAR - 2, anchor="end")
        else:
            for line in wrapped(bar.part.label, WIDTH - 2 * MARGIN):
                canvas.text(line, MARGIN, y + SIZE)
                y += LINE
        low, high = (float(longest * side / most) for side in (bar.total.low, bar.total.high))
        certain = bar.part is not UNKNOWN and bar.part.known
        if low:
            canvas.box(left, y, low, _BAR, known=certain)
        if high > low:
            canvas.box(left + low, y, high - low, _BAR, known=False)
        words = str(bar.records) if not order.measure else _shown(bar)
        canvas.text(shortened(words, WIDTH - left - high - 6), left + high + 6, y + _BAR - 2)
        y += _BAR + (8 if short else 6)
    canvas.line(left, MARGIN, left, max(y - 4, MARGIN + 1))
    return canvas.svg(y + MARGIN)
