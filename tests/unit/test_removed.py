"""The last commit of records that are gone, in real repositories."""

from __future__ import annotations

from pathlib import Path

import gits
import pytest
from corpora import write
from gits import git

from loosbot.history.git import Repository
from loosbot.history.removed import LastVersion, last_versions

PINCE = "narratives/recits/pince.yaml"
CHAMP = "narratives/lieu/champ.yaml"


def commit(folder: Path, files: dict[str, str | None], day: str) -> str:
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
        else:
            write(folder, {path: text})
    return gits.commit(folder, day=f"{day}T23:30:00-03:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "dépôt"
    root.mkdir()
    commit(root, {PINCE: "a", CHAMP: "a"}, "2026-01-01")
    return root


def last_of(folder: Path, *ids: str) -> dict[str, LastVersion]:
    repository = Repository.open(folder)
    assert repository
    return last_versions(repository, "HEAD", ids)


def test_the_commit_before_the_file_went_with_its_day(folder: Path) -> None:
    assert last_of(folder, "recit/pince") == {}
    had = commit(folder, {"README.md": "autre chose"}, "2026-02-01")
    commit(folder, {PINCE: None}, "2026-03-01")
    commit(folder, {CHAMP: None}, "2026-04-01")

    assert last_of(folder) == {}
    # 23:30 three hours west of UTC is the day after
    assert last_of(folder, "recit/pince", "recit/inconnu", "index/recits") == {
        "recit/pince": LastVersion(had, "2026-02-02")
    }


def test_a_record_that_came_back_is_not_gone_and_may_go_again(folder: Path) -> None:
    commit(folder, {PINCE: None}, "2026-03-01")
    again = commit(folder, {"narratives/recit/pince.yaml": "b"}, "2026-04-01")
    assert last_of(folder, "recit/pince") == {}
    commit(folder, {"narratives/recit/pince.yaml": None}, "2026-05-01")

    assert last_of(folder, "recit/pince")["recit/pince"].id == again


def test_a_merge_that_takes_a_file_away(folder: Path) -> None:
    git(folder, "checkout", "-q", "-b", "autre")
    commit(folder, {PINCE: None}, "2026-03-01")
    git(folder, "checkout", "-q", "main")
    main = commit(folder, {CHAMP: "b"}, "2026-04-01")
    git(folder, "merge", "-q", "--no-edit", "autre", day="2026-05-01")

    assert last_of(folder, "recit/pince")["recit/pince"] == LastVersion(main, "2026-04-02")


def test_a_corpus_in_a_folder_of_its_repository_and_a_shallow_clone(
    folder: Path, tmp_path: Path
) -> None:
    inner = folder / "corpus"
    had = commit(folder, {f"corpus/{PINCE}": "a", PINCE: None}, "2026-03-01")
    commit(folder, {f"corpus/{PINCE}": None}, "2026-04-01")
    inner.mkdir(exist_ok=True)
    commit(folder, {"README.md": "x"}, "2026-05-01")

    assert last_of(inner, "recit/pince")["recit/pince"].id == had
    short = tmp_path / "court"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{folder}", str(short))
    assert last_of(short, "recit/pince") == {}
