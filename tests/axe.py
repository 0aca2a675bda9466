"""What axe-core finds wrong with the page that a browser shows."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from selenium import webdriver

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """
const [context, rules, done] = [arguments[0], arguments[1], arguments[arguments.length - 1]];
axe.run(context, {runOnly: rules, resultTypes: ['violations']})
  .then(found => done(found.violations), error => done([{id: String(error), nodes: []}]));
"""


def violations(
    driver: webdriver.Chrome, context: str = "html", rules: tuple[str, ...] = RULES
) -> list[str]:
    """One line for each fault of each element, inside what the CSS selector ``context`` names.

    The page is the one that the browser shows, at its present width; every rule of WCAG 2.2 A
    and AA and of good practice counts, or those alone that ``rules`` names.
    """
    # asked for by CDP, for a page's own security policy must not keep the script out
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": _source()})
    faults: list[dict[str, Any]] = driver.execute_async_script(_RUN, context, list(rules))
    return [
        f"{fault['id']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in faults
        for node in fault["nodes"] or [{"html": "", "failureSummary": ""}]
    ]


def _source() -> str:
    # the package itself would ask for a browser that is not there: only its file is read
    spec = find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        raise AssertionError("axe-core is missing: pip install --no-deps -r requirements/axe.txt")
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
