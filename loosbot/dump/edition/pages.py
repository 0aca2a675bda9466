"""The pages that the wiki would hold of an edition, as sync writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from loosbot.corpus.model import RECORD_TYPES, Corpus
from loosbot.corpus.privacy.names import Names
from loosbot.dump.filtered import WikiPage
from loosbot.fields.collation import filing_key
from loosbot.render.pages import each
from loosbot.sync import block
from loosbot.wikitext.unsearched import searched

_ID = re.compile(rf"\b(?:{'|'.join(RECORD_TYPES)})/[a-z0-9]+(?:-[a-z0-9]+)*")
_CELL_KEY = re.compile(r' data-sort-value="([^"]*)"')

Nearby = Mapping[str, Mapping[str, str]]
"""By id of a record, first names that mean somebody there; see :meth:`Names.replace`."""


def pages(
    corpus: Corpus, ids: Mapping[str, str], names: Names, nearby: Nearby
) -> Iterator[WikiPage]:
    """The pages of a filtered corpus, without the names and ids that have to go.

    One at a time: all of them together take more room than all the rest of an edition. ``ids``
    maps every id to the published one. Titles that become alike get their id.
    """
    taken: set[str] = set()
    moved = any(id_ != published for id_, published in ids.items())
    for page in each(corpus, {}):
        id_ = ids.get(page.id, page.id)
        title, hidden = names.replace(page.title)
        if title.casefold() in taken:
            title = f"{title} ({id_.rpartition('/')[2]})"
        taken.add(title.casefold())
        with_ids = searched(page.body)
        if moved:
            with_ids = _ID.sub(lambda named: ids.get(named[0], named[0]), with_ids)
        if hidden:
            # a key of its categories, which has no capital left to tell a name by
            before, after = (filing_key(one) for one in (page.title, title))
            with_ids = with_ids.replace(f"|{before}]]", f"|{after}]]" if after else "]]")
        # nor has that of a cell, which its own text can stand for
        with_ids = _CELL_KEY.sub(lambda key: "" if names.within(key[1]) else key[0], with_ids)
        body, _ = names.replace(with_ids, nearby.get(page.id))
        key = block.Key(corpus.config.corpus, id_)
        yield WikiPage(id_, title, block.write(block.make(key, title, body, page.kind)))
