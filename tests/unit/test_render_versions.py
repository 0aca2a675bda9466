"""The pages of the versions: which there are never depends on git."""

from __future__ import annotations

from pathlib import Path

import corpora

from loosbot.corpus.model import Corpus
from loosbot.diff.compare import compare
from loosbot.render.pages import default_titles, render

OLD = "type: projet\ntitre: Le jardin\nannee: 2016\n"
VERSIONS = (
    "versions:\n- {nom: 2016, titre: L’été 2016, date: 2016, phrase: La première.}\n"
    "- {nom: '2020.1', date: 2020-05, phrase: 'Plus [[loin]].', commit: abcdef0}\n"
)


def _town(root: Path, garden: str = OLD) -> Corpus:
    files = {"narratives/projet/jardin.yaml": garden, "pages/versions.yaml": VERSIONS}
    return corpora.corpus(root, files)


def test_there_are_as_many_pages_without_git(tmp_path: Path) -> None:
    corpus = _town(tmp_path)
    pages = render(corpus, {})
    wanted = {"rapport/versions", "rapport/version-2016", "rapport/version-2020-1"}
    assert wanted <= set(pages)
    assert set(pages) == set(default_titles(corpus))
    assert "n’est pas dans le dépôt git" in pages["rapport/version-2020-1"].body
    assert "C’est la première version nommée" in pages["rapport/version-2016"].body


def test_no_version_no_page(tmp_path: Path) -> None:
    corpus = corpora.corpus(tmp_path, {"narratives/projet/jardin.yaml": OLD})
    assert not [id_ for id_ in render(corpus, {}) if id_.startswith("rapport/version")]


def test_what_changed_is_told_with_links(tmp_path: Path) -> None:
    before = _town(tmp_path / "avant")
    after = _town(tmp_path / "apres", OLD.replace("2016", "2017"))
    history = {"2020.1": compare(before, after, after, ("L’été 2016", "2020.1"))}
    page = render(after, {}, None, history)["rapport/version-2020-1"]
    assert page.title == "Versions : Version 2020.1"
    assert "De L’été 2016 à 2020.1, fiches et pages : 1 changée." in page.body
    assert "* Le projet [[Le jardin]] :\n** Le champ « Année » passe de 2016 à 2017.\n" in page.body
    assert "[[loin]]" not in page.body
    assert "abcdef0" not in page.body


def test_a_version_that_no_longer_reads_says_so(tmp_path: Path) -> None:
    page = render(_town(tmp_path), {}, None, {"2020.1": None})["rapport/version-2020-1"]
    assert "ne se lit plus avec les règles d’aujourd’hui" in page.body
