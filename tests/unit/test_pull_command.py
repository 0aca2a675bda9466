"""What ``pull`` refuses before it speaks to any wiki, and how its commits are signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import write
from gits import commit, git

from loosbot.cli import main
from loosbot.corpus.model import Config
from loosbot.history.writing import NewCommit, identity, write_commits
from loosbot.pull.edits import FileChange
from loosbot.pull.outcome import author, message

PROJECT = "narratives/projet/jardin.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {PROJECT: "type: projet\ntitre: Le jardin\n"})
    commit(tmp_path, "Début")
    return tmp_path


def run(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["pull", "--corpus", str(folder), *words])
    return result.exit_code, result.stderr


@pytest.mark.parametrize(
    ("branch", "message"),
    [
        ("main", "Vous travaillez sur la branche « main »"),
        ("@", "ne peut pas être le nom d’une branche"),
        ("deux points..", "ne peut pas être le nom d’une branche"),
    ],
)
def test_a_branch_that_cannot_be_written_is_refused(
    folder: Path, branch: str, message: str
) -> None:
    code, words = run(folder, "--branch", branch)

    assert code == 2
    assert message in words


def test_a_branch_of_another_working_tree_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "ailleurs"
    git(folder, "worktree", "add", "--quiet", "-b", "retours", str(other))

    code, words = run(folder, "--branch", "retours")

    assert code == 2
    assert f"(dans {other})" in words
    # once that folder is gone, nothing in it can be undone
    shutil.rmtree(other)
    assert "Vous travaillez" not in run(folder, "--branch", "retours")[1]


def test_a_branch_that_left_the_way_is_refused(folder: Path) -> None:
    git(folder, "branch", "retours")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Suite")

    code, words = run(folder, "--branch", "retours")

    assert code == 1
    assert "ne part pas de la version actuelle" in words
    assert "git branch -D retours" in words


def test_a_branch_that_git_cannot_have_is_refused_before_the_wiki_is_read(folder: Path) -> None:
    git(folder, "branch", "retours")

    code, words = run(folder, "--branch", "retours/mars")

    assert code == 1
    assert "a une branche « retours »" in words


def test_a_branch_needs_git(tmp_path: Path) -> None:
    write(tmp_path, {PROJECT: "type: projet\ntitre: Le jardin\n"})

    code, words = run(tmp_path, "--branch", "retours")

    assert code == 1
    assert "git init" in words


def test_a_broken_corpus_is_not_written_into(folder: Path) -> None:
    write(folder, {PROJECT: "type: projet\ntitre: 'Le jardin\n"})

    code, words = run(folder)

    assert code == 1
    assert f"{PROJECT}:" in words


def test_commits_are_written_all_or_none_and_touch_no_file(folder: Path) -> None:
    head = git(folder, "rev-parse", "HEAD")
    commits = [
        NewCommit("Célia <c@x.fr>", "2026-01-02T03:04:05Z", "Un\n\nmot", PROJECT, b"a\n"),
        NewCommit("Omar <o@x.fr>", "2026-01-02T03:05:05Z", "Deux", 'pages/é "q".md', b"b"),
    ]

    tip = write_commits(folder, "retours", head, commits, "loosbot <l@x.fr>")

    assert git(folder, "rev-parse", "retours") == tip
    assert git(
        folder, "log", "--date=iso", "--format=%an|%ae|%cn|%ad|%s", f"{head}..{tip}"
    ).splitlines() == [
        "Omar|o@x.fr|loosbot|2026-01-02 03:05:05 +0000|Deux",
        "Célia|c@x.fr|loosbot|2026-01-02 03:04:05 +0000|Un",
    ]
    assert git(folder, "show", f'{tip}:pages/é "q".md') == "b"
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "rev-parse", "HEAD") == head


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ("Camille", "Camille Durand <camille@loos.example>"),
        ("Jean Dupont", "Jean Dupont <Jean-Dupont@wiki.invalid>"),
        ("", "inconnu <inconnu@wiki.invalid>"),
        ("a<b>\nc", "abc <abc@wiki.invalid>"),
    ],
)
def test_a_wiki_user_signs_as_auteurs_says(user: str, expected: str) -> None:
    config = Config("essai", auteurs={"Camille": "Camille Durand <camille@loos.example>"})
    assert identity(author(user, config)) == expected


def test_a_commit_says_where_it_comes_from() -> None:
    change = FileChange(
        "projet/jardin", "Le jardin", PROJECT, b"", 12, "Camille", "", "précision", ("Année",)
    )

    assert message(change, "https://wiki.example/w/api.php") == (
        "Wiki : Le jardin – Année\n\nprécision\n\n"
        "https://wiki.example/w/index.php?diff=12&oldid=prev\nFiche : projet/jardin\n"
    )
