"""Layout of long indexes: links to the parts, one row a record, equal column widths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from loosbot.corpus.model import Record
from loosbot.fields.site import Site
from loosbot.render.indexes.rows import groups
from loosbot.wikitext.blocks import apart, join, visible_text
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.links import link

_SHORTEST, _LONGEST = 9, 36
"""Characters of a column's cells: a date still has room, a long text does not take it all."""
Part = tuple[str, list[Record]]


def parts(records: list[Record], key: str, site: Site) -> Iterator[Part]:
    """The parts of an index in order, each with its records in theirs."""
    by_heading: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        for group in groups(record, key, site):
            by_heading.setdefault(group, []).append(record)
    for (_, heading), part in sorted(by_heading.items()):
        yield heading, part


def once(parts: Sequence[Part]) -> list[tuple[str, list[Record], list[Record]]]:
    """Heading, the records that have their row there, those that have theirs above.

    A record stands in the first part that it belongs to; in the others it is named with a link.
    """
    seen: set[str] = set()
    rows = []
    for heading, records in parts:
        mine = [record for record in records if record.id not in seen]
        seen.update(record.id for record in mine)
        rows.append((heading, mine, [record for record in records if record not in mine]))
    return rows


Notes = Mapping[str, tuple[str, str]]
"""Id -> how sure it is that a record belongs to a part, and what there is to say of it there."""


def also(records: Iterable[Record], site: Site, notes: Notes | None = None) -> str:
    """Records whose row is in another part; "" for none."""
    return _listed("Aussi, plus haut", records, site, notes or {})


def named(records: Iterable[Record], site: Site, notes: Notes | None = None) -> str:
    """The names of records whose rows are folded below, for who does not unfold them, or prints."""
    return _listed("", records, site, notes or {})


def _listed(lead: str, records: Iterable[Record], site: Site, notes: Notes) -> str:
    """Links in a line; one below the other where there is something to say of them."""
    lines = []
    noted = False
    for record in records:
        sure, note = notes.get(record.id, ("", ""))
        noted = noted or bool(note)
        shown = f"{site.names.link_or_text(record.id, Context.LIST_ITEM)}{sure}"
        lines.append(f"{shown} : {note}" if note else shown)
    if noted:
        return join(f"{lead} :" if lead else "", apart(lines))
    return f"{lead} : {', '.join(lines)}." if lead and lines else ", ".join(lines)


def jumps(index: str, counts: Iterable[tuple[str, int]], site: Site) -> str:
    """Links to the headings of an index, each with the number of its records."""
    title = site.names.titles[index]
    lines = [f"{link(title, heading, heading)}\u00a0({number})" for heading, number in counts]
    if len(lines) < 3:
        return ""
    return f'<div class="noprint" style="line-height:2">\n{" · ".join(lines)}\n</div>'


def widths(rows: Iterable[Sequence[str]]) -> list[int]:
    """Percent of each column, the same in every table of an index: by what its cells hold.

    The root of the mean length, so that one long text does not leave the others without room.
    """
    lengths: list[list[int]] = []
    for row in rows:
        for place, text in enumerate(row):
            while len(lengths) <= place:
                lengths.append([])
            if text:
                lengths[place].append(len(visible_text(text)))
    weights = []
    for place, column in enumerate(lengths):
        mean = sum(column) / len(column) if column else 0
        weight = min(max(mean, _SHORTEST), _LONGEST) ** 0.5
        # the first column names the record, which people look for
        weights.append(weight * (1.2 if place == 0 else 1))
    total = sum(weights) or 1
    # in steps of five percent: one more word in a record must not change every table
    return [max(7, 5 * round(20 * weight / total)) for weight in weights]
