"""Every file of the folder, from a corpus that holds only what may be shown. Pure."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape, unescape
from typing import Any

from loosbot import resources
from loosbot.corpus.check.load import PORTAL
from loosbot.corpus.french import counted
from loosbot.corpus.model import Attached, Corpus, IndexPage, Record
from loosbot.corpus.types import TYPES
from loosbot.fields.collation import initial, sort_key
from loosbot.html.context import Shelf
from loosbot.html.markdown import framed
from loosbot.html.page import sources_of, text_of
from loosbot.html.record import Articles
from loosbot.html.typography import typeset
from loosbot.render.charts.chart import Chart
from loosbot.render.indexes import grouped
from loosbot.render.indexes.index import all_indexes, by_term, charts, selected
from loosbot.render.pages import default_titles, site_of
from loosbot.site import listed, schemaorg
from loosbot.site.layout import INDEX, SCRIPT, SEARCH, STYLE, Frame

_TAGS = re.compile(r"<[^>]*>")
_NOTHING = "<p>Rien n’est encore écrit.</p>"
_BLOCKS = re.compile(r"</(?:p|li|h\d|dd|dt|td|th|div)>")


def files(corpus: Corpus, frame: Frame, leave_out: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file, the same for the same corpus; pictures are read one by one."""
    for name in (STYLE, SCRIPT):
        yield name, resources.text(f"site/{name}").encode()
    pages = _Pages(corpus, frame, leave_out)
    yield from pages.written()
    for path, attached in pages.pictures.items():
        yield path, attached.load()


class _Pages:
    def __init__(self, corpus: Corpus, frame: Frame, leave_out: frozenset[str]) -> None:
        self.corpus = corpus
        self.frame = frame
        self.pictures: dict[str, Attached] = {}
        self._indexes = {
            id_: index for id_, index in all_indexes(corpus).items() if index.path or index.data
        }
        self._paths = _paths((*corpus.records, *corpus.pages, *self._indexes), corpus)
        self._shelf = Shelf(corpus, self._address)
        self._leave_out = leave_out
        titles = default_titles(corpus)
        self._site = site_of(corpus, titles)
        self._by_title = {title: id_ for id_, title in titles.items() if id_ in self._paths}
        self._words: list[tuple[str, str, str, str]] = []

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Path below the folder, and bytes, of every page and chart, then of the index of words."""
        for record in self.corpus.records.values():
            article = self._articles(record.id).article(record)
            noun = TYPES[record.type].noun
            head = self._head(schemaorg.record(self._site.corpus.records[record.id], self._site))
            yield self._page(record.id, record.title, noun, article, head)
        for page in self.corpus.pages.values():
            if page.id != PORTAL:
                head = self._head(schemaorg.page(page.title, self._site))
                yield self._page(page.id, page.title, "page", text_of(page, self._shelf), head)
        for index in self._indexes.values():
            charts_drawn = charts(index, self._site)
            for chart in charts_drawn:
                yield _chart_path(chart), chart.draw()
            head = self._head(schemaorg.page(index.title, self._site, collection=True))
            yield self._page(index.id, index.title, "index", self._index(index, charts_drawn), head)
        head = self._head(schemaorg.home(self._site))
        home = self.frame.page("index.html", self.frame.town, self._home(), head=head)
        yield "index.html", home
        yield SEARCH, self.frame.page(SEARCH, "Chercher", self._search(), searches=True)
        words = json.dumps(self._words, ensure_ascii=False, separators=(",", ":"))
        # a script ends at a line separator for old browsers, and at </script> for all
        words = words.replace("\u2028", " ").replace("\u2029", " ").replace("</", "<\\/")
        yield INDEX, f"window.loosbot = {words};\n".encode()

    def _page(self, id_: str, title: str, kind: str, main: str, head: str) -> tuple[str, bytes]:
        path = self._paths[id_]
        # a result says the kind and the title by itself
        words = _plain(main)
        _, found, text = words.partition(" ".join(title.split()))
        self._words.append((path, title, kind, text.strip() if found else words))
        return path, self.frame.page(path, title, main, head=head)

    def _head(self, text: str) -> str:
        """The head of a page; schema.org data only in an edition that anybody may read."""
        return "" if self.frame.edition else text

    def _address(self, here: str, id_: str) -> str | None:
        if id_ not in self._paths:
            return None
        return posixpath.relpath(self._paths[id_], self._folder(here))

    def _folder(self, here: str) -> str:
        return posixpath.dirname(self._paths[here]) or "."

    def _articles(self, here: str) -> Articles:
        up = posixpath.relpath(".", self._folder(here))

        def picture(path: str) -> str | None:
            attached = self.corpus.attached.get(path)
            if attached is None:
                return None
            name = f"images/{attached.sha1[:16]}.{attached.kind}"
            self.pictures[name] = attached
            return posixpath.normpath(posixpath.join(up, name))

        return Articles(self._shelf, picture, self._leave_out)

    def _index(self, index: IndexPage, charts_drawn: Iterable[Chart]) -> str:
        intro = index.data.get("intro")
        parts = [f"<h1>{typeset(index.title)}</h1>"]
        if isinstance(intro, str):
            parts.append(self._shelf.prose(index.id, index.path, intro, 1))
        if "parcours" in index.data:
            return "".join((*parts, self._steps(index)))
        parts += [self._chart(index, chart) for chart in charts_drawn]
        records = selected(index, self._site)
        key = str(index.data.get("grouper_par", ""))
        if "chronologie" in index.data:
            link = partial(self._shelf.link, index.id)
            parts.append(listed.timeline(index, records, self._site, link))
        elif "colonnes" not in index.data:
            pass  # an index that shows its charts alone
        elif not key:
            parts.append(self._list(index.id, records, index))
        else:
            # an index by words of a list has a part for each word that it declares, and no other
            words = by_term(index, records)
            sections = [(term.title, part) for term, part in words]
            sections = sections or list(grouped.parts(records, key, self._site))
            parts.append(_jumps([(heading, len(several)) for heading, several in sections]))
            for place, (heading, mine, others) in enumerate(grouped.once(sections), 1):
                number = len(mine) + len(others)
                parts.append(f'<h2 id="partie-{place}">{typeset(heading)} ({number})</h2>')
                word = ""
                if words:
                    term = words[place - 1][0]
                    word = term.value
                    parts.append(f"<p>{typeset(term.description)}</p>")
                parts.append(self._list(index.id, mine, index, key, word))
                parts.append(self._also(index.id, others, key, word))
        return "".join((*parts, sources_of(index.id, index.data, self._shelf)))

    def _steps(self, index: IndexPage) -> str:
        lines = []
        for way in index.data["parcours"]:
            why = f"\u00a0: {typeset(str(way['pourquoi']))}" if "pourquoi" in way else ""
            lines.append(f"<li>{self._shelf.link(index.id, str(way['fiche']))}{why}</li>")
        return f"<ol>{''.join(lines)}</ol>"

    def _chart(self, index: IndexPage, chart: Chart) -> str:
        figures = chart.figures
        address = posixpath.relpath(_chart_path(chart), self._folder(index.id))
        head = (
            f'<h2>{typeset(chart.title)}</h2><figure><img src="{escape(address)}" '
            f'alt="{escape(" ".join(figures.alt.split()))}"></figure>'
        )
        note = f"<p>{typeset(figures.note)}</p>"
        if chart.spots:
            # the numbers of the picture are those of the list
            links = "".join(
                f"<li>{self._shelf.link(index.id, spot.id)}</li>" for spot in chart.spots
            )
            return f"{head}<ol>{links}</ol>{note}"
        heads = "".join(f'<th scope="col">{typeset(head)}</th>' for head in figures.headers)
        rows = "".join(
            f'<tr><th scope="row">{typeset(first)}</th>'
            f"{''.join(f'<td>{typeset(cell)}</td>' for cell in cells)}</tr>"
            for first, *cells in figures.rows
        )
        return (
            f"{head}<details><summary>Les chiffres de cette image</summary>"
            f"{framed(chart.title, f'<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>')}"
            f"</details>{note}"
        )

    def _list(
        self,
        here: str,
        records: Iterable[Record],
        index: IndexPage | None = None,
        key: str = "",
        word: str = "",
    ) -> str:
        """Records with their first sentence, and what the columns of their index say of them."""
        link = partial(self._titled, here)
        items = []
        for record in records:
            columns = listed.columns(index, record, self._site, link) if index else ""
            date = "" if columns else listed.dated(record)
            facts = [text for text in (date, _first_sentence(record)) if text]
            small = f"<small>{typeset(' – '.join(facts))}</small>" if facts else ""
            items.append(f"<li>{self._link(here, record, key, word)}{small}{columns}</li>")
        return f'<ul class="liste">{"".join(items)}</ul>' if items else ""

    def _titled(self, here: str, title: str, label: str) -> str:
        """A link to the page of a title; its label alone where that page is not here."""
        id_ = self._by_title.get(title)
        return self._shelf.link(here, id_, label) if id_ else typeset(label)

    def _also(self, here: str, records: Iterable[Record], key: str, word: str) -> str:
        """Records that stand in a part above; "" for none."""
        links = ", ".join(self._link(here, record, key, word) for record in records)
        return f"<p>Aussi, plus haut\u00a0: {links}.</p>" if links else ""

    def _link(self, here: str, record: Record, key: str, word: str) -> str:
        """With how sure it is that the record has this word of the list ``key``."""
        return self._shelf.link(here, record.id) + typeset(listed.certainty(record, key, word))

    def _home(self) -> str:
        """The portal: what this is, the way in, then every kind of record with its number."""
        portal = self.corpus.pages.get(PORTAL)
        title = f"Ce que {self.frame.town} fait avec ses habitants"
        parts = [f"<h1>{typeset(title)}</h1>"]
        if portal is not None:
            if lead := portal.data.get("resume"):
                summary = self._shelf.prose(PORTAL, portal.path, str(lead), 1)
                parts.append(f'<div class="resume">{summary}</div>')
            parts.append(self._doors(portal.data.get("portail", {})))
            parts.append(self._shelf.prose(PORTAL, portal.path, portal.text, 1))
        parts.append("<h2>Tout ce qui est écrit</h2>")
        if not self.corpus.records:
            parts.append(_NOTHING)
        for type_, row in TYPES.items():
            mine = [record for record in self.corpus.records.values() if record.type == type_]
            if not mine:
                continue
            mine.sort(key=lambda record: (sort_key(record.title), record.id))
            parts.append(
                f"<details><summary>{typeset(row.plural)} ({len(mine)})</summary>"
                f"{self._list(PORTAL, mine)}</details>"
            )
        return "".join(parts)

    def _doors(self, portal: Mapping[str, Any]) -> str:
        """« Vous êtes… », as the portal of the wiki declares it."""
        items = []
        for door in portal.get("portes", ()):
            links = [
                self._shelf.link(PORTAL, str(door[key])) for key in ("fiche", "puis") if key in door
            ]
            more = f"<small>{typeset(str(door['texte']))}</small>" if "texte" in door else ""
            who = f"<b>{typeset(str(door['qui']))}</b>"
            items.append(f"<li>{who}\u00a0: {'<br>'.join(links)}{more}</li>")
        listed = f'<ul class="liste">{"".join(items)}</ul>'
        return f"<h2>Vous êtes…</h2>{listed}" if items else ""

    def _search(self) -> str:
        """The search form (needs scripts), then the whole list by letter."""
        titles = [(record.title, record.id) for record in self.corpus.records.values()]
        titles += [
            (page.title, page.id) for page in self.corpus.pages.values() if page.id != PORTAL
        ]
        titles += [(index.title, index.id) for index in self._indexes.values()]
        letters: dict[str, list[tuple[str, str]]] = {}
        for title, id_ in sorted(titles, key=lambda entry: (sort_key(entry[0]), entry[1])):
            letters.setdefault(initial(title), []).append((title, id_))
        parts = [
            "<h1>Chercher</h1>",
            '<form id="recherche" role="search" hidden><label for="cherche">Un mot, un nom, un '
            'lieu</label> <input id="cherche" type="search" autocomplete="off"></form>',
            '<p id="compte" role="status"></p><ul id="trouve" class="liste"></ul>',
            "<h2>Toutes les fiches, de A à Z</h2>",
        ]
        if not letters:
            parts.append(_NOTHING)
        for letter, several in letters.items():
            items = "".join(
                f'<li><a href="{escape(self._paths[id_])}">{typeset(title)}</a></li>'
                for title, id_ in several
            )
            parts.append(
                f"<details><summary><h3>{letter}</h3> "
                f"<small>{counted(len(several), 'page')}</small></summary>"
                f'<ul class="liste">{items}</ul></details>'
            )
        return "".join(parts)


def _jumps(headings: Sequence[tuple[str, int]]) -> str:
    """A way to the parts of a page that has several."""
    if len(headings) < 3:
        return ""
    items = "".join(
        f'<li><a href="#partie-{place}">{typeset(heading)}</a> ({number})</li>'
        for place, (heading, number) in enumerate(headings, 1)
    )
    return f'<nav aria-label="Parties"><ul class="lettres">{items}</ul></nav>'


def _paths(ids: Iterable[str], corpus: Corpus) -> dict[str, str]:
    """Where the page of each id lies: ``recit/un-banc`` -> ``recit/un-banc.html``.

    One that is made of the name of somebody who is not shown has a number instead.
    """
    paths = {id_: f"{id_}.html" for id_ in ids}
    for rank, id_ in enumerate(sorted(corpus.unsaid & paths.keys()), 1):
        # never an id: ids hold no dot
        paths[id_] = f"{id_.partition('/')[0]}/fiche.{rank}.html"
    return {**paths, PORTAL: "index.html"}


def _chart_path(chart: Chart) -> str:
    return f"images/{chart.id.partition('/')[2]}.svg"


def _plain(html: str) -> str:
    return " ".join(unescape(_TAGS.sub("", _BLOCKS.sub(" ", html))).split())


def _first_sentence(record: Record) -> str:
    lead = record.data.get("resume")
    if not isinstance(lead, str):
        return ""
    text = " ".join(lead.split())
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]
