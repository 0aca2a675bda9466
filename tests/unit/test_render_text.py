"""Text is text: nothing that a record contains acts as wikitext, in whatever field it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import mwparserfromhell
import pytest
from corpora import corpus
from fiches import FILES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mwparserfromhell.nodes import Template, Wikilink

from loosbot.canonical import canonical
from loosbot.corpus.decoding import FORBIDDEN
from loosbot.corpus.model import Corpus
from loosbot.render.pages import default_titles, render
from loosbot.wikitext.unsearched import unsearched

HOSTILE = (
    "}}", "{{Statut|x}}", "|", "| Lieu = ailleurs", "]]", "[[Catégorie:X]]", "[[", "{|\n| a\n|}",
    "|}", "|-", "!", "!!", "* a", "# a", ": a", "; a", "= a =", "----", "<!--", "-->", "</div>",
    "<nowiki>", "</ref>", "<ref>a</ref>", "<noinclude>", "~~~~", "__NOTOC__", "{{{1}}}", "-{a}-",
    "''", "'''", "'", "&nbsp;", "&", "#REDIRECT [[A]]", "{{subst:a}}", "http://a.org/|b", "\n\n",
    "inconnu;", "a ; b", "{{!}}", "}", "{", "</table>", "<tr>", "\u00a0",
)  # fmt: skip


@pytest.fixture(scope="module")
def fiches(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(tmp_path_factory.mktemp("corpus"), FILES)


def filled(value: Any, texts: Iterator[str]) -> Any:
    """``value`` with the next text in the place of each placeholder."""
    if isinstance(value, str):
        return value.replace("TEXTE", next(texts)) if "TEXTE" in value else value
    if isinstance(value, list):
        return [filled(item, texts) for item in value]
    if isinstance(value, dict):
        return {key: filled(item, texts) for key, item in value.items()}
    return value


def cycle(texts: list[str]) -> Iterator[str]:
    while True:
        yield from texts


def with_texts(town: Corpus, texts: list[str]) -> Corpus:
    supply = cycle(texts)
    return replace(
        town,
        records={
            id_: replace(record, data=filled(record.data, supply))
            for id_, record in town.records.items()
        },
        pages={
            id_: replace(page, data=filled(page.data, supply), text=filled(page.text, supply))
            for id_, page in town.pages.items()
        },
        indexes={
            id_: replace(index, data=filled(index.data, supply))
            for id_, index in town.indexes.items()
        },
    )


def markup(wikitext: str) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Template calls with the names of their parameters, link targets."""
    calls, links = [], []
    for node in mwparserfromhell.parse(wikitext).ifilter(recursive=True):
        if isinstance(node, Template):
            names = [str(param.name).strip() for param in node.params]
            calls.append((str(node.name).strip(), names))
        elif isinstance(node, Wikilink):
            links.append(str(node.title))
    return calls, links


def structure(town: Corpus, texts: list[str]) -> dict[str, Any]:
    pages = render(with_texts(town, texts), default_titles(town))
    return {id_: markup(page.body) for id_, page in pages.items() if page.kind == "page"}


@pytest.fixture(scope="module")
def harmless(fiches: Corpus) -> dict[str, Any]:
    return structure(fiches, ["mot"])


# `#` makes a heading in Markdown, on purpose: what is written there is Markdown
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(
    st.lists(st.one_of(st.sampled_from(HOSTILE), PLAIN), min_size=1, max_size=3)
    .map("".join)
    .map(canonical)
    .filter(lambda text: bool(text.strip()) and not FORBIDDEN.search(text) and "#" not in text),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=TEXTS)
def test_the_markup_of_a_page_does_not_depend_on_its_texts(
    fiches: Corpus, harmless: dict[str, Any], texts: list[str]
) -> None:
    hostile = structure(fiches, texts)
    for id_, expected in harmless.items():
        assert hostile[id_] == expected, id_


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_each_trap_everywhere(fiches: Corpus, harmless: dict[str, Any], text: str) -> None:
    if not text.strip():
        text = f"a{text}b"
    hostile = structure(fiches, [text])
    for id_, expected in harmless.items():
        assert hostile[id_] == expected, id_


def test_every_body_is_canonical_and_ends_with_its_tracking_category(fiches: Corpus) -> None:
    for id_, page in render(fiches, {}).items():
        assert page.body == canonical(page.body)
        line = f"[[Catégorie:Fiches loosbot|{unsearched(f'essai:{id_}')}]]"
        assert page.body.removesuffix("\n</noinclude>").endswith(line), id_
        assert page.body.count("[[Catégorie:Fiches loosbot|") == 1


def test_the_same_corpus_gives_the_same_pages(tmp_path: Path, fiches: Corpus) -> None:
    again = corpus(tmp_path, FILES)
    assert render(again, default_titles(again)) == render(fiches, default_titles(fiches))
