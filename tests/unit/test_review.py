"""``loosbot review`` as it is run: what it writes, what it leaves, what it answers."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import processes
import pytest
from corpora import write
from gits import git

from loosbot.history import moments
from loosbot.trace.reports import source

TALE = "narratives/recit/banc.yaml"
STORY = """\
# $schema: ../../schemas/recit.json
type: recit
titre: "Le banc raconté"   # un titre provisoire
projet: fifty-fifty/banc

voix:
  - {qui: des voisins, role: habitant, texte: On a cloué.}
"""
BENCH = "type: fifty-fifty\ntitre: Un banc\nanciens_ids: [fifty-fifty/vieux-banc]\n"
FILES = {
    TALE: STORY,
    "narratives/fifty-fifty/banc.yaml": BENCH,
    "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: rue\n",
}


def loosbot(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return processes.loosbot("review", *arguments, cwd=cwd, **env)


def commit(root: Path) -> str:
    if not (root / ".git").exists():
        git(root, "init", "-q")
    git(root, "config", "user.name", "Anne B.")
    git(root, "config", "user.email", "anne@mairie.example")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Avancer")
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write(tmp_path / "corpus", FILES)


@pytest.mark.slow
def test_a_review_is_added_and_the_rest_of_the_file_stays(town: Path) -> None:
    done = loosbot("recit/banc", "--qui", "Paul D.", "--date", "2019-12-31", cwd=town)
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        done.stdout
        == f"recit/banc : relue par Paul D. (31 décembre 2019). C’est écrit dans {TALE}.\n"
    )
    text = (town / TALE).read_text()
    assert text.startswith(STORY)
    assert "relectures:" in text
    assert "2019-12-31" in text.removeprefix(STORY)
    again = loosbot("recit/banc", "--qui", "Paul D.", "--date", "2019-12-31", cwd=town)
    assert again.returncode == 0
    assert "déjà" in again.stdout
    assert (town / TALE).read_text() == text
    loosbot("recit/banc", "--qui", "Anne B.", "--date", "2020-01", cwd=town)
    assert (town / TALE).read_text().startswith(text)


@pytest.mark.slow
def test_the_name_is_that_of_git_and_the_day_today(town: Path) -> None:
    head = commit(town)
    before = date.today().isoformat()
    assert loosbot("recit/banc", cwd=town).returncode == 0
    added = (town / TALE).read_text().removeprefix(STORY)
    assert "Anne B." in added
    assert before in added or date.today().isoformat() in added
    assert head[:12] in added


@pytest.mark.slow
def test_with_changes_on_the_desk_no_version_was_read(town: Path) -> None:
    commit(town)
    write(town, {"narratives/fifty-fifty/banc.yaml": BENCH + "statut: en-cours\n"})
    assert loosbot("recit/banc", cwd=town).returncode == 0
    assert "version" not in (town / TALE).read_text()


@pytest.mark.slow
def test_a_review_answers_the_report(town: Path) -> None:
    commit(town)
    write(town, {"narratives/fifty-fifty/banc.yaml": BENCH + "statut: en-cours\n"})
    commit(town)

    def suspect() -> list[str]:
        return [suspect.field for suspect in source.report(moments.at(town, None)).suspects]

    assert suspect() == ["statut"]
    # days say nothing here, all is of today: only the version tells what was read
    loosbot("recit/banc", cwd=town)
    commit(town)
    assert suspect() == []
    write(town, {"narratives/fifty-fifty/banc.yaml": BENCH + "statut: entretien-erode\n"})
    commit(town)
    assert suspect() == ["statut"]
    # read again on the same day, by the same person
    assert "déjà" not in loosbot("recit/banc", cwd=town).stdout
    commit(town)
    assert suspect() == []
    assert "déjà" in loosbot("recit/banc", cwd=town).stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "named", ["fifty-fifty/banc", "fifty-fifty/vieux-banc", "narratives/fifty-fifty/banc.yaml"]
)
def test_a_record_is_named_by_its_id_a_former_one_or_its_file(town: Path, named: str) -> None:
    done = loosbot(named, "--qui", "Anne B.", cwd=town)
    assert done.stdout.startswith("fifty-fifty/banc : relue par Anne B.")


@pytest.mark.slow
def test_a_file_is_named_from_anywhere(town: Path) -> None:
    where = ["--corpus", str(town), "--qui", "Anne B."]
    assert loosbot("corpus/" + TALE, *where, cwd=town.parent).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["recit/ban", "--qui", "A"], "« recit/banc »"),
        (["banc", "--qui", "A"], "banc »"),
        (["lieu/place", "--qui", "A"], "ne garde pas ses relectures"),
        (["recit/banc"], "Rien ne dit qui a relu"),
        (["recit/banc", "--qui", "A", "--date", "hier"], "n’est pas une date"),
        (["recit/banc", "--qui", "A", "--date", "2199-01"], "n’est pas encore venu"),
        ([], "Il manque"),
    ],
)
def test_what_cannot_be_is_a_usage_error(town: Path, arguments: list[str], message: str) -> None:
    done = loosbot(*arguments, cwd=town)
    assert done.returncode == 2
    assert message in done.stderr
    assert (town / TALE).read_text() == STORY


@pytest.mark.slow
def test_a_broken_corpus_is_left_as_it_is(town: Path) -> None:
    write(town, {TALE: STORY + "date: hier\n"})
    done = loosbot("recit/banc", "--qui", "A", cwd=town)
    assert done.returncode == 1
    assert "date-illisible" in done.stderr
    assert (town / TALE).read_text() == STORY + "date: hier\n"
