"""A ``git push`` to a bare repository: the wiki shows it when the push returns."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from patience import LONG, until
from wikis import Wiki

RECIT = """type: recit
titre: La pince du coron
annee: 2018
voix:
  - qui: Une habitante
    role: habitant
    nature: rapporte
    consentement: {etat: public, portee: [wiki]}
    texte: Elle dit que la pince sert encore.
"""
FILE = "narratives/recits/pince.yaml"
TITLE = "La pince du coron"
STATE = "Utilisateur:Loosbot/État de la publication"


@dataclass(frozen=True)
class Depot:
    """A bare repository with the hooks, and the clone of somebody who writes."""

    bare: Path
    clone: Path
    env: dict[str, str]

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments],
            cwd=self.clone,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )

    def commit(self, text: str) -> str:
        file = self.clone / FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        assert self.git("add", "-A").returncode == 0
        assert self.git("commit", "-q", "-m", "Récit").returncode == 0
        return self.git("rev-parse", "HEAD").stdout.strip()

    def push(self, *refs: str) -> subprocess.CompletedProcess[str]:
        return self.git("push", "-q", "depot", *(refs or ("main",)))

    def without_wiki(self) -> Depot:
        """The same, while nothing answers at the address of the wiki."""
        return replace(self, env=self.env | {"LOOSBOT_WIKI": "http://127.0.0.1:9/api.php"})

    @property
    def log(self) -> str:
        return (self.bare / "loosbot.log").read_text(encoding="utf-8")


@pytest.fixture
def depot(wiki: Wiki, tmp_path: Path) -> Depot:
    bare, clone = tmp_path / "depot.git", tmp_path / "clone"
    for arguments in (
        ["git", "init", "-q", "--bare", "-b", "main", bare],
        ["git", "init", "-q", "-b", "main", clone],
        ["git", "-C", clone, "remote", "add", "depot", bare],
        [sys.executable, "-m", "loosbot", "hook", "install", bare],
    ):
        subprocess.run(arguments, check=True, capture_output=True)
    # the wiki that a push names is never spoken to: the tests that follow show it by passing
    (clone / "loosbot.yaml").write_text("corpus: essai\nwiki: https://ailleurs.example/api.php\n")
    return Depot(bare, clone, os.environ | wiki.env)


def test_a_broken_recit_is_refused_and_the_repaired_one_published(wiki: Wiki, depot: Depot) -> None:
    depot.commit(RECIT.replace("annee: 2018", "annee: bientôt"))

    refused = depot.push()

    assert refused.returncode == 1
    assert f"remote: {FILE}:3:8: erreur [" in refused.stderr
    assert wiki.reader().text(TITLE) is None

    head = depot.commit(RECIT)
    taken = depot.push()

    assert taken.returncode == 0, taken.stderr
    assert "pages créées" in taken.stderr
    assert "Le portail : " in taken.stderr
    assert "la pince sert encore" in (wiki.reader().text(TITLE) or "")
    [revision] = wiki.reader().revisions(TITLE)
    assert revision["comment"].startswith(f"{head[:12]} essai")
    assert f"main {head[:12]}\n" in depot.log
    assert "pages créées" in depot.log
    assert wiki.credentials.password not in taken.stderr + depot.log


def test_a_wiki_that_is_down_loses_no_push_and_the_next_one_catches_up(
    wiki: Wiki, depot: Depot
) -> None:
    head = depot.commit(RECIT)

    first = depot.without_wiki().push()

    assert first.returncode == 0, first.stderr
    assert "Votre envoi est bien enregistré dans git ; le wiki n’est pas à jour." in first.stderr
    assert "Le prochain envoi, ou la prochaine publication, rattrapera tout." in first.stderr
    assert depot.git("ls-remote", "depot", "main").stdout.startswith(head)

    depot.commit(RECIT.replace("2018", "2019"))
    second = depot.push()

    assert second.returncode == 0, second.stderr
    assert "la pince sert encore" in (wiki.reader().text(TITLE) or "")
    # everybody who reads the wiki can see that a push waited, and why
    page = wiki.reader().text(STATE) or ""
    _, caught_up = page.split("== Ce qui a été rattrapé ==")
    assert f"version {head[:12]} : Le wiki 127.0.0.1:9 ne répond pas" in caught_up
    # once told it is over; a push without news leaves the page as it is
    depot.git("commit", "-q", "--allow-empty", "-m", "Rien")
    assert depot.push().returncode == 0
    assert len(wiki.reader().revisions(STATE)) == 1


def test_a_server_put_on_another_history_publishes_nothing(wiki: Wiki, depot: Depot) -> None:
    depot.commit(RECIT)
    assert depot.push().returncode == 0
    before = wiki.reader().text(TITLE)
    depot.git("checkout", "-q", "--orphan", "autre")
    depot.commit(RECIT.replace("sert encore", "est rouillée"))
    assert "ferait disparaître de « main »" in depot.push("+autre:main").stderr
    # as docs/depot.md tells who keeps the server
    assert depot.push("autre").returncode == 0
    subprocess.run(["git", "-C", depot.bare, "update-ref", "refs/heads/main", "autre"], check=True)
    depot.git("commit", "-q", "--allow-empty", "-m", "Encore")

    done = depot.push("autre:main")

    assert done.returncode == 0, done.stderr
    assert "Le wiki a été publié depuis la version" in done.stderr
    assert "Une fois cela réglé (dans une copie du dépôt), le prochain envoi" in done.stderr
    assert wiki.reader().text(TITLE) == before
    page = wiki.reader().text(STATE) or ""
    assert "Dernière publication" in page
    _, failed = page.split("== Ce qui n’a pas pu être publié ==")
    assert "n’a pas été publiée : Le wiki a été publié depuis la version" in failed


def test_a_page_that_a_person_changed_is_named_to_who_pushes(wiki: Wiki, depot: Depot) -> None:
    depot.commit(RECIT)
    assert depot.push().returncode == 0
    person = wiki.person()
    text = person.text(TITLE) or ""
    person.edit(TITLE, text.replace("sert encore", "sert toujours"))
    depot.commit(RECIT.replace("sert encore", "est rouillée"))

    done = depot.push()

    assert done.returncode == 0, done.stderr
    assert f"« {TITLE} » (recit/pince) : modifiée par {person.name}" in done.stderr
    assert "sert toujours" in (person.text(TITLE) or "")


def test_two_pushes_at_once_are_published_one_after_the_other(wiki: Wiki, depot: Depot) -> None:
    depot.commit(RECIT)
    first = subprocess.Popen(
        ["git", "push", "-q", "depot", "main"],
        cwd=depot.clone,
        env=depot.env,
        stderr=subprocess.PIPE,
        text=True,
    )
    until((depot.bare / "loosbot.lock").exists, "the first push never came to publish", 0.01)
    head = depot.commit(RECIT.replace("sert encore", "est rouillée"))

    second = depot.push()

    assert "pages créées" in first.communicate(timeout=LONG)[1]
    assert second.returncode == 0, second.stderr
    assert "page mise à jour" in second.stderr
    assert "est rouillée" in (wiki.reader().text(TITLE) or "")
    titles = [line for line in depot.log.splitlines() if not line.startswith("  ")]
    assert titles[-1].endswith(f"main {head[:12]}")
    assert len(titles) == 2
