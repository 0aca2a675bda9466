"""A network: who is named together in the same records, the closest pairs first.

Pairs rather than arcs between names: with one name in every record, all arcs met there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from loosbot.corpus.french import counted
from loosbot.corpus.model import Record
from loosbot.fields.collation import sort_key
from loosbot.frozen import dataclass
from loosbot.render.charts.canvas import LINE, MARGIN, SIZE, WIDTH, Canvas, wrapped
from loosbot.render.charts.chart import ChartSpec, Figures, in_a_sentence
from loosbot.render.charts.parts import Label

_MOST = 14
"""Pairs of the picture; the table has more."""
_NAMED = 6
"""Names in a cell of the table."""
_BAR = 11
_EVERYWHERE = 2
"""A name in this many times more records than the next one ties all to itself, and tells nothing
of the others."""


@dataclass(frozen=True, slots=True)
class Network:
    """``nodes``: the most present first, with the number of their records; ``ties``: pairs of
    names, in that order, with the number of records that name both."""

    nodes: tuple[tuple[str, int], ...]
    ties: Mapping[tuple[str, str], int]

    @property
    def hub(self) -> str:
        """The name that is in every record; "" for none."""
        if len(self.nodes) < 4 or self.nodes[0][1] < _EVERYWHERE * self.nodes[1][1]:
            return ""
        return self.nodes[0][0]

    @property
    def closest(self) -> list[tuple[int, str, str]]:
        """The pairs that the picture shows: those of one record only where there are no others."""
        pairs = [(count, *pair) for pair, count in self.ties.items() if self.hub not in pair]
        often = [tie for tie in pairs if tie[0] > 1] or pairs
        return sorted(often, key=lambda tie: -tie[0])[:_MOST]


def network(
    order: ChartSpec, records: Sequence[Record], linked: Mapping[str, Sequence[str]], label: Label
) -> Network:
    """``linked``: id of a record -> ids that it refers to."""
    presence: Counter[str] = Counter()
    together: Counter[frozenset[str]] = Counter()
    for record in records:
        prefix = f"{order.between}/"
        named = {label(id_) for id_ in linked.get(record.id, ()) if id_.startswith(prefix)}
        presence.update(named)
        together.update(frozenset(pair) for pair in combinations(sorted(named), 2))
    nodes = sorted(presence.items(), key=lambda item: (-item[1], sort_key(item[0]), item[0]))
    place = {name: number for number, (name, _) in enumerate(nodes)}
    ties = {}
    for pair, count in together.items():
        first, second = sorted(pair, key=lambda name: place[name])
        ties[first, second] = count
    return Network(
        tuple(nodes), dict(sorted(ties.items(), key=lambda item: [place[name] for name in item[0]]))
    )


def figures(order: ChartSpec, net: Network, records: Sequence[Record]) -> Figures:
    """Each name, its records, and with whom it is named, the most frequent first."""
    rows = []
    for name, count in net.nodes:
        others = [
            (tied, second if name == first else first)
            for (first, second), tied in net.ties.items()
            if name in (first, second)
        ]
        others.sort(key=lambda tie: (-tie[0], sort_key(tie[1])))
        ties = [f"{other} ({tied})" for tied, other in others[:_NAMED]]
        if len(others) > _NAMED:
            ties.append(f"et {counted(len(others) - _NAMED, 'autre')}")
        rows.append((name, str(count), ", ".join(ties)))
    closest = [f"{first} et {second} : {count}" for count, first, second in net.closest]
    note = f"{counted(len(records), 'fiche')}. Deux noms sont liés quand une même fiche les cite."
    if net.hub:
        note += f" L’image laisse de côté « {net.hub} », qui est presque partout."
    return Figures(
        ("Qui", "Fiches", "Avec qui (nombre de fiches)"),
        tuple(rows),
        f"Réseau, {order.title}, les liens les plus fréquents d’abord. {in_a_sentence(closest)}",
        note,
    )


def draw(order: ChartSpec, net: Network) -> bytes:
    """The picture: a pair of names, and under it a bar as long as the records that name both."""
    canvas = Canvas(order.title)
    pairs = net.closest
    most = max((count for count, _, _ in pairs), default=1)
    y: float = MARGIN
    for count, first, second in pairs:
        for line in wrapped(f"{first} et {second}", WIDTH - 2 * MARGIN):
            canvas.text(line, MARGIN, y + SIZE)
            y += LINE
        length = (WIDTH - 2 * MARGIN - 30) * count / most
        canvas.box(MARGIN, y, length, _BAR)
        canvas.text(str(count), MARGIN + length + 6, y + _BAR - 1)
        y += _BAR + 9
    return canvas.svg(y + MARGIN)
