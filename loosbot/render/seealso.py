"""What points to a page, and where it points: every page is a crossroads.

On that of a place or of somebody, all that happened there or with them, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from loosbot.corpus.dates import display
from loosbot.corpus.french import counted
from loosbot.corpus.model import Record
from loosbot.corpus.types import PROJECTS, TYPES
from loosbot.fields.certainty import worth
from loosbot.fields.collation import date_key
from loosbot.fields.site import Site, by_date, dated, references, when
from loosbot.fields.voices import speaking_roles
from loosbot.render.indexes.outcomes import how_it_ended
from loosbot.wikitext.blocks import bullets, join, long, section, table
from loosbot.wikitext.encoding import Context, encode


def see_also(record: Record, site: Site, leave_out: Collection[str]) -> str:
    """The section "Voir aussi": own ``liens`` and what points here, grouped by type.

    ``leave_out`` holds the ids that the page shows elsewhere.
    """
    pointing = [pointer.id for pointer in site.pointing_at(record.id)]
    wanted = {*pointing, *references(record, "liens")} - {record.id, *leave_out}
    records = [site.corpus.records[id_] for id_ in wanted if id_ in site.corpus.records]
    sources = {link.source for link in site.corpus.backlinks.get(record.id, ())}
    pages = sorted(source for source in sources if source in site.corpus.pages)
    blocks = [grouped(records, site)]
    if pages:
        links = (site.names.link_or_text(page) for page in pages)
        blocks.append("'''Pages'''\n" + bullets(str(markup) for markup in links))
    listed = join(*blocks)
    # lines of links alone stand far enough apart to be touched one by one (WCAG 2.5.8)
    return section("Voir aussi", f'<div style="line-height:2">\n{listed}\n</div>' if listed else "")


def grouped(records: Iterable[Record], site: Site) -> str:
    """Records as one list a type, the oldest first."""
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.type, []).append(record)
    blocks = []
    for record_type in TYPES:
        if mine := sorted(by_type.get(record_type, ()), key=by_date):
            lines = bullets(_line(record, site) for record in mine)
            blocks.append(f"'''{TYPES[record_type].plural}'''\n{lines}")
    return "\n\n".join(blocks)


def other_tales(record: Record, site: Site) -> tuple[str, list[str]]:
    """Beside a récit: where else somebody speaks of the same projects, what shares the most of
    them first, and the ids of the récits among them."""
    about = set(references(record, "projet"))
    tales = [
        other for other in site.speaking_of(*references(record, "projet")) if other.id != record.id
    ]
    tales.sort(key=lambda other: -len(about & {other.id, *references(other, "projet")}))
    lines = bullets(_with_roles(other, site) for other in tales)
    return lines, [other.id for other in tales if other.type == "recit"]


def _with_roles(record: Record, site: Site) -> str:
    roles = ", ".join(speaking_roles(record.data["voix"]))
    return f"{site.names.link_or_text(record.id)} ({encode(roles, Context.LIST_ITEM)})"


def _line(record: Record, site: Site) -> str:
    date = when(record)
    link = str(site.names.link_or_text(record.id))
    # no date where the title holds it: "Forum de 2015 (2015)"
    if not date or display(date) in record.title:
        return link
    return f"{link} ({display(date)}{worth(dated(record))})"


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
