"""A review signs off the text that was read, not what it became since."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
import town

from loosbot.dump.edition.source import read

VERGER = "narratives/fifty-fifty/verger.yaml"
REVIEW = "relectures: [{qui: Jeanne Relit, date: 2020-01-05}]"
TEXT = "Planter plus tôt."


def _git(root: Path, day: str, *command: str) -> str:
    moment = f"{day}T12:00:00Z"
    env = os.environ | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    done = subprocess.run(
        ["git", *command], cwd=root, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def _change(root: Path, before: str, after: str, day: str = "") -> None:
    """Change a record; it is committed where a day is given."""
    file = root / VERGER
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
    if day:
        _git(root, day, "commit", "-qam", "Changer")


def test_a_text_changed_after_its_review_is_not_published(tmp_path: Path) -> None:
    root = town.write(tmp_path)
    assert TEXT in str(town.edition(root).records)

    _change(root, TEXT, "Planter en mars.", "2020-07-01")

    assert read(root).outdated() == {"fifty-fifty/verger"}
    assert "Planter en mars" not in str(town.edition(root).records)
    assert "Planter en mars" in str(town.edition(root, "recherche").records)


@pytest.mark.parametrize("day", ["2020-07-02", ""])
def test_a_new_review_signs_off_the_new_text(tmp_path: Path, day: str) -> None:
    root = town.write(tmp_path)
    _change(root, TEXT, "Planter en mars.", "2020-07-01")
    _change(root, REVIEW, REVIEW.replace("2020-01-05", "2020-07-02"), day)

    assert not read(root).outdated()
    assert "Planter en mars" in str(town.edition(root).records)


def test_a_text_changed_and_not_yet_committed_is_not_signed_off(tmp_path: Path) -> None:
    root = town.write(tmp_path)
    _change(root, TEXT, "Planter en mars.")

    assert read(root).outdated() == {"fifty-fifty/verger"}


def test_a_review_that_names_its_version_signs_off_that_one(tmp_path: Path) -> None:
    root = town.write(tmp_path)
    first = _git(root, town.DAY, "rev-parse", "--short=12", "HEAD")
    _change(root, TEXT, "Planter en mars.", "2020-07-01")
    second = _git(root, town.DAY, "rev-parse", "--short=12", "HEAD")
    for version, expected in ((first, {"fifty-fifty/verger"}), (second, set())):
        file = root / VERGER
        kept = [
            f"relectures: [{{qui: Jo Relit, date: 2020-07-02, version: '{version}'}}]"
            if line.startswith("relectures")
            else line
            for line in file.read_text("utf-8").split("\n")
        ]
        file.write_text("\n".join(kept), "utf-8")
        _git(root, "2020-07-02", "commit", "-qam", "Relire")
        assert read(root).outdated() == expected


def test_without_git_a_review_is_taken_at_its_word(tmp_path: Path) -> None:
    root = town.write(tmp_path / "with")
    _change(root, TEXT, "Planter en mars.", "2020-07-01")
    (root / ".git").rename(tmp_path / "away")

    assert not read(root).outdated()
