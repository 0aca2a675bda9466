"""From the declaration of an index to its charts. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from loosbot.corpus.model import IndexPage, Record
from loosbot.corpus.wording import joined_slug
from loosbot.render.charts import bars, grid, network, timeline
from loosbot.render.charts.chart import Chart, ChartSpec, Figures, order_of
from loosbot.render.charts.parts import Label
from loosbot.render.charts.places import Map, SourceName, spots
from loosbot.render.charts.places import draw as draw_map
from loosbot.render.charts.places import figures as map_figures
from loosbot.render.charts.places import mapped as map_of

PREFIX = "fichier/"


def charts_of(
    index: IndexPage,
    records: Sequence[Record],
    linked: Mapping[str, Sequence[str]],
    label: Label,
    *,
    places: Sequence[Record] = (),
    source_name: SourceName | None = None,
) -> list[Chart]:
    """The charts that ``index`` declares over its ``records``, in its order.

    ``linked``: id of a record -> ids that it refers to; ``label``: id -> what readers see;
    ``places``: what a map shows, ``source_name``: what readers see of a source. There is no map
    where no place has a point.
    Same records, same bytes, whatever the machine and the order that the records come in.
    """
    ordered = sorted(records, key=lambda record: record.id)
    charts = []
    for data in index.data.get("graphiques", ()):
        order = order_of(data)
        if order.form == "carte":
            if (map_ := map_of(places, source_name or label)) is not None:
                charts.append(_map(index, order, map_))
            continue
        figures, draw = _counted(order, ordered, linked, label)
        charts.append(Chart(chart_id(index.id, order.title), order.title, figures, draw))
    return charts


def chart_id(index: str, title: str) -> str:
    """``index/en-chiffres``, ``Par état`` -> ``fichier/en-chiffres-par-etat``."""
    return f"{PREFIX}{index.partition('/')[2]}-{joined_slug(title)}"


def _map(index: IndexPage, order: ChartSpec, map_: Map) -> Chart:
    return Chart(
        chart_id(index.id, order.title),
        order.title,
        map_figures(order, map_),
        partial(draw_map, order, map_),
        spots(map_),
    )


def _counted(
    order: ChartSpec,
    records: Sequence[Record],
    linked: Mapping[str, Sequence[str]],
    label: Label,
) -> tuple[Figures, Callable[[], bytes]]:
    match order.form:
        case "barres":
            rows = bars.bars(order, records, label)
            return bars.figures(order, rows, records), partial(bars.draw, order, rows)
        case "grille":
            cells = grid.grid(order, records, label)
            return grid.figures(order, cells, records), partial(grid.draw, order, cells)
        case "frise":
            lines = timeline.stretches(order, records)
            return timeline.figures(order, lines, records), partial(timeline.draw, order, lines)
        case "reseau":
            ties = network.network(order, records, linked, label)
            return network.figures(order, ties, records), partial(network.draw, order, ties)
        case "carte":
            raise ValueError("a map has places, and counts nothing")
