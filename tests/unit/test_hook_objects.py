"""What a push may bring besides files: dates, replaced objects, pointers, options."""

from __future__ import annotations

import contextlib
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import write
from test_hook import FILE, GOOD, commit, git, run

from loosbot.cli import main
from loosbot.history.git import Repository
from loosbot.history.removed import last_versions

NOW = datetime.now(UTC)
IN_AN_HOUR = int((NOW + timedelta(hours=1)).timestamp())
IN_A_WEEK = int((NOW + timedelta(days=7)).timestamp())
SOUND = "A <a@b.fr> 1500000000 +0000"

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path: Path, bare: Path) -> Path:
    folder = tmp_path / "clone"
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    git(folder, "remote", "add", "depot", str(bare))
    commit(folder)
    return folder


def made_by_hand(folder: Path, committer: str, author: str = SOUND) -> str:
    """A commit object of HEAD's files whose lines git itself would not write."""
    tree = git(folder, "rev-parse", "HEAD^{tree}")
    return git(
        folder,
        *("hash-object", "-t", "commit", "-w", "--stdin", "--literally"),
        text=f"tree {tree}\nauthor {author}\ncommitter {committer}\n\nFiche\n",
    )


ABSURD = [
    ("A <a@b.fr> 99999999999999 +0000", "dans un avenir impossible"),  # the year 3170843
    ("A <a@b.fr> 253402300800 +0000", "dans un avenir impossible"),  # the year 10000
    (f"A <a@b.fr> {'9' * 5000} +0000", "absente ou illisible"),
    ("A <a@b.fr> 4102444800 +0000", "dans l’avenir (2100-01-01)"),
    (f"A <a@b.fr> {IN_A_WEEK} +0000", "dans l’avenir ("),
    ("A <a@b.fr> -5 +0000", "absente ou illisible"),
    ("A <a@b.fr> hier +0000", "absente ou illisible"),
    ("A <a@b.fr>", "absente ou illisible"),
]
# the hour of the run is in some of them, and each worker of the suite has its own
NAMES = [f"date {number}" for number in range(len(ABSURD))]


@pytest.mark.parametrize("branch", ["main", "essai"])
@pytest.mark.parametrize(("committer", "wrong"), ABSURD, ids=NAMES)
def test_an_absurd_date_is_refused_in_one_sentence(
    committer: str, wrong: str, branch: str, bare: Path, clone: Path
) -> None:
    head = made_by_hand(clone, committer)

    done = run(clone, "git", "push", "-q", "depot", f"{head}:refs/heads/{branch}")

    assert done.returncode == 1
    assert f"remote: Erreur : La date du commit {head[:12]} est {wrong}" in done.stderr
    assert "remote: Envoi refusé : rien n’a changé dans le dépôt." in done.stderr
    assert git(bare, "for-each-ref") == ""


def test_the_date_of_the_author_counts_too(clone: Path) -> None:
    head = made_by_hand(clone, SOUND, author="A <a@b.fr> 4102444800 +0000")

    done = run(clone, "git", "push", "-q", "depot", f"{head}:refs/heads/main")

    assert done.returncode == 1
    assert "est dans l’avenir (2100-01-01)" in done.stderr


@pytest.mark.parametrize(
    "seconds", [0, 1, 1_500_000_000, IN_AN_HOUR], ids=["0", "1", "2017", "in an hour"]
)
def test_an_old_date_and_a_clock_a_little_ahead_are_taken(seconds: int, clone: Path) -> None:
    head = made_by_hand(clone, f"A <a@b.fr> {seconds} +0000")

    done = run(clone, "git", "push", "-q", "depot", f"{head}:refs/heads/main")

    assert done.returncode == 0, done.stderr


def test_what_a_branch_holds_already_is_not_held_against_a_push(bare: Path, clone: Path) -> None:
    old = made_by_hand(clone, "A <a@b.fr> 99999999999999 +0000")
    git(clone, "update-ref", "refs/heads/ancien", old)
    git(bare, "fetch", "-q", str(clone), "ancien:main")  # it came before the hooks did
    git(clone, "reset", "-q", "--hard", old)
    commit(clone, GOOD + "resume: Un champ.\n")

    done = run(clone, "git", "push", "-q", "depot", "main")

    assert done.returncode == 0, done.stderr


AUTHORS = [f"{who} 1500000000 +0000" for who in ("personne", " <>", "Ada <>", "<ada@b.fr>")]
"""Whoever set ``user.email`` to nothing commits like the third."""
ODD = [*((committer, SOUND) for committer, _ in ABSURD), *((SOUND, author) for author in AUTHORS)]


@pytest.mark.parametrize("at_head", [False, True], ids=["in the history", "at HEAD"])
@pytest.mark.parametrize(("committer", "author"), ODD, ids=[*NAMES, *"abcd"])
def test_every_command_survives_it(committer: str, author: str, at_head: bool, clone: Path) -> None:
    write(clone, {"loosbot.yaml": "corpus: essai\n"})
    commit(clone, GOOD, "narratives/lieux/parti.yaml")
    git(clone, "rm", "-q", "narratives/lieux/parti.yaml")
    git(clone, "commit", "-q", "-m", "Un lieu de moins")
    git(clone, "tag", "avant")
    git(clone, "reset", "-q", "--hard", made_by_hand(clone, committer, author=author))
    if not at_head:
        commit(clone, GOOD + "resume: Un champ.\n")
    with contextlib.chdir(clone):
        exits = {
            words[0]: CliRunner().invoke(main, words).exit_code
            for words in (
                ("check",),
                ("trace",),
                ("diff", "avant"),
                ("handover",),
                ("review", "lieu/champ", "--qui", "Ada"),
                ("dump", "build", str(clone.parent / "export")),
            )
        }
    repository = Repository.open(clone)

    assert repository is not None
    assert repository.head() is not None
    assert repository.versions()
    assert last_versions(repository, "HEAD", ["lieu/parti"]) is not None
    assert 70 not in exits.values(), exits
    assert exits["check"] == 0


@pytest.mark.parametrize(
    ("who", "name", "email"),
    [("personne", "", ""), (" <>", "", ""), ("Ada <>", "Ada", ""), (" <a@b.fr>", "", "a@b.fr")],
)
def test_an_author_without_a_name_or_an_address(
    who: str, name: str, email: str, clone: Path
) -> None:
    author = f"{who} 1500000000 +0000"
    git(clone, "reset", "-q", "--hard", made_by_hand(clone, SOUND, author=author))
    repository = Repository.open(clone)
    assert repository is not None

    head = repository.head()

    assert head is not None
    assert (head.author, head.email) == (name, email)


def test_git_checks_what_it_receives(bare: Path, clone: Path) -> None:
    blob = git(clone, "hash-object", "-w", "--stdin", text="x")
    # a tree whose entries are not in order, and one that holds a .git
    raw = b"".join(b"100644 %s\0" % name + bytes.fromhex(blob) for name in (b"b", b".git"))
    tree = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        cwd=clone,
        input=raw,
        capture_output=True,
        check=True,
    ).stdout.decode()
    head = git(clone, "commit-tree", tree.strip(), "-m", "Un arbre tordu")

    done = run(clone, "git", "push", "-q", "depot", f"{head}:refs/heads/essai")

    assert git(bare, "config", "receive.fsckObjects") == "true"
    assert done.returncode == 1
    assert "hasDotgit" in done.stderr or "treeNotSorted" in done.stderr
    assert git(bare, "for-each-ref") == ""


def test_replaced_and_grafted_commits_change_nothing(bare: Path, clone: Path) -> None:
    first = git(clone, "rev-parse", "HEAD")
    broken = commit(clone, "type: lieu\ntitre: Le champ\ngenre: planète\n")
    # to who asks git naively, the broken commit looks like the sound one
    git(clone, "replace", broken, first)

    done = run(clone, "git", "push", "-q", "depot", "main", "refs/replace/*:refs/replace/*")

    assert done.returncode == 1
    assert f"{FILE}:3:8: erreur" in done.stderr
    assert git(bare, "for-each-ref") == ""


def test_a_graft_makes_no_ancestor(clone: Path) -> None:
    first = git(clone, "rev-parse", "HEAD")
    git(clone, "checkout", "-q", "--orphan", "autre")
    git(clone, "commit", "-q", "-m", "Sans parent")
    other = git(clone, "rev-parse", "HEAD")
    (clone / ".git/info").mkdir(exist_ok=True)
    (clone / ".git/info/grafts").write_text(f"{other} {first}\n")
    repository = Repository.open(clone)
    assert repository is not None

    assert git(clone, "merge-base", first, other) == first  # git believes it
    assert repository.is_ancestor(first, other) is False


def test_a_quarantined_push_from_a_clone_with_alternates_is_read(
    bare: Path, clone: Path, tmp_path: Path
) -> None:
    git(clone, "push", "-q", "depot", "main")
    shared = tmp_path / "partage"
    git(tmp_path, "clone", "-q", "--shared", str(bare), str(shared))
    commit(shared, "type: lieu\ntitre: Le champ\ngenre: planète\n")

    refused = run(shared, "git", "push", "-q", "origin", "HEAD:main")
    commit(shared, GOOD + "resume: Un champ.\n")
    git(shared, "reset", "-q", "--soft", "HEAD~2")
    git(shared, "commit", "-q", "-m", "Corrigé")
    taken = run(shared, "git", "push", "-q", "origin", "HEAD:main")

    assert (refused.returncode, f"{FILE}:3:8: erreur" in refused.stderr) == (1, True)
    assert taken.returncode == 0, taken.stderr


def test_push_options_say_nothing_to_us(bare: Path, clone: Path) -> None:
    git(bare, "config", "receive.advertisePushOptions", "true")
    option = "--push-option=ci.skip\x1b]0;pwn\x07$(touch ici)"

    done = run(clone, "git", "push", "-q", option, "depot", "main")

    assert done.returncode == 0, done.stderr
    assert "pwn" not in done.stderr
    assert not (bare / "ici").exists()


POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 12345\n"


@pytest.mark.parametrize(
    ("files", "finding"),
    [
        ({FILE: POINTER}, f"{FILE}:1:"),
        (
            {
                FILE: GOOD + "documents:\n- fichier: plan.png\n  description: Le plan\n",
                "narratives/lieux/plan.png": POINTER,
            },
            f"{FILE}:",
        ),
    ],
    ids=["a record", "a picture"],
)
def test_a_pointer_to_large_files_is_no_file(
    files: dict[str, str], finding: str, bare: Path, clone: Path
) -> None:
    write(clone, files)
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "Pointeur")

    done = run(clone, "git", "push", "-q", "depot", "main")

    assert done.returncode == 1
    assert finding in done.stderr
    assert git(bare, "for-each-ref") == ""


def test_a_ref_name_does_not_act_on_the_terminal_of_who_pushes(clone: Path) -> None:
    done = run(clone, "git", "push", "-q", "depot", "HEAD:refs/heads/a\u009b2Jb\u202ec")

    assert done.returncode == 0, done.stderr
    assert "Branche « a\\u009b2Jb\\u202ec » : ni vérifiée ni publiée" in done.stderr
