"""The title that each managed page should have on the wiki."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from loosbot.corpus.check.load import PORTAL
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.model import RECORD_TYPES, Config, Corpus
from loosbot.corpus.types import ROW_TYPES, TYPES
from loosbot.render import documents, pictures
from loosbot.render.categories import TRACKING, catalogue
from loosbot.render.indexes.index import all_indexes
from loosbot.render.reports import computed
from loosbot.wikitext.names import CATEGORY_NAMESPACE, TEMPLATE_NAMESPACE, normal_title


def default_titles(corpus: Corpus) -> Mapping[str, str]:
    """Id of every managed page -> its wanted title with its French namespace, sorted by id.

    Two pages never want one title: the later one (pages, then indexes, then records by type and
    id, then reports) says what it is in parentheses.
    """
    corpus = with_current_ids(corpus)
    return corpus.once("titles", partial(_titles, corpus))


def template_title(name: str, config: Config) -> str:
    """The title of a template on the wiki of a corpus, with its namespace."""
    return f"{TEMPLATE_NAMESPACE}{config.prefixe_modeles}{name}"


def _titles(corpus: Corpus) -> Mapping[str, str]:
    titles: dict[str, str] = {}
    taken: set[str] = set()
    for id_, title, kind in _wanted(corpus):
        before = "" if id_ == PORTAL else corpus.config.prefixe_pages
        title = f"{before}{title}"
        for candidate in (title, f"{title} ({kind})", f"{title} ({id_.partition('/')[2]})"):
            if normal_title(candidate) not in taken:
                break
        taken.add(normal_title(candidate))
        titles[id_] = candidate
    titles.update(pictures.titles(corpus))
    titles.update(documents.titles(corpus))
    for id_, template in corpus.templates.items():
        titles[id_] = template_title(template.name, corpus.config)
    for id_, category in catalogue(corpus).items():
        # the tracking category has one name for all corpora
        before = "" if id_ == TRACKING else corpus.config.prefixe_categories
        titles[id_] = f"{CATEGORY_NAMESPACE}{before}{category.title}"
    return dict(sorted(titles.items()))


def _wanted(corpus: Corpus) -> Iterator[tuple[str, str, str]]:
    """Id, title, and what to say of it where another page has that title."""
    for id_, page in corpus.pages.items():
        yield id_, corpus.config.portail if id_ == PORTAL else page.title, "page"
    for id_, index in all_indexes(corpus).items():
        yield id_, index.title, "index"
    for record_type in RECORD_TYPES:
        if record_type in ROW_TYPES:
            continue
        for id_, record in corpus.records.items():
            if record.type == record_type:
                yield id_, record.title, TYPES[record_type].noun
    for id_, title in computed.titles(corpus).items():
        yield id_, title, "rapport"
