"""A spreadsheet that LibreOffice itself has opened and saved comes back as it went out."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from test_spreadsheets import BENCH, Town, typed

pytestmark = [pytest.mark.outils, pytest.mark.slow]


def saved(file: Path, form: str, profile: Path) -> Path:
    """The file as LibreOffice saves it in another form."""
    folder = file.parent / "enregistre"
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
            "--convert-to", form, "--outdir", str(folder), str(file),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / f"{file.stem}.{form}"


@pytest.mark.parametrize(("out", "back"), [("xlsx", "ods"), ("ods", "xlsx")])
def test_saved_by_libreoffice_nothing_has_changed(tmp_path: Path, out: str, back: str) -> None:
    town = Town(tmp_path / "corpus")
    file = tmp_path / f"projets.{out}"
    assert town.run("export", "projet", "--out", str(file))[0] == 0

    code, said, err = town.import_(saved(file, back, tmp_path / "profil"))

    assert (code, said, err) == (0, "Rien à changer dans les fiches.\n", "")


def test_a_cell_typed_between_two_saves_is_one_line(tmp_path: Path) -> None:
    town = Town(tmp_path / "corpus")
    file = tmp_path / "projets.ods"
    assert town.run("export", "projet", "--out", str(file))[0] == 0
    middle = saved(file, "xlsx", tmp_path / "profil")
    typed(middle, "projet", {(3, "annee"): "2019"})

    code, _, err = town.import_(saved(middle, "ods", tmp_path / "profil"))

    assert (code, err) == (0, "")
    assert town.file.read_text(encoding="utf-8") == BENCH.replace("2018 ", "2019 ")
