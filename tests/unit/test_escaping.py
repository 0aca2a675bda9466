"""What comes from outside acts neither on a terminal nor on a log."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loosbot.escaping import beginning, harmless, harmless_lines, printable
from loosbot.push.lock import log


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Récit n° 3 : « l’été », 12 000 €", "Récit n° 3 : « l’été », 12 000 €"),
        ("\x1b]0;pwn\x07", "\\u001b]0;pwn\\u0007"),  # sets the title of the window
        ("\x9b2J", "\\u009b2J"),  # CSI of C1: clears the screen
        ("main\u202egnp.exe", "main\\u202egnp.exe"),  # turns what follows
        ("a\u2066b\u200fc\u061cd", "a\\u2066b\\u200fc\\u061cd"),
        ("vu\r\nErreur : faux", "vu\\u000d\\u000aErreur : faux"),
        ("a\u2028b\u0085c\tq\x7f", "a\\u2028b\\u0085c\\u0009q\\u007f"),
        (os.fsdecode(b"r\xe9cit.yaml"), "r\\udce9cit.yaml"),
        ("👩\u200d🌾 pâturage", "👩\u200d🌾 pâturage"),  # a joiner makes one picture of two
    ],
)
def test_a_line_shows_what_it_holds(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_lines_stay_lines() -> None:
    assert harmless_lines("un\n\tdeux\r\x1b[1mtrois") == "un\n\tdeux\\u000d\\u001b[1mtrois"


@given(st.text())
def test_nothing_acts_and_all_can_be_encoded(text: str) -> None:
    shown = harmless(text)
    shown.encode("utf-8")

    assert not [sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
    assert shown.splitlines() in ([], [shown])
    assert harmless(shown) == shown
    assert harmless_lines(text).count("\n") == text.count("\n")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",))))
def test_json_says_the_same(text: str) -> None:
    answer = json.dumps({"title": text}, ensure_ascii=False, indent=2)

    assert json.loads(harmless_lines(answer)) == {"title": text}


def test_the_log_of_the_pushes_takes_no_forged_line(tmp_path: Path) -> None:
    log(tmp_path, "main\x9b1A", ["refus du wiki\n2026-01-01T00:00:00Z main", "\x1b[2K"])

    lines = (tmp_path / "loosbot.log").read_text(encoding="utf-8").split("\n")
    assert lines[0].endswith(" main\\u009b1A")
    assert lines[1:] == ["  refus du wiki\\u000a2026-01-01T00:00:00Z main", "  \\u001b[2K", ""]


def _loosbot(*words: str | bytes, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "loosbot", *words],
        cwd=cwd,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


@pytest.mark.slow
def test_what_the_command_line_names_is_shown_harmlessly(tmp_path: Path) -> None:
    done = _loosbot("check", "--corpus", b"\x1b]0;pwn\x07\xc2\x9b\xff", cwd=tmp_path)

    assert done.returncode == 2
    assert "« \\u001b]0;pwn\\u0007\\u009b\\udcff » n’est pas un corpus".encode() in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "LANG": ""},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_a_poor_locale_ends_no_command(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n", encoding="utf-8")
    record = tmp_path / "narratives/recit/été.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("type: recit\ntitre: L’œuvre\n", encoding="utf-8")

    done = _loosbot("check", cwd=tmp_path, **settings)

    assert (done.returncode, b"erreur" in done.stdout) == (1, True), done.stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 39 + "…"),
        ("a" * 38 + " deux mots", "a" * 38 + "…"),
    ],
)
def test_what_is_cut_says_so(text: str, shown: str) -> None:
    assert beginning(text) == shown


def test_blanks_that_are_no_space_part_words_and_the_rest_goes() -> None:
    assert printable("Léa\u00a0B.\u202f!\tOui\x1b\u200b") == "Léa B. ! Oui"
