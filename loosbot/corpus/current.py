"""References by a former id, rewritten to the current id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from loosbot.corpus.inlinelinks import with_ids
from loosbot.corpus.links import current_ids, source_parts
from loosbot.corpus.model import Corpus


def with_current_ids(corpus: Corpus) -> Corpus:
    """``corpus`` with every reference up to date; the same object where none is old.

    A link inside a sentence names an id afterwards, and no path.
    """
    # None where nothing changes: a corpus that kept itself would never be freed
    return corpus.once("current ids", partial(_updated_corpus, corpus)) or corpus


def _updated_corpus(before: Corpus) -> Corpus | None:
    corpus = before
    current = current_ids(corpus)
    corpus = with_ids(corpus, current)
    former = {old: new for old, new in current.items() if old != new}
    if not former:
        return corpus if corpus is not before else None
    records = {
        id_: replace(record, data=_updated(record.data, former, "anciens_ids"))
        for id_, record in corpus.records.items()
    }
    pages = {
        id_: replace(page, data=_updated(page.data, former)) for id_, page in corpus.pages.items()
    }
    indexes = {
        id_: replace(index, data=_updated(index.data, former))
        for id_, index in corpus.indexes.items()
    }
    return replace(corpus, records=records, pages=pages, indexes=indexes)


def _updated(value: Any, former: Mapping[str, str], leave: str = "") -> Any:
    if isinstance(value, Mapping):
        return {
            key: inner
            if key == leave
            else [_source(reference, former) for reference in inner]
            if key == "sources" and isinstance(inner, list)
            else _updated(inner, former)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_updated(item, former) for item in value]
    return former.get(value, value) if isinstance(value, str) else value


def _source(reference: str, former: Mapping[str, str]) -> str:
    """``ancien-nom § 5`` -> ``nom § 5``."""
    id_, passage = source_parts(reference)
    new = former.get(id_)
    if not new:
        return reference
    return " ".join(filter(None, (new.removeprefix("source/"), passage)))
