"""Thirty edits made in the visual editor of MediaWiki 1.43, then pull, merge and two syncs.

Nothing that somebody typed is lost: it is in the file of the record, or on the page and named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import pytest
from desk import Desk, Published, Said
from fuzz import silent as published
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from visual import VisualEditor
from visual_edits import EDITS, LOOK_FOR_WORDS, Edit

pytestmark = [pytest.mark.browser, pytest.mark.release("1.43")]

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


class _Asked:
    """Stands in for the editor, and writes down the words that a deed looks for on its page."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __getattr__(self, deed: str) -> Callable[..., None]:
        def asked(*words: str) -> None:
            if deed in ("select", "replace", "after", "before", "paste_after"):
                self.words.append(words[0])
            elif deed == "run" and words[0] in LOOK_FOR_WORDS:
                self.words += words[1 : 1 + LOOK_FOR_WORDS[words[0]]]

        return asked


def test_the_words_that_are_edited_stand_on_their_pages() -> None:
    """The corpus changes, and all thirty edits are made by « make visuel » alone."""
    shown = published.town()
    bodies = {shown.names.titles[id_]: body for id_, body in shown.bodies.items()}
    for name, edit in EDITS.items():
        editor = _Asked()
        edit.deed(cast(VisualEditor, editor))
        plain = re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]|'{2,}", r"\1", bodies[edit.title])
        assert [one for one in editor.words if one not in plain] == [], name


@pytest.fixture
def town(this_town: tuple[Published, Said], tmp_path: Path) -> Desk:
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
    told = {page["title"] for page in merged.json["human_edits"]}
    after = {title: person.page(title) for title in typed}
    assert _faults(edits, after) == []
    # what no file can say is left as the person saved it, and its page is named
    assert {title for title in typed if after[title] == typed[title]} - told <= {
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
            *((one, True) for one in edit.kept),
            *((one, False) for one in edit.gone),
        )
        if (words in pages[edit.title]) is not wanted
    ]


def _file(town: Desk, id_: str) -> str:
    kind, _, slug = id_.partition("/")
    path = f"pages/{slug}.md" if kind == "page" else f"narratives/{id_}.yaml"
    return (town.folder / path).read_text(encoding="utf-8")
