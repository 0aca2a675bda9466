"""From a corpus to the pages of its wiki: pure, without network, clock or git."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from loosbot.canonical import canonical
from loosbot.corpus.check.load import PORTAL
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.inlinelinks import corpus_without_links
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus, Page, Record
from loosbot.corpus.types import ROW_TYPES
from loosbot.fields.codecs import DATE
from loosbot.fields.fiche import write_fiche
from loosbot.fields.prose import UNPRINTED, prose, story
from loosbot.fields.sections import NOTES
from loosbot.fields.site import Site
from loosbot.gcpause import collector_paused
from loosbot.render import categories, documents, dublincore, pictures, portal, steps, template
from loosbot.render.body import body
from loosbot.render.foot import foot, provenance, source_lines
from loosbot.render.indexes import body as index_body
from loosbot.render.indexes import index as indexes
from loosbot.render.pagecache import Bundle, Renderings
from loosbot.render.rendered import File, RenderedPage
from loosbot.render.reports import computed, fieldbook
from loosbot.render.reports.versions import History
from loosbot.render.titles import default_titles as default_titles
from loosbot.wikitext.blocks import bullets, join, section
from loosbot.wikitext.captions import captioned
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.names import Names


def render(
    corpus: Corpus,
    titles: Mapping[str, str],
    today: date | None = None,
    history: History | None = None,
    media: frozenset[str] = frozenset(),
    renderings: Renderings | None = None,
) -> dict[str, RenderedPage]:
    """Every managed page, sorted by id.

    ``titles`` are the actual ones on the wiki, by id; a page that is not in it has the title it
    wants. ``corpus`` holds only what may be shown (see the corpus room's consent filter). The
    reports judge delays on ``today``, and none without it; the portal tells its year. ``history``
    tells what changed between the named versions, where git knows it. ``media`` are the endings of
    the files that the wiki takes: it has no page for any other, and none shows it. ``renderings``
    are pages that were made before: those that read little come from there where they still hold.
    """
    with collector_paused():
        pages = list(each(corpus, titles, today, history, media, renderings))
    return {page.id: page for page in sorted(pages, key=lambda rendered_page: rendered_page.id)}


def each(
    corpus: Corpus,
    titles: Mapping[str, str],
    today: date | None = None,
    history: History | None = None,
    media: frozenset[str] = frozenset(),
    renderings: Renderings | None = None,
) -> Iterator[RenderedPage]:
    """The pages of :func:`render`, one at a time to save memory; not sorted."""
    corpus = with_current_ids(corpus)
    site = site_of(corpus, titles, media)
    bundles = [*_lasting(corpus), *_gathering(corpus, today)]
    if renderings:
        yield from renderings.over(site, bundles, today)
    else:
        yield from (page for bundle in bundles for page in bundle.make(site))
    yield from _others(site, today, history, corpus)


def page_by_page(
    corpus: Corpus,
    titles: Mapping[str, str],
    today: date | None,
    media: frozenset[str],
    renderings: Renderings,
) -> Callable[[str], RenderedPage | None]:
    """A function that renders single pages of :func:`render` on demand, by id."""
    corpus = with_current_ids(corpus)
    site = site_of(corpus, titles, media)
    bundles = (*_lasting(corpus), *_gathering(corpus, today))
    bundled = renderings.page_by_page(site, bundles, today)
    others: dict[str, RenderedPage] = {}

    def page(id_: str) -> RenderedPage | None:
        rendered_page = bundled(id_)
        if rendered_page is None and not others:
            others.update({other.id: other for other in _others(site, today, None, corpus)})
        return rendered_page or others.get(id_)

    return page


def _others(
    site: Site, today: date | None, history: History | None, corpus: Corpus
) -> Iterator[RenderedPage]:
    """The pages that are made anew each time."""
    for id_, page in corpus.pages.items():
        below = computed.home(site) if id_ == PORTAL else ""
        text = join(_markdown(page, site, today, below), foot(page, site))
        yield _page(id_, page.title, text, site)
    yield from _files(corpus, site)
    for id_, title, text in computed.changes(site, history or {}):
        yield _page(id_, title, join(text, provenance("", site)), site)
    for id_, category in categories.catalogue(corpus).items():
        yield _page(id_, category.title, categories.body(category, site), site)
    for id_, source in corpus.templates.items():
        text = canonical(template.body(source, site))
        yield RenderedPage(id_, site.names.titles[id_], text, "template")


def _markdown(page: Page, site: Site, today: date | None, below: str) -> str:
    """The text of a Markdown page: the method, the code source, the portal.

    With what a portal shows around it (its year is the one of ``today`` where it declares none),
    ``below`` it what is computed, then its sources and its notes.
    """
    # a form is printed: its explanation is for the screen alone
    form = page.data.get("impression") == "oui"
    text = join(
        portal.computed(portal.name(page)),
        story(page.data.get("resume"), site, page.path, printed=not form),
        portal.computed(portal.opening(page, site, today)),
        captioned(prose(page.text, site, page.path, 1), page.title),
        portal.computed(below, portal.news(page)),
    )
    sources = page.data.get("sources")
    listed = bullets(source_lines(sources, site.names)) if isinstance(sources, list) else ""
    notes = "<references />" if "<ref" in text else ""
    end = section("Sources", listed, notes)
    return join(text, f'<div class="{UNPRINTED}">\n{end}\n</div>' if form and end else end)


def some_pages(
    ids: Iterable[str], corpus: Corpus, titles: Mapping[str, str]
) -> dict[str, RenderedPage]:
    """The pages of these records alone, as :func:`render` gives them without any file; those that
    have none are left out."""
    corpus = with_current_ids(corpus)
    site = site_of(corpus, titles)
    records = (corpus.records[id_] for id_ in ids if id_ in corpus.records)
    return {record.id: _record(record, site) for record in records if record.type not in ROW_TYPES}


def names_of(corpus: Corpus, titles: Mapping[str, str]) -> Names:
    """What rendering and reading back need to know of titles; ``titles`` as for :func:`render`."""
    all_indexes = indexes.all_indexes(corpus)
    labels = {id_: record.title for id_, record in corpus.records.items()}
    labels.update({id_: page.title for id_, page in corpus.pages.items()})
    labels.update({id_: index.title for id_, index in all_indexes.items()})
    labels.update(computed.titles(corpus))
    labels.update(pictures.labels(corpus))
    labels.update(documents.titles(corpus))
    known = {**default_titles(corpus), **titles}
    rows = indexes.row_homes(corpus, all_indexes)
    # never an id: ids hold no dot
    codes = {
        id_: f"{id_.partition('/')[0]}/fiche.{rank}"
        for rank, id_ in enumerate(sorted(corpus.unsaid & rows.keys()), 1)
    }
    return Names(
        titles=known, labels=labels, rows=rows, codes=codes, defined=indexes.definitions(corpus)
    )


def site_of(corpus: Corpus, titles: Mapping[str, str], media: frozenset[str] = frozenset()) -> Site:
    """What the pages of a corpus, its references up to date, share.

    ``titles`` and ``media`` as for :func:`render`. A link inside a sentence is one on the page of
    its record; elsewhere its words are shown.
    """
    linkless = corpus_without_links(corpus)
    records = corpus.records.items() if linkless is not corpus else ()
    return Site(
        corpus=linkless,
        names=names_of(corpus, titles),
        categories=categories.assigned(corpus),
        markdown=MarkdownRenderer(),
        current=current_ids(corpus),
        media=media,
        paths=steps.paths(corpus),
        linked={id_: record for id_, record in records if record is not linkless.records[id_]},
    )


def _lasting(corpus: Corpus) -> Iterator[Bundle]:
    """Pages that read little: of records, and of the dictionary of fields."""
    for record in corpus.records.values():
        if record.type not in ROW_TYPES:
            yield Bundle((record.id,), partial(_of_record, record.id))
    for id_, title in fieldbook.titles(corpus).items():
        yield Bundle((id_,), partial(_of_fields, id_, title))


def _gathering(corpus: Corpus, today: date | None) -> Iterator[Bundle]:
    """Pages that gather records: indexes, reports, handovers."""
    for id_ in indexes.all_indexes(corpus):
        yield Bundle((id_,), partial(_of_index, id_), gathers=True)
    for titles, bodies in computed.gathered(corpus, today):
        yield Bundle(tuple(titles), partial(_computed, titles, bodies), gathers=True)


def _of_record(id_: str, site: Site) -> Iterator[RenderedPage]:
    yield _record(site.corpus.records[id_], site)


def _of_fields(id_: str, title: str, site: Site) -> Iterator[RenderedPage]:
    yield _page(id_, title, join(fieldbook.body(id_), provenance("", site)), site)


def _of_index(id_: str, site: Site) -> Iterator[RenderedPage]:
    index = indexes.declared_or_made(id_, site.corpus)
    text = join(index_body.body(index, site), foot(index, site))
    yield _page(id_, index.title, text, site)


def _computed(
    titles: Mapping[str, str], bodies: computed.Bodies, site: Site
) -> Iterator[RenderedPage]:
    for id_, text in bodies(site):
        yield _page(id_, titles[id_], join(text, provenance("", site)), site)


def _record(record: Record, site: Site) -> RenderedPage:
    linkless = site.corpus.records[record.id]
    record = site.linked.get(record.id, record)
    text = join(
        story(record.data.get("resume"), site, record.path),
        body(record, site, write_fiche(record, site.names)),
        section("Documents", documents.body(record, site)),
        NOTES.write(record, site),
        section("Relectures", _reviews(record, site)),
    )
    cites = ("<ref", "{{" + site.names.template("Source") + "|")
    has_notes = any(sign in text for sign in cites)
    notes = section("Sources", "<references />") if has_notes else ""
    notice = dublincore.notice(linkless, site) if record.type == "recit" else ""
    end = join(foot(record, site), notice)
    return _page(record.id, record.title, join(text, notes, end), site)


def _files(corpus: Corpus, site: Site) -> Iterator[RenderedPage]:
    """The pages of the files that this wiki takes, each with its file."""
    for id_, attached in documents.files(corpus).items():
        if attached.kind in site.media:
            text = join(documents.page(id_, site), provenance(attached.path, site))
            title = posixpath.basename(attached.path)
            yield replace(_page(id_, title, text, site), file=File(attached.sha1, attached.load))
    if "svg" not in site.media:
        return
    for index in corpus.indexes.values():
        for chart in indexes.charts(index, site):
            svg = chart.draw()
            sha1 = hashlib.sha1(svg, usedforsecurity=False).hexdigest()
            description = pictures.chart_page(chart, sha1, index, site)
            text = join(description, provenance(corpus.place_of(index.id, index.path), site))
            file = File(sha1, partial(bytes, svg))
            yield replace(_page(chart.id, chart.title, text, site), file=file)


def _reviews(record: Record, site: Site) -> str:
    return bullets(
        f"{encode(review['qui'], Context.LIST_ITEM)}, {DATE.encode(review['date'], site.names)}"
        for review in record.data.get("relectures", ())
    )


def _page(id_: str, title: str, text: str, site: Site) -> RenderedPage:
    lines = categories.category_lines(id_, title, site)
    text = join(text, steps.ways_on(id_, site))
    body = join(
        text, "\n".join(line for line in (lines, categories.tracking_line(id_, site)) if line)
    )
    return RenderedPage(id_, site.names.titles[id_], canonical(body))
