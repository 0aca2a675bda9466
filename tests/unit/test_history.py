"""The history room, on real repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.model import Entry
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError
from loosbot.history import process
from loosbot.history.git import Repository, short
from loosbot.history.moments import now
from loosbot.history.saving import BranchMoved, move_branch
from loosbot.history.sparse import how_to_see
from loosbot.history.tree import CommitTree
from loosbot.history.writing import NewCommit, require_possible, write_commits


def git(folder: Path, *arguments: str, at: int = 1_700_000_000, author: str = "Anne") -> str:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": author,
        "GIT_AUTHOR_EMAIL": f"{author.lower()}@mairie.example",
        "GIT_COMMITTER_NAME": "Secrétariat",
        "GIT_COMMITTER_EMAIL": "secretariat@mairie.example",
        "GIT_AUTHOR_DATE": f"{at} +0200",
        "GIT_COMMITTER_DATE": f"{at} +0200",
    }
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def commit(folder: Path, message: str, at: int = 1_700_000_000, author: str = "Anne") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message, at=at, author=author)
    return git(folder, "rev-parse", "HEAD")


def opened(folder: Path) -> Repository:
    repository = Repository.open(folder)
    assert repository is not None
    return repository


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A corpus with two records, one commit."""
    folder = tmp_path / "town"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    write(folder, "loosbot.yaml", "corpus: essai\n")
    write(folder, "narratives/recits/a.yaml", "titre: A\n")
    write(folder, "narratives/recits/b.yaml", "titre: B\n")
    write(folder, "README.md", "hors du corpus\n")
    commit(folder, "Premier")
    return folder


def test_a_folder_without_repository_opens_as_none(tmp_path: Path) -> None:
    assert Repository.open(tmp_path) is None
    assert Repository.open(tmp_path / "absent") is None


def test_without_git_a_repository_opens_as_none(
    town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(town))
    assert Repository.open(town) is None


def test_repository_without_a_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    repository = opened(tmp_path)
    assert repository.head() is None
    assert not repository.dirty()
    write(tmp_path, "narratives/a.yaml", "titre: A\n")
    assert repository.dirty()
    with pytest.raises(UserError, match="HEAD n’existe pas"):
        repository.last_commits()
    with pytest.raises(UserError, match="HEAD n’existe pas"):
        CommitTree(repository, "HEAD")


def test_head_tells_its_author_and_date_in_utc(town: Path) -> None:
    head = opened(town).head()
    assert head is not None
    assert head.id == git(town, "rev-parse", "HEAD")
    assert head.date == "2023-11-14T22:13:20Z"
    assert (head.author, head.email) == ("Anne", "anne@mairie.example")
    assert short(head.id) == head.id[:12]


def test_a_detached_head_is_the_commit_checked_out(town: Path) -> None:
    first = git(town, "rev-parse", "HEAD")
    write(town, "narratives/recits/a.yaml", "titre: A2\n")
    commit(town, "Second")
    git(town, "checkout", "-q", "--detach", first)
    head = opened(town).head()
    assert head is not None
    assert head.id == first


@pytest.mark.parametrize("revision", ["", "--all", "-1", "nulle-part", "a" * 40, "x\0y", "HEAD:"])
def test_a_revision_that_names_no_commit(town: Path, revision: str) -> None:
    repository = opened(town)
    assert repository.resolve(revision) is None
    assert repository.commit(revision) is None
    assert repository.is_ancestor(revision, "HEAD") is None


def test_branches_tags_and_short_ids_resolve(town: Path) -> None:
    repository = opened(town)
    head = git(town, "rev-parse", "HEAD")
    git(town, "tag", "-a", "v1", "-m", "Première version")
    for revision in ("HEAD", "main", "v1", head, head[:12]):
        assert repository.resolve(revision) == head


def test_ancestors_across_two_branches(town: Path) -> None:
    first = git(town, "rev-parse", "HEAD")
    git(town, "checkout", "-q", "-b", "autre")
    write(town, "narratives/recits/a.yaml", "titre: autre\n")
    other = commit(town, "Autre")
    git(town, "checkout", "-q", "main")
    write(town, "narratives/recits/b.yaml", "titre: main\n")
    second = commit(town, "Second")
    repository = opened(town)
    assert repository.is_ancestor(first, second) is True
    assert repository.is_ancestor(second, second) is True
    assert repository.is_ancestor(first[:12], "HEAD") is True
    assert repository.is_ancestor(second, first) is False
    assert repository.is_ancestor(other, second) is False


@pytest.mark.parametrize(
    ("there", "name", "message"),
    [
        ("wiki", "wiki/x", "a une branche « wiki » : git ne peut pas en avoir une « wiki/x »"),
        ("wiki/x", "wiki", "a une branche « wiki/x » : git ne peut pas en avoir une « wiki »"),
        ("", "w" * 300, "git ne peut pas écrire un nom aussi long"),
    ],
)
def test_a_branch_that_git_cannot_have_is_told_in_french(
    town: Path, there: str, name: str, message: str
) -> None:
    if there:
        git(town, "branch", there)
    head = git(town, "rev-parse", "HEAD")
    change = NewCommit(
        "Anne <anne@mairie.example>", "2020-01-01T00:00:00Z", "Titre", "a.yaml", b"titre: A\n"
    )

    with pytest.raises(UserError) as tried:
        require_possible(town, name, head)
    with pytest.raises(UserError) as imported:
        write_commits(town, name, head, [change], "Anne <anne@mairie.example>")
    with pytest.raises(UserError) as moved:
        move_branch(opened(town), name, head, "")

    for refused in (tried.value, imported.value, moved.value):
        assert message in refused.message
        assert "Prenez un nom" in refused.hint
        assert not isinstance(refused, BranchMoved)  # who tries again fails again


def test_a_branch_that_git_can_have_is_not_begun_by_asking(town: Path) -> None:
    require_possible(town, "wiki/x", git(town, "rev-parse", "HEAD"))

    assert git(town, "branch", "--list", "wiki/*") == ""


def test_a_repository_that_is_closed_is_told_in_french() -> None:
    words = (
        b"fatal: update_ref failed for ref 'refs/heads/q': cannot lock ref 'refs/heads/q': "
        b"Unable to create '/srv/fiches.git/refs/heads/q.lock': Permission denied"
    )
    refused = process.refusal(words)
    assert refused.message == "git n’a pas le droit d’écrire dans ce dépôt."


@pytest.mark.parametrize("corpus", ["", "corpus", "worktree"])
def test_a_folder_with_a_part_of_the_corpus_is_not_read_as_the_whole(
    tmp_path: Path, corpus: str
) -> None:
    town = tmp_path / "town"
    folder = town / "corpus" if corpus == "corpus" else town
    write(folder, "loosbot.yaml", "corpus: essai\n")
    write(folder, "narratives/projet/banc.yaml", "type: projet\ntitre: Un banc\n")
    write(folder, "narratives/lieu/rue.yaml", "type: lieu\ntitre: Rue Hoche\ngenre: rue\n")
    git(town, "init", "-q", "-b", "main")
    commit(town, "Le corpus")
    if corpus == "worktree":
        town = folder = tmp_path / "other"
        git(tmp_path / "town", "worktree", "add", "-q", str(town))
    whole = now(folder)

    git(town, "sparse-checkout", "set", "--no-cone", "/*", "!lieu/")

    assert whole.repository is not None and not whole.repository.dirty()  # so git says
    with pytest.raises(UserError, match="il y manque 1 fichier du dépôt") as refused:
        now(folder)
    git(town, *refused.value.hint.rpartition(" : git ")[2].split())
    assert len(now(folder).tree.entries()) == 3


def test_a_file_that_git_was_told_to_skip_is_missed_where_it_is_gone(town: Path) -> None:
    git(town, "update-index", "--skip-worktree", "loosbot.yaml", "narratives/recits/a.yaml")
    now(town)

    (town / "narratives/recits/a.yaml").unlink()

    with pytest.raises(UserError, match="il y manque 1 fichier du dépôt") as refused:
        now(town)
    git(town, *refused.value.hint.rpartition(" : git ")[2].split())
    assert (town / "narratives/recits/a.yaml").is_file()


@pytest.mark.parametrize(
    "marks",
    [
        ["--assume-unchanged"],
        ["--skip-worktree"],
        ["--assume-unchanged", "--skip-worktree"],
    ],
)
def test_what_git_was_told_not_to_look_at_is_looked_at(town: Path, marks: list[str]) -> None:
    for mark in marks:
        git(town, "update-index", mark, "loosbot.yaml", "narratives/recits/a.yaml")
    assert not opened(town).dirty()  # nobody changed anything

    write(town, "narratives/recits/a.yaml", "titre: autre\n")

    assert git(town, "status", "--porcelain") == ""
    repository = opened(town)
    assert repository.dirty()
    assert repository.dirty(["narratives/recits/a.yaml"])
    assert not repository.dirty(["loosbot.yaml"])
    hint = how_to_see(repository)
    assert "2 fichiers" in hint
    for order in hint.partition(" : git ")[2].split(" ; "):
        words = f"git {order.removeprefix('git ')}"
        subprocess.run(["sh", "-c", words], cwd=town, check=True)
    assert git(town, "status", "--porcelain") == "M narratives/recits/a.yaml"
    assert how_to_see(repository) == ""


def test_a_file_that_is_gone_and_taken_for_unchanged_is_a_change(town: Path) -> None:
    git(town, "update-index", "--assume-unchanged", "narratives/recits/a.yaml")
    (town / "narratives/recits/a.yaml").unlink()
    assert opened(town).dirty()


def test_shallow_clone_does_not_know(town: Path, tmp_path: Path) -> None:
    first = git(town, "rev-parse", "HEAD")
    for number in range(3):
        write(town, "narratives/recits/a.yaml", f"titre: A{number}\n")
        commit(town, f"Version {number}", at=1_700_000_100 + number)
    git(town, "checkout", "-q", "-b", "autre", "HEAD~1")
    write(town, "narratives/recits/b.yaml", "titre: autre\n")
    commit(town, "Autre", at=1_700_000_200)
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", town.as_uri(), "clone")
    repository = opened(tmp_path / "clone")
    assert repository.shallow
    assert not opened(town).shallow
    assert repository.is_ancestor(first, "HEAD") is None
    assert repository.is_ancestor("origin/main", "origin/autre") is None
    assert repository.is_ancestor("HEAD", "HEAD") is True
    head = repository.head()
    assert set(repository.last_commits().values()) == {head}
    with pytest.raises(UserError) as refused:
        CommitTree(repository, first)
    assert "unshallow" in refused.value.hint


def test_only_files_of_the_corpus_make_it_dirty(town: Path) -> None:
    repository = opened(town)
    assert not repository.dirty()
    write(town, "README.md", "changé\n")
    write(town, "narratives/recits/.a.yaml.swp", "éditeur\n")
    write(town, "narratives/recits/a.yaml~", "éditeur\n")
    assert not repository.dirty()
    write(town, "narratives/recits/a.yaml", "titre: A, changé\n")
    assert repository.dirty()
    assert not repository.dirty(["pages"])
    git(town, "checkout", "-q", "narratives/recits/a.yaml")
    assert not repository.dirty()
    write(town, "narratives/recits/nouveau.yaml", "titre: N\n")
    assert repository.dirty()
    write(town, ".gitignore", "nouveau.yaml\n")
    assert repository.dirty(), "an ignored file is read all the same"
    (town / "narratives/recits/nouveau.yaml").unlink()
    assert not repository.dirty()
    (town / "loosbot.yaml").unlink()
    assert repository.dirty()


def test_dirty_sees_what_is_staged(town: Path) -> None:
    write(town, "narratives/recits/a.yaml", "titre: A, changé\n")
    git(town, "add", "-A")
    assert opened(town).dirty()


def test_reading_writes_nothing(town: Path) -> None:
    os.utime(town / "narratives/recits/a.yaml", (1, 1))
    before = {path: path.stat().st_mtime_ns for path in sorted((town / ".git").rglob("*"))}
    repository = opened(town)
    assert not repository.dirty()
    repository.last_commits()
    list(CommitTree(repository, "HEAD").read(["loosbot.yaml"]))
    assert {path: path.stat().st_mtime_ns for path in sorted((town / ".git").rglob("*"))} == before


def test_configuration_of_the_repository_runs_nothing(town: Path) -> None:
    proof = town / "proof"
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "filter.x=y.clean",
        "gpg.program",
    ):
        git(town, "config", key, f"touch {proof};")
    git(town, "config", "filter.x.required", "true")
    git(town, "config", "log.showSignature", "true")
    git(town, "config", "log.follow", "true")
    write(town, ".gitattributes", "*.yaml filter=x diff=x\n")
    hook = town / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {proof}\n")
    hook.chmod(0o755)
    for path in (town / "narratives").rglob("*.yaml"):
        os.utime(path, (1, 1))
    repository = opened(town)
    assert not repository.dirty()
    repository.head()
    repository.last_commits()
    list(CommitTree(repository, "HEAD").read(["narratives/recits/a.yaml"]))
    assert not proof.exists()


def test_environment_of_a_hook_does_not_mislead(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "ailleurs"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    repository = opened(town)
    assert repository.resolve("HEAD") == git(town, "rev-parse", "HEAD")
    assert not repository.dirty()


def test_a_repository_of_someone_else(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with pytest.raises(UserError, match="appartient à un autre utilisateur") as refused:
        Repository.open(town)
    assert "git config --global --add safe.directory" in refused.value.hint
    assert str(town) in refused.value.hint


def test_a_full_disk_is_told_in_french(town: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            ["git", "bundle", "create", "--quiet", "-", "--all"],
            cwd=town,
            env=process.environment({}),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    refused = process.refusal(done.stderr)
    assert str(refused) == "git n’a pas pu écrire : le disque est plein."


def test_last_commits_are_those_that_changed_each_file(town: Path) -> None:
    first = git(town, "rev-parse", "HEAD")
    write(town, "narratives/recits/a.yaml", "titre: A2\n")
    second = commit(town, "Second", at=1_700_000_100, author="Bruno")
    write(town, "README.md", "autre\n")
    commit(town, "Hors du corpus", at=1_700_000_200)
    repository = opened(town)
    last = repository.last_commits()
    assert {path: commit.id for path, commit in last.items()} == {
        "loosbot.yaml": first,
        "narratives/recits/a.yaml": second,
        "narratives/recits/b.yaml": first,
    }
    assert last["narratives/recits/a.yaml"].author == "Bruno"
    assert last["narratives/recits/a.yaml"].date == "2023-11-14T22:15:00Z"


def test_last_commits_through_merges(town: Path) -> None:
    """A file brought by a merge keeps its own commit, unless the merge itself changed it."""
    first = git(town, "rev-parse", "HEAD")
    git(town, "checkout", "-q", "-b", "autre")
    write(town, "narratives/recits/a.yaml", "titre: A du côté\n")
    write(town, "narratives/recits/b.yaml", "titre: B du côté\n")
    write(town, "narratives/recits/c.yaml", "titre: C\n")
    side = commit(town, "Côté", at=1_700_000_300)
    git(town, "checkout", "-q", "main")
    write(town, "narratives/recits/a.yaml", "titre: A de main\n")
    write(town, "narratives/recits/b.yaml", "titre: B de main\n")
    main = commit(town, "Main", at=1_700_000_200)
    git(town, "merge", "-q", "--no-commit", "-s", "ours", "autre", at=1_700_000_400)
    write(town, "narratives/recits/b.yaml", "titre: B des deux\n")
    git(town, "checkout", "-q", "autre", "--", "narratives/recits/c.yaml")
    merge = commit(town, "Fusion", at=1_700_000_400)
    last = opened(town).last_commits()
    assert {path: commit.id for path, commit in last.items()} == {
        "loosbot.yaml": first,
        "narratives/recits/a.yaml": main,
        "narratives/recits/b.yaml": merge,
        "narratives/recits/c.yaml": side,
    }


def test_odd_file_names_keep_their_history(town: Path) -> None:
    names = ["é à.yaml", "deux\nlignes.yaml", ":100644 a.yaml", '"guillemet".yaml', "[a]*?.yaml"]
    for name in names:
        write(town, f"narratives/{name}", f"titre: {name!r}\n")
    (town / "narratives" / os.fsdecode(b"caf\xe9.yaml")).write_text("titre: latin\n")
    head = commit(town, "Noms")
    repository = opened(town)
    last = repository.last_commits()
    for name in [*names, "caf\\xe9.yaml"]:
        assert last[f"narratives/{name}"].id == head
    assert not repository.dirty()
    tree = CommitTree(repository, "HEAD")
    assert tree.entries() == FolderTree(town).entries()
    assert Entry("narratives/caf\\xe9.yaml", 0, "other") in tree.entries()
    paths = [f"narratives/{name}" for name in names]
    assert list(tree.read(paths)) == list(FolderTree(town).read(paths))


def test_a_commit_is_read_as_a_tree(town: Path) -> None:
    write(town, "narratives/recits/.cache", "éditeur\n")
    write(town, "narratives/vide.yaml", "")
    (town / "narratives/lien.yaml").symlink_to("recits/a.yaml")
    (town / "pages").symlink_to("narratives")
    head = commit(town, "Second")
    write(town, "narratives/recits/a.yaml", "titre: pas encore\n")
    tree = CommitTree(opened(town), head)
    assert tree.entries() == [
        Entry("loosbot.yaml", 14, "file"),
        Entry("narratives/lien.yaml", 0, "symlink"),
        Entry("narratives/recits/a.yaml", 9, "file"),
        Entry("narratives/recits/b.yaml", 9, "file"),
        Entry("narratives/vide.yaml", 0, "file"),
        Entry("pages", 0, "symlink"),
    ]
    paths = ["narratives/vide.yaml", "narratives/recits/b.yaml", "narratives/recits/a.yaml"]
    assert list(tree.read(paths)) == [
        ("narratives/vide.yaml", b""),
        ("narratives/recits/b.yaml", b"titre: B\n"),
        ("narratives/recits/a.yaml", b"titre: A\n"),
    ]
    assert list(tree.read([])) == []
    for path in ("narratives/lien.yaml", "README.md", "../x", "narratives/recits/.cache"):
        with pytest.raises(UserError, match="n’est pas un fichier de ce commit"):
            list(tree.read([path]))


def test_submodule_is_reported(town: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    write(other, "a.yaml", "titre: ailleurs\n")
    commit(other, "Ailleurs")
    git(town, "submodule", "--quiet", "add", str(other), "narratives/module")
    commit(town, "Module")
    repository = opened(town)
    assert Entry("narratives/module", 0, "repository") in CommitTree(repository, "HEAD").entries()
    assert not repository.dirty()


def test_many_and_large_files(town: Path) -> None:
    for number in range(450):
        write(town, f"narratives/n/{number:03}.yaml", f"titre: {number}\n" * (number + 1))
    (town / "narratives/gros.yaml").write_bytes(b"x" * (3 * MAX_BYTES))
    commit(town, "Beaucoup")
    tree = CommitTree(opened(town), "HEAD")
    paths = ["narratives/gros.yaml", *(f"narratives/n/{n:03}.yaml" for n in range(450))]
    answers = dict(tree.read(paths))
    assert list(answers) == paths
    assert answers.pop("narratives/gros.yaml") == b"x" * (MAX_BYTES + 1)
    assert all(data == (town / path).read_bytes() for path, data in answers.items())
    assert next(iter(tree.read(paths)))[0] == "narratives/gros.yaml", "may be left early"


def test_a_bare_repository_reads_like_a_folder(town: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(town), "bare.git")
    repository = opened(tmp_path / "bare.git")
    assert repository.bare
    assert not repository.dirty()
    head = git(town, "rev-parse", "HEAD")
    assert repository.resolve("HEAD") == head
    assert repository.last_commits()["narratives/recits/a.yaml"].id == head
    tree = CommitTree(repository, "HEAD")
    assert tree.entries() == FolderTree(town).entries()
    assert list(tree.read(["loosbot.yaml"])) == [("loosbot.yaml", b"corpus: essai\n")]


def test_corpus_in_a_part_of_the_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    folder = tmp_path / "le corpus"
    write(folder, "loosbot.yaml", "corpus: essai\n")
    write(folder, "narratives/a.yaml", "titre: A\n")
    write(tmp_path, "narratives/dehors.yaml", "titre: dehors\n")
    head = commit(tmp_path, "Premier")
    repository = opened(folder)
    assert repository.prefix == "le corpus/"
    assert set(repository.last_commits()) == {"loosbot.yaml", "narratives/a.yaml"}
    assert repository.last_commits()["narratives/a.yaml"].id == head
    assert set(repository.blob_ids(head)) == {"loosbot.yaml", "narratives/a.yaml"}
    write(tmp_path, "narratives/dehors.yaml", "titre: changé\n")
    assert not repository.dirty()
    write(folder, "narratives/a.yaml", "titre: changé\n")
    assert repository.dirty()
    for tree in (CommitTree(repository, head), CommitTree(opened(tmp_path), head, "le corpus")):
        assert [entry.path for entry in tree.entries()] == ["loosbot.yaml", "narratives/a.yaml"]
        assert list(tree.read(["narratives/a.yaml"])) == [("narratives/a.yaml", b"titre: A\n")]


def test_damaged_repository(town: Path) -> None:
    blob = opened(town).blob_ids("HEAD")["narratives/recits/a.yaml"]
    (town / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(UserError, match="ne retrouve pas le contenu"):
        list(CommitTree(opened(town), "HEAD").read(["narratives/recits/a.yaml"]))
