"""What a booklet is made of: records, pages and handovers, in the order asked for. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape

from loosbot.corpus.dates import display
from loosbot.corpus.inlinelinks import corpus_without_links, without_links
from loosbot.corpus.links import source_id
from loosbot.corpus.model import Corpus, Page, Record
from loosbot.corpus.values import known, nested, several
from loosbot.corpus.wording import nearest
from loosbot.errors import UsageError
from loosbot.fields.collation import sort_key
from loosbot.fields.site import by_date, when
from loosbot.frozen import dataclass
from loosbot.html.context import Shelf
from loosbot.html.page import text_of
from loosbot.html.record import Articles
from loosbot.html.typography import typeset
from loosbot.render.reports.handover import TOWN, page_id
from loosbot.trace.handover.collect import handovers, scopes
from loosbot.trace.handover.parts import LEAD, about, parts
from loosbot.trace.layout.typeset import spaced, to_html
from loosbot.trace.rules import load_rules

_IDS = re.compile(r' (?:id|aria-labelledby)="[^"]*"')
_TYPES = {"jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a booklet. ``wide``: on a sheet of A4; tables, or lines to fill in.

    ``anchor`` says its rank alone: an id may hold the name of somebody who is not shown.
    """

    id: str
    title: str
    html: str
    anchor: str
    wide: bool = False


def chapters(corpus: Corpus, ids: Sequence[str], today: date | None) -> list[Chapter]:
    """The chapters that ``ids`` name, or every récit, the oldest first. Raises UsageError."""
    wanted = _wanted(corpus, ids)
    anchors = {id_: f"chapitre-{rank}" for rank, id_ in enumerate(wanted, 1)}

    def address(here: str, id_: str) -> str | None:
        return f"#{anchors[id_]}" if id_ in anchors else None

    shelf = Shelf(corpus, address)
    articles = Articles(
        shelf,
        lambda path: _data_address(corpus, path),
        frozenset({"notes", "relectures", "sources"}),
        level=1,
    )
    book = []
    for id_, anchor in anchors.items():
        if (record := corpus.records.get(id_)) is not None:
            book.append(Chapter(id_, record.title, articles.article(record, links=False), anchor))
        elif (page := corpus.pages.get(id_)) is not None:
            fill_in = page.data.get("impression") == "oui"
            text = text_of(page, shelf, lead=not fill_in)
            book.append(Chapter(id_, page.title, text, anchor, wide=fill_in))
        else:
            title, html = _handover(corpus, id_, today)
            book.append(Chapter(id_, title, html, anchor, wide=True))
    return book


def _wanted(corpus: Corpus, ids: Sequence[str]) -> list[str]:
    if not ids:
        tales = [record for record in corpus.records.values() if record.type == "recit"]
        return [tale.id for tale in sorted(tales, key=by_date)]
    known_ids = [*corpus.records, *corpus.pages, *map(page_id, scopes(corpus))]
    chosen = []
    for name in ids:
        id_ = name if name.startswith("rapport/") else name.replace("passation", TOWN, 1)
        id_ = name if name in known_ids else id_
        if id_ not in known_ids:
            raise _unknown(name, known_ids)
        chosen.append(id_)
    return list(dict.fromkeys(chosen))


def _unknown(name: str, known_ids: Iterable[str]) -> UsageError:
    close = nearest(name, list(known_ids))
    hint = f"Vouliez-vous écrire « {close} » ? " if close else ""
    return UsageError(
        f"« {name} » ne peut pas entrer dans un livret : aucune fiche n’a cet identifiant.",
        f"{hint}Écrivez recit/…, fifty-fifty/…, page/convention-a-remplir, ou passation.",
    )


def _handover(corpus: Corpus, id_: str, today: date | None) -> tuple[str, str]:
    """Its title, and its HTML."""
    key = id_.removeprefix(TOWN).removeprefix("-")
    rules = load_rules(corpus.config.regles)
    scope, left = next(
        handover
        for handover in handovers(corpus_without_links(corpus), rules, today)
        if handover[0].key == key
    )

    def name(reference: str) -> str:
        record = corpus.records.get(reference)
        return record.title if record else reference

    title = "Dossier de passation"
    if scope.key:
        title += f" : {about(scope, corpus)}"
    day = f", au {display(today.isoformat())}" if today else ""
    lines = [
        f"<h1>{typeset(title + day)}</h1>",
        f'<div class="resume"><p>{typeset(LEAD)}</p></div>',
    ]
    for part in parts(left, corpus, sort_key):
        table = "".join(to_html(part, name))
        # two handovers in one booklet would have the same ids
        lines.append(f"<h2>{typeset(part.title)}</h2>{spaced(_IDS.sub('', table))}")
    return title, f"<article>{''.join(lines)}</article>"


def sources(corpus: Corpus, ids: Iterable[str]) -> Iterator[str]:
    """The sources that these records and pages name, each once, as lines of HTML."""
    cited: dict[str, Record] = {}
    for id_ in ids:
        holder: Record | Page | None = corpus.records.get(id_) or corpus.pages.get(id_)
        for named in nested(holder.data, "sources") if holder else ():
            for reference in named if isinstance(named, list) else ():
                source = corpus.records.get(source_id(str(reference)))
                if source is not None:
                    cited[source.id] = source
    for record in sorted(cited.values(), key=lambda source: (sort_key(source.title), source.id)):
        yield f"<li>{_cited(record, corpus)}</li>"


def _cited(record: Record, corpus: Corpus) -> str:
    data: Mapping[str, object] = record.data
    names = []
    for author in several(data.get("auteurs")):
        person = corpus.records.get(known(author))
        names.append(person.title if person else known(author))
    parts = [", ".join(filter(None, names)), f"<cite>{typeset(record.title)}</cite>"]
    parts[0] = typeset(parts[0])
    parts += [typeset(without_links(known(data.get("editeur"))))]
    parts += [typeset(display(when(record)))] if when(record) else []
    return ", ".join(filter(None, parts)) + "."


def _data_address(corpus: Corpus, path: str) -> str | None:
    """A picture inside the page itself: nothing is fetched from anywhere."""
    attached = corpus.attached.get(path)
    if attached is None or attached.kind not in _TYPES:
        return None
    data = base64.b64encode(attached.load()).decode("ascii")
    return f"data:{_TYPES[attached.kind]};base64,{data}"


def listed(chapters: Sequence[Chapter]) -> str:
    """The table of contents; the page numbers are written by the stylesheet."""
    lines = "".join(
        f'<li><a href="#{escape(chapter.anchor)}">{typeset(chapter.title)}</a></li>'
        for chapter in chapters
    )
    return f'<nav id="sommaire"><h1>Sommaire</h1><ol>{lines}</ol></nav>'
