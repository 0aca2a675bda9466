"""What a page that somebody filled costs: little, or it is left to a person, in French."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from test_pull import published, pulled, tree_of

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.tree import FolderTree
from loosbot.decode.bounds import MOST_MARKS, MOST_OPEN, is_too_long, most_open, weight
from loosbot.render.pages import render

SHAPES: dict[str, Callable[[int], str]] = {
    "apostrophes": lambda n: "'" * n,
    "italics": lambda n: "''a" * n,
    "bold and italic": lambda n: "'''''a" * n,
    "items": lambda n: "\n".join(f"* a{i}" for i in range(n)),
    "rows": lambda n: '{| class="wikitable"\n' + "|-\n| a || b\n" * n + "|}",
    "cells": lambda n: '{| class="wikitable"\n|-\n' + "| a\n" * n + "|}",
    "references": lambda n: "".join(f"mot<ref>n{i}</ref> " for i in range(n)),
    "paragraphs": lambda n: "\n\n".join(f"paragraphe {i}" for i in range(n)),
    "lines": lambda n: "\n".join(f"mot {i}" for i in range(n)),
    "links": lambda n: " ".join(f"[[Page {i}]]" for i in range(n)),
    "calls": lambda n: " ".join(f"{{{{Statut|x{i}}}}}" for i in range(n)),
    "open calls": lambda n: "{{" * n,
    "open links": lambda n: "[[" * n,
    "open tags": lambda n: "<b>" * n,
    "open references": lambda n: "<ref name=a>" * n,
    "open parameters": lambda n: "{{a|b=" * n,
    "open attributes": lambda n: '<a b="' * n,
    "open addresses": lambda n: "[http://a " * n,
    "tags closed by others": lambda n: "<b></i>" * n,
    "open notes": lambda n: "<small>(" * n,
    "verbatim": lambda n: "<nowiki>" * n,
    "tags": lambda n: "<b>a</b>" * n,
    "headings": lambda n: "\n".join(f"=== t{i} ===" for i in range(n)),
    "comments": lambda n: "<!-- a -->" * n,
    "addresses": lambda n: "http://a.fr/x " * n,
    "references of signs": lambda n: "&amp;" * n,
    "words": lambda n: "mot " * n,
    "a deep list": lambda n: "*" * n + " a",
}
FILES = {
    "loosbot.yaml": "corpus: essai\n",
    "pages/methode.md": "---\ntitre: La méthode\n---\n\nUn début.\n\nUne fin.\n",
}


def at_the_bound(shape: Callable[[int], str]) -> str:
    """The longest text of this shape that is still read."""
    low, high = 1, 2
    while high < 3_000_000 and not is_too_long(shape(high)):
        low, high = high, 2 * high
    while high - low > max(1, low // 50):
        middle = (low + high) // 2
        low, high = (low, middle) if is_too_long(shape(middle)) else (middle, high)
    return shape(low)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_whole_pull_of_what_is_read_takes_two_seconds(shape: str, tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, FILES))
    body = base.rendered["page/methode"].body
    theirs = body.replace("Une fin.", f"Une fin.\n\n{at_the_bound(SHAPES[shape])[:1_500_000]}\n")
    begun = time.process_time()

    carried = pulled(base, {"page/methode": theirs})

    assert carried.files or carried.pages[0].left
    # two on a core of its own; where much else is at work, a core does less in each second
    assert time.process_time() - begun < 8


@pytest.mark.parametrize(
    ("shape", "count"),
    [
        ("italics", 100_000),
        ("items", 50_000),
        ("rows", 5_000),
        ("references", 6_000),
        ("paragraphs", 100_000),
        ("links", 50_000),
        ("open tags", 30_000),
        ("words", 500_000),
    ],
)
def test_what_would_take_longer_is_seen_at_once(shape: str, count: int) -> None:
    body = SHAPES[shape](count)
    begun = time.process_time()

    assert is_too_long(body)
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("body", "most"),
    [
        ("mot", 0),
        ("[[a]] {{b|[[c]]}} <b>d</b>", 2),
        ("{{a|}} {{a|}}", 1),
        ("{|\n| a\n|}\n{|\n|}", 1),
        ("<br><br>" * 50 + "<li>a" * 50 + "<ref name=a />" * 50, 1),
        ("<b></i>" * 50, 50),
        ("{{a|b=" * 50, 50),
        ("[" * 3, 2),
    ],
)
def test_what_is_open_at_once_is_counted(body: str, most: int) -> None:
    assert most_open(body) == most
    assert not is_too_long(body)


@pytest.mark.slow
def test_no_page_of_this_corpus_is_near_the_bounds(checkout: Path) -> None:
    read = load_corpus(FolderTree(checkout)).corpus
    assert read is not None
    bodies = [page.body for page in render(read, {}).values()]

    assert max(map(weight, bodies)) < MOST_MARKS
    assert max(map(most_open, bodies)) < MOST_OPEN / 3


def test_the_weight_grows_with_the_text() -> None:
    for name, shape in SHAPES.items():
        light, heavy = weight(shape(1_000)), weight(shape(2_000))
        assert light <= heavy <= 2 * light + 20, name
    assert not is_too_long("mot " * 100_000)
    assert weight("") == 0
    assert MOST_MARKS == 8_000  # TOO_LONG and docs/limites.md say it
