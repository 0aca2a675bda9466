"""Each parameter of each box, typed on the wiki: pulled, merged, and settled."""

from __future__ import annotations

import pytest
from boxes import CORPUS, cases
from desk import Desk, Published
from wikis import Person, Wiki

CASES = tuple(cases())


@pytest.fixture(scope="module")
def published(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Published:
    files = CORPUS | {case.path: case.record for case in CASES}
    return Published.new(tmp_path_factory.mktemp("boxes"), shared_wiki, files)


def test_every_parameter_of_every_box_is_pulled_merged_and_settled(
    desk: Desk, person: Person
) -> None:
    texts = person.texts((0,))
    for case in CASES:
        person.edit(case.title, case.edited(texts[case.title]))

    pulled = desk.run("pull", "--branch", "reprise", "--format", "json")

    assert pulled.code == 0, pulled.out
    assert {page["title"] for page in pulled.json["pages"]} == {case.title for case in CASES}
    desk.git("merge", "--quiet", "reprise")
    assert len(desk.git("log", "--format=%an", "reprise").split("\n")) == len(CASES) + 1
    assert desk.run("check").code == 0
    synced = desk.sync()
    assert synced.code == 0, synced.out
    assert desk.sync().json["edits"] == 0
    assert desk.run("pull", "--format", "json").json["pages"] == []
    texts = person.texts((0,))
    for case in CASES:
        assert case.shown in texts[case.title], case
