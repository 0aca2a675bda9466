"""Indexes and charts as people see and work them, on a desk and on a phone."""

from __future__ import annotations

import pytest
from desk import Desk
from look import Look
from patience import LONG
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from wikis import Wiki

pytestmark = [pytest.mark.outils, pytest.mark.older("skins")]

# the pages are the same wikitext on both releases: each width is looked at on one
WIDTHS = [
    pytest.param(1280, "timeless", marks=pytest.mark.release("1.39")),
    pytest.param(360, "timeless", marks=pytest.mark.release("1.43")),
    pytest.param(360, "minerva", marks=pytest.mark.release("1.43")),
    pytest.param(360, "vector-2022", marks=pytest.mark.release("1.43")),
]
PROJECT = (
    "type: projet\ntitre: {}\nannee: {}\nstatut: {}\nthemes: [{}]\n"
    "parties_prenantes: [acteur/club, acteur/mairie]\n"
)
CHARTS = """
type: index
titre: En images
enregistrements: {types: [projet]}
graphiques:
  - {titre: Par année, forme: barres, par: annee}
  - {titre: Thèmes et états, forme: grille, par: themes, et: statut}
  - {titre: La trajectoire, forme: frise, par: annee}
  - {titre: Qui avec qui, forme: reseau}
"""
ROWS = """
type: index
titre: Tous les projets
enregistrements: {types: [projet]}
colonnes: [titre, annee, statut, themes]
trier_par: annee
"""
PLACE = (
    "type: lieu\ntitre: {}\ngenre: rue\n"
    "coordonnees: {{latitude: {}, longitude: {}, sources: [adresses]}}\n"
)
PLACES = """
type: index
titre: Tous les lieux
enregistrements: {types: [lieu]}
graphiques:
  - {titre: La carte, forme: carte}
colonnes: [titre, genre]
"""
FILES = {
    "narratives/lieu/puits.yaml": PLACE.format("Le puits", 50.4521, 2.7912),
    "narratives/lieu/stade.yaml": PLACE.format("Le stade", 50.4578, 2.7801),
    "narratives/lieu/verger.yaml": PLACE.format("Verger", 50.4522, 2.7912),
    "narratives/source/adresses.yaml": "type: source\ntitre: Le fichier\nlicence: Libre 2.0\n"
    "genre: document\n",
    "pages/index/lieux.yaml": PLACES,
    "loosbot.yaml": "corpus: essai\n",
    "narratives/acteur/club.yaml": "type: acteur\ntitre: Le club\ngenre: association\n",
    "narratives/acteur/mairie.yaml": "type: acteur\ntitre: La mairie\ngenre: institution\n",
    "narratives/projet/a.yaml": PROJECT.format("L’école ouverte", 2012, "abouti", "voirie"),
    "narratives/projet/b.yaml": PROJECT.format(
        "Zones calmes", "depuis 2003", "en-cours", "biodiversite, voirie"
    ),
    "narratives/projet/c.yaml": PROJECT.format("Béguinage", 2018, "abandonne", "culture-memoire"),
    "pages/index/en-images.yaml": CHARTS,
    "pages/index/projets.yaml": ROWS,
}
TITLES = ["En images", "Tous les projets", "Zones calmes", "Le club", "Tous les lieux"]
CELLS = (
    "return [...content.querySelectorAll('table.sortable tbody tr')]"
    ".map(row => row.cells[0].innerText)"
)


@pytest.fixture(scope="module")
def look(
    shared_wiki: Wiki, driver: webdriver.Chrome, tmp_path_factory: pytest.TempPathFactory
) -> Look:
    shared_wiki.reset()
    desk = Desk.new(tmp_path_factory.mktemp("town") / "bureau", shared_wiki, FILES)
    done = desk.sync()
    assert done.code == 0, done.err
    assert done.json["uploads"] == 5
    shared_wiki.jobs()
    return Look.at(shared_wiki, driver)


@pytest.mark.parametrize(("width", "skin"), WIDTHS)
def test_charts_are_drawn_and_fit(look: Look, width: int, skin: str) -> None:
    look.open("En images", width, skin)
    pictures = "return [...content.querySelectorAll('img')].filter(one => one.src.includes('.svg'))"
    # pictures below the fold wait until they are looked at
    look.run(f"{pictures}.map(one => {{ one.loading = 'eager'; one.scrollIntoView(); }})")
    WebDriverWait(look.driver, LONG).until(
        lambda _: look.run(f"{pictures}.every(one => one.complete && one.naturalWidth > 0)")
    )
    shown = look.run(
        f"{pictures}.map(one => [one.alt, one.getBoundingClientRect().width,"
        " one.closest('[style*=overflow-x]').getBoundingClientRect().right])"
    )
    assert len(shown) == 4
    for alt, wide, edge in shown:
        assert len(alt) > 20
        # Vector makes no picture smaller: it is moved under the finger
        assert 300 <= wide <= (600 if skin == "vector-2022" else min(width, 600))
        assert edge <= width
    assert look.faults(width) == []


@pytest.mark.parametrize(("width", "skin"), WIDTHS)
@pytest.mark.parametrize(
    "title", ["En images", "Tous les projets", "Zones calmes", "Le club", "Tous les lieux"]
)
def test_axe_finds_nothing_in_the_content(look: Look, title: str, width: int, skin: str) -> None:
    look.open(title, width, skin)
    assert look.violations() == []


@pytest.mark.parametrize(("width", "skin"), WIDTHS)
def test_a_number_of_the_map_leads_to_its_place(look: Look, width: int, skin: str) -> None:
    look.open("Tous les lieux", width, skin)
    assert look.faults(width) == []
    picture, *links = look.run(
        "const box = one => { const at = one.getBoundingClientRect();"
        " return [at.left + at.width / 2, at.top + at.height / 2, at.width, at.height]; };"
        "const all = [...content.querySelectorAll('a > span')];"
        "return [content.querySelector('img'), ...all].map(box)"
    )
    assert len(links) == 3
    for x, y, wide, tall in links:
        # as large as a finger asks (WCAG 2.5.8), and over the picture
        assert wide >= 24 and tall >= 24
        assert abs(x - picture[0]) < picture[2] / 2 and abs(y - picture[1]) < picture[3] / 2
    well, stadium, orchard = links
    assert stadium[0] < well[0] and stadium[1] < well[1]
    assert abs(well[0] - orchard[0]) + abs(well[1] - orchard[1]) > 20
    names = look.run("return [...content.querySelectorAll('ol a')].map(one => one.innerText)")
    assert names == ["Le puits", "Le stade", "Verger"]
    look.driver.find_element("css selector", ".mw-parser-output a > span").click()
    assert look.run("return document.querySelector('h1').innerText") == "Le puits"


def test_an_index_sorts_by_any_of_its_headers(look: Look) -> None:
    look.open("Tous les projets", 1280, "timeless")
    WebDriverWait(look.driver, LONG).until(
        lambda _: look.run("return content.querySelectorAll('.headerSort').length") == 4
    )
    by_year = ["Zones calmes", "L’école ouverte", "Béguinage"]
    assert look.run(CELLS) == by_year
    for column, order in (
        (0, ["Béguinage", "L’école ouverte", "Zones calmes"]),
        (1, by_year),
    ):
        click = f"content.querySelectorAll('.headerSort')[{column}].click()"
        look.run(click)
        assert look.run(CELLS) == order
        look.run(click)
        assert look.run(CELLS) == order[::-1]


def test_the_keyboard_goes_down_the_page_and_sorts(look: Look) -> None:
    look.open("Tous les projets", 1280, "timeless")
    WebDriverWait(look.driver, LONG).until(
        lambda _: look.run("return content.querySelectorAll('.headerSort').length") == 4
    )
    look.run("content.querySelector('[role=region]').focus()")
    reached = []
    for _ in range(6):
        ActionChains(look.driver).send_keys(Keys.TAB).perform()
        reached.append(look.run("return document.activeElement.innerText"))
    assert reached[:2] == ["Titre", "Année"]
    assert "Zones calmes" in reached
    # a reader who stops on a header sorts with the Enter key
    look.run("content.querySelectorAll('.headerSort')[0].focus()")
    ActionChains(look.driver).send_keys(Keys.ENTER).perform()
    assert look.run(CELLS)[0] == "Béguinage"
