"""The static folder, opened from a disk with the network cut."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import violations
from patience import LONG
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).parents[2]
PAGES = ("index.html", "recit/jamais-sans-ma-pince.html", "fifty-fifty/chemins-ruraux.html",
         "index/projets.html", "index/en-images.html", "recherche.html")  # fmt: skip

pytestmark = pytest.mark.outils


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole corpus of the town."""
    target = tmp_path_factory.mktemp("cle") / "site"
    command = [sys.executable, "-m", "loosbot", "site", str(target), "--corpus", str(ROOT)]
    subprocess.run(command, check=True)
    return target


@pytest.fixture(params=[1280, 360])
def offline(driver: webdriver.Chrome, request: pytest.FixtureRequest) -> Iterator[webdriver.Chrome]:
    width = int(request.param)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Network.enable", {})
    cut = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", cut)
    yield driver
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    back = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", back)


def test_pages_are_read_by_anybody_day_and_night(offline: webdriver.Chrome, folder: Path) -> None:
    for scheme in ("light", "dark"):
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        offline.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        for page in PAGES:
            offline.get((folder / page).as_uri())
            root = "document.documentElement"
            assert offline.execute_script(f"return {root}.scrollWidth <= {root}.clientWidth"), page
            assert violations(offline) == [], (page, scheme)


def test_a_word_is_found_without_network_nor_accent(
    offline: webdriver.Chrome, folder: Path
) -> None:
    offline.get_log("browser")  # axe asks for the styles by network, and is refused
    offline.get((folder / "index/projets.html").as_uri())
    offline.find_element(By.ID, "q").send_keys("CHEMIN rural", Keys.ENTER)

    WebDriverWait(offline, LONG).until(lambda page: page.find_elements(By.ID, "trouve"))
    links = offline.find_elements(By.CSS_SELECTOR, "#trouve a")
    assert "chemins ruraux" in links[0].text.lower()
    assert "trouvée" in offline.find_element(By.ID, "compte").text
    links[0].click()
    assert offline.find_element(By.TAG_NAME, "h1").text
    assert "/recherche.html" not in offline.current_url
    assert [
        entry["message"] for entry in offline.get_log("browser") if entry["level"] == "SEVERE"
    ] == []


def test_a_word_is_found_in_its_other_number_and_brings_no_other_word(
    offline: webdriver.Chrome, folder: Path
) -> None:
    offline.get((folder / "recherche.html").as_uri())
    script = "return arguments[0].map(([typed, there]) => starting(typed).test(there))"
    same = [
        *(("jardin", "jardins"), ("jardins", "jardin"), ("rural", "ruraux"), ("ruraux", "rural")),
        *(("travaux", "travail"), ("travail", "travaux"), ("panneaux", "panneau")),
        *(("lieux", "lieu"), ("lieu", "lieux"), ("tuyaux", "tuyau"), ("chem", "chemins")),
    ]
    assert offline.execute_script(script, same) == [True] * len(same)
    other = [
        ("voix", "voirie"),
        ("temps", "tempete"),
        ("prix", "prise"),
        ("repas", "reparer"),
        ("cole", "ecole"),
    ]
    assert offline.execute_script(script, other) == [False] * len(other)
    # a result says the kind and the title once
    field = offline.find_element(By.ID, "cherche")
    field.send_keys("chemins ruraux lieu")
    [first, *_] = offline.find_elements(By.CSS_SELECTOR, "#trouve li")
    assert first.text.startswith("Chemins ruraux\nlieu – Chemins d’accès aux champs")


def test_paper_is_white_by_night_too(offline: webdriver.Chrome, folder: Path) -> None:
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    offline.get((folder / PAGES[1]).as_uri())
    seen = {}
    for medium in ("screen", "print"):
        look = {"media": medium, "features": dark}
        offline.execute_cdp_cmd("Emulation.setEmulatedMedia", look)
        seen[medium] = offline.execute_script(
            "return getComputedStyle(document.body).backgroundColor"
        )
    offline.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    assert seen == {"screen": "rgb(20, 23, 26)", "print": "rgb(255, 255, 255)"}


def test_paper_says_addresses_and_figures_and_keeps_a_heading_with_what_it_heads(
    offline: webdriver.Chrome, folder: Path
) -> None:
    offline.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    offline.get((folder / "recit/jamais-sans-ma-pince.html").as_uri())
    # what follows a link: nothing where its words are the address, or where it stays in the site
    script = """
        const main = document.querySelector("main");
        main.insertAdjacentHTML("beforeend", '<a class="neuf" href="https://exemple.fr/">ici</a>');
        const after = selector => getComputedStyle(main.querySelector(selector), "::after").content;
        return [after(".neuf"), after("a.adresse"), after('a[href$=".html"]')];
    """
    assert offline.execute_script(script) == ['" (https://exemple.fr/)"', "none", "none"]
    offline.get((folder / "index/en-images.html").as_uri())
    script = """
        const style = (one, key) => getComputedStyle(one)[key];
        const each = (selector, key) =>
            [...new Set([...document.querySelectorAll(selector)].map(one => style(one, key)))];
        return [each("h2", "breakAfter"), each("figure img", "maxHeight"),
            [...document.querySelectorAll("figure + details table")]
                .every(one => one.checkVisibility())];
    """
    [breaks, heights, shown] = offline.execute_script(script)
    assert breaks == ["avoid"] and shown
    # a picture that is taller than a page left its heading alone on the one before
    assert [round(float(height.removesuffix("px"))) for height in heights] == [869]
