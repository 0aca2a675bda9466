"""``loosbot init``: a town made from nothing is on its own wiki at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from desk import Desk
from wikis import Wiki


@pytest.mark.release("1.43")
def test_a_town_made_from_nothing_is_published_changed_and_loses_its_examples(
    wiki: Wiki, tmp_path: Path
) -> None:
    folder = tmp_path / "commune"
    town = "--commune", "Étang-sur-Rien", "--insee", "01999", "--yes"
    subprocess.run(
        [sys.executable, "-m", "loosbot", "init", str(folder), *town], check=True,
        capture_output=True,
    )  # fmt: skip
    desk = Desk(folder, wiki, tmp_path / "cache")
    reader = wiki.person()

    first = desk.sync()
    again = desk.sync()

    assert (first.code, first.json["failed"], first.json["human_edits"]) == (0, [], [])
    assert again.json["edits"] == 0
    assert "Étang-sur-Rien et ses habitants" in (reader.text("Accueil") or "")
    tale = reader.text("Un banc, deux façons de le raconter (exemple)") or ""
    assert "visseuse" in tale and "emprunter la scie" in tale
    assert "a arrosé trois semaines" not in (
        reader.text("La pépinière, ce qu'il en reste (exemple)") or ""
    )

    desk.change("pages/niveaux.md", "Répondre aux questions.", "Répondre à chacun.")
    assert desk.sync().json["updated"] == 1

    for file in [*folder.glob("narratives/*/exemple-*"), *folder.glob("pages/index/exemple-*")]:
        file.unlink()
    desk.write({})
    last = desk.sync("--yes-retire")
    assert (last.code, last.json["failed"]) == (0, [])
    assert last.json["retired"] > 15
    assert "visseuse" not in (reader.text("Un banc, deux façons de le raconter (exemple)") or "")
