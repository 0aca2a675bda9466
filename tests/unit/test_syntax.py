"""Slips of syntax, worded in French at the place where the author slipped."""

import re

import pytest
import yaml

from loosbot.corpus.model import Finding
from loosbot.corpus.yaml.reader import read
from loosbot.corpus.yaml.syntax import explain

MARK = yaml.Mark("", 8, 1, 3, None, 0)


def only(text: str) -> Finding:
    document = read(text.encode(), "narratives/recits/a.yaml")
    (finding,) = document.findings
    assert document.data is None
    return finding


SLIPS = [
    # tabs
    ("a:\n\tb: 1\n", "yaml-tabulation", 2, 1),
    ("a: 1\n\tb: 2\n", "yaml-tabulation", 2, 1),
    ("a:\n  b: 1\n  \tc: 2\n", "yaml-tabulation", 3, 3),
    ("a:\n  - b: 1\n\t  c: 2\n", "yaml-tabulation", 3, 1),
    ("a: un texte\n\tqui suit\n", "yaml-tabulation", 2, 1),
    ("a:\n-\tb: 1\n", "yaml-tabulation", 2, 2),
    # no space after the colon
    ("titre:Jamais\n", "yaml-deux-points", 1, 6),
    ("# note\ntitre:Jamais\nresume: x\n", "yaml-deux-points", 2, 6),
    ("titre:Jamais\nresume:Jamais\n", "yaml-deux-points", 1, 6),
    ("type: recit\ntitre:Jamais\n", "yaml-deux-points", 2, 6),
    ("type: recit\ntitre:Jamais\nresume: x\n", "yaml-deux-points", 2, 6),
    ("type: recit\ntitre :Jamais\nresume: x\n", "yaml-deux-points", 2, 7),
    ("voix:\n  - qui:Jean\n    texte: x\n", "yaml-deux-points", 2, 8),
    ("voix:\n  - texte: x\n    qui:Jean\n    b: 1\n", "yaml-deux-points", 3, 8),
    ("dates:\n  debut:2018\nb: 1\n", "yaml-deux-points", 2, 8),
    # no colon at all
    ("type: recit\ntitre\nresume: x\n", "yaml-deux-points", 2, 1),
    (": 1\n", "cle-non-texte", 1, 1),
    # a colon in a sentence
    ("resume: Il dit : oui\n", "yaml-deux-points", 1, 16),
    ("titre: A\nresume: Il dit: oui\n", "yaml-deux-points", 2, 15),
    ("a:\n  - L'idée : planter : demain\n", "yaml-deux-points", 2, 22),
    ("resume: il dit\n  que : oui\n", "yaml-deux-points", 2, 7),
    # quotes
    ('titre: "Jamais\nresume: x\nlieu: y\n', "yaml-guillemet", 1, 8),
    ("titre: 'Jamais\nresume: x\n", "yaml-guillemet", 1, 8),
    ("titre: 'Jamais\nresume: l'eau\n", "yaml-guillemet", 1, 8),
    ('titre: "Jamais\nresume: "y"\n', "yaml-guillemet", 1, 8),
    ("titre: 'l'eau'\n", "yaml-guillemet", 1, 10),
    ('titre: "il dit "oui" fort"\n', "yaml-guillemet", 1, 16),
    ('titre: "Jamais" dit-il\n', "yaml-guillemet", 1, 15),
    ('a: ["un, "deux"]\n', "yaml-guillemet", 1, 10),
    ('chemin: "c:\\photos"\n', "yaml-guillemet", 1, 12),
    ('a: "\\ud800"\n', "yaml-guillemet", 1, 7),
    # indents
    ("a:\n  b: 1\n c: 2\n", "yaml-retrait", 3, 2),
    ("a:\n    b: 1\n  c: 2\n", "yaml-retrait", 3, 3),
    ("titre: A\n  resume: B\n", "yaml-retrait", 2, 3),
    ("  a: 1\nb: 2\n", "yaml-retrait", 1, 3),
    ("a: |\n    texte\n  suite: oui\n", "yaml-retrait", 3, 3),
    ("a: |\n  texte\nla suite du texte\nb: 1\n", "yaml-retrait", 3, 1),
    ("a:\n  - b: 1\n   c: 2\n", "yaml-retrait", 3, 4),
    # dashes
    ("a:\n  - x\n - y\n", "yaml-tiret", 3, 2),
    ("a:\n  - x\n   - y\n", "yaml-tiret", 3, 4),
    ("a:\n  - x\n    - y: 1\n", "yaml-tiret", 3, 5),
    ("a: 1\n- b\n", "yaml-tiret", 2, 1),
    ("a: 1\n  - b\n", "yaml-tiret", 2, 3),
    ("a:\n  b: 1\n  - c\n", "yaml-tiret", 3, 3),
    ("a: - b\n", "yaml-tiret", 1, 4),
    # brackets
    ("a: [1, 2\nb: 3\n", "yaml-crochet", 1, 4),
    ("a: {x: 1\nb: 3\n", "yaml-crochet", 1, 4),
    ("a: [1, 2}\n", "yaml-crochet", 1, 9),
    ("a:\n  - [1", "yaml-crochet", 2, 5),
    ("titre: x\nannee: [\n", "yaml-crochet", 2, 8),
    ("titre: [Loos] en fête\n", "yaml-crochet", 1, 8),
    # signs
    ("a: *gras* oui\n", "yaml-ancre", 1, 4),
    ("a: **gras**\n", "yaml-ancre", 1, 4),
    ("a: & Cie\n", "yaml-ancre", 1, 4),
    ("a: @mairie\n", "yaml-signe", 1, 4),
    ("a: %x\n", "yaml-signe", 1, 4),
    ("a:\n  - `code`\n", "yaml-signe", 2, 5),
    ("a: ? b\n", "yaml-signe", 1, 4),
    ("a: ]\n", "yaml-signe", 1, 4),
    ("%x\n", "yaml-signe", 1, 1),
    ("%YAML 3.0\n---\na: 1\n", "yaml-signe", 1, 1),
    ("a: !e!x y\n", "yaml-etiquette", 1, 4),
    ("a: > texte\n", "yaml-bloc", 1, 4),
    ("a: |texte\n", "yaml-bloc", 1, 4),
    # a byte order mark in the middle
    ("a: 1\n\ufeffb: 2\n", "caractere-invisible", 2, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), SLIPS)
def test_a_slip_is_named_where_it_was_made(text: str, code: str, line: int, column: int) -> None:
    finding = only(text)
    assert (finding.code, finding.line, finding.column) == (code, line, column)
    assert finding.path == "narratives/recits/a.yaml"
    assert finding.severity == "error"
    assert finding.hint


@pytest.mark.parametrize(("text", "code", "line", "column"), SLIPS)
def test_windows_line_ends_change_nothing(text: str, code: str, line: int, column: int) -> None:
    finding = only(text.replace("\n", "\r\n"))
    assert (finding.code, finding.line, finding.column) == (code, line, column)


@pytest.mark.parametrize("text", [slip[0] for slip in SLIPS])
def test_never_the_words_of_the_parser(text: str) -> None:
    finding = only(text)
    words = f"{finding.message} {finding.hint}"
    assert not re.search(r"\b(found|expected|mapping|scalar|token|while|block|the)\b", words)
    assert finding.message.endswith(".")
    assert "\n" not in words


def test_a_complaint_that_no_rule_knows() -> None:
    error = yaml.scanner.ScannerError(problem="something else", problem_mark=MARK)
    finding = explain(error, "a: 1\nb: 2\n", "a.yaml")
    assert (finding.code, finding.line, finding.column) == ("yaml", 2, 4)
    assert "something" not in finding.message + finding.hint
    assert explain(yaml.YAMLError("odd"), "", "a.yaml").line == 1


def test_message_and_hint_say_what_to_do() -> None:
    assert only("titre:Jamais\n").hint.startswith("Écrivez « titre: »")
    assert "guillemets" in only("resume: Il dit : oui\n").hint
    assert "« | »" in only("resume: Il dit : oui\n").hint
    assert "espaces" in only("a:\n\tb: 1\n").hint
    assert "apostrophe" in only("titre: 'l'eau'\n").hint


@pytest.mark.parametrize(
    "text",
    [
        "a:\t1\n",
        "a: 18:30\n",
        "a: https://loos.example/x:y\n",
        "a:\n  https://loos.example/\n",
        "a:\n  - doi:10.1000/182\n",
        "a: un mot-clé - un autre\n",
        "a: 'il dit : oui'\n",
        "a: |\n  il dit : oui\n  titre:Jamais\n  - un\n  \tdeux\n",
        "a: 'un\n  -deux'\n",
        "a: -b\n",
        "a: b]\n",
        "a: l'eau\n",
        "a: b # un commentaire\n",
    ],
)
def test_sound_yaml_has_no_finding(text: str) -> None:
    assert read(text.encode(), "a.yaml").findings == ()


@pytest.mark.parametrize(
    ("text", "column", "data"),
    [("a: Réunion #3\n", 12, {"a": "Réunion"}), ("a: #3\n", 4, {"a": None})],
)
def test_a_comment_that_looks_like_text_is_a_warning(text: str, column: int, data: object) -> None:
    document = read(text.encode(), "a.yaml")
    (finding,) = document.findings
    assert (finding.code, finding.severity) == ("yaml-diese", "warning")
    assert (finding.line, finding.column) == (1, column)
    assert document.data == data


@pytest.mark.parametrize(
    ("text", "line", "others"),
    [
        ("a:\n  - x\n    - y\n    - z\n  - t\n", 3, "Celui de la ligne 4 aussi."),
        ("a:\n  - x\n - y\n\n - z\n -\n - t\nb: 1\n", 3, "Ceux des lignes 5, 6 et 7 aussi."),
        ("a:\n- x: 1\n  - y: 2\n    z: 3\n  - t: 4\nb:\n  - u\n", 3, "Celui de la ligne 5 aussi."),
        (
            "a:\n  - x\n" + "    - y\n" * 9,
            3,
            "Ceux des lignes 4, 5, 6, 7, 8 et 3 autres aussi.",
        ),
    ],
)
def test_dashes_out_of_their_column_are_told_together(text: str, line: int, others: str) -> None:
    (found,) = read(text.encode(), "a.yaml").findings
    assert (found.code, found.line) == ("yaml-tiret", line)
    assert others in found.hint


def test_a_dash_alone_is_told_alone() -> None:
    (found,) = read(b"a:\n  - x\n    - y\n  - t\n", "a.yaml").findings
    assert "aussi" not in found.hint
