"""The corpus of the rendering tests, put on a wiki as it is rendered."""

from __future__ import annotations

from pathlib import Path

from fiches import FILES
from wikis import Person, Wiki

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import default_titles, render
from loosbot.render.rendered import RenderedPage

LONG = "Une phrase assez longue pour que la ligne revienne quand l’été finit au bord du champ"


def loaded(folder: Path, text: str = LONG) -> Corpus:
    """The corpus with ``text``, which YAML takes as it is, wherever it holds one."""
    for path, content in {"loosbot.yaml": "corpus: essai\n", **FILES}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content.replace("TEXTE", text), encoding="utf-8")
    read = load_corpus(FolderTree(folder))
    assert read.corpus is not None, read.findings
    return read.corpus


def publish(wiki: Wiki, folder: Path) -> tuple[Person, dict[str, RenderedPage]]:
    """Write every page, templates first, and wait for what the wiki does afterwards."""
    corpus = loaded(folder)
    pages = render(corpus, default_titles(corpus))
    person = wiki.person(wiki.credentials)
    for page in sorted(pages.values(), key=lambda page: (page.kind != "template", page.id)):
        person.edit(page.title, page.body)
    wiki.jobs()
    person.call(action="purge", generator="allpages", gaplimit=500, forcelinkupdate=1)
    return person, pages
