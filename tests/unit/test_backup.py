"""A backup holds what a fire would take, and only goes back whole, to a place where nothing is."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from corpora import write
from gits import git

from loosbot.cli import main
from loosbot.commands.options import CONFIG

BENCH = "narratives/projet/banc.yaml"
FILES = {
    CONFIG: "corpus: essai\n",
    BENCH: "type: projet\ntitre: Un banc\n",
    "narratives/projet/ancien.yaml": "type: projet\ntitre: Un ancien\n",
    ".gitignore": "*.tmp\n",
}


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(word) for word in words])
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's user keeps keys and passwords."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "loosbot").mkdir(parents=True)
    return tmp_path / "config" / "loosbot"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus in git, with a tag, a remote, and work that is not committed yet."""
    folder = write(tmp_path / "corpus", FILES)
    git(folder, "init", "--quiet", "--initial-branch=publique")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Un banc")
    git(folder, "tag", "v1")
    git(folder, "branch", "brouillon")
    git(folder, "remote", "add", "origin", "/srv/git/corpus.git")
    return folder


@pytest.fixture
def saved(corpus: Path, tmp_path: Path) -> Path:
    file = tmp_path / "sauvegarde.zip"
    code, output = run("backup", file, "--corpus", corpus)
    assert code == 0, output
    return file


def test_everything_comes_back_as_it_was(corpus: Path, tmp_path: Path) -> None:
    (corpus / BENCH).write_text("type: projet\ntitre: Un banc vert\n")
    (corpus / "narratives/projet/neuf.yaml").write_text("type: projet\ntitre: Neuf\n")
    (corpus / "narratives/projet/ancien.yaml").unlink()
    (corpus / "brouillon.tmp").write_text("rien")
    file, back = tmp_path / "sauvegarde.zip", tmp_path / "remise"

    assert run("backup", file, "--corpus", corpus)[0] == 0
    code, output = run("restore", file, "--corpus", back)

    assert code == 0, output
    assert str(back) in output
    assert "loosbot doctor" in output
    for command in (
        ("status", "--porcelain"),
        ("for-each-ref",),
        ("log", "--all", "--format=%H %T %an %cd"),
        ("symbolic-ref", "HEAD"),
        ("remote", "--verbose"),
    ):
        assert git(back, *command) == git(corpus, *command), command
    kept = {p.relative_to(back).as_posix() for p in back.rglob("*") if ".git" not in p.parts}
    assert "narratives/projet/neuf.yaml" in kept
    assert "narratives/projet/ancien.yaml" not in kept
    assert "brouillon.tmp" not in kept
    assert (back / BENCH).read_text() == "type: projet\ntitre: Un banc vert\n"


def test_everything_put_aside_comes_back(corpus: Path, tmp_path: Path) -> None:
    """Git names the newest stash alone, and lists all of them by a log that no bundle holds."""
    for colour in ("vert", "bleu", "rouge"):
        (corpus / BENCH).write_text(f"type: projet\ntitre: Un banc {colour}\n")
        git(corpus, "stash", "push", "--quiet", "--message", f"Un banc {colour}")
    file, back = tmp_path / "sauvegarde.zip", tmp_path / "remise"

    assert run("backup", file, "--corpus", corpus)[0] == 0
    assert run("restore", file, "--corpus", back)[0] == 0

    assert git(back, "stash", "list") == git(corpus, "stash", "list")
    git(back, "stash", "pop", "--quiet", "stash@{2}")
    assert "vert" in (back / BENCH).read_text()


def test_the_keys_come_back_for_their_owner_alone(corpus: Path, home: Path, tmp_path: Path) -> None:
    keys = {"pseudonymes-essai.cle": "a" * 64, "credentials": "[https://w.fr/api.php]\n"}
    for name, text in keys.items():
        (home / name).write_text(text)
        (home / name).chmod(0o600)
    file = tmp_path / "sauvegarde.zip"
    (home / "credentials").write_text(
        "[https://w.fr/api.php]\ncompte = Loosbot@a\nmot_de_passe = secret-de-l-essai\n"
    )
    assert run("backup", file, "--corpus", corpus)[0] == 0
    said_of_passwords = (home / "credentials").read_text()
    for name in keys:
        (home / name).unlink()

    code, output = run("restore", file, "--corpus", tmp_path / "remise")

    assert code == 0
    assert "secret-de-l-essai" not in output
    assert (home / "pseudonymes-essai.cle").read_text() == "a" * 64
    assert (home / "credentials").read_text() == said_of_passwords
    for name in keys:
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_another_key_in_place_is_never_written_over(
    corpus: Path, home: Path, tmp_path: Path
) -> None:
    key = home / "pseudonymes-essai.cle"
    key.write_text("a" * 64)
    file = tmp_path / "sauvegarde.zip"
    assert run("backup", file, "--corpus", corpus)[0] == 0
    key.write_text("b" * 64)

    code, output = run("restore", file, "--corpus", tmp_path / "remise")

    assert (code, key.read_text()) == (1, "b" * 64)
    assert "existe déjà" in output
    assert not (tmp_path / "remise").exists()


def test_the_bare_repository_of_a_server_with_its_hooks(corpus: Path, tmp_path: Path) -> None:
    depot = tmp_path / "corpus.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(corpus), str(depot))
    assert run("hook", "install", depot, "--branch", "publique")[0] == 0
    (depot / "hooks/update.sample").write_text("#!/bin/sh\n")
    file = tmp_path / "sauvegarde.zip"

    code, output = run("backup", file, "--repo", depot, "--corpus", corpus)
    assert (code, "Crochets de quelqu’un d’autre" in output) == (0, False), output
    (depot / "hooks/update").write_text("#!/bin/sh\n")
    output = run("backup", file, "--repo", depot, "--corpus", corpus)[1]
    assert "Crochets de quelqu’un d’autre, à copier à part : update." in output
    code, output = run("restore", file, "--corpus", tmp_path / "ici" / "corpus")

    back = tmp_path / "ici" / "corpus.git"
    assert code == 0, output
    assert git(back, "for-each-ref") == git(depot, "for-each-ref")
    assert git(back, "config", "receive.fsckObjects") == "true"
    # a hook names the Python of its machine: it is made again, and the words to do it are given
    assert f"loosbot hook install {back} --branch publique" in output
    assert not list((back / "hooks").iterdir())


def test_a_server_that_has_the_bare_repository_alone(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    depot, file, back = tmp_path / "corpus.git", tmp_path / "s.zip", tmp_path / "remis.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(corpus), str(depot))
    monkeypatch.chdir(tmp_path)

    assert run("backup", file, "--repo", depot)[0] == 0
    code, output = run("restore", file, "--repo", back)

    assert code == 0, output
    assert git(back, "for-each-ref") == git(depot, "for-each-ref")


def test_restored_where_one_stands(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "ici"
    here.mkdir()
    saved.rename(here / saved.name)
    monkeypatch.chdir(here)

    code, output = run("restore", saved.name)

    assert code == 0, output
    assert (here / CONFIG).exists()
    assert git(here, "status", "--porcelain") == f"?? {saved.name}"


def test_under_whose_name_git_commits_from_now_on(corpus: Path, tmp_path: Path) -> None:
    git(corpus, "config", "user.name", "Camille\x1b[31m Martin")
    run("backup", tmp_path / "s.zip", "--corpus", corpus)

    _, output = run("restore", tmp_path / "s.zip", "--corpus", tmp_path / "remise")

    assert "au nom de « Camille" in output
    assert "Martin »" in output
    assert "\x1b" not in output


def test_only_where_nothing_is(saved: Path, corpus: Path) -> None:
    before = sorted(corpus.rglob("*"))

    code, output = run("restore", saved, "--corpus", corpus)

    assert code == 1
    assert "n’est pas vide" in output
    assert sorted(corpus.rglob("*")) == before


def test_an_older_backup_is_replaced_and_nothing_else_is(corpus: Path, tmp_path: Path) -> None:
    file, letter = tmp_path / "sauvegarde.zip", tmp_path / "lettre.odt"
    letter.write_text("Cher maire")

    assert run("backup", file, "--corpus", corpus)[0] == 0
    assert run("backup", file, "--corpus", corpus)[0] == 0
    code, output = run("backup", letter, "--corpus", corpus)

    assert code == 1
    assert "n’est pas une sauvegarde" in output
    assert letter.read_text() == "Cher maire"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("named", ["corpsu", "lettre.odt", "."])
def test_a_corpus_that_is_none_is_no_backup(
    named: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the keys of the account alone would be taken for a backup of the town
    (home / "credentials").write_text("[https://wiki.invalid/api.php]\n")
    (tmp_path / "lettre.odt").write_text("Cher maire")
    monkeypatch.chdir(tmp_path)

    for words in (["--corpus", named], []):
        code, output = run("backup", "sauvegarde.zip", *words)

        assert code == 2, output
        assert CONFIG in output
    assert not (tmp_path / "sauvegarde.zip").exists()


def test_a_backup_that_is_not_there(tmp_path: Path) -> None:
    code, output = run("restore", tmp_path / "perdue.zip", "--corpus", tmp_path / "corpus")

    assert code == 2
    assert f"« {tmp_path}/perdue.zip » n’existe pas." in output
    assert not (tmp_path / "corpus").exists()


def test_never_into_a_folder_that_git_would_add(corpus: Path) -> None:
    code, output = run("backup", corpus / "sauvegarde.zip", "--corpus", corpus)

    assert code == 1
    assert "mots de passe" in output
    assert git(corpus, "status", "--porcelain") == ""


def test_beside_the_corpus_from_inside_it(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus)

    code, output = run("backup", "../sauvegarde.zip")

    assert code == 0, output
    assert f"loosbot restore {tmp_path / 'sauvegarde.zip'} " in output


def test_never_into_a_corpus_without_git_by_a_link(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", FILES)
    (tmp_path / "lien").symlink_to(corpus)

    assert run("backup", tmp_path / "lien" / "s.zip", "--corpus", corpus)[0] == 1
    assert not (corpus / "s.zip").exists()


def test_a_corpus_without_git(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", FILES)
    file, back = tmp_path / "s.zip", tmp_path / "remise"

    assert run("backup", file, "--corpus", corpus)[0] == 0
    assert run("restore", file, "--corpus", back)[0] == 0

    assert (back / BENCH).read_text() == FILES[BENCH]


def test_a_corpus_with_faults_is_saved_like_any_other(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus", {BENCH: "type: [", CONFIG: "corpus: essai\n"})

    assert run("backup", tmp_path / "s.zip", "--corpus", corpus)[0] == 0


def test_a_corpus_in_a_part_of_its_repository(tmp_path: Path) -> None:
    write(tmp_path / "ville" / "corpus", FILES)
    top = tmp_path / "ville"
    git(top, "init", "--quiet")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "Un banc")

    assert run("backup", tmp_path / "s.zip", "--corpus", top / "corpus")[0] == 0
    code, output = run("restore", tmp_path / "s.zip", "--corpus", tmp_path / "remise")

    assert code == 0
    assert f"le corpus : {tmp_path / 'remise' / 'corpus'}" in output
    assert (tmp_path / "remise" / "corpus" / BENCH).exists()


def test_a_full_disk_is_the_one_that_is_written_to(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copyfile(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(source), None, str(target))

    # no test fills a disk: it raises what shutil raises on a full one, with its names
    monkeypatch.setattr(shutil, "copyfile", copyfile)
    (tmp_path / "ailleurs").mkdir()
    (corpus / "narratives/brouillon.yaml").write_text("type: projet\ntitre: Un banc\n")

    code, output = run("backup", tmp_path / "ailleurs/s.zip", "--corpus", corpus)

    assert code == 1
    assert f"faite : {tmp_path}/ailleurs : le disque est plein." in output
    assert not list((tmp_path / "ailleurs").iterdir())


def test_a_part_of_the_history_is_no_backup(corpus: Path, tmp_path: Path) -> None:
    git(corpus, "commit", "--quiet", "--allow-empty", "--message", "Encore")
    shallow = tmp_path / "partiel"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{corpus}", str(shallow))

    code, output = run("backup", tmp_path / "s.zip", "--corpus", shallow)

    assert code == 1
    assert "git fetch --unshallow" in output
    assert not (tmp_path / "s.zip").exists()


def test_a_clone_without_its_old_files_is_no_backup(corpus: Path, tmp_path: Path) -> None:
    git(corpus, "config", "uploadpack.allowFilter", "true")
    (corpus / BENCH).write_text("type: projet\ntitre: Le banc\n", encoding="utf-8")
    git(corpus, "commit", "--quiet", "--all", "--message", "Le banc")
    partial = tmp_path / "partiel"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{corpus}", str(partial))

    for command in (["backup", tmp_path / "s.zip"], ["diff", "HEAD~1"]):
        code, output = run(*command, "--corpus", partial)
        assert code == 1
        assert "Ce clone est partiel" in output
    git(partial, "fetch", "--quiet", "--refetch", "--no-filter")

    assert run("backup", tmp_path / "s.zip", "--corpus", partial)[0] == 0


def test_a_wiki_that_is_elsewhere_is_named_with_its_commands(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOSBOT_WIKI", "https://wiki.exemple.fr/api.php")

    code, output = run("backup", tmp_path / "s.zip", "--corpus", corpus)

    assert code == 0
    assert "https://wiki.exemple.fr/api.php n’est pas celui de loosbot" in output
    assert "mysqldump --single-transaction" in output


Change = Callable[[dict[str, bytes], Any], None]


def _tampered(saved: Path, change: Change) -> Path:
    """The same archive after ``change`` of its members and of its manifest."""
    with zipfile.ZipFile(saved) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifeste.json"])
    change(members, manifest)
    members["manifeste.json"] = json.dumps(manifest).encode()
    other = saved.with_name("autre.zip")
    with zipfile.ZipFile(other, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return other


def _one_bit(members: dict[str, bytes], manifest: Any) -> None:
    data = members["git/corpus.bundle"]
    members["git/corpus.bundle"] = data[:-1] + bytes([data[-1] ^ 1])


def _one_missing(members: dict[str, bytes], manifest: Any) -> None:
    del members["git/corpus.bundle"]


def _one_more(members: dict[str, bytes], manifest: Any) -> None:
    members["travail/pages/accueil.md"] = b"pirate"


def _moved(path: str) -> Change:
    def change(members: dict[str, bytes], manifest: Any) -> None:
        members[path] = members.pop("git/corpus.bundle")
        manifest["files"][path] = manifest["files"].pop("git/corpus.bundle")

    return change


def _name(key: str, value: object) -> Change:
    def change(members: dict[str, bytes], manifest: Any) -> None:
        manifest[key] = value

    return change


def _added(path: str) -> Change:
    def change(members: dict[str, bytes], manifest: Any) -> None:
        members[path] = b"#!/bin/sh\n"
        digest = hashlib.sha256(members[path]).hexdigest()
        manifest["files"][path] = {"size": len(members[path]), "sha256": digest}

    return change


def _history(key: str, value: object) -> Change:
    def change(members: dict[str, bytes], manifest: Any) -> None:
        manifest["git"][key] = value

    return change


def _bomb(members: dict[str, bytes], manifest: Any) -> None:
    manifest["files"]["git/corpus.bundle"]["size"] = 300 << 20


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        _one_bit,
        _one_missing,
        _one_more,
        _moved("../../dehors"),
        _moved("/dehors-absolu"),
        _moved("travail/../../dehors"),
        _moved("travail\\..\\dehors"),
        _moved("ailleurs/dehors"),
        _name("prefix", "../dehors"),
        _name("removed", ["../dehors"]),
        _name("files", []),
        _name("format", "un"),
        _name("corpus", 7),
        _added("travail/.git/hooks/post-checkout"),
        _added("travail/.GIT./config"),
        _added("travail/a/.g\u200bit/config"),
        _added("loosbot/git~1/config"),
        _name("removed", [".git/config"]),
        _name("made", "2026\x1b]0;x\x07"),
        _name("release", "1.39 ; rm -rf /"),
        _name("wiki", "https://a.fr/\u202e"),
        _history("branch", "--upload-pack=x"),
        _history("branch", "../../x"),
        _history("commit", "--help"),
        _history("object_format", "--template=/tmp"),
        _history("bundle", "../../dehors"),
        _history("bundle", "/etc/passwd"),
        _history("settings", [["user.name", "a\0b"]]),
        _history("settings", [["user.name", "a" * 1_000_000]]),
        _history("hooks", ["rm -rf ~ ; loosbot hook install {depot}"]),
        _history("hooks", ["loosbot hook install {depot} --branch x; rm -rf ~"]),
        _history("hooks", ["loosbot hook install {depot} --branch $(rm -rf ~)"]),
        _history("hooks", ["loosbot hook install {depot} --branch '"]),
        _bomb,
    ],
)
def test_nothing_goes_back_from_an_archive_that_is_not_ours(
    saved: Path, tmp_path: Path, change: Change
) -> None:
    before = sorted(tmp_path.rglob("*"))

    code, output = run("restore", _tampered(saved, change), "--corpus", tmp_path / "remise")

    (tmp_path / "autre.zip").unlink()
    assert code == 1, output
    assert "Ce n’est pas une sauvegarde de loosbot, ou elle est abîmée" in output
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_archive_packed_otherwise_is_not_ours(saved: Path, tmp_path: Path, method: int) -> None:
    other = tmp_path / "autre.zip"
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(other, "w", method) as packed:
        for name in archive.namelist():
            packed.writestr(name, archive.read(name))

    code, output = run("restore", other, "--corpus", tmp_path / "remise")

    assert (code, "abîmée" in output) == (1, True), output
    assert not (tmp_path / "remise").exists()


def test_a_link_of_the_repository_leads_no_password_outside(corpus: Path, tmp_path: Path) -> None:
    outside = tmp_path / "dehors"
    outside.mkdir()
    (corpus / ".loosbot").symlink_to(outside)
    git(corpus, "add", "--force", ".loosbot")
    git(corpus, "commit", "--quiet", "--message", "Un lien")
    (corpus / ".loosbot").unlink()
    write(corpus, {".loosbot/brouillon": "un mot"})
    file = tmp_path / "s.zip"
    assert run("backup", file, "--corpus", corpus)[0] == 0

    code, output = run("restore", file, "--corpus", tmp_path / "remise")

    assert (code, "lien symbolique" in output) == (1, True), output
    assert list(outside.iterdir()) == []


def test_a_bare_repository_named_like_the_corpus_goes_where_one_says(
    corpus: Path, tmp_path: Path
) -> None:
    depot, file = tmp_path / "autre" / "remise", tmp_path / "s.zip"
    git(tmp_path, "clone", "--quiet", "--bare", str(corpus), str(depot))
    assert run("backup", file, "--corpus", corpus, "--repo", depot)[0] == 0
    where = ("restore", file, "--corpus", tmp_path / "remise")

    code, output = run(*where)

    assert (code, "--repo AUTRE-DOSSIER.git" in output) == (1, True), output
    assert run(*where, "--repo", tmp_path / "nu.git")[0] == 0


def test_a_backup_of_a_newer_loosbot_is_named(saved: Path, tmp_path: Path) -> None:
    newer = _tampered(saved, _name("format", 99))

    code, output = run("restore", newer, "--corpus", tmp_path / "remise")

    assert code == 1
    assert "plus récent que celui-ci" in output


@pytest.mark.parametrize("kept", [0.0, 0.2, 0.9])
def test_a_backup_that_was_cut(saved: Path, tmp_path: Path, kept: float) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: int(len(data) * kept)])

    code, output = run("restore", saved, "--corpus", tmp_path / "remise")

    assert code == 1
    assert "abîmée" in output


def test_a_link_of_the_repository_leads_nothing_outside(corpus: Path, tmp_path: Path) -> None:
    """Files of the folder are put over those of git, where a link may stand by then."""
    outside = tmp_path / "dehors"
    outside.mkdir()
    (corpus / "pages").symlink_to(outside)
    git(corpus, "add", "pages")
    git(corpus, "commit", "--quiet", "--message", "Un lien")
    (corpus / "pages").unlink()
    write(corpus, {"pages/accueil.md": "---\ntitre: Accueil\n---\n"})
    file, back = tmp_path / "s.zip", tmp_path / "remise"
    assert run("backup", file, "--corpus", corpus)[0] == 0

    code, output = run("restore", file, "--corpus", back)

    assert list(outside.iterdir()) == []
    assert code == 0, output
    assert (back / "pages/accueil.md").read_text() == "---\ntitre: Accueil\n---\n"
