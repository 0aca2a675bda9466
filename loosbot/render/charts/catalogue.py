"""From the declaration of an index to its charts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from loosbot.corpus.model import IndexPage, Record
from loosbot.corpus.wording import joined_slug
from loosbot.render.charts import bars, grid, network, timeline
from loosbot.render.charts.chart import Chart, order_of
from loosbot.render.charts.parts import Label
from loosbot.render.charts.places import SourceName, spots
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
        chart = partial(Chart, chart_id(index.id, order.title), order.title)
        match order.form:
            case "barres":
                rows = bars.bars(order, ordered, label)
                figures = bars.figures(order, rows, ordered)
                charts.append(chart(figures, partial(bars.draw, order, rows)))
            case "grille":
                cells = grid.grid(order, ordered, label)
                figures = grid.figures(order, cells, ordered)
                charts.append(chart(figures, partial(grid.draw, order, cells)))
            case "frise":
                lines = timeline.stretches(order, ordered)
                figures = timeline.figures(order, lines, ordered)
                charts.append(chart(figures, partial(timeline.draw, order, lines)))
            case "reseau":
                ties = network.network(order, ordered, linked, label)
                figures = network.figures(order, ties, ordered)
                charts.append(chart(figures, partial(network.draw, order, ties)))
            case "carte":
                if (drawn := map_of(places, source_name or label)) is not None:
                    figures = map_figures(order, drawn)
                    charts.append(chart(figures, partial(draw_map, order, drawn), spots(drawn)))
    return charts


def chart_id(index: str, title: str) -> str:
    """``index/en-chiffres``, ``Par état`` -> ``fichier/en-chiffres-par-etat``."""
    return f"{PREFIX}{index.partition('/')[2]}-{joined_slug(title)}"
