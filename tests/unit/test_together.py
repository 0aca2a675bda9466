"""Which tests one worker takes at once, and where their wikis lie: these are slow to make."""

from __future__ import annotations

from pathlib import Path

import pytest
import together
import wikis

LIVE, BROWSER = "tests/live/test_", "tests/browser/test_"


@pytest.mark.parametrize(
    ("nodeid", "unit"),
    [
        # a file on a release
        (f"{LIVE}sync.py::test_two_pages_swap_their_titles[1.43]", "test_sync-1.43"),
        (f"{LIVE}sync.py::test_two_pages_swap_their_titles[1.39]", "test_sync-1.39"),
        (f"{LIVE}stop.py::test_a_redirect[1.43-#REDIRECT [[Un.py::b]]]", "test_stop-1.43"),
        # the files that look at the town that was published once
        (f"{BROWSER}town.py::test_a_page_of_the_town[1.43-Accueil]", "this-town-1.43"),
        (f"{BROWSER}town_found.py::test_every_page_has_first_words[1.43]", "this-town-1.43"),
        # the wiki that is closed, whatever file asks for it
        (f"{LIVE}sync.py::test_a_wiki_closed_to_readers[closed]", "closed"),
        # no wiki, or one of the test's own
        (f"{BROWSER}site.py::test_pages_are_read_by_anybody_day_and_night[1280]", "test_site"),
        (f"{LIVE}embedded.py::test_another_release", "test_embedded::test_another_release"),
    ],
)
def test_what_stays_together(nodeid: str, unit: str) -> None:
    assert together.unit(nodeid) == unit


def test_the_older_release_comes_last_and_what_takes_long_first_in_each() -> None:
    older, town_older = f"{LIVE}client.py::test_site[1.39]", f"{BROWSER}town.py::test_link[1.39]"
    newer, town_newer = f"{LIVE}sync.py::test_one[1.43]", f"{BROWSER}town.py::test_link[1.43]"
    counts = f"{LIVE}counts.py::test_nothing_costs_more_than_it_did"

    ordered = sorted([older, newer, town_older, counts, town_newer], key=together.order)

    assert ordered == [town_newer, counts, newer, town_older, older]


def test_wikis_lie_in_memory_and_those_of_a_killed_run_are_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wikis, "_MEMORY", tmp_path)
    # a number that no process has: the kernel's own limit is below
    left = tmp_path / "loosbot-essais-99999999-abc"
    left.mkdir()
    first, second = (wikis.place(Path("disque")) for _ in range(2))
    assert not left.exists()
    assert {first, second} == set(tmp_path.iterdir())
    monkeypatch.setattr(wikis, "_ROOM", 1 << 80)
    assert wikis.place(Path("disque")) == Path("disque")
