"""What the tables of the HTML report are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from loosbot.trace.model import Report


def table(
    id_: str, caption: str, names: Iterable[str], rows: Iterable[Iterable[str]]
) -> Iterator[str]:
    """A table whose rows begin with their header; cells are HTML already."""
    yield from start(id_, caption, names)
    for first, *cells in rows:
        yield row(first, cells)
    yield "</tbody></table></div>"


def start(id_: str, caption: str, names: Iterable[str]) -> Iterator[str]:
    # a region that scrolls must be reachable by the keyboard (WCAG 2.1.1)
    yield (
        f'<div class="scroll" role="region" aria-labelledby="{id_}-titre" tabindex="0">'
        f'<table id="{id_}"><caption id="{id_}-titre">{escape(caption)}</caption>'
    )
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    yield f"<thead><tr>{cells}</tr></thead><tbody>"


def row(first: str, cells: Iterable[str], attributes: str = "") -> str:
    rest = "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells)
    return f'<tr{attributes}><th scope="row">{first}</th>{rest}</tr>'


def name(id_: str, report: Report) -> str:
    """The title of a record, or of the one that a promise stands in; else the id itself."""
    record, _, promise = id_.partition("#")
    title = report.titles.get(record)
    if title is None:
        return escape(id_)
    return escape(f"{title} ({promise})" if promise else title)


def bullets(texts: Iterable[str]) -> str:
    lines = "".join(f"<li>{text}</li>" for text in texts)
    return f"<ul>{lines}</ul>" if lines else ""
