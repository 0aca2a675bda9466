"""The guide and the README, command by command, by somebody who has just opened a terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from programs import at_a_terminal
from wikis import Wiki

GUIDE = "docs/guide.md"
ADDRESS = "depot@serveur.mairie.example:corpus.git"
TALE = "narratives/recit/le-banc-a-mi-chemin.yaml"
ANSWERS = "Le banc à mi-chemin\n\nNadia B.\n1\nElle voulait un banc.\no\nDossier 12\n"
TITLE = "Le banc à mi-chemin"


def commands(checkout: Path, path: str, heading: str) -> list[list[str]]:
    """The commands of each ``sh`` block under a heading."""
    text = (checkout / path).read_text(encoding="utf-8")
    sign = heading.split(" ")[0]
    part = re.split(rf"^{sign} ", text.partition(f"\n{heading}\n")[2], flags=re.MULTILINE)[0]
    blocks = re.findall(r"^```sh\n(.*?)^```$", part, re.DOTALL | re.MULTILINE)
    return [block.splitlines() for block in blocks]


@dataclass(frozen=True)
class Clerk:
    """Somebody's home, and a shell in it. ``nano`` types one line at the end of a file."""

    home: Path
    env: dict[str, str]

    @classmethod
    def new(cls, home: Path, **env: str) -> Clerk:
        tools = home / "outils/bin"
        tools.mkdir(parents=True)
        (tools / "loosbot").symlink_to(Path(sys.executable).parent / "loosbot")
        (tools / "nano").write_text('#!/bin/sh\necho "$TYPED" >> "$1"\n')
        (tools / "nano").chmod(0o755)
        (home / ".profile").write_text("")
        kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
        return cls(home, kept | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")} | env)

    def types(
        self, command: str, answers: str = "", folder: str = "corpus", line: str = "annee: 2024"
    ) -> subprocess.CompletedProcess[str]:
        """One command at a terminal, in a new shell that reads the profile, as a login does."""
        shell = ["sh", "-c", f". ~/.profile; {command}"]
        return at_a_terminal(shell, answers, self.env | {"TYPED": line}, self.home / folder)


@pytest.fixture
def depot(wiki: Wiki, tmp_path: Path) -> Path:
    """The town's repository: it publishes at each push, and somebody has written in it."""
    bare, first = tmp_path / "corpus.git", tmp_path / "premier"
    account = wiki.credentials
    settings = tmp_path / "serveur/loosbot"
    settings.mkdir(parents=True)
    (settings / "credentials").write_text(
        f"[{wiki.api}]\ncompte = {account.user}\nmot_de_passe = {account.password}\n"
    )
    (settings / "credentials").chmod(0o600)
    for words in (
        ["git", "init", "-q", "--bare", "-b", "main", str(bare)],
        [sys.executable, "-m", "loosbot", "hook", "install", str(bare)],
        ["git", "init", "-q", "-b", "main", str(first)],
    ):
        subprocess.run(words, check=True, capture_output=True)
    (first / "loosbot.yaml").write_text("corpus: essai\n")
    for words in (["add", "-A"], ["commit", "-qm", "Début"], ["push", "-q", str(bare), "main"]):
        subprocess.run(["git", *words], cwd=first, check=True, env=os.environ | wiki.env)
    return bare


def test_the_guide_leads_to_a_published_tale(wiki: Wiki, depot: Path, tmp_path: Path) -> None:
    checkout = Path(__file__).parents[2]
    clerk = Clerk.new(tmp_path / "maison", **wiki.env)
    clerk.types(f"git config --global url.{depot}.insteadOf {ADDRESS}", folder=".")
    system, settle, install, enter, begin, edit, check, send, mend, again = commands(
        checkout, GUIDE, "## Votre premier récit, pas à pas"
    )
    # what the system's registry and pip do; tests/live/test_wheel.py installs
    assert system == ["sudo apt-get install git nano python3-venv"]
    assert install[-1] == "~/outils/bin/pip install ./corpus"
    for command in settle:
        done = clerk.types(command, folder=".")
        assert done.returncode == 0, command + done.stderr
    assert enter == ["cd ~/corpus", "git pull"]
    assert clerk.types("; ".join(enter), folder=".").returncode == 0

    done = clerk.types(begin[0], ANSWERS)
    assert (done.returncode, done.stdout) == (0, f"{TALE}\n"), done.stderr
    assert edit == [f"nano {TALE}"]
    for command in (*edit, *check, *send):
        done = clerk.types(command)
        assert done.returncode == 0, command + done.stdout + done.stderr
    assert "pages créées" in done.stderr
    text = wiki.reader().text(TITLE) or ""
    assert "Elle voulait un banc." in text
    assert "2024" in text

    # a fault: the push is refused, and what the guide says mends it
    clerk.types(edit[0], line="occasion: [une, deux]")
    for command in send[:-1]:
        clerk.types(command)
    refused = clerk.types(send[-1])
    assert refused.returncode == 1
    assert "Envoi refusé" in refused.stderr
    file = clerk.home / "corpus" / TALE
    file.write_text(file.read_text(encoding="utf-8").replace("[une, deux]", "Une soirée"))
    for command in mend:
        done = clerk.types(command)
        assert done.returncode == 0, command + done.stdout + done.stderr
    assert "Une soirée" in (wiki.reader().text(TITLE) or "")

    # somebody was faster
    other = tmp_path / "premier"
    (other / "pages").mkdir()
    (other / "pages/lieux.md").write_text("---\ntitre: Nos lieux\n---\nBonjour.\n")
    for words in (
        ["pull", "-q", "--rebase", str(depot), "main"],
        ["add", "-A"],
        ["commit", "-qm", "Nos lieux"],
        ["push", "-q", str(depot), "main"],
    ):
        subprocess.run(["git", *words], cwd=other, check=True, env=os.environ | wiki.env)
    clerk.types(edit[0], line="langue: fr")
    for command in send[:-1]:
        clerk.types(command)
    refused = clerk.types(send[-1])
    assert refused.returncode == 1
    assert "rejected" in refused.stderr
    assert "fetch first" in refused.stderr
    for command in again:
        done = clerk.types(command)
        assert done.returncode == 0, command + done.stdout + done.stderr
    assert "Bonjour." in (wiki.reader().text("Nos lieux") or "")


def test_the_clerks_day_of_the_readme(wiki: Wiki, tmp_path: Path) -> None:
    checkout = Path(__file__).parents[2]
    clerk = Clerk.new(tmp_path / "maison", EDITOR="nano", **wiki.env)
    profile = clerk.home / ".profile"
    profile.write_text('export PATH="$HOME/outils/bin:$PATH"\n')
    corpus = clerk.home / "corpus"
    corpus.mkdir()
    (corpus / "loosbot.yaml").write_text("corpus: essai\n")
    for command in (
        "git config --global user.name 'Camille L.'",
        "git config --global user.email camille.l@mairie.example",
        "git init -q -b main",
        "git add -A",
        "git commit -qm Début",
    ):
        assert clerk.types(command).returncode == 0
    answers = {"new": "\nNadia B.\n1\nElle voulait un banc.\no\nDossier 12\n", "sync": "o\n"}

    [day] = commands(checkout, "README.md", "## La journée d’un agent")
    output = ""
    for command in day:
        word = command.split(" ")[1]
        done = clerk.types(command, answers.get(word, ""))
        assert done.returncode == 0, command + done.stdout + done.stderr
        output += done.stdout + done.stderr

    assert len(day) == 8
    assert "« Un banc pour la rue » (recit/un-banc-pour-la-rue" in output
    assert "Publier " in output
    assert "Elle voulait un banc." in (wiki.reader().text("Un banc pour la rue") or "")
