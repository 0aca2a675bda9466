"""What people install is a wheel: built from the tree, it must need nothing of the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from wikis import CHECKOUT, Wiki

RECORD = """\
type: recit
titre: Un banc pour la rue
voix:
  - qui: Une voisine
    role: habitant
    consentement: {etat: public}
    texte: Elle voulait un banc à l’ombre.
"""


@pytest.fixture(scope="module")
def loosbot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel, in a virtual environment with nothing else."""
    place = tmp_path_factory.mktemp("wheel")
    source = place / "source"
    _run("git", "clone", "--quiet", "--no-hardlinks", CHECKOUT, source)
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", place, source)
    venv.create(place / "venv")
    [wheel] = place.glob("loosbot-*.whl")
    # our own pip installs there: to give the environment one takes as long as the rest
    there = place / "venv/bin/python"
    _run(sys.executable, "-m", "pip", "--python", there, "install", "--quiet", wheel)
    return place / "venv/bin/loosbot"


def test_a_wheel_checks_and_plans_a_corpus_that_lies_elsewhere(
    loosbot: Path, closed_wiki: Wiki, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "narratives/recit").mkdir(parents=True)
    (corpus / "loosbot.yaml").write_text("corpus: ailleurs\n", encoding="utf-8")
    (corpus / "narratives/recit/un-banc.yaml").write_text(RECORD, encoding="utf-8")
    env = os.environ | closed_wiki.env

    checked = _json(loosbot, "check", "--corpus", corpus, env=env)
    assert checked == {"findings": [], "files": 2, "records": 1}

    planned = _json(loosbot, "plan", "--corpus", corpus, env=env)
    actions = {page["id"]: page["action"] for page in planned["pages"]}
    assert actions["recit/un-banc"] == "create"
    assert actions["modele/Fiche récit"] == "create"


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True, stdin=subprocess.DEVNULL)


def _json(*words: object, env: dict[str, str]) -> dict:
    done = subprocess.run(
        [str(word) for word in (*words, "--format", "json")],
        env=env,
        cwd="/",
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
