"""A spreadsheet that LibreOffice itself has opened and saved comes back as it went out."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
import traced
from click.testing import CliRunner
from gits import commit, git
from test_spreadsheets import BENCH, Town, typed

from loosbot.cli import main
from loosbot.corpus.types import RECORD_TYPES
from loosbot.trace.layout.sheet import to_csv

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

    code, output, err = town.import_(saved(file, back, tmp_path / "profil"))

    assert (code, output, err) == (0, "Rien à changer dans les fiches.\n", "")


def test_a_cell_typed_between_two_saves_is_one_line(tmp_path: Path) -> None:
    town = Town(tmp_path / "corpus")
    file = tmp_path / "projets.ods"
    assert town.run("export", "projet", "--out", str(file))[0] == 0
    middle = saved(file, "xlsx", tmp_path / "profil")
    typed(middle, "projet", {(3, "annee"): "2019"})

    code, _, err = town.import_(saved(middle, "ods", tmp_path / "profil"))

    assert (code, err) == (0, "")
    assert town.file.read_text(encoding="utf-8") == BENCH.replace("2018 ", "2019 ")


REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("form", ["ods", "xlsx"])
def test_a_sheet_of_each_type_comes_back_with_what_was_typed_in_it(
    tmp_path: Path, form: str
) -> None:
    corpus = tmp_path / "corpus"
    for name in ("narratives", "pages", "loosbot.yaml"):
        source = REPOSITORY / name
        target = corpus / name
        corpus.mkdir(exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    commit(corpus)

    def run(*words: str) -> tuple[int, str]:
        name, *rest = words
        done = CliRunner().invoke(main, [name, "--corpus", str(corpus), *rest])
        return done.exit_code, done.stdout + done.stderr

    files = []
    for type_ in RECORD_TYPES:
        file = tmp_path / f"{type_}.xlsx"
        assert run("export", type_, "--out", str(file))[0] == 0
        files.append(file)
    for file in files:
        typed(file, file.stem, {(3, "titre"): f"Un titre changé ({file.stem})"})
    profile, folder = (tmp_path / "profil").as_uri(), tmp_path / "enregistre"
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={profile}", "--headless"),
            *("--convert-to", form, "--outdir", folder, *files),
        ],
        check=True, capture_output=True, timeout=400,
    )  # fmt: skip
    for file in files:
        code, output = run("import", str(folder / f"{file.stem}.{form}"), "--yes")
        assert code == 0, f"{file.stem}: {output}"
    changed = git(corpus, "diff", "--numstat").splitlines()
    # eight cells were typed: eight files have one line in place of another
    assert len(changed) == len(RECORD_TYPES)
    assert all(line.startswith("1\t1\t") for line in changed), changed


def test_the_report_opens_by_the_gesture_that_the_guide_gives(tmp_path: Path) -> None:
    """Dates, sections, formulas: every cell is what it was."""
    file = tmp_path / "manques.csv"
    file.write_text(to_csv(traced.report(tmp_path / "ville", traced.TODAY)), "utf-8")
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless",
            "--infilter=CSV:44,34,76,1,,1036,true,false",
            "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1036,true,true",
            "--outdir", str(tmp_path / "lu"), str(file),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    wanted, reopened = (
        list(csv.reader(path.open(encoding="utf-8", newline="")))
        for path in (file, tmp_path / "lu/manques.csv")
    )
    assert reopened == wanted and len(wanted) > 50
