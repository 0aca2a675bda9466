"""A disaster, played: the wiki, the repository and the keys are gone; back by the commands that
``docs/passer-la-main.md`` gives, compared page by page."""

from __future__ import annotations

import base64
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk import FILES, GARDEN, JARDIN, PLACE, SQUARE, Answer
from gits import git
from patience import LONG
from wikis import CHECKOUT, HUMAN, Person

from loosbot.cli import main
from loosbot.wiki import embedded, install
from loosbot.wiki.instance import Instance

CODE = CHECKOUT / ".loosbot" / f"mediawiki-{embedded.RELEASE}"
NAMESPACES = (0, 1, 2, 3, 4, 6, 10, 14)
BENCH = "narratives/projet/banc.yaml"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Town:
    """A corpus in git with its embedded wiki, and the home of who runs it."""

    folder: Path
    home: Path

    def run(self, *words: str | Path) -> Answer:
        name, *rest = (str(word) for word in words)
        env = {f"XDG_{kind}_HOME": str(self.home / kind) for kind in ("CONFIG", "CACHE", "STATE")}
        result = CliRunner().invoke(main, [name, "--corpus", str(self.folder), *rest], env=env)
        return Answer(result.exit_code, result.stdout, result.stderr)

    def sync(self, *words: str) -> Any:
        done = self.run("sync", "--yes", "--format", "json", *words)
        assert done.code == 0, done.out + done.err
        return done.json

    def git(self, *words: str) -> str:
        return git(self.folder, *words)

    def commit(self, **files: str) -> None:
        for path, text in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Changement")

    @property
    def instance(self) -> Instance:
        return Instance(self.folder / ".loosbot" / "wiki")

    def start(self) -> None:
        embedded.start(self.instance.dir, code=CODE)

    def person(self) -> Person:
        """Somebody who has an account on this wiki."""
        return Person.on(self.instance.dir)

    def histories(self) -> dict[str, list[Any]]:
        """Every version of every page: who, when, why and what."""
        reader = self.person()
        return reader.histories(reader.texts(NAMESPACES))


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Published, its wiki stopped: to be copied."""
    folder = tmp_path_factory.mktemp("town")
    town = Town(folder / "corpus", folder / "home")
    town.folder.mkdir()
    town.git("init", "--quiet", "--initial-branch=main")
    town.commit(**FILES)
    town.start()
    try:
        secrets = town.instance.read_secrets()
        assert secrets
        install.make_accounts(town.instance, secrets.code, [(HUMAN, ())])
        town.sync()
    finally:
        embedded.stop(town.instance.dir)
    return town


@pytest.fixture
def town(stopped: Town, tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path / "corpus", tmp_path / "home")
    shutil.copytree(stopped.folder, town.folder, symlinks=True)
    shutil.copytree(stopped.home, town.home, symlinks=True)
    town.start()
    yield town
    for folder in tmp_path.glob("*/.loosbot/wiki"):
        embedded.stop(folder)


def _upload(person: Person, name: str) -> None:
    """Send a picture as a person does."""
    token = person.call(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
    fields = {"action": "upload", "format": "json", "filename": name, "ignorewarnings": "1"}
    parts = [
        f'--limite\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in {**fields, "token": token}.items()
    ]
    head = f'--limite\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = b"".join(parts) + f"{head}Content-Type: image/png\r\n\r\n".encode() + DOT
    kind = {"Content-Type": "multipart/form-data; boundary=limite"}
    request = urllib.request.Request(person.api, body + b"\r\n--limite--\r\n", kind)
    with person._opener.open(request, timeout=LONG) as answer:
        assert b"Success" in answer.read()


def test_back_after_a_fire_with_nothing_lost(town: Town, tmp_path: Path) -> None:
    key = town.home / "CONFIG" / "loosbot" / "pseudonymes-essai.cle"
    key.parent.mkdir(parents=True)
    key.write_text("a" * 64 + "\n")
    key.chmod(0o600)
    person = town.person()
    person.edit("Discussion:" + JARDIN, "Qui arrose en août ?")
    person.edit(JARDIN, person.page(JARDIN) + "\nUne remarque au-dessous.")
    _upload(person, "Point.png")
    (town.instance.dir / "LocalSettings.local.php").write_text("<?php\n$wgRateLimits = [];\n")
    (town.folder / SQUARE).write_text("type: projet\ntitre: La place, pas encore dite\n")

    # people go on writing while the backup is made
    done, written = threading.Event(), [0]

    def write() -> None:
        mine = town.person()
        # the wiki gives fifty versions of a page at once, with their text
        while written[0] < 40 and not (done.is_set() and written[0]):
            mine.edit("Carnet", f"Ligne {written[0]}")
            written[0] += 1

    writing = threading.Thread(target=write)
    writing.start()
    file = tmp_path / "sauvegarde.zip"
    saved = town.run("backup", str(file))
    done.set()
    writing.join()
    assert saved.code == 0, saved.err
    before, texts = town.histories(), town.git("log", "--all", "--format=%H")
    status = town.git("status", "--porcelain")

    # the fire
    embedded.stop(town.instance.dir)
    shutil.rmtree(town.folder)
    shutil.rmtree(town.home)

    back = Town(tmp_path / "remise", town.home)
    restored = back.run("restore", str(file))
    assert restored.code == 0, restored.err
    assert "loosbot wiki start" in restored.out
    back.start()

    after = back.histories()
    # what was written after the moment of the backup is not in it, and nothing else differs
    assert after.keys() == before.keys() or after.keys() == before.keys() - {"Carnet"}
    for title in after:
        kept = after[title]
        assert kept == before[title][-len(kept) :], title
        assert title == "Carnet" or len(kept) == len(before[title]), title
    [picture] = (back.instance.data / "images").rglob("Point.png")
    assert picture.read_bytes() == DOT
    assert back.git("log", "--all", "--format=%H") == texts
    assert back.git("status", "--porcelain") == status
    assert key.read_text() == "a" * 64 + "\n"
    # the robot's own login works again, and finds nothing to do but what was not committed
    back.git("checkout", "--quiet", "--", SQUARE)
    assert set(back.run("plan", "--format", "json").actions().values()) == {"none"}
    assert back.sync()["edits"] == 0
    # and people write on as they did
    back.person().edit("Carnet", "Après l'incendie.")


def test_a_wiki_that_is_older_than_git_gets_what_it_lacks(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "sauvegarde.zip"
    assert town.run("backup", str(file)).code == 0
    town.person().edit(
        JARDIN, town.person().page(JARDIN).replace("devient un jardin", "devient un verger")
    )
    assert town.run("pull").code == 0
    town.commit(**{BENCH: "type: projet\ntitre: Un banc\n"})
    town.sync()
    embedded.stop(town.instance.dir)
    shutil.rmtree(town.folder / ".loosbot" / "wiki" / "data")

    # only the wiki burnt: it comes from the backup, git stays where it is
    back = Town(tmp_path / "remise", town.home)
    assert back.run("restore", str(file)).code == 0
    (back.instance.data).rename(town.instance.data)
    town.start()

    done = town.sync()
    assert (done["created"], done["human_edits"], done["failed"]) == (1, [], [])
    assert "devient un verger" in town.person().page(JARDIN)
    assert town.sync()["edits"] == 0


def test_git_that_is_older_than_the_wiki_publishes_nothing_until_somebody_decides(
    town: Town, tmp_path: Path
) -> None:
    file = tmp_path / "sauvegarde.zip"
    assert town.run("backup", str(file)).code == 0
    town.commit(**{GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une pépinière.\n"})
    town.sync()
    person = town.person()
    person.edit(PLACE, person.page(PLACE).replace("un tilleul", "deux tilleuls"))
    newest, wiki = town.git("rev-parse", "HEAD"), town.histories()

    # only the repository is lost: it comes from the backup, the wiki stays where it is
    back = Town(tmp_path / "remise", town.home)
    assert back.run("restore", str(file)).code == 0
    embedded.stop(town.instance.dir)
    shutil.rmtree(back.folder / ".loosbot")
    (town.folder / ".loosbot").rename(back.folder / ".loosbot")
    back.start()

    refused = back.run("sync", "--yes")
    assert refused.code == 1
    assert newest[:12] in refused.err
    assert "sauvegarde" in refused.err
    assert "l’historique de chaque page" in refused.err
    assert back.histories() == wiki

    # nobody has that version any more: one goes back, on purpose, and nobody's words are touched
    forced = back.run("sync", "--yes", "--reculer", "--format", "json")
    assert forced.code == 1
    assert [page["title"] for page in forced.json["human_edits"]] == [PLACE]
    now = back.histories()
    assert all(now[title][-len(wiki[title]) :] == wiki[title] for title in wiki)
    assert "deux tilleuls" in back.person().page(PLACE)
