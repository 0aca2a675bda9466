"""Fixtures that several files of this folder share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from gits import git

from loosbot.cli import main


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dépôt") / "ville.git"
    git(folder.parent, "init", "-q", "--bare", "-b", "main", str(folder))
    assert CliRunner().invoke(main, ["hook", "install", str(folder)]).exit_code == 0
    return folder


@pytest.fixture
def bare(tmp_path: Path, installed: Path) -> Path:
    """Nothing in it names its place: a copy is as good as another one."""
    return shutil.copytree(installed, tmp_path / "dépôt de la ville.git")
