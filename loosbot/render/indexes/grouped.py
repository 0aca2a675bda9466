"""What makes a long index short to read: a way to jump, each record once, tables of one width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from loosbot.corpus.model import Record
from loosbot.fields.site import Site
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.links import link

LONG = 24
"""Rows from which the tables of an index are folded under their headings."""
_SHORTEST, _LONGEST = 9, 36
"""Characters of a column's cells: a date still has room, a long text does not take it all."""
_MARKUP = re.compile(r"\[\[[^\[\]|]*\||\{\{[^{}]*\}\}|<[^<>]*>|['\[\]]")
Part = tuple[str, list[Record]]


def once(parts: Sequence[Part], site: Site) -> list[tuple[str, list[Record], list[Record]]]:
    """Heading, the records that have their row there, those that have theirs above.

    A record stands in the first part that it belongs to; in the others it is named with a link.
    """
    seen: set[str] = set()
    found = []
    for heading, records in parts:
        mine = [one for one in records if one.id not in seen]
        seen.update(one.id for one in mine)
        found.append((heading, mine, [one for one in records if one not in mine]))
    return found


def also(records: Iterable[Record], site: Site) -> str:
    """Records whose row is in another part; "" for none."""
    links = [str(site.names.link_or_text(one.id, Context.PROSE)) for one in records]
    return f"Aussi, plus haut : {', '.join(links)}." if links else ""


def jumps(index: str, parts: Iterable[tuple[str, int]], site: Site) -> str:
    """Links to the headings of an index, each with the number of its records."""
    title = site.names.titles[index]
    lines = [f"{link(title, heading, heading)}\u00a0({number})" for heading, number in parts]
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
                lengths[place].append(len(_MARKUP.sub("", text)))
    weights = []
    for place, told in enumerate(lengths):
        mean = sum(told) / len(told) if told else 0
        weight = min(max(mean, _SHORTEST), _LONGEST) ** 0.5
        # the first names the record: it is what people look for
        weights.append(weight * (1.2 if place == 0 else 1))
    total = sum(weights) or 1
    # steps of five: a word more in one record must not change every table
    return [max(7, 5 * round(20 * one / total)) for one in weights]
