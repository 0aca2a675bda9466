"""A wiki seen through Chromium."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium import webdriver


@dataclass(frozen=True)
class Look:
    """One browser on one wiki; pictures of what it showed go to ``pictures``."""

    driver: webdriver.Chrome
    base: str
    pictures: Path

    def open(self, title: str, width: int, skin: str) -> None:
        """Show a page; below 600 px as on a phone. A picture of it is kept."""
        size = {"width": width, "height": 1600, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        query = urllib.parse.urlencode({"title": title, "useskin": skin})
        self.driver.get(f"{self.base}/index.php?{query}")
        height = min(int(self.run("return document.documentElement.scrollHeight")), 6000)
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {**size, "height": height}
        )
        self.driver.save_screenshot(
            str(self.pictures / f"{title}-{width}-{skin}.png".replace("/", "-"))
        )

    def run(self, script: str) -> Any:
        """What a script gives; ``content`` is the page's own text."""
        content = "const content = document.querySelector('.mw-parser-output');"
        return self.driver.execute_script(content + script)
