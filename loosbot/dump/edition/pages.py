"""The pages that the wiki would hold of an edition, as sync writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.paths import ID_WITHIN
from loosbot.corpus.privacy.films import Films
from loosbot.corpus.privacy.names import Names
from loosbot.corpus.privacy.nearby import Nearby
from loosbot.dump.filtered import WikiPage
from loosbot.fields.collation import filing_key
from loosbot.fields.site import Site
from loosbot.render.pagecache import Bundle, CachedPage, Renderings
from loosbot.render.pages import each
from loosbot.render.rendered import RenderedPage
from loosbot.render.watch import ALL
from loosbot.sync import block
from loosbot.sync.pagestore import PageStore
from loosbot.wikitext.unsearched import searched

_CODE = re.compile(r"\bv[a-z2-7]{10}\b")
_CELL_KEY = re.compile(r' data-sort-value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class PageCache:
    """Where the pages of earlier dumps of a corpus are kept, and which may not be.

    Nothing that mentions somebody masked leaves the dump: ``changed`` are the ids of the records
    that the filter took out or changed, and no page of a record that read any of them is kept;
    ``codes`` stand for persons, and no page that holds one is.
    """

    store: PageStore
    changed: frozenset[str]
    codes: frozenset[str]


def changed(whole: Corpus, shown: Corpus) -> frozenset[str]:
    """The ids, former ones too, of the records that ``shown`` has otherwise, or not at all."""
    other = {id_ for id_, record in whole.records.items() if shown.records.get(id_) is not record}
    return frozenset(id_ for id_, current in current_ids(whole).items() if current in other)


def pages(
    corpus: Corpus,
    ids: Mapping[str, str],
    names: Names,
    nearby: Mapping[str, Nearby],
    films: Films,
    keeping: PageCache | None = None,
) -> Iterator[WikiPage]:
    """The pages of a filtered corpus, without the names and ids that have to go.

    One at a time: all of them together take more room than all the rest of an edition. ``ids``
    maps every id to the published one. Titles that become alike get their id.
    """
    clean = _Cleaner(corpus.config.corpus, ids, names, nearby, films)
    renderings = _Renderings(clean, keeping.store.read() if keeping else {})
    taken: set[str] = set()
    for page in each(corpus, {}, renderings=renderings if keeping else None):
        whole = page if page.id in renderings.used else clean.whole(page)
        id_, title, text = clean.published(page.id), whole.title, whole.body
        if title.casefold() in taken:
            title = f"{title} ({id_.rpartition('/')[2]})"
            text = clean.retitled(whole, title)
        taken.add(title.casefold())
        yield WikiPage(id_, title, text)
    if keeping:
        keeping.store.write(_keepable(renderings.used, corpus.records, clean, keeping), ())


def _keepable(
    used: Mapping[str, CachedPage], records: Collection[str], clean: _Cleaner, keeping: PageCache
) -> dict[str, CachedPage]:
    """The pages that mention nobody who is masked, not even by a code.

    A report or an index reads fields of all records: what it says was filtered, as the rest is.
    """
    secret = keeping.changed
    return {
        id_: kept
        for id_, kept in used.items()
        if id_ not in clean.altered
        and all(secret.isdisjoint(keys) for _, keys in kept.readings)
        and not (secret and ("records", (ALL,)) in kept.readings)
        # what the filter left as it was holds no code
        and (id_ in records or keeping.codes.isdisjoint(_CODE.findall(f"{kept.title} {kept.body}")))
    }


class _Cleaner:
    """Takes out of a page what has to go. ``altered`` are the ids of those that held any."""

    def __init__(
        self,
        corpus: str,
        ids: Mapping[str, str],
        names: Names,
        nearby: Mapping[str, Nearby],
        films: Films,
    ) -> None:
        self._corpus = corpus
        self._ids = ids
        self._moved = any(id_ != published for id_, published in ids.items())
        self._names = names
        self._nearby = nearby
        self._films = films
        # the tables of many pages are sorted by the same keys
        self._named = cache(names.within)
        self._slugs = {
            id_.replace("/", "-"): published.replace("/", "-")
            for id_, published in ids.items()
            if id_ != published
        }
        self._computed: dict[str, str] = {}
        self.altered: set[str] = set()

    def whole(self, page: RenderedPage) -> RenderedPage:
        """A page as it leaves the town, with its markers."""
        title, body = self._words(page)
        marked = block.make(self._key(page), title, body, page.kind)
        return replace(page, title=title, body=block.write(marked))

    def retitled(self, whole: RenderedPage, title: str) -> str:
        """The text of such a page under another title, with a marker for that title."""
        marked = block.find(whole.body, self._key(whole))
        if not isinstance(marked, block.MarkedBlock):
            raise TypeError(f"{whole.id} has no block of its own")
        return block.write(block.make(marked.block.key, title, marked.block.body, whole.kind))

    def _key(self, page: RenderedPage) -> block.Key:
        return block.Key(self._corpus, self.published(page.id))

    def published(self, id_: str) -> str:
        """The id of a page as it leaves the town: that of a category of a place holds the place's,
        that of a page of the method the name of its file."""
        if id_ in self._ids:
            return self._ids[id_]
        if id_ not in self._computed:
            room, _, name = id_.rpartition("/")
            starts = [0, *(match.end() for match in re.finditer("-", name))]
            for start in starts:
                if new := self._slugs.get(name[start:]):
                    name = name[:start] + new
                    break
            if self._named(name):
                # no hash: who knows the people of a town would try them all
                name = f"masque-{len(self._computed) + 1}"
            self._computed[id_] = f"{room}/{name}" if room else name
            if self._computed[id_] != id_:
                self.altered.add(id_)
        return self._computed[id_]

    def _words(self, page: RenderedPage) -> tuple[str, str]:
        """The title and the body of a page."""
        names = self._names
        title, hidden = names.replace(page.title)
        before = searched(page.body)
        text = before
        if self._moved:
            text = ID_WITHIN.sub(lambda named: self._ids.get(named[0], named[0]), text)
        if hidden:
            # sort keys have no capitals: no name would be found in those of the categories
            key, other = (filing_key(text) for text in (page.title, title))
            text = text.replace(f"|{key}]]", f"|{other}]]" if other else "]]")
        # the same for that of a cell, which then sorts by its text
        text = _CELL_KEY.sub(lambda key: "" if self._named(key[1]) else key[0], text)
        text, _ = names.replace(text, self._nearby.get(page.id))
        # behind a bracket of wikitext, a label follows the address
        text = self._films.hide(text, "film non publié")
        if (title, text) != (page.title, before):
            self.altered.add(page.id)
        return title, text


class _Renderings(Renderings):
    """Pages that are kept as they leave the town."""

    def __init__(self, clean: _Cleaner, kept: Mapping[str, CachedPage]) -> None:
        super().__init__(kept)
        self._clean = clean

    def over(
        self, site: Site, bundles: Sequence[Bundle], *moment: object
    ) -> Iterator[RenderedPage]:
        cleaned = [replace(bundle, make=partial(self._cleaned, bundle)) for bundle in bundles]
        for page in super().over(site, cleaned, *moment):
            if (kept := self._used[page.id]) is not self._kept.get(page.id):
                self._used[page.id] = replace(kept, text=page.body.encode())
            yield page

    def _cleaned(self, bundle: Bundle, site: Site) -> Iterator[RenderedPage]:
        return map(self._clean.whole, bundle.make(site))
