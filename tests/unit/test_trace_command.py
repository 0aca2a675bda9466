"""``loosbot trace`` as it is run: days, commits, files, exit codes."""

from __future__ import annotations

import contextlib
import csv
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from corpora import write
from gits import commit, git

from loosbot.cli import main

ROOT = Path(__file__).parents[2]
BENCH = "type: fifty-fifty\ntitre: Un banc\n"


def loosbot(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(main, ["trace", *arguments])
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def traced(*arguments: str, cwd: Path) -> dict[str, Any]:
    done = loosbot("--format", "json", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.fixture
def town(tmp_path: Path) -> tuple[Path, str, str]:
    """A corpus whose only fifty-fifty got its request in the second of two commits."""
    root = write(tmp_path / "corpus", {"narratives/fifty-fifty/banc.yaml": BENCH})
    first = commit(root, day="2019-03-10T22:30:00Z")
    write(
        root,
        {
            "narratives/fifty-fifty/banc.yaml": BENCH
            + "demande: {date: 2018-06, preuve: Un courrier}\n"
        },
    )
    return root, first, commit(root, day="2020-05-01T22:30:00Z")


def request_of(report: dict[str, Any]) -> str:
    (record,) = report["records"]
    return str(record["stages"][0]["state"])


@pytest.mark.slow
def test_today_is_the_day_of_the_last_commit(town: tuple[Path, str, str]) -> None:
    root, _, last = town
    report = traced(cwd=root)
    assert (report["date"], report["commit"]) == ("2020-05-01", last)
    assert request_of(report) == "attested"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "state", "rank"),
    [("2019-03-10", "missing", 1), ("2020-04-30", "missing", 1), ("2020-05-01", "attested", 2)],
)
def test_a_day_reads_the_newest_commit_not_after_it(
    town: tuple[Path, str, str], day: str, state: str, rank: int
) -> None:
    report = traced("--date", day, cwd=town[0])
    assert (report["date"], report["commit"]) == (day, town[rank])
    assert request_of(report) == state


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2019-03-09", "1969-12-31"])
def test_before_the_first_commit_there_is_no_report(town: tuple[Path, str, str], day: str) -> None:
    done = loosbot("--date", day, cwd=town[0])
    assert done.returncode == 1
    assert "aucune version" in done.stderr


@pytest.mark.slow
def test_a_day_that_is_none_is_a_usage_error(town: tuple[Path, str, str]) -> None:
    done = loosbot("--date", "hier", cwd=town[0])
    assert done.returncode == 2
    assert "n’est ni un jour ni une version" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("since", ["2019-03-10", "premier"])
def test_progress_since_a_day_or_a_tag(town: tuple[Path, str, str], since: str) -> None:
    root, first, _ = town
    git(root, "tag", "premier", first)
    progress = traced("--since", since, cwd=root)["progress"]
    assert (progress["date"], progress["commit"]) == ("2019-03-10", first)
    assert progress["closed"] == [
        {
            "record": "fifty-fifty/banc",
            "code": "demande-absente",
            "what": "Rien n’est dit de la demande",
            "count": 1,
        }
    ]
    assert progress["opened"] == []
    assert progress["figures"][0] == {
        "code": "etapes/demande",
        "label": "Étape attestée : demande",
        "numerator_before": 0,
        "denominator_before": 1,
        "numerator": 1,
        "denominator": 1,
        "said_before": "0 sur 1",
        "said": "1 sur 1",
    }
    output = loosbot("--since", since, cwd=root).stdout
    assert "  Étape attestée : demande : 0 sur 1 → 1 sur 1\n" in output
    assert "[comblé] fifty-fifty/banc : Rien n’est dit de la demande\n" in output
    assert (
        '<td data-nom="Alors">0 sur 1</td><td data-nom="Maintenant">1 sur 1</td>'
        in loosbot("--since", since, "--format", "html", cwd=root).stdout
    )


@pytest.mark.slow
def test_progress_needs_a_version_that_exists(town: tuple[Path, str, str]) -> None:
    assert loosbot("--since", "rien", cwd=town[0]).returncode == 2


def test_a_day_to_come_is_told_and_one_far_away_is_a_day(town: tuple[Path, str, str]) -> None:
    done = loosbot("--since", "9999-12-31", cwd=town[0])
    assert done.returncode == 2
    assert "Le 31 décembre 9999 n’est pas encore venu." in done.stderr
    assert traced("--date", "2999-12-31", cwd=town[0])["date"] == "2999-12-31"


@pytest.mark.slow
def test_a_spreadsheet_tells_the_progress_too(town: tuple[Path, str, str]) -> None:
    done = loosbot("--since", "2019-03-10", "--format", "csv", cwd=town[0])
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert ["fifty-fifty/banc", "demande-absente", "1"] in [
        [row["fiche"], row["sujet"], row["etat"]] for row in rows if row["genre"] == "comblé"
    ]
    assert ["Étape attestée : demande", "Alors : 0 sur 1 ; Maintenant : 1 sur 1"] in [
        [row["sujet"], row["message"]] for row in rows if row["genre"] == "chemin"
    ]


@pytest.mark.slow
def test_a_report_between_two_tags(town: tuple[Path, str, str]) -> None:
    root, first, last = town
    git(root, "tag", "premier", first)
    git(root, "tag", "second", last)
    write(root, {"narratives/fifty-fifty/banc.yaml": "type: fifty-fifty\ntitre: Autre\n"})
    report = traced("--since", "premier", "--date", "second", cwd=root)
    assert (report["commit"], report["progress"]["commit"]) == (last, first)
    assert request_of(report) == "attested"


@pytest.mark.slow
def test_a_shallow_clone_says_what_it_lacks(town: tuple[Path, str, str], tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    command = ["git", "clone", "-q", "--depth", "1", town[0].as_uri(), str(clone)]
    subprocess.run(command, check=True)
    for asked in (("--date", "2019-03-10"), ("--since", town[1])):
        done = loosbot(*asked, cwd=clone)
        assert done.returncode != 0
        assert "git fetch --unshallow" in done.stderr
    assert "n’a pas toute l’histoire" in loosbot(cwd=clone).stdout
    assert traced(cwd=clone)["partial"] is True
    assert traced(cwd=town[0])["partial"] is False


@pytest.mark.slow
def test_a_version_that_had_errors_is_nobodys_to_mend(town: tuple[Path, str, str]) -> None:
    root = town[0]
    file = root / "narratives/fifty-fifty/banc.yaml"
    sound = file.read_text(encoding="utf-8")
    for text, day in ((BENCH + "demande: {date: hier}\n", "2021-01-01"), (sound, "2021-02-01")):
        file.write_text(text, encoding="utf-8")
        commit(root, day=day)
    done = loosbot("--date", "2021-01-15", cwd=root)
    assert done.returncode == 1
    assert "La version du 1er janvier 2021" in done.stderr
    assert "corrigez" not in done.stderr
    assert loosbot("--date", "2021-02-01", cwd=root).returncode == 0


@pytest.mark.slow
def test_a_file_that_cannot_be_written_is_told_in_french(
    town: tuple[Path, str, str], tmp_path: Path
) -> None:
    for place, why in (
        (tmp_path / "rien" / "x", "son dossier n’existe pas"),
        (tmp_path, "dossier"),
    ):
        done = loosbot("--out", str(place), cwd=town[0])
        assert done.returncode == 1
        assert why in done.stderr


@pytest.mark.slow
def test_without_git_there_is_no_day(tmp_path: Path) -> None:
    root = write(tmp_path, {"narratives/fifty-fifty/banc.yaml": BENCH})
    assert (traced(cwd=root)["date"], traced(cwd=root)["commit"]) == ("", "")
    assert traced("--date", "2019-01-01", cwd=root)["date"] == "2019-01-01"
    assert "Sans git" in loosbot("--since", "2019-01-01", cwd=root).stderr
    assert "aucun délai n’est jugé" in loosbot(cwd=root).stdout


@pytest.mark.slow
def test_strict_fails_on_an_error_only(tmp_path: Path) -> None:
    root = write(tmp_path, {"narratives/fifty-fifty/banc.yaml": BENCH})
    assert loosbot("--strict", cwd=root).returncode == 0
    write(root, {"narratives/fifty-fifty/banc.yaml": BENCH + "arret: {date: 2019}\n"})
    assert loosbot("--strict", cwd=root).returncode == 1
    assert loosbot(cwd=root).returncode == 0


@pytest.mark.slow
def test_the_rules_of_the_town_are_those_of_its_configuration(tmp_path: Path) -> None:
    tuned = "corpus: essai\nregles:\n  demande-absente: {gravite: erreur}\n"
    root = write(tmp_path, {"narratives/fifty-fifty/banc.yaml": BENCH, "loosbot.yaml": tuned})
    assert loosbot("--strict", cwd=root).returncode == 1
    write(root, {"loosbot.yaml": tuned.replace("gravite: erreur", "active: non")})
    (record,) = traced(cwd=root)["records"]
    assert "demande-absente" not in {gap["code"] for gap in record["gaps"]}


@pytest.mark.slow
def test_a_broken_corpus_has_no_report(tmp_path: Path) -> None:
    root = write(tmp_path, {"narratives/fifty-fifty/banc.yaml": BENCH + "demande: {date: hier}\n"})
    done = loosbot("--format", "json", cwd=root)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "narratives/fifty-fifty/banc.yaml:3:17: erreur [date-illisible]" in done.stderr


@pytest.mark.slow
def test_only_the_asked_file_is_written(town: tuple[Path, str, str], tmp_path: Path) -> None:
    root = town[0]
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    done = loosbot("--format", "csv", "--out", str(tmp_path / "manques.csv"), cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "manques.csv").read_bytes().startswith(b"fiche,titre,")
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


@pytest.mark.slow
def test_a_sealed_voice_stays_sealed_without_a_day(tmp_path: Path) -> None:
    story = (
        "type: recit\ntitre: Un secret\nvoix:\n"
        "  - {qui: Paul D., role: agent, texte: Le mot, consentement: "
        "{etat: scelle, jusquau: 2090, portee: [wiki]}}\n"
    )
    root = write(tmp_path, {"narratives/recit/secret.yaml": story})
    for arguments in ([], ["--date", "2091-01-01"]):
        assert "Paul" not in json.dumps(traced(*arguments, cwd=root))
    assert traced(cwd=root)["voices"]["one_sided"] == []


@pytest.mark.slow
def test_the_corpus_of_the_town() -> None:
    report = traced("--corpus", str(ROOT), cwd=ROOT)
    records = {record["id"]: record for record in report["records"]}

    def line(id_: str) -> dict[str, tuple[str, str]]:
        return {s["stage"]: (s["state"], s["date"]) for s in records[id_]["stages"]}

    paths = line("fifty-fifty/chemins-ruraux")
    assert paths["demande"] == ("unknown", "")
    assert paths["convention"] == ("attested", "2018-06-04 au 2018-06-15")
    shelters = records["fifty-fifty/abris-foot-rivelaine"]
    assert shelters["stop"]["reason"].startswith("Plusieurs mois de recherche")
    assert line(shelters["id"])["evaluation"][0] == "attested"
    assert line(shelters["id"])["realisation"][0] == "not-applicable"
    pickups = records["fifty-fifty/ramassages-spontanes"]
    assert not any(state == "attested" for state, _ in line(pickups["id"]).values())
    codes = {gap["code"] for gap in pickups["gaps"]}
    assert {"demande-inconnue", "diagnostic-absent", "realisation-inconnue"} <= codes
    # almost nothing is known of them, and each thing that lacks is said in one line
    text = loosbot("--corpus", str(ROOT), cwd=ROOT).stdout
    start = text.index("(fifty-fifty/ramassages-spontanes)")
    block = text[start : text.index("\n\n", start)]
    assert block.count("\n    [") == len(pickups["gaps"]) >= 7
    assert len(re.findall(r"→\s+narratives/fifty-fifty/\S+\.yaml:\d+$", block, re.MULTILINE)) == (
        len(pickups["gaps"])
    )
    # a terminal of sixty columns shows every line whole, but for the path of a file
    assert max(map(len, re.sub(r"\S*/\S+", "", text).splitlines())) <= 60
