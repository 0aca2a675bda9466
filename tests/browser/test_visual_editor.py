"""Thirty edits made in the visual editor of MediaWiki 1.43, then pull, merge and two syncs.

Nothing that somebody typed is lost: it is in the file of the record, or on the page and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from desk import Answer, Desk, Published
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from visual import VisualEditor
from visual_edits import EDITS, Edit

pytestmark = [pytest.mark.outils, pytest.mark.release("1.43")]

EIGHT = (
    "a word of the summary",
    "a word of a voice",
    "a paragraph added to a voice",
    "a link to a record in a list",
    "the text of a stage",
    "a fact in the dialog of the box",
    "typed left of the last mark",
    "the box deleted",
)
"""Of each kind one: every run of the suite makes these, « make visuel » all."""


@pytest.fixture
def town(this_town: tuple[Published, Answer], tmp_path: Path) -> Desk:
    """A clone of this repository, published."""
    return this_town[0].again(tmp_path)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(EIGHT, id="eight"),
        pytest.param(tuple(EDITS), id="thirty", marks=pytest.mark.visuel),
    ],
)
def test_no_edit_of_the_visual_editor_is_lost(
    town: Desk, driver: webdriver.Chrome, names: tuple[str, ...]
) -> None:
    edits = {name: EDITS[name] for name in names}
    editor = VisualEditor.of(town.wiki, driver)
    person = town.wiki.person()
    for name, edit in edits.items():
        editor.open(edit.title)
        try:
            edit.deed(editor)
            editor.save()
        except WebDriverException as error:
            raise AssertionError(f"{name}, on « {edit.title} »") from error
    typed = {edit.title: person.page(edit.title) for edit in edits.values()}
    assert _faults(edits, typed) == []

    pulled = town.run("pull")
    assert pulled.code in (0, 1), pulled.err
    files = {edit.file: _file(town, edit.file) for edit in edits.values() if edit.file}
    missing = [name for name, edit in edits.items() if edit.says not in files.get(edit.file, "")]
    assert missing == [], pulled.out + pulled.err
    town.write({})

    merged = town.sync()
    assert merged.code in (0, 1), merged.err
    named = {page["title"] for page in merged.json["human_edits"]}
    after = {title: person.page(title) for title in typed}
    assert _faults(edits, after) == []
    # what no file can say is left as the person saved it, and its page is named
    assert {title for title in typed if after[title] == typed[title]} - named <= {
        edit.title for edit in edits.values() if not edit.inside
    }
    again = town.sync()
    assert again.json["edits"] == 0, again.out


def _faults(edits: Mapping[str, Edit], pages: Mapping[str, str]) -> list[str]:
    """The edits whose words are not on their page, or are there though they were taken out."""
    return [
        f"{name}: {words}"
        for name, edit in edits.items()
        for words, wanted in (
            *((passage, True) for passage in edit.kept),
            *((passage, False) for passage in edit.gone),
        )
        if (words in pages[edit.title]) is not wanted
    ]


def _file(town: Desk, id_: str) -> str:
    kind, _, slug = id_.partition("/")
    path = f"pages/{slug}.md" if kind == "page" else f"narratives/{id_}.yaml"
    return (town.folder / path).read_text(encoding="utf-8")
