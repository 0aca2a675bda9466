"""The town's own corpus, published by ``loosbot sync`` and seen as its people see it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, Said
from look import Look
from selenium import webdriver
from wikis import CHECKOUT, Wiki

pytestmark = pytest.mark.browser

PAGES = (
    "Accueil",
    "Rénovation des chemins ruraux avec les agriculteurs",
    "De grands pas pour les petits pieds",
    "Maison d'assistantes maternelles Les Petits pieds",
    "Dossier de passation",
    "Ce sujet a-t-il déjà été travaillé avec des habitants ?",
    "Ce qu'il faut savoir avant de dire oui",
    "Parcours du nouvel élu",
    "Services techniques",
)
OWN = {"Catégorie:Catégories cachées"}
"""Where MediaWiki itself puts a hidden category."""
HEADING = re.compile(r"^(={2,6})(?!=).*\1 *$")


@pytest.fixture(scope="module")
def town(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Said]:
    """A clone of this repository, and what its first publication answered."""
    shared_wiki.reset()
    place = tmp_path_factory.mktemp("town")
    subprocess.run(["git", "clone", "--quiet", CHECKOUT, place / "corpus"], check=True)
    desk = Desk(place / "corpus", shared_wiki, place / "cache")
    return desk, desk.sync()


def test_the_second_publication_writes_nothing(town: tuple[Desk, Said]) -> None:
    desk, first = town
    assert first.code == 0, first.err
    assert first.json["created"] == first.json["edits"] > 300

    second = desk.sync()
    assert second.code == 0, second.err
    assert second.json["edits"] == 0
    assert second.json["unchanged"] == first.json["created"]


def test_no_link_is_red(town: tuple[Desk, Said]) -> None:
    desk, _ = town
    desk.wiki.jobs()
    person = desk.wiki.person()
    for page in ("Wantedpages", "Wantedtemplates", "Wantedcategories", "Wantedfiles"):
        answer = person.call(action="query", list="querypage", qppage=page, qplimit=50)
        wanted = {one["title"] for one in answer["query"]["querypage"]["results"]}
        assert wanted - OWN == set(), page


def test_no_section_is_empty(town: tuple[Desk, Said]) -> None:
    desk, _ = town
    texts = _texts(desk)
    assert len(texts) > 200
    empty = [(title, line) for title, text in texts.items() for line in _empty_sections(text)]
    assert empty == []


@pytest.mark.parametrize(("width", "skin"), [(1280, "vector-2022"), (360, "minerva")])
@pytest.mark.parametrize("title", PAGES)
def test_a_page_of_the_town(
    town: tuple[Desk, Said],
    driver: webdriver.Chrome,
    tmp_path: Path,
    title: str,
    width: int,
    skin: str,
) -> None:
    desk, _ = town
    look = Look(driver, desk.wiki.home.partition("/wiki/")[0], tmp_path)
    look.open(title, width, skin)
    shown = look.run("return content.innerText")
    for sign in ("{{", "}}", "[[", "]]", "<!--", "-->", "loosbot:", "Modèle:"):
        assert sign not in shown
    assert look.run("return content.querySelectorAll('a.new, .error').length") == 0
    assert look.run("return document.documentElement.scrollWidth") <= width


def _texts(desk: Desk) -> dict[str, str]:
    """The wikitext of every page of the main namespace."""
    person, texts = desk.wiki.person(), {}
    more: dict[str, Any] = {}
    while True:
        answer = person.call(
            action="query",
            generator="allpages",
            gaplimit=50,
            gapfilterredir="nonredirects",
            prop="revisions",
            rvprop="content",
            rvslots="main",
            **more,
        )
        for page in answer["query"]["pages"]:
            if "revisions" in page:
                texts[page["title"]] = page["revisions"][0]["slots"]["main"]["content"]
        if "continue" not in answer:
            return texts
        more = answer["continue"]


def _empty_sections(text: str) -> list[str]:
    """Headings that nothing follows before one of the same rank or a higher one."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("<!--")]
    found = []
    for line, after in zip(lines, [*lines[1:], "= end ="], strict=True):
        here, there = HEADING.match(line), HEADING.match(after)
        ends = after in ("= end =",) or after.startswith("[[Catégorie:")
        if here and (ends or (there and len(there[1]) <= len(here[1]))):
            found.append(line)
    return found
