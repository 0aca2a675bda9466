"""One apostrophe, the typographic one, in every French text that people read."""

from __future__ import annotations

import re
from pathlib import Path

from loosbot.corpus.french import typographic
from loosbot.corpus.load import load_corpus
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import default_titles, render

ROOT = Path(__file__).parents[2]
TYPED = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
NAMES = re.compile(r"\{\{\{[^{}|]*|^\|[^|=\n]*=|^ *\"[^\"\n]*\"(?=: \{|,$|$)", re.MULTILINE)
"""The names of a template's parameters are typed by people: they keep the keyboard's."""


KEYS = re.compile(r"\[\[Catégorie:[^\]]*\]\]|data-sort-value=\"[^\"]*\"")
"""What pages are sorted by is never shown, and is plain."""


def typed(text: str) -> list[str]:
    """What stands around each straight apostrophe between two letters."""
    text = KEYS.sub("", NAMES.sub("", text))
    return [text[max(0, at.start() - 30) : at.end() + 20] for at in TYPED.finditer(text)]


def test_the_texts_that_people_read_have_one_apostrophe() -> None:
    files = [
        path
        for folder in ("narratives", "pages", "schemas")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".yaml", ".md", ".json", ".wiki"}
    ]
    faults = {
        str(path.relative_to(ROOT)): found
        for path in files
        if (found := typed(path.read_text(encoding="utf-8")))
    }
    assert len(files) > 400
    assert faults == {}, "écrivez ’ (AltGr+Maj+B, ou copiez celle-ci), non '"


def test_what_is_generated_has_it_too() -> None:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    pages = render(corpus, default_titles(corpus)).values()
    faults = {page.id: found for page in pages if (found := typed(page.body))}
    assert faults == {}


def test_a_straight_apostrophe_is_the_same_one() -> None:
    assert typographic("l'eau qu'on dit ''claire'' d'ici") == "l’eau qu’on dit ''claire'' d’ici"
    assert typographic("'entre guillemets' et 5' de pause") == "'entre guillemets' et 5' de pause"
