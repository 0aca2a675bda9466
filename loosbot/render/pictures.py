"""Files of the wiki: which there are, what they are called, how a page shows them.

A wiki that takes no uploads, or not of that kind, has no such page; the table that stands behind
a chart is shown all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from loosbot.corpus.model import Corpus, IndexPage, Record
from loosbot.corpus.values import known
from loosbot.fields.site import Site
from loosbot.render.charts.canvas import SHOWN
from loosbot.render.charts.catalogue import chart_id, charts_of
from loosbot.render.charts.chart import Chart, MapMarker
from loosbot.render.charts.places import located
from loosbot.render.indexes.rows import selects
from loosbot.wikitext.blocks import join, section, table
from loosbot.wikitext.encoding import Context, compose, encode
from loosbot.wikitext.links import link_to
from loosbot.wikitext.names import FILE_NAMESPACE


def titles(corpus: Corpus) -> dict[str, str]:
    """Id of every chart's file -> its wanted title with its namespace."""
    return {id_: file_title(corpus, id_, "svg") for id_ in labels(corpus)}


def labels(corpus: Corpus) -> dict[str, str]:
    """Id of every chart's file -> what it shows."""
    return {
        chart_id(id_, str(chart["titre"])): str(chart["titre"])
        for id_, index in corpus.indexes.items()
        for chart in index.data.get("graphiques", ())
        if chart["forme"] != "carte" or _located(index, corpus)
    }


def _located(index: IndexPage, corpus: Corpus) -> list[Record]:
    """What a map of this index shows: the same, whoever asks, or a file would have no page."""
    return [
        record for record in corpus.records.values() if located(record) and selects(index, record)
    ]


def file_title(corpus: Corpus, id_: str, extension: str) -> str:
    """Plain letters only: MediaWiki changes others, and so do the disks it keeps files on."""
    name = f"{corpus.config.corpus}-{id_.partition('/')[2]}"[:200]
    return f"{FILE_NAMESPACE}{name[:1].upper()}{name[1:]}.{extension}"


def extension_of(title: str) -> str:
    """What a file is, by the end of its title: ``svg``."""
    return title.rpartition(".")[2].lower()


def charts(index: IndexPage, records: Sequence[Record], site: Site) -> list[Chart]:
    """The charts of an index over its records."""
    linked = _linked(site.corpus, records)
    places = _located(index, site.corpus)
    source_name = partial(_source, site=site)
    return charts_of(
        index, records, linked, site.names.label, places=places, source_name=source_name
    )


def _source(id_: str, site: Site) -> str:
    """A source with its licence: what is taken from a public file says so."""
    record = site.corpus.records.get(id_)
    licence = known(record.data.get("licence")) if record else ""
    return site.names.label(id_) + (f" ({licence})" if licence else "")


def _linked(corpus: Corpus, records: Sequence[Record]) -> Mapping[str, Sequence[str]]:
    wanted = {record.id for record in records}
    targets: dict[str, list[str]] = {}
    for link in corpus.links:
        if link.source in wanted:
            targets.setdefault(link.source, []).append(link.target)
    return targets


def sections(drawn: Sequence[Chart], site: Site) -> Iterator[str]:
    """A section for each chart: the picture where the wiki can show it, then its table."""
    for chart in drawn:
        figures = chart.figures
        if chart.spots:
            yield section(chart.title, _map(chart, site), encode(figures.note, Context.PROSE))
            continue
        rows = [[encode(cell, Context.CELL) for cell in row] for row in figures.rows]
        shown = drawing(chart, site)
        numbers = NOTHING
        if rows:
            numbers = table(
                # without a picture the table is not folded
                "Les chiffres" if shown else chart.title,
                figures.headers,
                rows,
                sortable=True,
                label=chart.title,
                folded=bool(shown),
            )
        yield section(chart.title, shown, encode(figures.note, Context.PROSE), numbers)


def _map(chart: Chart, site: Site) -> str:
    """The picture, with a link over each number where the wiki can show it, then the places by
    number. The links take their room from the picture: they lie on the numbers at any width."""
    shown = picture(chart.id, chart.figures.alt, site, SHOWN)
    links = "".join(_over(spot, site) for spot in chart.spots if spot.numbered)
    frame = "position:relative;display:inline-block;line-height:0"
    over = _scrolled(f'<div style="{frame}">{shown}{links}</div>') if shown else ""
    items = "".join(
        f"<li>{site.names.link_or_text(spot.id, Context.PROSE)}</li>\n" for spot in chart.spots
    )
    # CSS columns give a wikitext list its margin in the first column alone
    style = "columns:14em;line-height:2;margin:.5em 0 .5em 2.4em"
    return join(over, f'<ol style="{style}">\n{items}</ol>')


def _over(spot: MapMarker, site: Site) -> str:
    """The name of the place is there for those who hear the page or go by the keyboard; the eye
    sees the number of the picture."""
    title = site.names.titles.get(spot.id)
    if title is None:
        return ""
    # an invisible square
    inside = "display:block;padding-top:100%;height:0;overflow:hidden;opacity:0"
    name = f'<span style="{inside}">{encode(spot.title, Context.LINK_LABEL)}</span>'
    where = f"left:{spot.left - _OVER / 2:.2f}%;top:{spot.top:.2f}%;margin-top:-{_OVER / 2:.2f}%"
    return f'<span style="position:absolute;width:{_OVER}%;{where}">{link_to(title, name)}</span>'


_OVER = 8.0
"""Percent of the width of a map that a link over a number takes."""
NOTHING = "Aucune fiche pour l’instant."


WIDTH = 270
"""Pixels of a photograph: what a telephone 320 wide leaves between the margins of Vector, which
makes no picture smaller."""


def picture(id_: str, alt: str, site: Site, width: int = WIDTH) -> str:
    """The wikitext of the file of ``id_`` on a page, at most ``width`` CSS pixels wide, with its
    text alternative; "" where the wiki takes no such file."""
    title = site.names.titles.get(id_, "")
    if extension_of(title) not in site.media:
        return ""
    words = encode(" ".join(alt.split()), Context.LINK_LABEL)
    return f"[[{title}|frameless|{width}px|alt={words}]]"


def drawing(chart: Chart, site: Site) -> str:
    """The picture of a chart; "" where the wiki cannot show it."""
    shown = picture(chart.id, chart.figures.alt, site, SHOWN)
    return _scrolled(shown) if shown else ""


def _scrolled(shown: str) -> str:
    """What is wider than a telephone, where Vector makes no picture smaller: it is moved under the
    finger, not the whole page."""
    return f'<div style="overflow-x:auto">{shown}</div>'


def chart_page(chart: Chart, sha1: str, index: IndexPage, site: Site) -> str:
    """The wikitext that the page of a chart's file has, with the way to its ``index``; ``sha1`` is
    the file's, in hexadecimal."""
    home = site.names.link_or_text(index.id, Context.PROSE)
    figure = compose(
        ("Graphique dessiné d’après les fiches ; ses chiffres sont dans ", home, "."), Context.PROSE
    )
    # the hash makes the page differ when its file does, so the plan shows it
    return join(figure, encode(chart.figures.alt, Context.PROSE), f"<small>SHA-1 : {sha1}</small>")
