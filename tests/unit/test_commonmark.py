"""Blocks and emphasis are read as CommonMark reads them, tables as GitHub does.

The reference is markdown-it-py; what we show is read from the wikitext. Each example of the
specification has the same structure, or is different on purpose and named here with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from structure import expected, shown

from loosbot.canonical import canonical
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import to_markdown

_DATA = json.loads((Path(__file__).parents[1] / "data" / "commonmark.json").read_text("utf-8"))
EXAMPLES: dict[int, tuple[str, str]] = {
    number: (section, canonical(source)) for number, section, source in _DATA["examples"]
}
_EMPHASIS = "Emphasis and strong emphasis"

ON_PURPOSE = {
    "raw HTML is text, and its quotes hide no sign": [475, 476, 477, 643],
    "a title in a quote or in a list is bold: it is no part of the page": [228, 229, 230, 232, 300],
    "a title is one level under the page's, and the wiki has six": [62],
    "#Titre without a blank is a title: people forget it": [64],
    "a title with nothing in it shows nothing": [79],
    "what defines a link that nobody cites is text: no line vanishes": [207, 208, 210, 317],
    "asterisks need no blank beside « and ': French typography": [352, 354, 368, 369, 380, 392],
}  # fmt: skip
_NAMED = {number: reason for reason, numbers in ON_PURPOSE.items() for number in numbers}


@pytest.mark.parametrize("number", [number for number in EXAMPLES if number not in _NAMED])
def test_an_example_of_the_specification_keeps_its_structure(number: int) -> None:
    _, source = EXAMPLES[number]
    assert shown(source) == expected(source)


@pytest.mark.parametrize("number", _NAMED)
def test_what_is_named_as_different_is(number: int) -> None:
    _, source = EXAMPLES[number]
    assert shown(source) != expected(source)


def test_how_many_are_the_same() -> None:
    purposely = {number for numbers in ON_PURPOSE.values() for number in numbers}
    blocks = {number for number, (section, _) in EXAMPLES.items() if section != _EMPHASIS}
    emphasis = set(EXAMPLES) - blocks
    assert (len(blocks), len(blocks & purposely)) == (269, 13)
    assert (len(emphasis), len(emphasis & purposely)) == (132, 9)
    assert len(blocks - purposely) / len(blocks) > 0.95
    assert len(emphasis - purposely) / len(emphasis) > 0.85


EMPTY = {
    "a form to fill in, whose numbers stay": (
        "1. Nom :\n2.\n3. Date :",
        "# Nom :\n# &nbsp;\n# Date :",
    ),
    "an item to come": ("- le bois\n-", "* le bois\n* &nbsp;"),
    "under an item": ("- le bois\n\n  -", "* le bois\n** &nbsp;"),
    "in a list with a number of its own": (
        "3. a\n4.",
        '<ol start="3"><li>a</li><li>&nbsp;</li></ol>',
    ),
    "an empty quote": (">", "<blockquote>\n</blockquote>"),
    "an empty frame for code": ("```\n```", "<pre>\n</pre>"),
    "code of blanks": ("` `, un blanc", "<code> </code>, un blanc"),
}


@pytest.mark.parametrize(("source", "wikitext"), EMPTY.values(), ids=EMPTY)
def test_what_is_empty_is_there_and_comes_back(source: str, wikitext: str) -> None:
    assert _rendered(source) == wikitext
    assert _rendered(to_markdown(wikitext, level=1, link=lambda *_: None)) == wikitext


@pytest.mark.parametrize(
    ("wikitext", "markdown"),
    [
        ("* un\n*\n* deux", "- un\n-\n- deux"),
        ("# un\n# \n# deux", "1. un\n2.\n3. deux"),
        ("<ul><li>un</li><li></li><li>deux</li></ul>", "- un\n-\n- deux"),
        # what an editor leaves at the end of a list, and MediaWiki hides
        ("* un\n** \n* deux\n* ", "- un\n- deux"),
        # shown as an item
        ("* un\n* <br>", "- un\n-"),
    ],
)
def test_an_item_left_empty_between_others_stays(wikitext: str, markdown: str) -> None:
    assert to_markdown(wikitext, level=1, link=lambda *_: None) == markdown


def _rendered(source: str) -> str:
    return MarkdownRenderer().to_wikitext(source, level=1, resolve=lambda target: None)


@pytest.mark.parametrize("number", EXAMPLES)
def test_what_an_example_shows_comes_back(number: int) -> None:
    wikitext = _rendered(EXAMPLES[number][1])
    assert _rendered(to_markdown(wikitext, level=1, link=lambda *_: None)) == wikitext


TABLES = {
    "under a sentence": "Qui fait quoi :\n| Tâche | Qui |\n|---|---|\n| bois | ville |",
    "with the sentence before it": "Une ligne\nune autre\na | b\n--|--\nc | d",
    "without pipes at the ends": "a | b\n:-: | -:\nc | d",
    "of one column": "| a |\n|---|\n| b |",
    "a header alone": "| a | b |\n| --- | --- |",
    "that a quote ends": "| a | b |\n| --- | --- |\n| c | d |\n> e",
    "that a sentence goes on": "| a | b |\n| --- | --- |\n| c | d |\ne\n\nf",
    "that a list ends": "| a | b |\n| --- | --- |\n| c | d |\n- e",
    "no table: another number of columns": "| a | b |\n| --- |\n| c |",
    "no table: no pipe above": "a\n|---|",
    "rows that are too short": "| a | b |\n| --- | --- |\n| c |",
    "a pipe that is escaped": "| a | b |\n| --- | --- |\n| c \\| d | **e** \\| f |",
    "in a quote": "> | a | b |\n> | --- | --- |\n> | c | d |",
    "in a list": "- x\n\n  | a | b |\n  | --- | --- |\n  | c | d |",
    "no row in code": "| a | b |\n| --- | --- |\n\n    | c | d |",
    "indented": "   | a | b |\n  |---|:---|\n | c | d |",
}


@pytest.mark.parametrize("source", TABLES.values(), ids=TABLES)
def test_a_table_is_read_as_github_does(source: str) -> None:
    assert shown(source) == expected(source)


def test_a_row_loses_no_cell() -> None:
    """GitHub drops the cells beyond the last column, and cuts code at its pipes."""
    assert "c | d" in shown("| a |\n|---|\n| c | d |")
    assert "`b|c`" in shown("| a |\n|---|\n| `b|c` |")
