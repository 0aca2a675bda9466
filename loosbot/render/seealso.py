"""What points to a page, and where it points: every page is a crossroads."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from loosbot.corpus.dates import display
from loosbot.corpus.model import Record
from loosbot.corpus.types import TYPES
from loosbot.fields.certainty import worth
from loosbot.fields.site import Site, by_date, dated, references, when
from loosbot.fields.voices import speaking_roles
from loosbot.wikitext.blocks import bullets, join, section
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
