"""The reports as pages of a wiki, at a desk's width and on a phone."""

from __future__ import annotations

import pytest
from look import Look

from loosbot.render.reports.report import PAGES

pytestmark = [pytest.mark.outils, pytest.mark.older("skins")]

# what the corpus of these tests made was stopped: there is nothing to keep up
TITLES = [page.title for id_, page in PAGES.items() if id_ != "rapport/entretien"]


# the pages are the same wikitext on both releases: each width is looked at on one
@pytest.mark.parametrize(
    ("width", "skin"),
    [
        pytest.param(1280, "vector-2022", marks=pytest.mark.release("1.39")),
        pytest.param(360, "minerva", marks=pytest.mark.release("1.43")),
    ],
)
@pytest.mark.parametrize("title", TITLES)
def test_a_report_is_whole_readable_and_open_to_all(
    look: Look, title: str, width: int, skin: str
) -> None:
    look.open(title, width, skin)
    assert look.faults(width) == []
    assert look.violations() == []
    captions = look.run("return [...content.querySelectorAll('caption')].map(one => one.innerText)")
    assert len(captions) == len(set(captions)) >= 1
    sortable = look.run("return content.querySelectorAll('table.jquery-tablesorter').length")
    assert sortable == len(captions)
