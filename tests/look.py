"""A wiki seen through Chromium."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from axe import RULES, violations
from selenium import webdriver
from wikis import Wiki

SIGNS = ("{{", "}}", "[[", "]]", "<!--", "-->", "loosbot:", "Modèle:")
"""Wikitext that a reader should never see."""
_OF_MEDIAWIKI = ".toc, sup.reference, .mw-cite-backlink, .mw-inputbox-centered"
"""The table of contents, the calls of notes and the forms of InputBox, whose button is pale as long
as nothing is typed, are MediaWiki's own, and so are their faults."""
_UNNAMED = "table:not(:has(> caption)):not([aria-label='Tableau'] > .wikitable)"
"""Tables without a caption, but for those of a text: Markdown has none to give."""


@dataclass(frozen=True)
class Look:
    """One browser on one wiki."""

    driver: webdriver.Chrome
    base: str

    @classmethod
    def at(cls, wiki: Wiki, driver: webdriver.Chrome) -> Look:
        """This wiki in this browser, which forgets the one that had the same port before.

        Its scripts would be those of another release.
        """
        base = wiki.home.partition("/wiki/")[0]
        driver.execute_cdp_cmd("Network.clearBrowserCache", {})
        driver.execute_cdp_cmd(
            "Storage.clearDataForOrigin", {"origin": base, "storageTypes": "local_storage"}
        )
        return cls(driver, base)

    def open(self, title: str, width: int, skin: str) -> None:
        """Show a page; below 600 px as on a phone."""
        size = {"width": width, "height": 1600, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        query = urllib.parse.urlencode({"title": title, "useskin": skin})
        self.driver.get(f"{self.base}/index.php?{query}")
        height = min(int(self.run("return document.documentElement.scrollHeight")), 6000)
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {**size, "height": height}
        )

    def run(self, script: str, *arguments: str) -> Any:
        """What a script gives; ``content`` is the page's own text, ``arguments`` are its own."""
        content = "const content = document.querySelector('.mw-parser-output');"
        return self.driver.execute_script(content + script, *arguments)

    def faults(self, width: int) -> list[str]:
        """What is wrong with the page for whoever reads it at this width, a line each.

        Wikitext that is shown, red links and errors, text wider than the window, a heading that
        skips a rank, a table without a caption or without headers.
        """
        shown = self.run("return content.innerText")
        faults = [f"shown: {sign}" for sign in SIGNS if sign in shown]
        faults += self._outer("a.new, .error")
        if (wide := self.run("return document.documentElement.scrollWidth")) > width:
            faults.append(f"{wide} px wide")
        headings = "[...content.querySelectorAll('h2, h3, h4, h5')].map(one => +one.tagName[1])"
        ranks = [1, *self.run(f"return {headings}")]
        faults += [f"h{low} under h{high}" for high, low in pairwise(ranks) if low > high + 1]
        return faults + self._outer(f"{_UNNAMED}, table:not(:has(th[scope]))")

    def violations(self, rules: tuple[str, ...] = RULES) -> list[str]:
        """What axe-core finds wrong with the page's own text; takes MediaWiki's own parts away."""
        self.run(
            "content.querySelectorAll(arguments[0]).forEach(part => part.remove())", _OF_MEDIAWIKI
        )
        return violations(self.driver, ".mw-parser-output", rules)

    def _outer(self, selector: str) -> list[str]:
        """The elements that match, each as the beginning of its HTML."""
        elements: list[str] = self.run(
            "return [...content.querySelectorAll(arguments[0])]"
            ".map(element => element.outerHTML.slice(0, 200))",
            selector,
        )
        return elements
