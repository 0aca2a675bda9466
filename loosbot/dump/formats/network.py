"""``reseau/``: the links between records as two tables, named as Gephi and others read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loosbot.dump.filtered import Edition
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.tables.table import Table

NODES, EDGES = "reseau/noeuds.csv", "reseau/liens.csv"


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """Every record is a node, also one that nothing leads to; a link counts how often it is made.

    What one record says of another in several places is one link: Gephi keeps one of each.
    """
    nodes = [(record.id, record.title, record.type) for record in edition.records.values()]
    yield NODES, encoded(("Id", "Label", "type_fiche"), nodes)
    counts: dict[tuple[str, str], int] = {}
    for tie in edition.ties:
        if tie.target in edition.records:
            counts[tie.source, tie.target] = counts.get((tie.source, tie.target), 0) + 1
    edges = [(*ends, "Directed", count) for ends, count in sorted(counts.items())]
    yield EDGES, encoded(("Source", "Target", "Type", "Weight"), edges)
