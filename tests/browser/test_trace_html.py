"""The report as one HTML file, opened from the disk as its readers do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from axe import violations
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.outils


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the corpus of the town."""
    file = tmp_path_factory.mktemp("trace") / "rapport.html"
    command = [sys.executable, "-m", "loosbot", "trace", "--corpus", str(ROOT)]
    subprocess.run([*command, "--format", "html", "--out", str(file)], check=True)
    return file


@pytest.fixture(params=[1280, 360])
def page(
    driver: webdriver.Chrome, report: Path, request: pytest.FixtureRequest
) -> webdriver.Chrome:
    """The report at the width of a desk, then of a phone."""
    width = int(request.param)
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(report.as_uri())
    return driver


def shown_rows(page: webdriver.Chrome) -> int:
    return len(page.find_elements(By.CSS_SELECTOR, "#manques tbody tr:not([hidden])"))


def test_axe_finds_nothing_wrong(page: webdriver.Chrome) -> None:
    assert violations(page) == []


def test_the_page_never_scrolls_sideways(page: webdriver.Chrome) -> None:
    wide, shown = page.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= shown


def test_nothing_is_wrong_for_the_browser_either(page: webdriver.Chrome) -> None:
    assert [
        entry["message"] for entry in page.get_log("browser") if entry["level"] == "SEVERE"
    ] == []


def test_words_and_gravity_filter_with_the_keyboard_alone(page: webdriver.Chrome) -> None:
    every = shown_rows(page)
    assert every > 50
    page.execute_script("document.querySelector('#mots').scrollIntoView()")
    words = page.find_element(By.ID, "mots")
    page.execute_script("arguments[0].focus()", words)
    # the accent and the case do not matter
    ActionChains(page).send_keys("EVALUATION chemins").perform()
    few = shown_rows(page)
    assert 0 < few < every
    assert page.find_element(By.ID, "compte").text == f"{few} ligne{'s' * (few > 1)} sur {every}"
    ActionChains(page).send_keys(Keys.TAB).send_keys("erreur").perform()
    assert page.switch_to.active_element.get_attribute("id") == "gravite"
    assert shown_rows(page) == 0
    ActionChains(page).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    assert page.switch_to.active_element.get_attribute("id") == "mots"


def test_every_table_and_every_list_is_reached_with_the_tabulator(
    page: webdriver.Chrome,
) -> None:
    regions = page.find_elements(By.CSS_SELECTOR, ".scroll")
    assert len(regions) >= 6
    lists = page.find_elements(By.CSS_SELECTOR, "summary")
    links = page.find_elements(By.CSS_SELECTOR, "nav a")
    page.execute_script("document.activeElement.blur(); window.getSelection().empty()")
    for place in (*links, regions[0], lists[0]):
        ActionChains(page).send_keys(Keys.TAB).perform()
        assert page.switch_to.active_element == place
    ActionChains(page).send_keys(Keys.ENTER).perform()
    assert lists[0].find_element(By.XPATH, "..").get_attribute("open")
    focusable = page.execute_script(
        "return [...document.querySelectorAll('*')].filter(one => one.tabIndex >= 0).length"
    )
    assert focusable == len(regions) + len(links) + len(lists) + 2


def test_printing_keeps_the_tables_whole_and_leaves_the_filter(page: webdriver.Chrome) -> None:
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find_element(By.ID, "filtre").is_displayed()
        assert not page.find_elements(By.TAG_NAME, "form")  # it would want a button
        assert page.find_element(By.ID, "fil").is_displayed()
        folded = page.find_elements(By.CSS_SELECTOR, "details:not([open]) p")
        assert folded  # paper does not unfold
        assert all(page.execute_script("return arguments[0].checkVisibility()", p) for p in folded)
        # no heading alone at the foot of a page, nor the head of a table; a row that is longer than
        # what is left of a page, as those with a list may be, leaves no page half empty
        for selector in ("h2", "caption", "thead"):
            heading = page.find_element(By.CSS_SELECTOR, selector)
            assert heading.value_of_css_property("break-after") == "avoid"
        rows = page.find_elements(By.CSS_SELECTOR, "tr:has(details), #manques tbody tr")
        assert {row.value_of_css_property("break-inside") for row in rows[:1] + rows[-1:]} == {
            *("auto", "avoid")
        }
        pdf = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
        assert len(pdf["data"]) > 20_000
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
