"""A network: who is named together in the same records, as bows between the lines of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from loosbot.corpus.model import Record
from loosbot.fields.collation import sort_key
from loosbot.render.charts.canvas import MARGIN, SIZE, WIDTH, Canvas, shortened
from loosbot.render.charts.model import Figures, Order
from loosbot.render.charts.parts import Label
from loosbot.render.charts.wording import listed

_MOST = 16
"""Lines of the picture; the table has more."""
_ROW = 26
_LABELS = 236


@dataclass(frozen=True, slots=True)
class Network:
    """``nodes``: the most present first, with the number of their records; ``ties``: pairs of
    names, in that order, with the number of records that name both."""

    nodes: tuple[tuple[str, int], ...]
    ties: Mapping[tuple[str, str], int]


def network(
    order: Order, records: Sequence[Record], linked: Mapping[str, Sequence[str]], label: Label
) -> Network:
    """``linked``: id of a record -> ids that it refers to."""
    presence: Counter[str] = Counter()
    together: Counter[frozenset[str]] = Counter()
    for record in records:
        prefix = f"{order.between}/"
        named = {label(one) for one in linked.get(record.id, ()) if one.startswith(prefix)}
        presence.update(named)
        together.update(frozenset(pair) for pair in combinations(sorted(named), 2))
    nodes = sorted(presence.items(), key=lambda one: (-one[1], sort_key(one[0]), one[0]))
    place = {name: number for number, (name, _) in enumerate(nodes)}
    ties = {}
    for pair, count in together.items():
        first, second = sorted(pair, key=lambda one: place[one])
        ties[first, second] = count
    return Network(
        tuple(nodes), dict(sorted(ties.items(), key=lambda one: [place[name] for name in one[0]]))
    )


def figures(order: Order, found: Network, records: Sequence[Record]) -> Figures:
    """Each name, its records, and with whom it is named, the most frequent first."""
    rows = []
    for name, count in found.nodes:
        others = [
            (tied, second if name == first else first)
            for (first, second), tied in found.ties.items()
            if name in (first, second)
        ]
        others.sort(key=lambda one: (-one[0], sort_key(one[1])))
        rows.append((name, str(count), ", ".join(f"{other} ({tied})" for tied, other in others)))
    ties = sorted(found.ties.items(), key=lambda one: -one[1])
    told = [f"{first} et {second} : {count}" for (first, second), count in ties]
    return Figures(
        ("Qui", "Fiches", "Avec qui (nombre de fiches)"),
        tuple(rows),
        f"Réseau, {order.title}, les liens les plus fréquents d’abord. {listed(told)}",
        f"{len(records)} fiches. Deux noms sont liés quand une même fiche les cite.",
    )


def draw(order: Order, found: Network) -> bytes:
    """The picture: the more records two names share, the thicker their bow."""
    canvas = Canvas(order.title)
    shown = found.nodes[:_MOST]
    most = max(found.ties.values(), default=1)
    place = {name: MARGIN + _ROW * number + SIZE for number, (name, _) in enumerate(shown)}
    start = MARGIN + _LABELS
    longest = max(1, len(shown) - 1) * _ROW
    for (first, second), count in found.ties.items():
        if first in place and second in place:
            y1, y2 = place[first] - 4, place[second] - 4
            reach = 12 + (WIDTH - start - MARGIN) * 1.2 * (y2 - y1) / longest
            canvas.arc(start, y1, y2, reach, 1 + 4 * count / most)
    for name, count in shown:
        words = shortened(name, _LABELS - 50)
        canvas.text(f"{words} ({count})", start - 10, place[name], anchor="end")
        canvas.dot(start, place[name] - 4, 4)
    return canvas.svg(2 * MARGIN + _ROW * max(1, len(shown)))
