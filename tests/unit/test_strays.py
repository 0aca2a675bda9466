"""Files that lie where nothing is read: ``check`` says so, and where they belong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clerk import AROUND, SHORT
from click.testing import CliRunner
from corpora import write

from loosbot.cli import main
from loosbot.corpus.check.strays import strays

PAGE = "---\ntitre: La méthode\n---\n\nOn se réunit.\n"


def findings(root: Path, *paths: str) -> list[dict[str, str]]:
    done = CliRunner().invoke(main, ["check", "--corpus", str(root), "--format", "json", *paths])
    assert done.exit_code == 0, done.output
    listed: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    return [finding for finding in listed if finding["code"] == "hors-dossier"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("un-banc.yaml", "narratives/recit/un-banc.yaml"),
        ("Un banc.yml", "narratives/recit/un-banc.yaml"),
        ("recits/un-banc.yaml", "narratives/recit/un-banc.yaml"),
        ("Narratives/recit/un-banc.yaml", "narratives/recit/un-banc.yaml"),
        ("narrative/recits/un-banc.YAML", "narratives/recit/un-banc.yaml"),
    ],
)
def test_a_record_beside_its_folder_is_told_and_moved_as_told(
    tmp_path: Path, path: str, target: str
) -> None:
    write(tmp_path, {**AROUND, path: SHORT})
    (finding,) = findings(tmp_path)
    assert (finding["path"], finding["severity"]) == (path, "warning")
    assert finding["hint"] == f"Déplacez-la : {target}"
    (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).rename(tmp_path / target)
    assert not findings(tmp_path)


def test_a_page_belongs_with_the_pages_and_the_asked_path_alone_is_told(tmp_path: Path) -> None:
    write(tmp_path, {**AROUND, "methode.md": PAGE, "page/seance.md": PAGE})
    assert [finding["hint"] for finding in findings(tmp_path)] == [
        "Déplacez-la : pages/methode.md",
        "Déplacez-la : pages/seance.md",
    ]
    (alone,) = findings(tmp_path, str(tmp_path / "page"))
    assert alone["path"] == "page/seance.md"


def test_nothing_is_put_over_a_file_that_is_there(tmp_path: Path) -> None:
    here = "narratives/recit/jamais-sans-ma-pince.yaml"
    write(tmp_path, {**AROUND, here: SHORT, "jamais-sans-ma-pince.yaml": SHORT})
    (finding,) = findings(tmp_path)
    assert finding["hint"].startswith(f"{here} existe déjà")


def test_what_others_keep_there_is_left_alone(tmp_path: Path) -> None:
    others = {
        "compose.yaml": "services: {}\n",
        "README.md": "# Lisez-moi\n\ntitre: non\n",
        "LISEZMOI.md": PAGE,
        "page/README.md": PAGE,
        "_config.yml": "titre: Un site\n",
        ".forge.yml": "titre: Une forge\n",
        "site/un-banc.yaml": SHORT,
        "image.png": b"\x89PNG",
    }
    write(tmp_path, {**AROUND, **others})
    (tmp_path / "ailleurs.yaml").symlink_to(tmp_path / "compose.yaml")
    (tmp_path / "recits").symlink_to(tmp_path / "site")
    assert not findings(tmp_path)


def test_a_whole_folder_is_told_of_up_to_fifty_files(tmp_path: Path) -> None:
    write(tmp_path, {**AROUND, **{f"recits/recit-{number}.yaml": SHORT for number in range(60)}})
    assert len(strays(tmp_path)) == 50
