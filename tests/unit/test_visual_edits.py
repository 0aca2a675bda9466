"""The edits of ``make visuel`` and the pages that they are made on, without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from visual import VisualEditor
from visual_edits import EDITS, LOOK_FOR_WORDS
from wikis import CHECKOUT

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import default_titles, render


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


@pytest.mark.slow
def test_the_words_that_are_edited_stand_on_their_pages() -> None:
    """The corpus changes, and all thirty edits are made by « make visuel » alone."""
    whole = load_corpus(FolderTree(CHECKOUT)).corpus
    assert whole is not None
    corpus = for_channel(whole, "wiki", date(2026, 1, 1))
    pages = render(corpus, default_titles(corpus)).values()
    bodies = {page.title: page.body for page in pages}
    for name, edit in EDITS.items():
        editor = _Asked()
        edit.deed(cast(VisualEditor, editor))
        plain = re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]|'{2,}", r"\1", bodies[edit.title])
        assert [word for word in editor.words if word not in plain] == [], name
