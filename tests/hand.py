"""Somebody at a keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from patience import until
from selenium import webdriver

_STOPS = """
(selector => {
  const here = document.activeElement;
  const after = one => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(one => one.tabIndex === 0 && !one.matches(':disabled, [type=hidden]')
      && one.checkVisibility({visibilityProperty: true}) && (here === document.body || after(one)));
  const names = new Set();
  const each = stops.filter(one => one.type !== 'radio' || one.matches(selector)
    || (here.name !== one.name && !names.has(one.name) && names.add(one.name)));
  return Math.max(0, each.findIndex(one => one.matches(selector)));
})(%s)
"""
"""Between what has the focus and the element asked for: those of radio buttons of one name are one,
and what is behind the focus in the page counts for nothing."""


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
        """Press Tab until the element has the focus.

        The key is held down for as many stops as there are on the way at least; after those, each
        is looked at.
        """
        held = int(self._ask(_STOPS % repr(selector)))
        for _ in range(held):
            self._event("keyDown", "Tab", 9)
        for _ in range(held, 400):
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
        text = str(self._ask("document.body.innerText"))
        return text.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")

    def _focused(self, selector: str) -> bool:
        # asked through CDP: it answers where the page's own scripts are off
        return bool(self._ask(f"document.activeElement.matches({selector!r})"))

    def _ask(self, expression: str) -> Any:
        answer = self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": expression})
        return answer["result"].get("value")

    def key(self, name: str, code: int) -> None:
        """Press and let go of one key."""
        self._event("keyDown", name, code)
        self._event("keyUp", name, code)

    def _event(self, kind: str, name: str, code: int) -> None:
        event = {"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code}
        if name in ("Enter", " "):
            event["text"] = "\r" if name == "Enter" else " "
        self.driver.execute_cdp_cmd("Input.dispatchKeyEvent", event)


def wait(condition: Callable[[], Any]) -> None:
    """Wait until something has become so."""
    until(condition, "the page did not change")
