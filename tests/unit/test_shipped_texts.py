"""The texts of the shipped corpus mean what they mean on a forge, and come back from the wiki."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from structure import expected, shown

from loosbot.canonical import canonical
from loosbot.corpus import schema
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.check.misreadings import misreadings
from loosbot.corpus.links import values
from loosbot.corpus.tree import FolderTree
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import to_markdown

_RENDERER = MarkdownRenderer()


def _texts() -> Iterator[tuple[str, str]]:
    corpus = load_corpus(FolderTree(Path(__file__).parents[2])).corpus
    assert corpus is not None
    for page in corpus.pages.values():
        yield page.id, page.text
    for record in corpus.records.values():
        for path, value, shape in values(record.data, schema.shape(record.type)):
            if shape.markdown and isinstance(value, str):
                yield f"{record.id} {'.'.join(map(str, path))}", value


@cache
def texts() -> dict[str, str]:
    return {name: canonical(text) for name, text in _texts()}


@pytest.mark.parametrize("part", range(4))
def test_each_text_is_read_as_commonmark_reads_it(part: int) -> None:
    different = [
        name
        for number, (name, text) in enumerate(texts().items())
        if number % 4 == part and "[^" not in text and shown(text) != expected(text)
    ]
    assert different == []


def test_no_text_holds_what_would_be_misread() -> None:
    assert {name: slips for name, text in texts().items() if (slips := misreadings(text))} == {}


@pytest.mark.slow
def test_what_each_text_shows_comes_back() -> None:
    for name, text in texts().items():
        wikitext = _RENDERER.to_wikitext(text, level=2, resolve=lambda target: None)
        again = to_markdown(wikitext, level=2, link=lambda title, fragment: None)
        assert _RENDERER.to_wikitext(again, level=2, resolve=lambda target: None) == wikitext, name
