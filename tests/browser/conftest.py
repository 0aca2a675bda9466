"""A browser and a wiki with pages. Pictures are kept in pytest's own folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from look import Look
from published import publish
from selenium import webdriver
from wikis import Wiki


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    """A browser for a module: one that stays open keeps connections to a wiki to be put back."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-proxy-server",
    ):
        options.add_argument(argument)
    found = webdriver.Chrome(
        options=options, service=webdriver.ChromeService("/usr/bin/chromedriver")
    )
    yield found
    found.quit()


@pytest.fixture(scope="module")
def look(
    shared_wiki: Wiki,
    driver: webdriver.Chrome,
    tmp_path_factory: pytest.TempPathFactory,
) -> Look:
    shared_wiki.reset()
    publish(shared_wiki, tmp_path_factory.mktemp("corpus"))
    pictures = tmp_path_factory.mktemp(f"pictures-{shared_wiki.release}-")
    return Look.at(shared_wiki, driver, pictures)
