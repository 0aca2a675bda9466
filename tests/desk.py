"""A clerk's desk: a corpus in a real git repository, and the command as it is run there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from gits import git
from patience import LONG
from wikis import Wiki

from loosbot.cli import main

GARDEN = "narratives/projet/jardin.yaml"
SQUARE = "narratives/projet/place.yaml"
JARDIN = "Le jardin du coron"
PLACE = "La place du marché"
FILES = {
    "loosbot.yaml": "corpus: essai\n",
    GARDEN: f"type: projet\ntitre: {JARDIN}\nresume: Une friche devient un jardin.\n",
    SQUARE: f"type: projet\ntitre: {PLACE}\nresume: Deux bancs et un tilleul.\n",
    "pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\n---\n\nBonjour à tous.\n",
}


def hears_interrupts() -> None:
    """For a child process: a suite that runs in the background was told to ignore ^C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def actions(self) -> dict[str, str]:
        """Of ``plan --format json``: the action of each id."""
        return {page["id"]: page["action"] for page in self.json["pages"]}


@dataclass(frozen=True, slots=True)
class Desk:
    """A checkout of the corpus, and the wiki that it publishes to."""

    folder: Path
    wiki: Wiki
    cache: Path

    @classmethod
    def new(cls, folder: Path, wiki: Wiki, files: Mapping[str, str] = FILES) -> Desk:
        folder.mkdir()
        desk = cls(folder, wiki, folder.parent / f"{folder.name}-cache")
        desk.git("init", "--quiet", "--initial-branch=main")
        desk.write(files)
        return desk

    def clone(self, name: str) -> Desk:
        """Somebody else's checkout of the same repository, with nothing in its cache."""
        folder = self.folder.parent / name
        self.git("clone", "--quiet", str(self.folder), str(folder))
        return Desk(folder, self.wiki, self.folder.parent / f"{name}-cache")

    def write(self, files: Mapping[str, str | None], commit: bool = True) -> None:
        """Change files (None removes one) and commit."""
        for path, text in files.items():
            file = self.folder / path
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        if commit:
            self.git("add", "--all")
            self.git("commit", "--quiet", "--message", "Changement")

    def change(self, path: str, old: str, new: str, commit: bool = True) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write({path: text.replace(old, new)}, commit)

    def git(self, *words: str) -> str:
        return git(self.folder, *words)

    @property
    def env(self) -> dict[str, str]:
        return self.wiki.env | {"XDG_CACHE_HOME": str(self.cache)}

    def run(self, *words: str) -> Answer:
        """``loosbot`` in this checkout, without a terminal."""
        name, *rest = words
        result = CliRunner().invoke(main, [name, "--corpus", str(self.folder), *rest], env=self.env)
        return Answer(result.exit_code, result.stdout, result.stderr)

    def sync(self, *words: str) -> Answer:
        """``loosbot sync --yes --format json``."""
        return self.run("sync", "--yes", "--format", "json", *words)

    def sync_apart(self, *words: str) -> Answer:
        """``sync`` beside one that runs in this process: two there would share the environment and
        what they print to, and one would publish to the wiki that the other was told of."""
        process = self.start("sync", "--yes", "--format", "json", *words)
        out, err = process.communicate(timeout=LONG)
        return Answer(process.returncode, out, err)

    def plan(self, *words: str) -> Answer:
        return self.run("plan", "--format", "json", *words)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """The same command as a process of its own, to be killed."""
        name, *rest = words
        return subprocess.Popen(
            [sys.executable, "-m", "loosbot", name, "--corpus", str(self.folder), *rest],
            env=os.environ | self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hears_interrupts,
        )


@dataclass(frozen=True, slots=True)
class Published:
    """A corpus that is on its wiki: most tests begin there, and publishing takes two seconds."""

    desk: Desk

    @classmethod
    def new(cls, folder: Path, wiki: Wiki, files: Mapping[str, str] = FILES) -> Published:
        """Publish ``files`` on a wiki that is put back first; all is kept in ``folder``."""
        wiki.reset()
        return cls.of(Desk.new(folder / "corpus", wiki, files))

    @classmethod
    def of(cls, desk: Desk) -> Published:
        """Publish what is on this desk, and keep the wiki beside it."""
        done = desk.sync()
        assert done.code == 0, done.out + done.err
        return cls(replace(desk, wiki=desk.wiki.keep(desk.folder.parent / "wiki")))

    def more(self, folder: Path, files: Mapping[str, str]) -> Published:
        """Publish ``files`` beside these: most of a first publication are the templates."""
        desk = self.again(folder)
        desk.write(files)
        return Published.of(desk)

    def again(self, folder: Path) -> Desk:
        """The wiki as it was then, and a copy of the checkout and of its cache in ``folder``."""
        self.desk.wiki.reset()
        desk = replace(self.desk, folder=folder / "corpus", cache=folder / "corpus-cache")
        shutil.copytree(self.desk.folder, desk.folder, symlinks=True)
        shutil.copytree(self.desk.cache, desk.cache)
        return desk
