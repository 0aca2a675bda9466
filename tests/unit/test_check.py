"""``loosbot check`` on a whole corpus, and what it prints."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from pathlib import Path

import pytest
from clerk import AROUND, DEVICE, INDEX, PAGE, RECIT, SHORT, TWO_VOICES, recit, voice
from click.testing import CliRunner
from corpora import CONFIG, corpus, reading, write
from gits import commit, git

from loosbot.cli import main
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.entries import sorted_out
from loosbot.corpus.model import Entry
from loosbot.corpus.tree import FolderTree
from loosbot.history.git import Repository
from loosbot.history.tree import CommitTree


def test_the_four_shapes_of_a_clerk_pass(tmp_path: Path) -> None:
    files = {
        **AROUND,
        "narratives/recit/jamais-sans-ma-pince.yaml": SHORT,
        "narratives/recit/de-grands-pas.yaml": TWO_VOICES,
        "narratives/fifty-fifty/chemins-ruraux.yaml": DEVICE,
        "pages/index/ce-qui-n-a-pas-abouti.yaml": INDEX,
        "pages/code-source.md": PAGE,
    }
    read = reading(tmp_path, files)
    # a filmed voice has not agreed to anything: told, and no fault
    assert [finding.code for finding in read.findings] == ["preuve-deduite"]
    assert read.corpus is not None
    assert (read.records, read.files) == (12, 15)


def test_a_symlink_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "ailleurs.yaml"
    secret.write_text(recit())
    root = write(tmp_path / "corpus", {"narratives/projet/a.yaml": "type: projet\ntitre: A\n"})
    (root / "narratives/projet/b.yaml").symlink_to(secret)
    (root / "narratives/projet/c").symlink_to(tmp_path)
    findings = reading(root, {}).findings
    assert [(finding.path, finding.code) for finding in findings] == [
        ("narratives/projet/b.yaml", "lien-symbolique"),
        ("narratives/projet/c", "lien-symbolique"),
    ]


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    root = write(tmp_path, {"narratives/projet/a.yaml": "type: projet\ntitre: A\n"})
    os.mkfifo(root / "narratives/projet/b.yaml")
    [finding] = reading(root, {}).findings
    assert (finding.path, finding.code) == ("narratives/projet/b.yaml", "fichier-special")


@pytest.mark.parametrize("path", ["/etc/a.yaml", "narratives/../a.yaml"])
def test_a_path_that_leaves_the_corpus_is_not_read(path: str) -> None:
    """Git keeps none, and somebody who sends one has made it by hand."""
    places, _, findings = sorted_out([Entry(path, 1, "file"), Entry("loosbot.yaml", 1, "file")])
    assert [place.path for place in places] == ["loosbot.yaml"]
    assert [(finding.path, finding.code) for finding in findings] == [(path, "hors-corpus")]


@pytest.mark.slow
def test_a_repository_in_the_corpus_is_told_and_what_is_told_mends_it(tmp_path: Path) -> None:
    """Its files are read by nobody else: git keeps its address alone."""
    root = write(
        tmp_path, {"loosbot.yaml": CONFIG, "narratives/projet/a.yaml": "type: projet\ntitre: A\n"}
    )
    inner = root / "narratives/projet"
    for folder in (inner, root):
        commit(folder)
    repository = Repository.open(root)
    assert repository
    for tree in (FolderTree(root), CommitTree(repository, "HEAD")):
        [finding] = load_corpus(tree).findings
        assert (finding.path, finding.code) == ("narratives/projet", "depot-imbrique")
    shutil.rmtree(inner / ".git")
    for command in finding.hint.partition("puis : ")[2].split(", "):
        git(root, *shlex.split(command)[1:])
    git(root, "commit", "-qm", "Réunir")
    assert load_corpus(CommitTree(repository, "HEAD")).records == 1
    assert load_corpus(FolderTree(root)).findings == ()


def test_a_file_that_cannot_be_read_is_one_fault_for_all_its_links(tmp_path: Path) -> None:
    files = {
        "narratives/projet/haie.yaml": "type: projet\ntitre: 'La haie\n",
        "narratives/recit/a.yaml": recit("projet: projet/haie").replace("Un", "A"),
        "narratives/recit/b.yaml": recit("projet: projet/haie").replace("Un", "B"),
    }
    findings = reading(tmp_path, files).findings
    assert [finding.path for finding in findings] == ["narratives/projet/haie.yaml"]


def test_all_findings_of_all_files_come_in_one_run_sorted(tmp_path: Path) -> None:
    files = {
        "narratives/recit/a.yaml": recit("annee: hier", "lieu: lieu/b").replace("Un", "A"),
        "narratives/recit/b.yaml": recit("effets: [joie]").replace("Un", "B"),
    }
    read = reading(tmp_path, files)
    assert [(finding.path[-6:], finding.line, finding.code) for finding in read.findings] == [
        ("a.yaml", 7, "date-illisible"),
        ("a.yaml", 8, "lien-inconnu"),
        ("b.yaml", 7, "vocabulaire"),
    ]
    assert read.errors == 3


def test_warnings_do_not_refuse_a_corpus(tmp_path: Path) -> None:
    files = {
        "loosbot.yaml": CONFIG + "corpsu: a\n",
        "narratives/projet/notes.docx": b"\x00",
        "narratives/README.md": "Bonjour.\n",
        "pages/images/plan.png": b"\x89PNG",
        RECIT: voice("repond_a: personne d'ici"),
    }
    read = reading(tmp_path, files)
    assert [(finding.code, finding.severity) for finding in read.findings] == [
        ("cle-inconnue", "warning"),
        ("fichier-ignore", "warning"),
        ("voix-inconnue", "warning"),
    ]
    assert read.corpus is not None


def test_a_folder_without_configuration_is_no_corpus(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: recit()})
    (root / "loosbot.yaml").unlink()
    assert [finding.code for finding in load_corpus(FolderTree(root)).findings] == [
        "configuration-absente"
    ]


def test_a_corpus_is_whole_and_sorted(tmp_path: Path) -> None:
    files = {
        "loosbot.yaml": "corpus: essai\ninsee: 62528\n",
        "narratives/projet/b.yaml": "type: projet\ntitre: B\n",
        "narratives/projet/a.yaml": "type: projet\ntitre: A\nliens: [projet/b]\n",
        "pages/sous/page.md": "---\ntitre: Page\n---\r\n\r\nTexte\r\n",
        "pages/modeles/Étape.wiki": "à nous",
    }
    read = corpus(tmp_path, files)
    assert list(read.records) == ["projet/a", "projet/b"]
    assert read.config.insee == "62528"
    assert read.pages["page/sous/page"].text == "Texte\n"
    assert read.templates["modele/Étape"].text == "à nous"
    assert read.templates["modele/Fiche projet"].path == ""
    assert [link.source for link in read.backlinks["projet/b"]] == ["projet/a"]


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["check", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_json_is_alone_on_stdout(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: recit("thème: [energie]")})
    code, out, _ = _run("--corpus", str(root), "--format", "json")
    assert code == 1
    assert json.loads(out) == {
        "findings": [
            {
                "path": RECIT,
                "line": 7,
                "column": 1,
                "severity": "error",
                "code": "cle-inconnue",
                "message": "La clé « thème » n’existe pas dans une fiche recit.",
                "hint": "Vouliez-vous écrire « themes » ?",
            }
        ],
        "files": 2,
        "records": 1,
    }


def test_text_names_the_place_the_fault_and_the_remedy(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: recit("thème: [energie]")})
    code, out, _ = _run("--corpus", str(root))
    assert code == 1
    assert out.splitlines() == [
        f"{RECIT}:7:1: erreur [cle-inconnue] La clé « thème » n’existe pas dans une fiche recit.",
        "    Vouliez-vous écrire « themes » ?",
        "1 fiche lue, 1 erreur.",
    ]


def test_a_clean_corpus_is_said_in_one_line(tmp_path: Path) -> None:
    agreed = recit("    consentement: {etat: public}")
    code, out, _ = _run("--corpus", str(write(tmp_path, {RECIT: agreed})))
    assert (code, out) == (0, "1 fiche lue, aucune erreur.\n")


def test_github_annotations(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: recit("annee: 2018-13")})
    code, out, _ = _run("--corpus", str(root), "--format", "github")
    assert code == 1
    assert out.startswith(f"::error file={RECIT},line=7,col=8,title=date-impossible::Il n’y a pas")


def test_paths_limit_what_is_shown_and_not_what_is_read(tmp_path: Path) -> None:
    files = {
        "narratives/recit/a.yaml": recit("projet: projet/haie").replace("Un", "A"),
        "narratives/recit/b.yaml": recit("annee: hier").replace("Un", "B"),
        "narratives/projet/haie.yaml": "type: projet\ntitre: La haie\n",
    }
    root = write(tmp_path, files)
    where = ("--corpus", str(root))
    assert _run(*where, str(root / "narratives/recit/a.yaml"))[0] == 0
    assert _run(*where, "narratives/recit/b.yaml")[0] == 1
    assert _run(*where, "narratives/recit")[0] == 1
    assert _run(*where, str(root / "narratives/projet"))[0] == 0
    assert _run(*where, "narratives/recit/absent.yaml")[0] == 2


def test_a_record_is_called_by_its_name_too_and_a_wrong_path_is_told_the_right_one(
    tmp_path: Path,
) -> None:
    root = write(tmp_path, {"narratives/recit/un-banc.yaml": recit("thème: [energie]")})

    code, out, _ = _run("--corpus", str(root), "recit/un-banc")
    assert (code, "un-banc.yaml:7:1: erreur" in out) == (1, True)
    for wrong in ("un-banc.yaml", "recit/Un banc", "un banc"):
        code, _, err = _run("--corpus", str(root), wrong)
        assert (code, "narratives/recit/un-banc.yaml ?" in err) == (2, True)
    assert "Vérifiez le chemin" in _run("--corpus", str(root), "../autre")[2]


def test_checking_writes_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: recit("annee: hier"), **AROUND})
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    _run("--corpus", str(root))
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


@pytest.mark.parametrize(
    "name",
    [
        "essai (copie)",
        "Copie de essai",
        "essai - Copie (2)",
        "essai 2",
        "essai (conflicted copy 2024-05-03 120000)",
        "essai.sync-conflict-20240503-120000-ABC",
    ],
)
def test_a_copy_made_beside_a_record_is_told_to_be_one(tmp_path: Path, name: str) -> None:
    """As file managers and shared folders name them: renamed, it would be a second record."""
    path = f"narratives/recit/{name}.yaml"
    findings = reading(tmp_path, {RECIT: recit(), path: recit()}).findings
    assert [(finding.path, finding.code) for finding in findings] == [
        (path, "nom-de-fichier"),
        (path, "titre-en-double"),
    ]
    assert findings[0].hint.startswith("Si c’est une copie de essai.yaml, gardez dans celui-là")
    assert findings[1].hint == "Les deux fichiers disent la même chose : gardez-en un seul."


def test_a_copy_in_a_folder_of_its_own_is_at_fault_and_not_the_record(tmp_path: Path) -> None:
    path = "narratives/recit/2018/essai.yaml"
    findings = reading(tmp_path, {RECIT: recit(), path: recit()}).findings
    assert [(finding.path, finding.code) for finding in findings] == [
        (path, "mauvais-dossier"),
        (path, "titre-en-double"),
    ]
    assert "narratives/recit/essai.yaml existe déjà" in findings[0].hint


def test_a_folder_with_a_part_of_the_repository_is_told_first(tmp_path: Path) -> None:
    """What lacks passes for a fault of those that name it, or for nothing at all."""
    root = write(tmp_path / "ville", AROUND)
    git(root, "init", "--quiet")
    commit(root)
    git(root, "worktree", "add", "--quiet", "--detach", str(tmp_path / "autre"))
    for folder in (root, tmp_path / "autre"):
        whole = CliRunner().invoke(main, ["check", "--corpus", str(folder)])
        assert "dossier-partiel" not in whole.stdout
        git(folder, "sparse-checkout", "set", "--no-cone", "/*", "!/narratives/lieu/")
        part = CliRunner().invoke(main, ["check", "--corpus", str(folder), "narratives/projet"])
        assert part.stdout.startswith("loosbot.yaml:1:1: avertissement [dossier-partiel]")
        assert "git sparse-checkout disable" in part.stdout
        git(folder, "sparse-checkout", "disable")
        again = CliRunner().invoke(main, ["check", "--corpus", str(folder)])
        assert again.stdout == whole.stdout
