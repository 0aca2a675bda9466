"""Twenty-five random sequences with fixed seeds, and those that once broke a promise."""

from __future__ import annotations

from pathlib import Path

import pytest
from wikis import Wiki

from torture.machine import Machine, Stage
from torture.sequences import Step, release_of, sequence

pytestmark = pytest.mark.live

# by the seed that found it, whose release it is tried on
FOUND: dict[str, list[Step]] = {
    "1: a move after which a person took the page away was not counted": [
        ("rename", 914, 855),
        ("swap", 9, 961),
        ("race", 992, 432),
    ],
    "18: a page that holds another page's category was taken for people's": [
        ("edit", 374, 589),
        ("paste", 913, 894),
        ("faulty", 733, 306),
    ],
    "119: pages were lost from sight after a person renamed the tracking category": [
        ("move", "Catégorie:Fiches loosbot", 1),
        ("sync", 0, 0),
        ("remove", 0, 0),
    ],
    "119: a copy in the renamed tracking category made the page look like people's": [
        ("copy", "Le projet commun", 681),
        ("move", "Catégorie:Fiches loosbot", 961),
    ],
    "65: a renamed record's page took another's place, whose block somebody had pasted there": [
        ("rename", 294, 526),
        ("paste", 454, 469),
        ("inside", 484, 638),
    ],
    "303: pull gave an edited page's record its old title back, though staff had changed it": [
        ("swap", 702, 32),
        ("unmark", 842, 635),
        ("inside", 961, 39),
        ("pull", 822, 750),
    ],
    "38128: a run was refused by its own lease, merged with one that had just been given back": [
        ("move", 822, 160),
        ("colleague", 572, 829),
        ("colleague", 397, 704),
    ],
    "158: no notice came on the page of a removed record where another's block was pasted": [
        ("remove", 225, 956),
        ("paste", 61, 428),
    ],
}


@pytest.fixture(scope="module")
def stage(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage.build(shared_wiki, tmp_path_factory.mktemp("torture"))


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=pytest.mark.release(release_of(seed))) for seed in range(25)]
)
def test_a_random_sequence_breaks_no_promise(stage: Stage, tmp_path: Path, seed: int) -> None:
    steps = sequence(seed)
    assert Machine(stage, tmp_path).run(steps).violations == [], steps


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(steps, id=name, marks=pytest.mark.release(release_of(int(name.split(":")[0]))))
        for name, steps in FOUND.items()
    ],
)
def test_what_once_broke_a_promise(stage: Stage, tmp_path: Path, steps: list[Step]) -> None:
    assert Machine(stage, tmp_path).run(steps).violations == []
