"""From the release before to this one, as ``docs/nouveautes.md`` tells it, with people's edits.

0.1.0 itself makes the wiki (MediaWiki 1.39), the hooks and the pages: its code is taken from git.
"""

from __future__ import annotations

import itertools
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from programs import run
from wikis import CHECKOUT, HUMAN, Person

from loosbot.wiki import embedded, install
from loosbot.wiki.instance import Instance
from loosbot.wiki.upgrade import upgrade

RELEASE_BEFORE = "53716f8"
"""The last commit of 0.1.0."""
CHEMINS = "Chemins ruraux refaits ensemble"
CHANTIER = "Le chantier vu de la mairie"
CODE = {release: CHECKOUT / ".loosbot" / f"mediawiki-{release}" for release in ("1.39", "1.43")}
START = (
    "import sys; from pathlib import Path; from loosbot.wiki import embedded; "
    "embedded.start(Path(sys.argv[1]), release='1.39', code=Path(sys.argv[2]))"
)


@dataclass(frozen=True)
class Town:
    """A corpus and its bare repository; ``code`` is where 0.1.0 lies."""

    folder: Path
    depot: Path
    code: Path

    def python(self, *words: str | Path, before: bool = False, code: int = 0) -> str:
        """Run Python with this loosbot, or with the one before."""
        env = os.environ | {
            f"XDG_{kind}_HOME": str(self.code / kind) for kind in ("CONFIG", "CACHE")
        }
        env |= {"PYTHONPATH": str(self.code if before else CHECKOUT)}
        done = run([sys.executable, *words], env, self.folder, code=code)
        return done.stdout + done.stderr

    def loosbot(self, *words: str | Path, before: bool = False, code: int = 0) -> str:
        return self.python("-m", "loosbot", *words, before=before, code=code)

    def git(self, *words: str | Path) -> str:
        done = subprocess.run(
            ["git", *map(str, words)], cwd=self.folder, check=True, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def push(self) -> str:
        """Send to the bare repository, whose hooks publish on the town's wiki."""
        secrets, running = Instance(self.wiki).read_secrets(), embedded.status(self.wiki)
        assert secrets and running
        done = subprocess.run(
            ["git", "push", "--quiet", "origin", "main"],
            cwd=self.folder,
            env=os.environ
            | {
                "LOOSBOT_WIKI": running.url_api,
                "LOOSBOT_USER": secrets.bot.user,
                "LOOSBOT_PASSWORD": secrets.bot.password,
                "XDG_CACHE_HOME": str(self.code / "CACHE"),
            },
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stderr

    def save(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Changement")

    @property
    def wiki(self) -> Path:
        return self.folder / ".loosbot" / "wiki"

    def person(self) -> Person:
        return Person.on(self.wiki)


def _code_of(commit: str, folder: Path) -> None:
    """Put the code of that release, and the records of its own tests, which it can read, there."""
    done = subprocess.run(
        ["git", "archive", commit, "loosbot", "schemas", "pages/modeles", "tests/fiches.py"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("this copy has not the history: the release before cannot be had from it")
    folder.mkdir()
    # Python 3.11.2, Debian 12's, has no filter for archives yet
    subprocess.run(["tar", "-x", "-C", folder], input=done.stdout, check=True)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path / "corpus", tmp_path / "corpus.git", tmp_path / "avant")
    _code_of(RELEASE_BEFORE, town.code)
    number = itertools.count()
    files: dict[str, str] = runpy.run_path(str(town.code / "tests" / "fiches.py"))["FILES"]
    for path, text in files.items():
        file = town.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = re.sub("TEXTE", lambda _: f"texte {next(number)}", text)
        file.write_text(text.lstrip("\n"), encoding="utf-8")
    (town.folder / "loosbot.yaml").write_text("corpus: essai\n")
    town.git("init", "--quiet", "--initial-branch=main")
    town.save()
    subprocess.run(["git", "clone", "--quiet", "--bare", town.folder, town.depot], check=True)
    town.git("remote", "add", "origin", town.depot)
    town.git("fetch", "--quiet", "origin")
    yield town
    embedded.stop(town.wiki)


def test_a_town_follows_with_its_pages_its_people_and_its_hooks(town: Town, tmp_path: Path) -> None:
    # a town on 0.1.0: its own wiki, its own hooks, its own pages
    assert "0.1.0" in town.loosbot("--version", before=True)
    town.python("-c", START, town.wiki, CODE["1.39"], before=True)
    secrets = Instance(town.wiki).read_secrets()
    assert secrets and secrets.release == "1.39"
    install.make_accounts(Instance(town.wiki), secrets.code, [(HUMAN, ())])
    town.loosbot("sync", "--yes", before=True)
    town.loosbot("hook", "install", town.depot, before=True)
    person = town.person()
    page = person.page(CHANTIER)
    assert page.startswith("<!-- loosbot essai recit/chantier ")

    # people wrote on it since: in the text, in the box, around it, and in the discussion
    body = re.search(r"\| Occasion = (texte \d+)", page)
    assert body
    person.edit(CHANTIER, page.replace(body[0], "| Occasion = La fête des mères"))
    chemins = person.page(CHEMINS)
    result = re.search(r"== Résultats ==\n\n\* (texte \d+)", chemins)
    assert result
    changed = chemins.replace(f"* {result[1]}\n", "* Le chemin sert chaque matin.\n", 1)
    person.edit(CHEMINS, f"{changed}\n== Le mot des voisins ==\nOn y passe à vélo.")
    person.edit(f"Discussion:{CHEMINS}", "Qui a la clé ?")
    histories = {
        title: person.revisions(title) for title in (CHEMINS, CHANTIER, f"Discussion:{CHEMINS}")
    }

    # docs/nouveautes.md, step by step, with this release
    assert "0.1.0" not in town.loosbot("--version")
    town.loosbot("check")  # nothing is to be changed in the files
    town.loosbot("backup", tmp_path / "avant-0.2.0.zip")
    town.loosbot("hook", "install", town.depot)
    output = town.loosbot("pull")
    assert "NON REPRIS" not in output
    recit = (town.folder / "narratives/recit/chantier.yaml").read_text("utf-8")
    assert "La fête des mères" in recit
    chemins_file = town.folder / "narratives/fifty-fifty/chemins.yaml"
    assert "Le chemin sert chaque matin." in chemins_file.read_text("utf-8")
    town.save()
    town.loosbot("plan")  # 0: no page waits for anybody because its form has changed
    assert "pages mises à jour" in town.push()
    assert '"edits": 0' in town.loosbot("sync", "--yes", "--format", "json")

    now = person.page(CHEMINS)
    assert "* Le chemin sert chaque matin." in now
    assert "== Le mot des voisins ==\nOn y passe à vélo." in now
    assert now.startswith("<!-- loosbot ") and "essai" not in now.splitlines()[0]
    assert "| Occasion = La fête des mères" in person.page(CHANTIER)
    for title, before in histories.items():
        assert person.revisions(title)[-len(before) :] == before

    # its own MediaWiki, then, to the newer one
    texts = person.texts((0, 1, 2, 10, 14))
    upgrade(town.wiki, code=CODE["1.43"])
    assert town.person().texts((0, 1, 2, 10, 14)) == texts
    assert '"edits": 0' in town.loosbot("sync", "--yes", "--format", "json")
