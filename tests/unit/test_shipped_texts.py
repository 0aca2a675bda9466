"""The texts of the shipped corpus mean what they mean on a forge, and come back from the wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from structure import expected, shown

from loosbot.canonical import canonical
from loosbot.corpus import schema
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.check.misreadings import misreadings
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.walk import values
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import to_markdown

_RENDERER = MarkdownRenderer()
ROOT = Path(__file__).parents[2]


def _texts() -> Iterator[tuple[str, str]]:
    corpus = load_corpus(FolderTree(ROOT)).corpus
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


def test_what_is_left_to_fill_in_is_no_wider_than_a_telephone() -> None:
    """MediaWiki breaks no row of dots: longer ones made three pages scroll sideways."""
    folders = (ROOT / "pages", ROOT / "loosbot/exchange/commune/pages")
    rows = [
        (path.name, row)
        for folder in folders
        for path in folder.glob("*.md")
        for row in re.findall("…{4,}", path.read_text("utf-8"))
    ]
    assert len(rows) > 40
    assert [found for found in rows if len(found[1]) > 20] == []
