"""The town's own corpus, published by ``loosbot sync`` and seen as its people see it."""

from __future__ import annotations

import re

import pytest
from desk import Answer, Desk, Published
from look import Look
from patience import LONG
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from wikis import Wiki

pytestmark = pytest.mark.outils

PAGES = (
    "Accueil",
    "Le code source",
    "Groupes déchets et cycle de réunions",
    "Rénovation des chemins ruraux avec les agriculteurs",
    "Abris de touche du club de la Rivelaine",
    "De grands pas pour les petits pieds",
    "Ch’ti TAIDx 2018",
    "Services techniques",
    "Marie-Charlotte B.",
    "Chemins ruraux",
    "Tous les projets, par thème",
    "Fiches par limite",
    "Les projets en images",
    "Sources",
    "Chiffres",
    "La chronologie",
    "Parcours du nouvel élu",
    "Ce sujet a-t-il déjà été travaillé ?",
    "Ce qu’il faut savoir avant de dire oui",
    "Traçabilité : le fil des projets",
    "Traçabilité : les promesses",
    "Dossier de passation",
    "Versions du code source",
)
"""At least one of each kind."""
SEEN = {
    "1.39": [(1280, "vector-2022")],
    "1.43": [(1280, "vector-2022"), (360, "minerva"), (360, "timeless")],
}
"""The pages are the same wikitext on both releases: the older one is looked at in one skin."""
OWN = {"Catégorie:Catégories cachées"}
"""Where MediaWiki itself puts a hidden category."""
UNFOLD = "Tout le reste"
HEADING = re.compile(r"^(={2,6})(?!=).*\1 *$")


@pytest.fixture(scope="module")
def town(
    this_town: tuple[Published, Answer], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Desk, Answer]:
    """A clone of this repository, and what its first publication answered."""
    published, first = this_town
    return published.again(tmp_path_factory.mktemp("town")), first


@pytest.mark.older("how texts are kept")
def test_the_second_publication_writes_nothing(town: tuple[Desk, Answer]) -> None:
    desk, first = town
    assert first.json["created"] == first.json["edits"] > 300

    second = desk.sync()
    assert second.code == 0, second.err
    assert second.json["edits"] == 0
    assert second.json["unchanged"] == first.json["created"]


@pytest.mark.older("the parser")
def test_no_link_is_red(town: tuple[Desk, Answer]) -> None:
    desk, _ = town
    desk.wiki.jobs()
    person = desk.wiki.person()
    for page in ("Wantedpages", "Wantedtemplates", "Wantedcategories", "Wantedfiles"):
        answer = person.call(action="query", list="querypage", qppage=page, qplimit=50)
        wanted = {result["title"] for result in answer["query"]["querypage"]["results"]}
        assert wanted - OWN == set(), page


def test_no_section_is_empty(town: tuple[Desk, Answer]) -> None:
    desk, _ = town
    texts = desk.wiki.person().texts((0,))
    assert len(texts) > 200
    empty = [(title, line) for title, text in texts.items() for line in _empty_sections(text)]
    assert empty == []


@pytest.fixture(scope="module")
def look(town: tuple[Desk, Answer], driver: webdriver.Chrome) -> Look:
    return Look.at(town[0].wiki, driver)


@pytest.mark.older("skins")
@pytest.mark.parametrize("title", PAGES)
def test_a_page_of_the_town(look: Look, shared_wiki: Wiki, title: str) -> None:
    for width, skin in SEEN[shared_wiki.release]:
        look.open(title, width, skin)
        assert look.faults(width) == []
        assert look.violations() == []


NIGHT = """
const root = document.documentElement;
root.className = root.className.replace(/skin-theme-clientpref-\\S+/g, '');
const still = document.createElement('style');
still.textContent = '* { transition: none !important }';  // a field changes its colour by and by
document.head.append(still);
root.classList.add('skin-theme-clientpref-night');
return getComputedStyle(document.body).backgroundColor;
"""


# no skin of 1.39 has a dark mode
@pytest.mark.release("1.43")
@pytest.mark.parametrize("title", ["Accueil", "Abris de touche du club de la Rivelaine"])
def test_a_page_is_readable_at_night(look: Look, title: str) -> None:
    look.open(title, 1280, "vector-2022")
    assert look.run(NIGHT) != "rgb(255, 255, 255)"
    assert look.violations(rules=("color-contrast",)) == []


def test_the_handover_prints_on_paper(look: Look) -> None:
    look.open("Dossier de passation", 1280, "vector-2022")
    look.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    a4 = {"width": 718, "height": 1047, "deviceScaleFactor": 1, "mobile": False}
    look.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", a4)
    cut = look.run(
        "return [...content.querySelectorAll('[role=region]')]"
        ".filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"
    )
    whole = look.run(
        "return [...content.querySelectorAll('tbody')].filter(one => one.rows.length > 6)"
        ".map(one => getComputedStyle(one.parentNode).breakInside)"
    )
    look.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert cut == []
    assert set(whole) == {"auto"}


def test_the_picture_of_the_method_is_a_list_of_links(look: Look) -> None:
    _portal(look)
    pillars = look.run(
        "return [...content.querySelectorAll('ul[role=list] > li')].map(one =>"
        " [one.querySelector('a').innerText, one.getBoundingClientRect().top])"
    )
    names = [name for name, _ in pillars]
    assert names[0] == "L’implication des habitants et des acteurs"
    assert names[-1] == "Le socle"
    assert len(names) == 5
    tops = [top for _, top in pillars]
    assert len(set(tops[:4])) == 1
    assert tops[4] > tops[0]
    for name in names:
        _portal(look)
        _click(look, name)
        assert look.run("return document.querySelector('h1').innerText") == "Le code source"
        assert look.run(
            "return document.getElementById(decodeURIComponent(location.hash.slice(1)))"
            ".closest('h2, h3, .mw-heading').innerText"
        ).startswith(name)


def test_why_the_shelters_stopped_and_what_the_players_said(look: Look) -> None:
    shown = _follow(
        look, "Ce qui n’a pas abouti ou s’est érodé", "Abris de touche du club de la Rivelaine"
    )
    assert "aucune solution que l’assurance, la règle et la responsabilité du maire" in shown
    assert "Les services techniques ont réalisé l’équipement eux-mêmes" in shown
    words = "Ils se sont sentis écoutés, et ont gardé avec la mairie d’« excellentes relations »."
    assert f"{words} (Club de football de la Rivelaine)" in shown.replace("\u00a0", " ")


@pytest.mark.older("searching")
def test_what_was_done_about_waste_since_when_and_by_whom(look: Look) -> None:
    _follow(look, "Ce sujet a-t-il déjà été travaillé ?")
    part = "content.querySelector('[role=region][aria-label=\"Déchets et propreté\"]')"
    # there once the wiki's script has folded the part
    toggle = f"{part}.querySelector('.mw-collapsible-toggle')"
    WebDriverWait(look.driver, LONG).until(lambda _: look.run(f"return {toggle} !== null"))
    look.run(f"{toggle}.click()")
    WebDriverWait(look.driver, LONG).until(
        lambda _: "Groupes déchets" in look.run(f"return {part}.innerText")
    )
    rows = look.run(f"return {part}.innerText")
    assert "Groupes déchets et cycle de réunions, depuis 2018" in rows
    assert "Matinée annuelle de propreté" in rows
    _click(look, "Groupes déchets et cycle de réunions")
    shown = look.run("return content.innerText")
    assert "la mairie réunit les habitants, puis des groupes se mettent au travail" in shown
    assert "Ville de Loos-en-Gohelle" in shown
    assert "Jamais sans ma pince" in shown


def test_who_promised_what_for_the_rural_paths_and_whether_it_was_kept(look: Look) -> None:
    _follow(look, "les fifty-fifty", "Rénovation des chemins ruraux avec les agriculteurs")
    rows = look.run(
        "return [...[...content.querySelectorAll('table')]"
        ".find(one => one.caption?.innerText == 'Engagements de la convention').rows]"
        ".map(row => [...row.cells].map(one => one.innerText.trim()))"
    )
    assert rows[0] == ["Qui", "S’engage à", "Pour quand", "Tenu\u00a0?"]
    who, what, when, kept = rows[3]
    assert who == "Agriculteurs de Loos-en-Gohelle"
    assert what.startswith("Fournir le tracteur, la benne et leur conducteur")
    assert when == "15 juin 2018"
    assert "inconnu" in kept
    assert len(rows) == 8


ASKED = [
    pytest.param(
        (UNFOLD, "les fifty-fifty", "Rénovation des chemins ruraux avec les agriculteurs"),
        "Qui peut en parler",
        id="qui appeler pour les chemins ruraux",
        marks=pytest.mark.older("searching"),
    ),
    pytest.param(
        ("Abris de touche du club de la Rivelaine",),
        "aucune solution que l’assurance, la règle et la responsabilité du maire",
        id="un projet raté, et pourquoi",
    ),
    pytest.param(
        ("L’amitié sous le signe du zéro déchet",),
        "Marie-Charlotte B. et Caroline S. sont pourtant nées",
        id="ce que disent des habitantes",
    ),
    pytest.param(
        ("Toutes les promesses, et leur suite",),
        "Fournir le tracteur, la benne et leur conducteur",
        id="ce que la ville a promis",
    ),
    pytest.param(
        (UNFOLD, "Par lieu", "Quartier Ouest"),
        "Familles zéro déchet",
        id="ce qui se passe dans mon quartier",
    ),
    pytest.param(
        (UNFOLD, "par acteur", "Jean-François Caron"), "Maire depuis 2001", id="qui est le maire"
    ),
    pytest.param(
        ("Parcours du nouvel agent",), "Recevoir une demande", id="par où commence un nouvel agent"
    ),
    pytest.param(
        (UNFOLD, "Ce sujet a-t-il déjà été travaillé ?"),
        "Groupes déchets et cycle de réunions",
        id="a-t-on déjà travaillé les déchets",
    ),
]


@pytest.mark.parametrize(("clicks", "answer"), ASKED)
def test_a_question_of_a_newcomer_is_answered_in_three_clicks(
    look: Look, clicks: tuple[str, ...], answer: str
) -> None:
    """On a phone; to unfold the rest of the portal is a click like another."""
    assert len(clicks) <= 3
    look.open("Accueil", 360, "minerva")
    for label in clicks:
        if label == UNFOLD:
            _unfold(look)
        else:
            _click(look, label)
    assert answer in look.run("return content.innerText").replace("\u00a0", " ")


def _follow(look: Look, *labels: str) -> str:
    """What a reader sees who starts at the portal and clicks these links, three at most."""
    assert len(labels) <= 3
    _portal(look)
    for label in labels:
        _click(look, label)
    return str(look.run("return content.innerText"))


def _portal(look: Look) -> None:
    """The portal, with the rest opened as a reader opens it."""
    look.open("Accueil", 1280, "vector-2022")
    _unfold(look)


def _unfold(look: Look) -> None:
    # not asked of mw.config, which a busy browser fills later
    script = "return document.body.matches('.skin-minerva') && document.querySelector"
    if str(look.run(f"{script}('meta[name=generator]').content")).startswith("MediaWiki 1.39"):
        return  # this Minerva folds nothing: the rest stands open
    toggles = "content.querySelectorAll('.mw-collapsed > .mw-collapsible-toggle')"
    # the forms for what is no story, then the rest
    WebDriverWait(look.driver, LONG).until(lambda _: look.run(f"return {toggles}.length") == 2)
    look.run(f"{toggles}[1].click()")
    WebDriverWait(look.driver, LONG).until(
        lambda _: look.run("return jQuery(':animated').length === 0")
    )


def _click(look: Look, label: str) -> None:
    links = look.driver.find_elements(By.CSS_SELECTOR, ".mw-parser-output a")
    shown = [link for link in links if link.text == label and link.is_displayed()]
    assert shown, label
    look.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", shown[0])
    shown[0].click()


def _empty_sections(text: str) -> list[str]:
    """Headings that nothing follows before one of the same rank or a higher one."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("<!--")]
    empty = []
    for line, after in zip(lines, [*lines[1:], "= end ="], strict=True):
        here, there = HEADING.match(line), HEADING.match(after)
        ends = after in ("= end =",) or after.startswith("[[Catégorie:")
        if here and (ends or (there and len(there[1]) <= len(here[1]))):
            empty.append(line)
    return empty
