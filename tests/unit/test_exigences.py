"""docs/exigences.md: the forty-six needs, each answered today by a page of the shipped corpus."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache
from pathlib import Path

import click
import pytest

from loosbot.cli import main
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import render
from loosbot.render.rendered import RenderedPage

ROOT = Path(__file__).parents[2]
DAY = date(2020, 1, 1)
_POINTER = re.compile(r"`([^`]+)`")
_QUOTE = re.compile(r"« (.*?) »")
_VERDICT = re.compile(r"(Tenu|En partie|Non)\b")


def rows() -> list[list[str]]:
    """The cells of each need: number, question, where to look, what stands there, verdict."""
    lines = (ROOT / "docs" / "exigences.md").read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("| D")
    ]


@cache
def pages() -> dict[str, RenderedPage]:
    """Every page of the town's wiki, as a visitor with an account would get them."""
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    return render(for_channel(corpus, "wiki", DAY), {}, DAY)


@cache
def rows_of_indexes() -> frozenset[str]:
    """Records that are rows of a shared page."""
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    return frozenset(corpus.records) - frozenset(pages())


def plain(wikitext: str) -> str:
    """What a reader sees of a page, without markup, on one line."""
    text = re.sub(r"\{\{Source\|[^{}]*\}\}", "", wikitext)
    text = re.sub(r"\[\[[^]|]*\|([^]]*)\]\]", r"\1", text)
    text = re.sub(r"\[\[([^]|]*)\]\]", r"\1", text)
    text = re.sub(r"<[^>]*>|'{2,}", "", text)
    return _one_line(html.unescape(text))


def _one_line(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split()).casefold()


def command_exists(words: list[str]) -> bool:
    command = main.get_command(click.Context(main), words[0])
    assert command is not None, words
    options = {name for param in command.params for name in param.opts}
    choices = {
        word
        for param in command.params
        if isinstance(param.type, click.Choice)
        for word in param.type.choices
    }
    return all(word in options | choices for word in words[1:])


def test_the_forty_six_needs_are_there_once_and_in_order() -> None:
    assert [row[0] for row in rows()] == [f"D{number:02}" for number in range(1, 47)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_need_is_a_question_with_an_answer_and_a_verdict(row: list[str]) -> None:
    _, question, where, answer, verdict = row
    assert re.search(r"[?.] \(.*[0-9AB].*\)$", question)
    assert _POINTER.search(where)
    assert _QUOTE.search(answer)
    assert _VERDICT.match(verdict)
    # what is met only in part, or not at all, says what is missing
    assert verdict.startswith("Tenu") or len(verdict) > 30


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_is_answered_stands_on_the_pages_that_are_named(row: list[str]) -> None:
    _, _, where, answer, _ = row
    text = ""
    for pointer in _POINTER.findall(where):
        if pointer.startswith("loosbot "):
            assert command_exists(pointer.split()[1:])
        elif pointer in pages():
            page = pages()[pointer]
            text += f" {_one_line(page.title)} {plain(page.body)}"
        else:
            assert pointer in rows_of_indexes(), pointer
    assert [quote for quote in _QUOTE.findall(answer) if _one_line(quote) not in text] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("fifty-fifty", "ne remplace pas le service public"),
        ("convention-type", "juriste"),
        ("convention-a-remplir", "juriste"),
    ],
)
def test_the_warning_stands_on_both_pages(name: str, words: str) -> None:
    """D40: this replaces neither the public service nor a lawyer's advice."""
    assert words in (ROOT / "pages" / f"{name}.md").read_text(encoding="utf-8")
