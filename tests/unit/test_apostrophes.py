"""One apostrophe, the typographic one, in every French text that people read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.french import typographic
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
        for folder in ("narratives", "pages", "schemas", "loosbot/exchange/commune")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".yaml", ".md", ".json", ".wiki"}
    ]
    faults = {
        str(path.relative_to(ROOT)): signs
        for path in files
        if (signs := typed(path.read_text(encoding="utf-8")))
    }
    assert len(files) > 400
    assert faults == {}, "écrivez ’ (AltGr+Maj+B, ou copiez celle-ci), non '"


GUIDES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
IN_ENGLISH = {"architecture.md", "performance.md"}
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def test_the_guides_have_it_too() -> None:
    """What stands in code is typed by people, with the keyboard's; not what stands before it."""
    texts = {path.name: path.read_text("utf-8") for path in GUIDES if path.name not in IN_ENGLISH}
    texts["README.md"] = texts["README.md"].partition("\n# In English\n")[0]
    assert {
        name: signs for name, text in texts.items() if (signs := typed(CODE.sub("x", text)))
    } == {}


ELIDED = re.compile(r"\b(?:[ldjmnstc]|qu|jusqu|lorsqu|puisqu|aujourd)'(?=[^\W\d_])", re.IGNORECASE)
READ_FROM_PEOPLE = {
    "D'après", "Projet d'ensemble", "l'eau qu'on", "aujourd'hui", "jusqu'", "l'an",
    "a l'avenir",
}  # fmt: skip
"""Parameters that people type on a page, and what they may have typed in a date."""


def messages(path: Path) -> Iterator[str]:
    """Each text of a module that is no docstring: what it may say to somebody."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_what_the_program_says_has_it_too() -> None:
    elided = {
        (path.name, text)
        for path in sorted((ROOT / "loosbot").rglob("*.py"))
        for text in messages(path)
        if ELIDED.search(text) and not any(phrase in text for phrase in READ_FROM_PEOPLE)
    }
    assert elided == set()
    others = (
        path for path in (ROOT / "loosbot").rglob("*") if path.suffix in (".js", ".md", ".php")
    )
    shown = {path.name: ELIDED.findall(path.read_text("utf-8")) for path in others}
    assert {"readme.fr.md", "recherche.js", "router.php"} <= shown.keys()
    assert {name: signs for name, signs in shown.items() if signs} == {}


def test_what_is_generated_has_it_too() -> None:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    pages = render(corpus, default_titles(corpus)).values()
    # what people type into a search has the apostrophe of their keyboard
    searched = re.compile(r"^\| mots = .*$", re.MULTILINE)
    faults = {page.id: signs for page in pages if (signs := typed(searched.sub("", page.body)))}
    assert faults == {}


def test_a_straight_apostrophe_is_the_same_one() -> None:
    assert typographic("l'eau qu'on dit ''claire'' d'ici") == "l’eau qu’on dit ''claire'' d’ici"
    assert typographic("'entre guillemets' et 5' de pause") == "'entre guillemets' et 5' de pause"
