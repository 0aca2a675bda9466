"""The outermost boundary: French messages, exit codes, never a traceback."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from desk import hears_interrupts
from patience import LONG
from processes import loosbot

from loosbot.cli import _log, main
from loosbot.commands.options import CONFIG, day_of
from loosbot.errors import UsageError
from loosbot.wiki.install import locked


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """``loosbot`` in the folder of the test, without a process: to start one costs 0.2 s."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, words)


def test_help_is_french_and_imports_no_command(tmp_path: Path) -> None:
    code = (
        "import sys; from loosbot.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print([m for m in sys.modules if m.startswith(('loosbot.commands.wiki', "
        "'mwclient', 'requests', 'yaml', 'jsonschema'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "Utilisation : loosbot [OPTIONS] COMMANDE" in done.stdout
    assert "Afficher cette aide." in done.stdout
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("livret", "fifty-fifty/chemins-ruraux --out dossier.pdf\n"),
        ("plan", "\n  « sync » ferait"),
        ("dump", " ou doit être\n         vide.\n"),
        ("import", "[recit|reunion|codes|decidim] FICHIER\n"),
    ],
    ids=[
        "an example stays whole",
        "so do guillemets",
        "so does a sentence",
        "an argument is named",
    ],
)
def test_the_help_of_a_command_reads_well(command: str, line: str) -> None:
    assert line in CliRunner().invoke(main, [command, "--help"]).output


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (["-h"], ["--help"]),
        (["plan", "-h"], ["plan", "--help"]),
        (["help"], ["--help"]),
        (["aide", "plan"], ["plan", "--help"]),
        (["help", "dump", "build"], ["dump", "build", "--help"]),
        (["wiki", "help"], ["wiki", "--help"]),
    ],
)
def test_help_is_given_however_it_is_asked_for(arguments: list[str], asked: list[str]) -> None:
    given, wanted = (CliRunner().invoke(main, words) for words in (arguments, asked))

    assert given.exit_code == 0
    assert given.output.startswith("Utilisation : ")
    assert given.output == wanted.output


def test_no_help_says_a_word_of_click() -> None:
    with click.Context(main) as above:
        for name in main.list_commands(above):
            output = CliRunner().invoke(main, [name, "--help"]).output
            assert not re.search(r"required|\d<=x|\.\.\.", output), name
            # an example is not wrapped, and a terminal would cut it anywhere
            assert max(map(len, output.splitlines())) <= 80, name


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["whiki"], "« whiki » n’est pas une commande.\n  Vouliez-vous dire wiki ?"),
        (["voir", "recit/a"], "« voir » n’est pas une commande.\n  Vouliez-vous dire preview ?"),
        (["vérifier"], "« vérifier » n’est pas une commande.\n  Vouliez-vous dire check ?"),
        (["publier"], "« publier » n’est pas une commande.\n  Vouliez-vous dire sync ?"),
        (["help", "whiki"], "« whiki » n’est pas une commande.\n  Vouliez-vous dire wiki ?"),
        (["wiki", "strat"], "« strat » n’est pas une commande.\n  Vouliez-vous dire start"),
        (["wiki", "start", "--prot", "1"], "L’option --prot n’existe pas.\n  Vouliez-vous dire"),
        (["wiki", "start", "--port", "http"], "--port (un nombre entier de 1 à 65535)."),
        (["wiki", "start", "--port", "0"], "--port (un nombre entier de 1 à 65535)."),
        (["wiki", "start", "--version", "1.27"], "--version (au choix : 1.39, 1.43)"),
        (["wiki", "start", "--port"], "L’option --port est mal employée.\n  Elle attend une"),
        (["sync", "--yes=oui"], "L’option --yes est mal employée.\n  Elle ne prend pas de valeur."),
        (["wiki", "stop", "tout"], "Il y a des arguments en trop.\n  Retirez « tout »."),
        (["wiki", "stop", "tout", "va"], "plusieurs mots se met entre guillemets droits."),
        (["init"], "Il manque DOSSIER, --commune et --insee.\n"),
        (["init", "ville", "--insee", "62000"], "Il manque --commune.\n"),
    ],
)
def test_usage_errors_are_told_in_french(
    here: Callable[..., Result], arguments: list[str], message: str
) -> None:
    done = here(*arguments)

    assert done.exit_code == 2
    assert done.stderr.startswith("Erreur : ")
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_ends_no_command(closed: str, tmp_path: Path) -> None:
    (tmp_path / CONFIG).write_text("corpus: essai\n", encoding="utf-8")

    # a service is started without a stream; a question then has nobody to answer it
    for words, code in (("check", 0), ("champs recit", 0), ("whiki", 2), ("sync", 2)):
        command = f'"$0" -m loosbot {words} {closed}'
        done = subprocess.run(
            ["sh", "-c", command, sys.executable], cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == code, (words, done.stderr)


def test_the_locale_changes_no_word_and_no_name(tmp_path: Path) -> None:
    init = ("init", "ville", "--commune", "Été-l’Étang", "--insee", "62001", "--yes")
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    asked = (
        ["champs", "--format", "markdown"],
        ["export", "recit", "--out", "été.csv"],
        ["check", "narratives/été.yaml"],
    )
    printed = []
    for folder, locale in ((tmp_path / "a", poor), (tmp_path / "b", {"PYTHONUTF8": "1"})):
        folder.mkdir()
        assert loosbot(*init, cwd=folder, **locale).returncode == 0
        runs = [loosbot(*words, cwd=folder / "ville", **locale) for words in asked]
        printed.append([run.stdout + run.stderr for run in runs])
        assert (folder / "ville/été.csv").is_file()

    assert printed[0] == printed[1]
    assert "\N{RIGHT SINGLE QUOTATION MARK}" in printed[0][0]
    assert "« narratives/été.yaml » n’existe pas." in printed[0][2]


def test_status_without_a_wiki_writes_nothing(tmp_path: Path) -> None:
    done = loosbot("wiki", "status", cwd=tmp_path)

    assert done.returncode == 0
    assert "loosbot wiki start" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_reset_without_terminal_needs_yes(tmp_path: Path) -> None:
    kept = tmp_path / ".loosbot" / "wiki" / "data" / "wiki.sqlite"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"what people wrote")

    assert loosbot("wiki", "reset", cwd=tmp_path).returncode == 2
    assert kept.exists()
    assert loosbot("wiki", "reset", "--yes", cwd=tmp_path).returncode == 0
    assert not kept.exists()


def test_missing_programs_are_named_with_the_command_that_installs_them(tmp_path: Path) -> None:
    done = loosbot("wiki", "start", cwd=tmp_path, PATH=str(tmp_path))

    assert done.returncode == 3
    assert "php-cli, php-sqlite3" in done.stderr
    assert "sudo apt-get install --no-install-recommends php-cli" in done.stderr


@pytest.mark.slow
def test_a_bug_leaves_a_log_and_no_traceback(tmp_path: Path) -> None:
    broken = tmp_path / ".loosbot" / "wiki" / "credentials"
    broken.parent.mkdir(parents=True)
    broken.write_text("[]")  # nothing of ours ever writes this
    done = loosbot("wiki", "start", cwd=tmp_path, XDG_STATE_HOME=str(tmp_path / "state"))

    assert done.returncode == 70
    assert "Traceback" not in done.stderr
    (log,) = (tmp_path / "state" / "loosbot").glob("erreur-*.log")
    assert str(log) in done.stderr
    assert "TypeError" in log.read_text(encoding="utf-8")


def test_two_bugs_in_one_second_leave_two_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.localtime(0)
    monkeypatch.setattr("time.localtime", lambda: now)
    logs = []
    for process in (11, 12):
        monkeypatch.setattr("os.getpid", lambda process=process: process)
        try:
            raise KeyError(f"bug {process}")
        except KeyError:
            logs.append(_log({"XDG_STATE_HOME": str(tmp_path)}))
    assert ["bug 11" in log.read_text("utf-8") for log in logs] == [True, False]


@pytest.mark.slow
def test_interrupt_ends_with_130(tmp_path: Path) -> None:
    with locked(tmp_path / ".loosbot" / "wiki" / ".lock"):  # the command waits for its turn
        process = subprocess.Popen(
            [sys.executable, "-m", "loosbot", "wiki", "start"],
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hears_interrupts,
        )
        assert process.stderr
        assert "Installation" in process.stderr.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=LONG)

    assert process.returncode == 130
    assert errors.strip() == "Interrompu."


@pytest.mark.parametrize("loaded", ["click._compat", "click.core", "loosbot.corpus.french"])
def test_interrupt_while_the_program_is_loaded_shows_no_traceback(
    loaded: str, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "loosbot", "check"],  # names each module on end
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hears_interrupts,
    )
    assert process.stderr
    lines = [next(line for line in process.stderr if loaded in line)]
    process.send_signal(signal.SIGINT)
    lines += process.stderr.readlines()

    assert process.wait() in (-signal.SIGINT, 130)  # by the system, or « Interrompu. »
    assert "Traceback" not in "".join(lines)


@pytest.mark.parametrize("words", [("diff", "HEAD", "HEAD"), ("handover",), ("atelier",)])
def test_a_corpus_in_git_without_git_is_not_told_to_begin_one(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n")
    (tmp_path / ".git").mkdir()

    done = loosbot(*words, cwd=tmp_path, PATH=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.endswith("\n  git n’est pas installé ici : sudo apt-get install git\n")


@pytest.mark.parametrize("text", ["2020-06-30", "30 juin 2020", "le 30 juin 2020"])
def test_a_day_is_one_however_a_record_has_it(text: str) -> None:
    assert day_of(text) == date(2020, 6, 30)


@pytest.mark.parametrize("text", ["2999-12-31", "0999-01-01"])
def test_a_day_given_to_a_command_may_be_of_any_century(text: str) -> None:
    assert day_of(text).isoformat() == text


@pytest.mark.parametrize(
    ("text", "hint"),
    [("30/06/2020", "2020-06-30"), ("juin 2020", "2027-12-31"), ("30 février 2020", "2020-02")],
)
def test_a_day_that_is_none_is_told_how_to_write(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        day_of(text)
    assert hint in caught.value.hint


def test_accents_of_another_encoding_are_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n")
    order = ("--edition", "recherche", "--recipient", "\udce9t\udce9", "--expires", "2999-12-31")

    done = loosbot("dump", "build", str(tmp_path / "x"), *order, cwd=tmp_path)

    assert done.returncode == 2, done.stderr
    assert "n’arrivent pas comme loosbot les attend" in done.stderr
    assert "Réglez votre terminal sur UTF-8" in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_full_disk_is_no_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n")
    record = tmp_path / "narratives/projet/banc.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("type: projet\ntitre: Le banc\n")

    done = loosbot("export", "projet", "--out", "p.xlsx", cwd=tmp_path, blocks=2)

    assert done.returncode == 1, done.stderr
    assert "ne peut pas l’être : ce disque ne prend pas de fichier aussi grand" in done.stderr
    assert "signalement" not in done.stderr


def test_a_full_disk_under_what_is_printed_is_told_as_such(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "loosbot", "champs"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1, done.stderr
    assert "ne peut pas l’être : le disque est plein" in done.stderr
    assert "ce qu’il imprime (après « > »)" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "check absent.yaml",
        "import absent.csv",
        "import recit absent.docx",
        "dump check absent",
        "dump diff absent absent",
        "dump build export --since absent",
        "restore absent.zip --corpus neuf",
        "hook install absent.git",
        "backup x.zip --repo absent.git",
        "doctor --repo absent.git",
        "atelier --repo absent.git",
        "sync --yes --plan absent",
        "trace --corpus absent",
    ],
)
def test_a_path_that_does_not_exist_is_a_mistyped_word(
    tmp_path: Path, here: Callable[..., Result], words: str
) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n")

    done = here(*words.split())

    assert done.exit_code == 2, done.stderr
    assert "« absent" in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["loosbot.yaml"]


def test_a_wiki_is_told_of_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")

    done = loosbot("wiki", "start", "--dir", "fichier/wiki", cwd=tmp_path)

    assert done.returncode == 1, done.stderr
    assert "ne peut pas être écrit" in done.stderr


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("export fifty", "« fifty-fifty »"),
        ("export recits", "« recit »"),
        ("check --format jsn", "« json »"),
        ("trace --date 01/01/2020", "2020-01-01"),
        ("trace --date 2020", "2020-12-31"),
        ("trace --about banc", "« projet/banc-neuf »"),
    ],
)
def test_a_word_that_is_nearly_right_is_told_the_right_way(
    tmp_path: Path, here: Callable[..., Result], words: str, near: str
) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n")
    record = tmp_path / "narratives/projet/banc-neuf.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("type: projet\ntitre: Trois places assises\n")

    done = here(*words.split())

    assert done.exit_code == 2, done.stderr
    assert near in done.stderr


@pytest.mark.parametrize("named", ["pages/accueil.md", "page/accueil", "index/recits"])
def test_a_page_is_no_record_and_is_seen_elsewhere(
    tmp_path: Path, here: Callable[..., Result], named: str
) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/accueil.md").write_text("---\ntitre: Bienvenue\n---\n\nBonjour.\n")

    done = here("preview", named)

    assert done.exit_code == 2
    assert f"« {named} » est une page, et cette commande ne prend que des fiches." in done.stderr
    assert "loosbot site DOSSIER" in done.stderr


@pytest.mark.parametrize("words", [["hook", "install"], ["check", "--corpus"]])
def test_a_name_that_no_disk_takes_is_told_as_such(tmp_path: Path, words: list[str]) -> None:
    done = loosbot(*words, "é" * 300, cwd=tmp_path, XDG_STATE_HOME=str(tmp_path))

    assert done.returncode == 2, done.stderr
    assert "trop long" in done.stderr
    assert len(done.stderr) < 400
