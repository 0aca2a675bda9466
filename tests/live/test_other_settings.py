"""The settings of other wikis: French collation, small initials, visitors, replaced words.

Each publishes, publishes again without an edit, and carries back what somebody changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import GARDEN, JARDIN, PLACE, SQUARE, Desk
from programs import run
from settings import settings
from wikis import Person, Wiki

from loosbot.wiki import install
from loosbot.wiki.instance import Instance

pytestmark = [pytest.mark.outils, pytest.mark.release("1.43")]

UCA = "$wgCategoryCollation = 'uca-fr';"
SMALL = "$wgCapitalLinks = false;"
VISITORS = (
    "$wgAutoCreateTempUser['enabled'] = true; $wgGroupPermissions['*']['edit'] = true; "
    "$wgGroupPermissions['temp']['edit'] = true; $wgGroupPermissions['*']['createaccount'] = true;"
)
REPLACE = "wfLoadExtension( 'ReplaceText' );"


@pytest.fixture(params=[UCA, SMALL, VISITORS, REPLACE], ids=["uca", "small", "visitors", "replace"])
def setting(request: pytest.FixtureRequest, wiki: Wiki) -> Iterator[str]:
    with settings(wiki, request.param):
        yield request.param


def test_it_publishes_once_and_carries_an_edit_back(
    wiki: Wiki, setting: str, tmp_path: Path
) -> None:
    desk = Desk.new(tmp_path / "corpus", wiki)
    first = desk.sync()
    assert first.code == 0, first.out + first.err
    assert first.json["created"] > 3
    wiki.jobs()
    assert desk.sync().json["edits"] == 0

    author = _edits(wiki, setting)
    assert desk.sync().code == 1
    assert desk.run("pull", "--branch", "wiki").code == 0
    assert desk.git("log", "-1", "--format=%an", "wiki") == author
    assert "devient un verger" in desk.git("show", f"wiki:{GARDEN}")
    desk.git("merge", "--quiet", "wiki")
    assert desk.sync().code == 0
    assert desk.sync().json["edits"] == 0


def _edits(wiki: Wiki, setting: str) -> str:
    """Change one word of the garden's page, in the way of the setting; who did it."""
    if setting == REPLACE:
        _run(wiki, "extensions/ReplaceText/maintenance/replaceAll.php", "--user=Admin", "--yes",
             "--nsall", "devient un jardin", "devient un verger")  # fmt: skip
        return "Admin"
    person: Person = wiki.reader() if setting == VISITORS else wiki.person()
    text = person.page(JARDIN)
    person.edit(JARDIN, text.replace("devient un jardin", "devient un verger"))
    return str(person.revisions(JARDIN, 1)[0]["user"])


def test_a_title_may_begin_small(wiki: Wiki, tmp_path: Path) -> None:
    with settings(wiki, SMALL):
        desk = Desk.new(tmp_path / "corpus", wiki)
        assert desk.sync().code == 0
        wiki.person().act(action="move", **{"from": PLACE, "to": "la grande place"})
        wiki.jobs()
        assert desk.run("pull").code == 0
        assert "titre: la grande place" in (desk.folder / SQUARE).read_text(encoding="utf-8")
        desk.write({})
        assert desk.sync().code == 0
        assert desk.sync().json["edits"] == 0
        assert wiki.person().text("la grande place")


def test_pages_that_came_from_another_wiki_with_their_past_are_ours(
    wiki: Wiki, tmp_path: Path
) -> None:
    desk = Desk.new(tmp_path / "corpus", wiki)
    assert desk.sync().code == 0
    admin = wiki.person(wiki.admin)
    old = [("2001-01-15T14:56:00Z", "Camille", "Une vieille page.")]
    admin.imports(JARDIN, old, fullhistory=1)
    assert set(desk.plan().actions().values()) == {"none"}
    assert desk.run("pull").code == 0
    assert desk.sync().json["edits"] == 0


def _run(wiki: Wiki, script: str, *words: str) -> None:
    secrets = Instance(wiki.dir).read_secrets()
    assert secrets
    env = install.php_environment(secrets.code, Instance(wiki.dir).settings)
    run(["php", "maintenance/run.php", secrets.code / script, *words], env, secrets.code)
