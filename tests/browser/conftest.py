"""A browser and a wiki with pages. A test that fails leaves a picture in pytest's own folder."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk import Answer, Desk, Published
from look import Look
from patience import LONG
from published import publish
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from wikis import CHECKOUT, Wiki


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    known = getattr(item, "funcargs", {})
    if report.when == "call" and report.failed and "driver" in known:
        file = known["_pictures"] / f"{item.name}.png".replace("/", "-")
        with contextlib.suppress(WebDriverException):  # the browser may be what failed
            known["driver"].save_screenshot(str(file))
    return report


@pytest.fixture(autouse=True, scope="session")
def _pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="session")
def this_town(
    shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Published, Answer]:
    """A clone of this repository on a wiki, and what its first publication answered: some tens of
    seconds, once for all modules that begin there (``again``)."""
    shared_wiki.reset()
    place = tmp_path_factory.mktemp("this-town")
    subprocess.run(["git", "clone", "--quiet", CHECKOUT, place / "corpus"], check=True)
    desk = Desk(place / "corpus", shared_wiki, place / "cache")
    first = desk.sync()
    assert first.code == 0, first.err
    return Published(replace(desk, wiki=shared_wiki.keep(place / "wiki"))), first


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    """A browser for a module: one that stays open keeps connections to a wiki to be put back."""
    options = webdriver.ChromeOptions()
    # the same engine without the browser around it, which costs a quarter more
    options.binary_location = "/usr/lib/chromium/chromium-headless-shell"
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-proxy-server",
    ):
        options.add_argument(argument)
    chrome = webdriver.Chrome(
        options=options, service=webdriver.ChromeService("/usr/bin/chromedriver")
    )
    chrome.set_script_timeout(LONG)  # axe on a long page, on a machine that has more to do
    yield chrome
    chrome.quit()


@pytest.fixture(scope="module")
def look(
    shared_wiki: Wiki,
    driver: webdriver.Chrome,
    tmp_path_factory: pytest.TempPathFactory,
) -> Look:
    shared_wiki.reset()
    publish(shared_wiki, tmp_path_factory.mktemp("corpus"))
    return Look.at(shared_wiki, driver)
