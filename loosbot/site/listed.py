"""What a list says of its records: when each was, and how sure that is; and a chronology."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from loosbot.corpus.dates import display
from loosbot.corpus.model import IndexPage, Record
from loosbot.corpus.values import known, several
from loosbot.fields.site import Site
from loosbot.html.typography import typeset
from loosbot.render.indexes import chronology
from loosbot.render.indexes.columns import declared
from loosbot.trace.words import sure
from loosbot.wikitext.encoding import Context
from loosbot.wikitext.plaintext import decode

_TAG = re.compile(r"</?(?:small|nowiki)>")
_STATUS = re.compile(r"\{\{Statut\|([^{}|]*)\}\}")
_CELL_LINK = re.compile(r"\[\[([^\[\]]*)\]\]|\[(https?://[^ \]]+) ([^\]]*)\]")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")


def dated(record: Record) -> str:
    """Its date as people read it, and how sure it is; "" for none, and for a year that its title
    says. A year alone would make « après 2003 » 2003, and what is deduced a fact."""
    value = next((day for key in ("date", "annee") if known(day := record.data.get(key))), None)
    when = known(value)
    if not when or (when.isdigit() and when in record.title):
        return ""
    return display(when) + sure(value)


def columns(index: IndexPage, record: Record, site: Site, link: Callable[[str, str], str]) -> str:
    """What the columns of an index say of a record, as on the wiki, one pair each; "" for none.

    A list beside the title needs no table: on a telephone, a row of six cells is read by nobody.
    ``link`` makes a link to the page of a title, with its label.
    """
    pairs = []
    for column in declared(index.data):
        if column.keys[0] in ("titre", "resume"):
            continue  # the link, and the first sentence
        text, _ = column.cell(record, site)
        lines = [_as_html(line, link) for line in text.split("<br>") if line]
        if lines:
            head = typeset(f"{column.header(record.type)} :")
            pairs.append(f"<div><dt>{head}</dt> <dd>{'<br>'.join(lines)}</dd></div>")
    return f'<dl class="colonnes">{"".join(pairs)}</dl>' if pairs else ""


def _as_html(cell: str, link: Callable[[str, str], str]) -> str:
    """A line of a cell of wikitext as HTML: its links, its words, how sure it is."""
    text = _STATUS.sub(r"(\1)", _TAG.sub("", cell))
    parts = []
    for place, piece in enumerate(_CELL_LINK.split(text)):
        if place % 4 == 0:
            parts.append(typeset(decode(piece, Context.CELL)))
        elif place % 4 == 1 and piece is not None:
            page, _, label = piece.partition("|")
            parts.append(link(page.lstrip(":"), decode(label or page, Context.CELL)))
        elif place % 4 == 2 and piece is not None:
            parts.append(f'<a href="{escape(piece)}">')
        elif place % 4 == 3 and piece is not None:
            parts.append(f"{typeset(decode(piece, Context.CELL))}</a>")
    return "".join(parts)


def certainty(record: Record, key: str, word: str) -> str:
    """How sure it is that a record has this word of a list, « (déduit) » for one; "" for what is
    attested, and for no word. ``key`` is that of the list, as ``effets``."""
    items = several(record.data.get(key))
    return next((sure(item) for item in items if word and known(item) == word), "")


def timeline(
    index: IndexPage, records: Iterable[Record], site: Site, link: Callable[[str], str]
) -> str:
    """The dated facts of ``records``, a list a period, then what comes back, as on the wiki.

    ``link`` makes the link to a record.
    """
    chosen = list(records)
    parts = []
    for title, events in chronology.parted(
        index.data["chronologie"], chronology.gathered(chosen, site)
    ):
        lines = []
        for event in events:
            day = f"{display(event.when)}{sure({'statut': event.status})}"
            # only links of authors are markup: other brackets in the text are encoded
            text = decode(_LINK.sub(r"\1", event.text), Context.CELL)
            suffix = f" \u2013 {text}" if text else ""
            day = day[:1].upper() + day[1:]
            lines.append(
                f"<li><strong>{typeset(day)}</strong>\u00a0: {link(event.record.id)}"
                f"{typeset(suffix)}</li>"
            )
        parts.append(f"<h2>{typeset(title)}</h2><ul>{''.join(lines)}</ul>")
    lines = [
        f"<li>{link(record.id)}\u00a0: {typeset(when)}</li>"
        for record, when in chronology.returning(chosen)
    ]
    if lines:
        parts.append(f"<h2>{chronology.RETURNING}</h2><ul>{''.join(lines)}</ul>")
    return "".join(parts)
