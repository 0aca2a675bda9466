"""``loosbot init``: another town's corpus, with nothing of Loos-en-Gohelle in it."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from gits import git

from loosbot import resources
from loosbot.cli import main
from loosbot.corpus import schema
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.tree import FolderTree
from loosbot.errors import UserError
from loosbot.exchange import town
from loosbot.history.writing import begin
from loosbot.trace.rules import load_rules, rules_of

OF_LOOS = re.compile(
    r"loos(?!bot)|gohell|62528|62750|rivelaine|pince|terril|chti|quatuor|code source|mazingarbe",
    re.IGNORECASE,
)


def loosbot(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "commune"
    code, _, err = loosbot(
        "init", str(folder), "--commune", "L'Étang-d'Essai", "--insee", "2a999", "--yes"
    )
    assert code == 0, err
    return folder


def test_the_corpus_of_another_town_is_right_and_has_its_first_version(corpus: Path) -> None:
    code, out, err = loosbot("check", "--corpus", str(corpus), "--format", "json")
    done = subprocess.run(
        ["git", "status", "--porcelain", "--branch"], cwd=corpus, capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    assert (code, err) == (0, "")
    assert json.loads(out)["findings"] == []
    assert json.loads(out)["records"] > 20
    assert len(done.stdout.splitlines()) == 1  # one commit holds everything
    settings = FolderTree(corpus).read(["loosbot.yaml"])
    [(_, data)] = settings
    assert data.decode().splitlines()[:3] == [
        'corpus: "l-etang-d-essai"', 'commune: "L\'Étang-d\'Essai"', 'insee: "2A999"',
    ]  # fmt: skip


def test_nothing_in_it_is_of_loos_en_gohelle(corpus: Path) -> None:
    for file in corpus.rglob("*"):
        if file.is_file() and ".git" not in file.parts:
            text = file.read_text(encoding="utf-8")
            assert not OF_LOOS.search(text), (file, OF_LOOS.search(text))
            assert not re.search(r"@[A-Z]+@", text), file


def test_the_package_names_loos_en_gohelle_nowhere() -> None:
    """Neither a schema nor a template, a message or an example: it lives in its own corpus."""
    package = Path(town.__file__).parents[1]
    named = re.compile(r"loos-en-gohelle|gohelle|62528", re.IGNORECASE)
    for root in (package, resources.schemas(), resources.templates()):
        for file in root.rglob("*"):
            if file.suffix in (".py", ".json", ".yaml", ".wiki", ".md"):
                text = file.read_text(encoding="utf-8")
                assert not named.search(text), file


def test_every_type_and_every_kind_of_consent_has_its_example(corpus: Path) -> None:
    read = load_corpus(FolderTree(corpus)).corpus
    assert read is not None
    voices = [voice for record in read.records.values() for voice in record.data.get("voix", ())]

    assert {record.type for record in read.records.values()} == {
        "projet", "fifty-fifty", "recit", "reunion", "acteur", "lieu", "source", "indicateur",
    }  # fmt: skip
    words = {
        word.value for word in schema.shape("recit").at(("voix", 0, "consentement", "etat")).words
    }
    assert {voice["consentement"]["etat"] for voice in voices} == words
    assert read.records["projet/exemple-pepiniere"].data["statut"] == "abandonne"


def test_what_the_rules_cite_of_a_document_is_not_said_where_the_town_lacks_it(
    corpus: Path,
) -> None:
    read = load_corpus(FolderTree(corpus)).corpus
    assert read is not None

    assert not any(rule.section for rule in rules_of(read).all)
    assert any(rule.section for rule in load_rules().all)


@pytest.mark.slow
def test_both_editions_have_a_text_to_show(corpus: Path, tmp_path: Path) -> None:
    for edition, more in (
        ("publique", ()),
        ("recherche", ("--recipient", "Essai", "--expires", "2100-01-01")),
    ):
        out = tmp_path / edition
        code, _, err = loosbot(
            "dump", "build", str(out), "--corpus", str(corpus), "--edition", edition, *more
        )
        assert code == 0, err
        assert loosbot("dump", "check", str(out))[0] == 0
        with (out / "data" / "passages.csv").open(encoding="utf-8", newline="") as stream:
            texts = [row["texte"] for row in csv.DictReader(stream)]
        assert any("visseuse" in text for text in texts)
        assert not any("Ces mots ne paraissent" in text for text in texts)


def test_the_examples_go_at_once_and_what_stays_is_right(corpus: Path) -> None:
    gone = [*corpus.glob("narratives/*/exemple-*"), *corpus.glob("pages/index/exemple-*")]
    for file in gone:
        file.unlink()

    code, out, _ = loosbot("check", "--corpus", str(corpus))

    assert len(gone) > 20
    assert (code, out) == (0, "2 fiches lues, aucune erreur.\n")


@pytest.mark.parametrize(
    ("name", "insee", "message"),
    [
        ('Saint "Q"', "01999", "n’est pas un nom de commune"),
        ("1984", "01999", "n’est pas un nom de commune"),
        ("a: b", "01999", "n’est pas un nom de commune"),
        ("Saint-Exemple", "1999", "n’est pas un code INSEE"),
        ("Saint-Exemple", "2C999", "n’est pas un code INSEE"),
    ],
)
def test_what_is_no_town_is_refused(tmp_path: Path, name: str, insee: str, message: str) -> None:
    code, _, err = loosbot(
        "init", str(tmp_path / "x"), "--commune", name, "--insee", insee, "--yes"
    )

    assert code == 2
    assert message in err
    assert not (tmp_path / "x").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à garder", encoding="utf-8")

    with pytest.raises(UserError, match="n’est pas vide"):
        town.write(tmp_path, town.files(town.town("Essai", "01999", date(2026, 1, 1))))

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_run_that_ended_too_soon_is_made_again_in_its_folder(tmp_path: Path) -> None:
    asked = ("init", str(tmp_path / "x"), "--commune", "Essai", "--insee", "01999", "--yes")
    assert loosbot(*asked)[0] == 0
    for lacking in (".git", "loosbot.yaml", "narratives"):
        place = tmp_path / "x" / lacking
        place.unlink() if place.is_file() else shutil.rmtree(place)

    assert loosbot(*asked)[0] == 0
    assert (tmp_path / "x/narratives").is_dir() and (tmp_path / "x/.git").is_dir()

    # what has its first version, or a word of somebody, is left alone
    assert "n’est pas vide" in loosbot(*asked)[2]
    shutil.rmtree(tmp_path / "x/.git")
    (tmp_path / "x/loosbot.yaml").write_text("corpus: essai\n")
    assert "n’est pas vide" in loosbot(*asked)[2]
    assert (tmp_path / "x/loosbot.yaml").read_text() == "corpus: essai\n"


def test_what_this_account_tells_its_git_leaves_nothing_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jamais").write_text("*.yaml\npages/\n")
    (tmp_path / "config").write_text(
        f"[core]\nexcludesFile = {tmp_path}/jamais\nautocrlf = true\nsafecrlf = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))

    code, _, err = loosbot(
        "init", str(tmp_path / "x"), "--commune", "Essai", "--insee", "01999", "--yes"
    )

    assert code == 0, err
    files = {path for path in (tmp_path / "x").rglob("*") if path.is_file()}
    kept = git(tmp_path / "x", "ls-files").splitlines()
    assert len(kept) == sum(".git" not in path.parts for path in files)


def test_what_the_corpus_leaves_out_is_in_no_version(tmp_path: Path) -> None:
    """The keys of a wiki that was started before the first version."""
    (tmp_path / ".gitignore").write_text(".loosbot/\n")
    (tmp_path / ".loosbot").mkdir()
    (tmp_path / ".loosbot/credentials").write_text("mot de passe")

    assert begin(tmp_path, "Ouvrir")

    assert git(tmp_path, "ls-files").splitlines() == [".gitignore"]


def test_without_a_terminal_nothing_is_written_unasked(tmp_path: Path) -> None:
    code, _, err = loosbot("init", str(tmp_path / "x"), "--commune", "Essai", "--insee", "01999")

    assert code == 2
    assert "--yes" in err
    assert not (tmp_path / "x").exists()


def test_inside_somebody_s_repository_nothing_is_committed(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)

    code, out, _ = loosbot(
        "init", str(tmp_path / "x"), "--commune", "Essai", "--insee", "01999", "--yes"
    )

    assert code == 0
    assert "pas encore dans git" in out
    assert not (tmp_path / "x" / ".git").exists()
