"""Somebody at a keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patience import until
from selenium import webdriver


@dataclass
class Hand:
    """Somebody at a keyboard, without a mouse."""

    driver: webdriver.Chrome
    home: str
    folder: Path
    gestures: int = 0

    def open(self, path: str, width: int, *, scripts: bool = True) -> None:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        self.driver.get(self.home + path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def reach(self, selector: str) -> None:
        """Press Tab until the element has the focus; closed details on the way are opened."""
        for _ in range(400):
            if self._focused(selector):
                return
            self.key("Tab", 9)
        raise AssertionError(f"the keyboard does not reach {selector}")

    def write(self, name: str, text: str) -> None:
        self.reach(f'[name="{name}"]')
        self.press(text)
        self.gestures += 1

    def tick(self, name: str, value: str) -> None:
        """Choose an answer: Tab to its group, arrows or Space."""
        self.reach(f'[name="{name}"]')
        for _ in range(20):
            if self._focused(f'[name="{name}"][value="{value}"]'):
                break
            checkbox = self._focused('[type="checkbox"]')
            self.key("Tab", 9) if checkbox else self.key("ArrowDown", 40)
        if self._focused(":not(:checked)"):
            self.key(" ", 32)
        self.gestures += 1

    def button(self, action: str) -> None:
        self.reach(f'button[value="{action}"]')
        self.enter()

    def enter(self) -> None:
        """Press what leads to another page, until all of that one is there."""
        before = self._ask("performance.timeOrigin")
        self.key("Enter", 13)
        self.gestures += 1
        arrived = f"document.readyState == 'complete' && performance.timeOrigin != {before}"
        wait(lambda: self._ask(arrived))

    def run(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def text(self) -> str:
        """What the page says, with plain blanks where no line may break; asked through CDP, which
        answers where scripts are off."""
        said = str(self._ask("document.body.innerText"))
        return said.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")

    def _focused(self, selector: str) -> bool:
        # asked through CDP: it answers where the page's own scripts are off
        return bool(self._ask(f"document.activeElement.matches({selector!r})"))

    def _ask(self, expression: str) -> Any:
        answer = self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": expression})
        return answer["result"].get("value")

    def key(self, name: str, code: int) -> None:
        """Press and let go of one key."""
        event = {"key": name, "code": name, "windowsVirtualKeyCode": code}
        if name in ("Enter", " "):
            event["text"] = "\r" if name == "Enter" else " "
        self.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyDown", **event})
        self.driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyUp", **event})


def wait(condition: Callable[[], Any]) -> None:
    """Wait until something has become so."""
    until(condition, "the page did not change")
