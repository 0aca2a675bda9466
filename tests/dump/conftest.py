"""Editions of the small town of ``town.py``, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
import town
from office import Office

from loosbot.dump import build as whole
from loosbot.dump.filtered import Edition


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for tools that take longer to install than all else together."""
    for item in items:
        if {"validators", "office"} & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.outils)


@pytest.fixture(scope="session")
def small_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its corpus."""
    return town.write(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def public(small_town: Path) -> Edition:
    return town.edition(small_town)


@pytest.fixture(scope="session")
def research(small_town: Path) -> Edition:
    return town.edition(small_town, "recherche")


def _written(edition: Edition, folder: Path) -> Path:
    whole.write(edition, folder, None, lambda: None)
    return folder


@pytest.fixture(scope="session")
def public_dump(public: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its public dump: read it, never change it."""
    return _written(public, tmp_path_factory.mktemp("public") / "dump")


@pytest.fixture(scope="session")
def research_dump(research: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _written(research, tmp_path_factory.mktemp("research") / "dump")


@pytest.fixture(scope="session")
def validators() -> Path:
    """Tools that cannot live in the same environment as ours; ``make validators`` installs them."""
    folder = Path(__file__).resolve().parents[2] / ".venv/validators"
    assert (folder / "bin/qc").is_file(), "lancez « make validators »"
    return folder


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office") / "profile")
