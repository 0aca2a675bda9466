"""The town's pages as a search and a preview show them, and as both parsers of MediaWiki do."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import lxml.html
import pytest
from desk import Answer, Published
from settings import settings
from wikis import Person

pytestmark = [pytest.mark.outils, pytest.mark.older("searching")]

ASKED = (
    "skate park",
    "echec",
    "échec",
    "limitation de vitesse",
    "AFR",
    "IEEFC",
    "rivelaine",
    "chemins ruraux",
    "déchets",
    "terrils",
    "vélo",
    "jardin",
    "convention",
    "élus",
    "voirie",
    "energie",
    "assurance",
    "Mirabeau",
    "Dukass",
    "PLU",
    "Carrot’Mob",
    "forum citoyen",
    "lotissement",
    "ronds-points",
    "agriculteurs",
    "entretien",
    "TAIDx",
    "récit",
    "quatuor",
    "consultation",
    "coproduction",
    "promesses",
    "rue Hoche",
    "cité Belgique",
    "fleurissement",
    "jeunes",
    "éclairage",
    "pince",
    "Enedis",
    "bibliothèque",
    "plan solaire",
    "ruchers",
    "écharpe",
    "antennes",
    "Linky",
    "zérophyto",
    "club de tennis",
    "haies",
    "périscolaire",
    "Faîtes-in-Loos",
)
"""Fifty searches, as people type them."""
FINDS = {
    "skate park": "Skatepark refait avec les jeunes usagers",
    "echec": "Ce qui n’a pas abouti ou s’est érodé, et pourquoi",
    "limitation de vitesse": "Vitesse dans un lotissement",
    "AFR": "Association foncière de remembrement",
    "energie": "Défis énergie des commerçants",
    "chemin rural": "Rénovation des chemins ruraux avec les agriculteurs",
    "jardins": "Jardin partagé Cœur de Loos",
    "ecole": "Les écoles de Loos",
}
MACHINERY = re.compile(
    r"loosbot|<!--|-->|data-sort-value|fichier ?=|identifiant ?=|narratives/|aria-label|\|rft|&#"
)


@pytest.fixture(scope="module")
def reader(
    this_town: tuple[Published, Answer], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Person]:
    """Somebody on the wiki of the town, which shows the first words of pages too."""
    wiki = this_town[0].again(tmp_path_factory.mktemp("town")).wiki
    wiki.jobs()
    with settings(wiki, "wfLoadExtension( 'TextExtracts' );"):
        yield wiki.person()


def _search(reader: Person, words: str, where: str, most: int = 5) -> list[dict[str, str]]:
    answer = reader.call(
        action="query", list="search", srsearch=words, srwhat=where, srlimit=most, srprop="snippet"
    )
    results: list[dict[str, str]] = answer["query"]["search"]
    return results


def test_a_search_shows_text_and_no_machinery(reader: Person) -> None:
    assert len(ASKED) == 50
    shown = [
        (words, page["title"], html.unescape(re.sub(r"<[^>]+>", "", page["snippet"])))
        for words in ASKED
        for where in ("title", "text")
        for page in _search(reader, words, where)
    ]
    assert len(shown) > 150
    assert [row for row in shown if MACHINERY.search(row[2])] == []


@pytest.mark.parametrize(("words", "title"), FINDS.items())
def test_what_people_call_it_finds_its_page(reader: Person, words: str, title: str) -> None:
    assert title in [page["title"] for page in _search(reader, words, "text", 30)]


def test_every_page_has_first_words(reader: Person) -> None:
    titles = sorted(reader.texts((0,)))
    assert len(titles) > 200
    empty = []
    for start in range(0, len(titles), 20):
        answer = reader.call(
            action="query",
            titles="|".join(titles[start : start + 20]),
            prop="extracts",
            exintro=1,
            explaintext=1,
            exlimit=20,
        )
        pages = answer["query"]["pages"]
        empty += [page["title"] for page in pages if not page.get("extract", "").strip()]
    assert empty == []


@pytest.mark.release("1.43")
def test_both_parsers_show_the_same_text(reader: Person) -> None:
    differing = []
    for title in reader.texts((0,)):
        old, new = (
            _shown(
                reader.call(action="parse", page=title, prop="text", disableeditsection=1, **more)
            )
            for more in ({}, {"parsoid": 1})
        )
        if old != new:
            differing.append(title)
    assert differing == []


def _shown(answer: dict[str, dict[str, str]]) -> str:
    """The words of a page, without the table of contents and what leads back from a note."""
    tree = lxml.html.fromstring(answer["parse"]["text"])
    for part in tree.xpath(
        "//*[@id='toc'] | //style | //*[contains(@class, 'mw-cite-backlink')]"
        " | //*[contains(@rel, 'mw:referencedBy')]"
    ):
        part.drop_tree()
    return " ".join(tree.text_content().split())
