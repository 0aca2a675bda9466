"""The tables of the reports, and their cells."""

from __future__ import annotations

from collections.abc import Sequence

from loosbot.corpus.dates import display
from loosbot.corpus.links import source_id
from loosbot.fields.collation import date_key, sort_key
from loosbot.fields.site import Site
from loosbot.trace.model import Stage
from loosbot.trace.words import SIGNS, STATES, proof
from loosbot.wikitext.blocks import table, telling
from loosbot.wikitext.encoding import Context, encode

Cell = tuple[str, str]
"""Wikitext of a cell, and what it is sorted by ("" for its own text)."""


def record_cell(id_: str, site: Site) -> Cell:
    return str(site.names.link_or_text(id_, Context.CELL)), sort_key(site.names.label(id_))


def stage_cell(stage: Stage, site: Site) -> Cell:
    """The sign and the word, then the date and the proofs of what is attested."""
    said = [f"{SIGNS[stage.state]} {STATES[stage.state]}"]
    if stage.date:
        said.append(encode(display(stage.date), Context.CELL))
    said += (f"<small>{_proof(one, site)}</small>" for one in proof(stage))
    return "<br>".join(said), ""


def _proof(reference: str, site: Site) -> str:
    """A record, a passage of a source as the record names it, or a proof in words."""
    link = site.names.link(reference) or site.names.link(source_id(reference), reference)
    return str(link or encode(reference, Context.CELL))


def text_cell(text: str) -> Cell:
    return encode(text, Context.CELL), ""


def number_cell(number: int) -> Cell:
    return str(number), ""


def date_cell(text: str) -> Cell:
    return (encode(display(text), Context.CELL), date_key(text)) if text else ("", "")


def share_cell(numerator: int, denominator: int) -> Cell:
    if not denominator:
        return "", ""
    return f"{round(100 * numerator / denominator)} %", f"{numerator / denominator:.4f}"


def report_table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A sortable table, without the columns that say nothing; "" where it would have no line."""
    if not rows:
        return ""
    shown = telling([[text for text, _ in row] for row in rows])
    return table(
        caption,
        [heads[place] for place in shown],
        [[row[place][0] for place in shown] for row in rows],
        sortable=True,
        keys=[[row[place][1] for place in shown] for row in rows],
    )
