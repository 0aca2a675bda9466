"""Every test of this folder needs a MediaWiki, which the fixtures ``wiki``, ``shared_wiki`` and
``closed_wiki`` start.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, Published
from wikis import Person, Wiki


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.live)


@pytest.fixture(scope="session")
def base(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The corpus of ``desk``."""
    return Published.new(tmp_path_factory.mktemp("published"), shared_wiki)


@pytest.fixture(scope="session")
def published(base: Published) -> Published:
    """What the desk of a test begins with; a module that needs another corpus has its own."""
    return base


@pytest.fixture
def desk(published: Published, tmp_path: Path) -> Desk:
    """A clerk's desk whose corpus is on the wiki, and nothing else is."""
    return published.again(tmp_path)


@pytest.fixture
def new_desk(wiki: Wiki, tmp_path: Path) -> Desk:
    """A clerk's desk whose corpus never was on the wiki."""
    return Desk.new(tmp_path / "corpus", wiki)


@pytest.fixture
def person(desk: Desk) -> Person:
    """An ordinary user, logged in to the wiki of this desk."""
    return desk.wiki.person()


@pytest.fixture
def admin(desk: Desk) -> Person:
    return desk.wiki.person(desk.wiki.admin)
