"""docs/exigences.md: all the needs are there, and whatever it points at exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from loosbot.cli import main
from loosbot.corpus.load import load_corpus
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.schema import Shape, shape
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import default_titles

ROOT = Path(__file__).parents[2]
_POINTER = re.compile(r"`([^`]+)`")
_ID = re.compile(r"(?:page|index|rapport|" + "|".join(RECORD_TYPES) + r")/[a-z0-9-]+")


def rows() -> list[list[str]]:
    """The cells of each need: number, what it asks, what meets it, test, what is missing."""
    lines = (ROOT / "docs" / "exigences.md").read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| D")
    ]


POINTERS = sorted({one for row in rows() for cell in row for one in _POINTER.findall(cell)})


@cache
def managed() -> frozenset[str]:
    """Ids of every page of the town's wiki, and of every record."""
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    return frozenset(default_titles(corpus)) | frozenset(corpus.records)


@cache
def fields() -> frozenset[str]:
    return frozenset(key for name in RECORD_TYPES for key in keys(shape(name)))


def keys(one: Shape) -> Iterator[str]:
    for key, child in one.properties.items():
        yield key
        yield from keys(child)
    if one.items:
        yield from keys(one.items)


def command_exists(words: list[str]) -> bool:
    command = main.get_command(click.Context(main), words[0])
    assert command is not None, words
    options = {name for one in command.params for name in one.opts}
    choices = {
        word
        for one in command.params
        if isinstance(one.type, click.Choice)
        for word in one.type.choices
    }
    return all(word in options | choices for word in words[1:])


def test_the_forty_six_needs_are_there_once_and_in_order() -> None:
    assert [row[0] for row in rows()] == [f"D{number:02}" for number in range(1, 47)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_need_says_what_meets_it_which_test_and_what_is_missing(row: list[str]) -> None:
    number, asked, met, tested, missing = row
    assert re.search(r"\(.*[0-9AB].*\)$", asked), f"{number} names no section"
    assert _POINTER.search(met)
    assert re.fullmatch(r"`tests/[^`]+::[^`]+`", tested)
    assert missing == "–" or len(missing) > 10


@pytest.mark.parametrize("pointer", POINTERS)
def test_what_is_pointed_at_exists(pointer: str) -> None:
    if pointer.startswith("loosbot "):
        assert command_exists(pointer.split()[1:])
    elif "::" in pointer:
        file, _, test = pointer.partition("::")
        assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8")
    elif _ID.fullmatch(pointer):
        assert pointer in managed()
    elif (ROOT / pointer).exists():
        assert not pointer.startswith("/")
    else:
        assert pointer in fields() | {"inconnu", "sans-objet"}


@pytest.mark.parametrize(
    ("name", "words"),
    [("fifty-fifty", "ne remplace pas le service public"), ("convention-type", "juriste")],
)
def test_the_warning_stands_on_both_pages(name: str, words: str) -> None:
    """D40: this replaces neither the public service nor a lawyer's advice."""
    assert words in (ROOT / "pages" / f"{name}.md").read_text(encoding="utf-8")
