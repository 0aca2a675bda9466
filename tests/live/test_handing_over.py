"""``docs/passer-la-main.md`` walked: who leaves does what it says, then who comes has an empty
machine, the backup and that page. Its own blocks and commands are run, in its order."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from desk import FILES, JARDIN
from programs import run
from wikis import CHECKOUT, HUMAN, Person

from loosbot.wiki import embedded, install
from loosbot.wiki.instance import Instance
from loosbot.wiki.privileges import account_for

PAGE = (CHECKOUT / "docs" / "passer-la-main.md").read_text("utf-8")
CODE = CHECKOUT / ".loosbot" / f"mediawiki-{embedded.RELEASE}"


@dataclass(frozen=True)
class Home:
    """Somebody's machine: nothing is in its home but what the page puts there."""

    home: Path
    keys: Path
    """Where the backup lies, as on the disk that goes from hand to hand."""

    @property
    def corpus(self) -> Path:
        return self.home / "corpus"

    @property
    def wiki(self) -> Path:
        return self.corpus / ".loosbot" / "wiki"

    def bash(self, text: str, code: int = 0, where: Path | None = None, **more: str) -> str:
        env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **more}
        script = text.replace("passation.zip", str(self.keys / "passation.zip"))
        done = run(["bash", "-euc", script], env, where or self.home, code=code)
        return done.stdout + done.stderr

    def person(self) -> Person:
        return Person.on(self.wiki)


def _installed(home: Path) -> None:
    """What « pip install » of the page makes: the program, in a folder of the home."""
    (home / "loosbot" / "bin").mkdir(parents=True)
    program = home / "loosbot" / "bin" / "loosbot"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m loosbot "$@"\n')
    program.chmod(0o755)


def _commands(part: str) -> list[str]:
    """The commands of a part of the page: those of its block, or those at the head of a step."""
    text = PAGE.partition(f"## {part}\n")[2].partition("\n## ")[0]
    block = re.search(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    if block:
        return [line.partition(" #")[0].strip() for line in block[1].splitlines() if line]
    return re.findall(r"`(loosbot [^`]*)`", text)


def _new_bot_password(wiki: Path, code: Path) -> tuple[str, str]:
    """What ``Spécial:Mots de passe de robots`` gives: the login, and its password."""
    lowered = account_for(wiki, code)
    command = [
        *("php", "maintenance/createBotPassword.php", "--appid=publication"),
        "--grants=basic,highvolume,editpage,createeditmovepage,uploadeditmovefile",
        "Loosbot",
    ]
    done = subprocess.run(
        lowered.command(command) if lowered else command,
        cwd=code,
        env=install.php_environment(code, Instance(wiki).settings),
        check=True,
        capture_output=True,
        text=True,
    )
    match = re.search(r"username:'([^']+)'.*password:'([^']+)'", done.stdout, re.DOTALL)
    assert match, done.stdout
    return match[1], match[2]


@pytest.fixture
def leaving(tmp_path: Path) -> Iterator[Home]:
    """The machine of who leaves: a town at work, with its wiki and its key."""
    leaving = Home(tmp_path / "avant", tmp_path / "disque")
    leaving.keys.mkdir()
    for path, text in FILES.items():
        file = leaving.corpus / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    _installed(leaving.home)
    leaving.bash(
        "git init -q -b main && git config user.name 'Camille Martin' && "
        "git config user.email camille@ancienne-adresse.fr && git add -A && git commit -qm Tout",
        where=leaving.corpus,
    )
    embedded.start(leaving.wiki, code=CODE)
    secrets = Instance(leaving.wiki).read_secrets()
    assert secrets
    install.make_accounts(Instance(leaving.wiki), secrets.code, [(HUMAN, ())])
    leaving.bash("~/loosbot/bin/loosbot sync --yes", where=leaving.corpus)
    yield leaving
    for name in ("avant", "apres"):
        embedded.stop(tmp_path / name / "corpus" / ".loosbot" / "wiki")


def test_the_page_hands_a_town_over(leaving: Home, tmp_path: Path) -> None:
    person = leaving.person()
    person.edit(JARDIN, person.page(JARDIN).replace("devient un jardin", "devient un verger"))

    # who leaves, step by step
    asked = _commands("Celle qui part")
    names = [command.split()[1] for command in asked]
    assert names == ["doctor", "pull", "sync", "backup", "handover"]
    path = f"{leaving.home}/loosbot/bin:{os.environ['PATH']}"
    for command in asked:
        name = command.split()[1]
        output = leaving.bash(
            command.replace("/mnt/sauvegardes/", "") + (" --yes" if name == "sync" else ""),
            code=1 if name == "doctor" else 0,
            where=leaving.corpus,
            PATH=path,
        )
        if name == "doctor":
            assert "attend quelqu’un" in output  # it says what is to be settled first
        if name == "pull":
            leaving.bash("git commit -qam Reprise", where=leaving.corpus)
    assert (leaving.corpus / "passation.html").exists()
    texts = leaving.person().texts()
    head = leaving.bash("git rev-parse HEAD", where=leaving.corpus)

    # the old machine is gone; the next one is empty, with the backup and the page
    embedded.stop(leaving.wiki)
    shutil.rmtree(leaving.home)
    coming = Home(tmp_path / "apres", leaving.keys)
    coming.home.mkdir()
    for command in _commands("Celle qui arrive"):
        if "apt-get install" in command:
            continue  # this machine has them
        if "pip install" in command:
            _installed(coming.home)
            continue
        where = coming.corpus if coming.corpus.exists() else coming.home
        coming.bash(command, where=where)  # doctor too: nothing is left to mend

    assert coming.bash("git rev-parse HEAD", where=coming.corpus) == head
    assert coming.person().texts() == texts
    assert "devient un verger" in coming.person().page(JARDIN)
    assert '"edits": 0' in coming.bash(
        "~/loosbot/bin/loosbot sync --yes --format json", where=coming.corpus
    )

    # in the week: another password for the same robot, and the addresses of who left
    running, secrets = embedded.status(coming.wiki), Instance(coming.wiki).read_secrets()
    assert running and secrets
    login, password = _new_bot_password(coming.wiki, secrets.code)
    kept = coming.home / ".config" / "loosbot" / "credentials"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(f"[{running.url_api}]\ncompte = {login}\nmot_de_passe = {password}\n")
    kept.chmod(0o600)
    output = coming.bash(
        "~/loosbot/bin/loosbot sync --yes --format json",
        where=coming.corpus,
        LOOSBOT_WIKI=running.url_api,
    )
    assert '"edits": 0' in output  # what the robot had published is still the robot's
    [mailmap] = re.findall(r"`(Camille Martin <[^`]*)`", PAGE)
    (coming.corpus / ".mailmap").write_text(f"{mailmap}\n")
    shown = coming.bash("git log --format='%aN <%aE>' | sort -u", where=coming.corpus)
    assert "camille@ancienne-adresse.fr" not in shown
