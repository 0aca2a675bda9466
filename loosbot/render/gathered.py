"""What happened at a place, or with somebody, its parts and members included."""

from __future__ import annotations

from loosbot.corpus.dates import display
from loosbot.corpus.french import counted
from loosbot.corpus.model import Record
from loosbot.corpus.types import PROJECTS
from loosbot.fields.certainty import worth
from loosbot.fields.collation import date_key
from loosbot.fields.site import Site, by_date, dated, references, when
from loosbot.render.indexes.outcomes import how_it_ended
from loosbot.wikitext.blocks import long, table
from loosbot.wikitext.encoding import Context

_HAPPENED = ("projet", "fifty-fifty", "reunion", "recit")
_WITHIN = {"lieu": "dans", "acteur": "organisation"}
"""Type of a record -> the field by which its parts say that they belong to it."""


def happenings(record: Record, site: Site, title: str, inside: str) -> tuple[str, list[str]]:
    """A table, and the ids of the records it shows: projects, meetings and récits that name
    this record, one of its parts, or (not on the page of a person) one of those projects.

    ``inside`` heads the column that names the parts, which is there only where they matter; its
    cell is empty where a record names the owner itself.
    """
    ways: dict[str, list[str]] = {}
    for part in (record.id, *_parts(record, site)):
        for story in site.pointing_at(part, *_HAPPENED):
            ways.setdefault(story.id, []).append(part)
    projects = [id_ for id_ in ways if not id_.startswith(("recit/", "reunion/"))]
    # having attended a series of evenings is no part in each récit told there
    for id_ in projects if record.data.get("genre") != "personne" else ():
        for tale in site.tales_of(id_):
            ways.setdefault(tale.id, ways[id_])
    if not ways:
        return "", []
    records = sorted((site.corpus.records[id_] for id_ in ways), key=by_date)
    named = any(record.id not in parts for parts in ways.values())
    ended = all(story.type in PROJECTS for story in records)
    last = "Comment cela s’est terminé" if ended else "Genre ou état"
    heads = ["Fiche", "Quand", *([inside] if named else []), last]
    rows = [_row(story, record, ways[story.id], named, site) for story in records]
    keys = [("", date_key(when(story)), *[""] * (len(heads) - 2)) for story in records]
    text = table(
        counted(len(rows), "fiche"),
        heads,
        rows,
        sortable=True,
        keys=keys,
        label=title,
        headed=False,
        folded=long(rows),
    )
    return text, [story.id for story in records]


def _parts(record: Record, site: Site) -> list[str]:
    """Ids of what lies in a place, or of who works for an organisation, at any depth."""
    key = _WITHIN[record.type]
    inside: list[str] = []
    left = [record.id]
    while left:
        for inner in site.pointing_at(left.pop(), record.type):
            mine = {site.current.get(id_, id_) for id_ in references(inner, key)}
            if inner.id not in (record.id, *inside) and mine & {record.id, *inside}:
                inside.append(inner.id)
                left.append(inner.id)
    return inside


def _row(record: Record, owner: Record, parts: list[str], named: bool, site: Site) -> list[str]:
    date = when(record)
    # the owner of the page is not repeated on each row
    links = (str(site.names.link_or_text(part, Context.CELL)) for part in parts if part != owner.id)
    return [
        str(site.names.link_or_text(record.id, Context.CELL)),
        f"{display(date)}{worth(dated(record))}" if date else "",
        *(["<br>".join(links)] if named else []),
        "Récit" if record.type == "recit" else how_it_ended(record, site.names),
    ]
