"""Each thing that ``loosbot doctor`` finds on a machine, provoked; what the wiki tells is live."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from corpora import write
from gits import commit, git

from loosbot.backup.last import LastBackup
from loosbot.cli import main
from loosbot.doctor import lifecycle, local, remote, run
from loosbot.doctor.diagnosis import Diagnosis
from loosbot.doctor.remote import rights
from loosbot.push import missed

BENCH = "narratives/projet/banc.yaml"
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
ENOUGH = frozenset(
    {"read", "edit", "createpage", "bot", "move", "upload", "reupload", "apihighlimits"}
    | {"noratelimit"}
)


def codes(findings: Iterable[Diagnosis], severity: str) -> list[str]:
    return [finding.code for finding in findings if finding.severity == severity]


def doctor(*words: str | Path) -> tuple[int, dict[str, dict[str, Any]], str]:
    """The exit code, the findings by code, and what was said on the error stream."""
    result = CliRunner().invoke(main, ["doctor", "--format", "json", *map(str, words)])
    findings = json.loads(result.stdout)["findings"]
    return result.exit_code, {finding["code"]: finding for finding in findings}, result.stderr


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = write(tmp_path / "corpus", {BENCH: "type: projet\ntitre: Un banc\n"})
    commit(folder, "Un banc")
    return folder


@pytest.fixture
def depot(corpus: Path, tmp_path: Path) -> Path:
    """The bare repository that the corpus is sent to, with its hooks."""
    folder = tmp_path / "corpus.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(corpus), str(folder))
    git(corpus, "remote", "add", "origin", str(folder))
    git(corpus, "fetch", "--quiet", "origin")
    git(corpus, "branch", "--quiet", "--set-upstream-to=origin/main")
    assert CliRunner().invoke(main, ["hook", "install", str(folder)]).exit_code == 0
    return folder


def test_all_that_is_in_order_on_a_machine(corpus: Path, depot: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in corpus.rglob("*"))

    code, by_code, _ = doctor("--corpus", corpus)

    # without a wiki there is one thing to mend, and it is named with what to do
    assert code == 1
    assert [name for name, finding in by_code.items() if finding["severity"] == "error"] == [
        "wiki-injoignable"
    ]
    assert "loosbot wiki start" in by_code["wiki-injoignable"]["hint"]
    assert {"versions", "disque", "git", "crochet", "corpus"} <= by_code.keys()
    assert "loosbot" in by_code["versions"]["message"]
    assert sorted((path, path.stat().st_mtime_ns) for path in corpus.rglob("*")) == before


def test_quietly_only_what_needs_someone(corpus: Path) -> None:
    result = CliRunner().invoke(main, ["doctor", "--silencieux", "--corpus", str(corpus)])

    assert result.exit_code == 1
    assert result.stdout.startswith("À FAIRE : ")
    assert "en ordre" not in result.stdout
    assert "à savoir" not in result.stdout


def _fault(corpus: Path) -> None:
    write(corpus, {BENCH: "type: projet\n"})


def _unsaved(corpus: Path) -> None:
    write(corpus, {BENCH: "type: projet\ntitre: Un banc vert\n"})


def _consent(days: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


def _ending(corpus: Path) -> None:
    voice = f"consentement: {{etat: public, portee: [wiki], jusquau: {_consent(9)}}}"
    write(
        corpus,
        {
            "narratives/recit/pince.yaml": "type: recit\ntitre: La pince\nvoix:\n"
            f"  - qui: Une dame\n    role: habitant\n    {voice}\n    texte: Bonjour.\n"
        },
    )


def _from_tomorrow(corpus: Path) -> None:
    commit(corpus, "Demain", f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}")


def _no_history(corpus: Path) -> None:
    (corpus / ".git").rename(corpus.parent / "ailleurs")


@pytest.mark.parametrize(
    ("deed", "code", "severity", "hint"),
    [
        (_fault, "corpus-en-erreur", "error", "loosbot check"),
        (_unsaved, "non-enregistre", "warning", "git commit"),
        (_ending, "consentement", "error", "Demandez à la personne"),
        (_from_tomorrow, "date-de-version", "error", "horloge"),
        (_no_history, "hors-git", "error", "git init"),
    ],
)
def test_what_is_wrong_in_the_files_or_in_git(
    corpus: Path, deed: Any, code: str, severity: str, hint: str
) -> None:
    deed(corpus)

    exit_code, by_code, _ = doctor("--corpus", corpus)

    assert exit_code == 1
    assert by_code[code]["severity"] == severity
    assert hint in by_code[code]["hint"]


@pytest.mark.slow
def test_versions_that_nobody_else_has(corpus: Path, depot: Path) -> None:
    git(corpus, "commit", "--quiet", "--allow-empty", "--message", "Encore")

    assert doctor("--corpus", corpus)[1]["non-envoye"]["severity"] == "warning"
    git(corpus, "push", "--quiet", "--no-verify", "origin", "main:refs/heads/brouillon")
    git(corpus, "branch", "--quiet", "--set-upstream-to=origin/brouillon")
    assert "non-envoye" not in doctor("--corpus", corpus)[1]


def test_a_history_in_part(corpus: Path, tmp_path: Path) -> None:
    git(corpus, "commit", "--quiet", "--allow-empty", "--message", "Encore")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{corpus}", "partiel")

    assert doctor("--corpus", tmp_path / "partiel")[1]["clone-partiel"]["severity"] == "error"


def test_a_folder_in_part(corpus: Path) -> None:
    git(corpus, "sparse-checkout", "set", "--no-cone", "/loosbot.yaml")

    assert doctor("--corpus", corpus)[1]["dossier-partiel"]["severity"] == "error"


def test_a_file_that_git_does_not_look_at(corpus: Path) -> None:
    git(corpus, "update-index", "--skip-worktree", "loosbot.yaml")
    assert "non-enregistre" not in doctor("--corpus", corpus)[1]
    with (corpus / "loosbot.yaml").open("a") as file:
        file.write("# une remarque\n")

    assert "--no-skip-worktree" in doctor("--corpus", corpus)[1]["non-enregistre"]["hint"]


def _gone(depot: Path) -> None:
    (depot / "hooks" / "pre-receive").unlink()


def _of_another(depot: Path) -> None:
    (depot / "hooks" / "pre-receive").write_text("#!/bin/sh\nexit 0\n")


def _python_gone(depot: Path) -> None:
    hook = depot / "hooks" / "pre-receive"
    lines = hook.read_text().splitlines(keepends=True)
    hook.write_text("".join(lines[:-1]) + "exec /nulle/part/python -m loosbot hook pre-receive\n")


def _not_executable(depot: Path) -> None:
    (depot / "hooks" / "pre-receive").chmod(0o644)


def _called(depot: Path) -> None:
    ours = depot / "hooks" / "pre-receive"
    ours.rename(ours.with_name("pre-receive.loosbot"))
    ours.write_text("#!/bin/sh\nexec hooks/pre-receive.loosbot\n")
    ours.chmod(0o755)


def _called_by_what_git_leaves_out(depot: Path) -> None:
    _called(depot)
    _not_executable(depot)


def test_a_hook_that_somebody_else_s_calls_is_in_place(corpus: Path, depot: Path) -> None:
    _called(depot)

    assert "crochet-absent" not in doctor("--repo", depot, "--corpus", corpus)[1]


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (_gone, "crochet-absent"),
        (_called_by_what_git_leaves_out, "crochet-casse"),
        (_of_another, "crochet-absent"),
        (_python_gone, "crochet-casse"),
        (_not_executable, "crochet-casse"),
    ],
)
def test_a_hook_that_no_longer_works(corpus: Path, depot: Path, deed: Any, code: str) -> None:
    deed(depot)

    exit_code, by_code, _ = doctor("--repo", depot, "--corpus", corpus)

    assert exit_code == 1
    assert "pre-receive" in by_code[code]["message"]
    assert f"loosbot hook install {depot}" in by_code[code]["hint"]


def test_a_repository_that_takes_malformed_objects(corpus: Path, depot: Path) -> None:
    git(depot, "config", "--unset", "receive.fsckObjects")

    assert doctor("--corpus", corpus)[1]["envois-non-controles"]["severity"] == "warning"


@pytest.mark.parametrize(
    ("free", "code", "severity"),
    [
        (100_000_000, "disque-plein", "error"),
        (1_000_000_000, "disque-etroit", "warning"),
        (9_000_000_000, "disque", "ok"),
    ],
)
def test_how_grave_a_full_disk_is(free: int, code: str, severity: str) -> None:
    finding = local.disk(free, Path("/srv"))
    assert (finding.code, finding.severity) == (code, severity)


@pytest.mark.parametrize(
    ("made", "published", "code", "severity"),
    [
        (None, None, "jamais-sauvegarde", "warning"),
        (None, 2, "jamais-sauvegarde", "warning"),
        (None, 30, "jamais-sauvegarde", "error"),
        (1, 30, "sauvegarde", "ok"),
        (20, 30, "sauvegarde-ancienne", "error"),
    ],
)
def test_the_age_of_the_backup(
    made: int | None, published: int | None, code: str, severity: str
) -> None:
    last = None if made is None else LastBackup(NOON - timedelta(days=made), "/srv/loosbot.zip")
    since = None if published is None else NOON - timedelta(days=published)

    finding = local.backup(last, NOON, since)

    assert (finding.code, finding.severity) == (code, severity)
    assert severity == "ok" or "loosbot backup" in finding.hint


@pytest.mark.slow
def test_a_backup_is_known_afterwards(corpus: Path, depot: Path, tmp_path: Path) -> None:
    file = tmp_path / "sauvegarde.zip"
    words = ["backup", str(file), "--corpus", str(corpus), "--repo", str(depot)]
    assert CliRunner().invoke(main, words).exit_code == 0

    for words in (["--corpus", str(corpus)], ["--repo", str(depot)]):
        finding = doctor(*words)[1]["sauvegarde"]
        assert (finding["severity"], str(file) in finding["message"]) == ("ok", True)


@pytest.mark.parametrize(
    ("version", "day", "here", "code", "severity"),
    [
        ("MediaWiki 1.43.12", date(2026, 11, 28), False, "version", "ok"),
        ("MediaWiki 1.43.12", date(2027, 10, 1), False, "fin-de-vie-proche", "warning"),
        ("MediaWiki 1.43.12", date(2028, 1, 1), False, "fin-de-vie", "error"),
        ("MediaWiki 1.39.17", date(2026, 11, 28), False, "fin-de-vie", "error"),
        ("MediaWiki 1.39.17", date(2026, 11, 28), True, "fin-de-vie", "warning"),
        ("MediaWiki 1.99.0", date(2026, 11, 28), False, "version-inconnue", "warning"),
        ("autre chose", date(2026, 11, 28), False, "version-inconnue", "warning"),
    ],
)
def test_a_mediawiki_and_its_end(
    version: str, day: date, here: bool, code: str, severity: str
) -> None:
    finding = lifecycle.release(version, day, here)

    assert (finding.code, finding.severity) == (code, severity)
    assert severity == "ok" or lifecycle.SOURCE in finding.hint


@pytest.mark.parametrize(
    ("has", "errors", "warnings"),
    [
        (ENOUGH, [], []),
        (ENOUGH - {"move"}, [], ["droit-utile"]),
        (ENOUGH - {"upload", "noratelimit"}, [], ["droit-utile", "droit-utile"]),
        (ENOUGH - {"edit"}, ["droits-manquants"], []),
        (ENOUGH | {"delete", "block"}, ["droits-en-trop"], []),
    ],
)
def test_rights_too_many_and_too_few(
    has: frozenset[str], errors: list[str], warnings: list[str]
) -> None:
    findings = list(rights("Loosbot", has))

    assert codes(findings, "error") == errors
    assert codes(findings, "warning") == warnings


@pytest.mark.parametrize(
    ("apart", "severity"), [(0, "ok"), (200, "ok"), (301, "error"), (-90_000, "error")]
)
def test_how_grave_two_clocks_apart_are(apart: int, severity: str) -> None:
    assert remote.clock(NOON + timedelta(seconds=apart), NOON).severity == severity


def test_a_push_that_was_taken_and_not_published(corpus: Path, depot: Path) -> None:
    missed.note(depot, "4a8ed2beedae", "Le wiki ne répond pas.")

    code, by_code, _ = doctor("--corpus", corpus)

    waits = by_code["envoi-non-publie"]
    assert (code, waits["severity"]) == (1, "error")
    assert "4a8ed2beedae : Le wiki ne répond pas." in waits["message"]
    assert (depot / missed.FILE).stat().st_mode & 0o077 == 0


def test_a_corpus_that_is_only_here(corpus: Path) -> None:
    _, by_code, _ = doctor("--corpus", corpus)

    assert by_code["seul-exemplaire"]["severity"] == "warning"
    assert "git remote add" in by_code["seul-exemplaire"]["hint"]


def test_a_machine_without_git(corpus: Path) -> None:
    result = CliRunner().invoke(
        main, ["doctor", "--format", "json", "--corpus", str(corpus)], env={"PATH": "/nulle-part"}
    )
    by_code = {finding["code"]: finding for finding in json.loads(result.stdout)["findings"]}

    assert (result.exit_code, by_code["sans-git"]["severity"]) == (1, "error")
    assert "apt-get install git" in by_code["sans-git"]["hint"]


def test_each_thing_that_doctor_says_is_provoked_here_or_on_a_wiki() -> None:
    tests = Path(__file__).parents[1]
    tried = "".join(
        file.read_text("utf-8") for file in tests.rglob("test_*.py") if "doctor" in file.read_text()
    )
    named = set()
    for module in (local, remote, lifecycle, run):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                place = {"Diagnosis": 0, "refused": 1}.get(name)
                if place is not None and isinstance(node.args[place], ast.Constant):
                    named.add(str(node.args[place].value))
    assert len(named) > 30
    assert {code for code in named if f'"{code}"' not in tried} == set()


def test_a_corpus_that_cannot_be_read_to_its_end(corpus: Path) -> None:
    write(corpus, {f"narratives/{'dedans/' * 25}a.yaml": "type: projet\n"})

    code, by_code, _ = doctor("--corpus", corpus)

    assert (code, by_code["corpus-illisible"]["severity"]) == (1, "error")
