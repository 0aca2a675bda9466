"""Keys out of their column: all that can be told of a file is told in one round."""

from __future__ import annotations

from itertools import combinations

import pytest

from loosbot.corpus.check import checkedfile
from loosbot.corpus.paths import place

BANC = place("narratives/projet/banc.yaml")
MOVED = ("yaml-retrait", "yaml-tiret", "yaml-tabulation")


def told(text: str) -> list[int]:
    """The lines that are told as out of their column."""
    findings = checkedfile.read(BANC, text.encode()).all_findings()
    return sorted(finding.line for finding in findings if finding.code in MOVED)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("titre: X\n  resume: Un.\nannee: 2018\n   statut: abouti\n", [2, 4]),
        ("titre: X\n  resume: Un.\n  annee: 2018\nstatut: abouti\n", [2, 3]),
        ("demande:\n    date: 2015\n  suite: Oui\n  canal: courrier\n", [2]),
        ("demande:\n    date: 2015\n    besoin: Un\n  suite: Oui\n  canal: courrier\n", [4, 5]),
        ("demande:\n  date: 2015\n  besoin: Un\n   suite: Oui\n canal: courrier\n", [4, 5]),
        ("titre: X\n  demande:\n    date: 2015\n     besoin: Un\n", [2, 4]),
        (
            "voix:\n- qui: Ali B.\n   role: agent\n  texte: Oui\n"
            "- qui: Bo C.\n  role: agent\n   texte: Non\n",
            [3, 7],
        ),
        ("demande:\n  date: 2015\n\tbesoin: Un\n\tsuite: Oui\n   canal: courrier\n", [3, 4, 5]),
        ("resume: |\n    Un.\n  Deux.\n  Trois.\nannee: 2015\n", [3, 4]),
    ],
)
def test_every_key_out_of_its_column_is_told_at_once(text: str, lines: list[int]) -> None:
    assert told(f"type: projet\n{text}") == [line + 1 for line in lines]


@pytest.mark.parametrize(
    ("text", "line", "other"),
    [
        ("  type: projet\ntitre: X\nannee: 2015\n", 1, 2),
        ("type: projet\ndemande:\n   date: 2015\n  suite: Oui\n  canal: courrier\n", 3, 4),
        ("type: projet\ndemande:\n date: 2015\n  suite: Oui\n  canal: courrier\n", 3, 4),
        (
            "type: projet\ndemande:\n   date: 2015\n  besoin: |\n    Un.\n  canal: courrier\n",
            3,
            4,
        ),
    ],
    ids=["of the file", "too deep", "not deep enough", "before a text"],
)
def test_the_first_key_is_told_and_not_those_that_follow_in_one_column(
    text: str, line: int, other: int
) -> None:
    [finding] = [
        found
        for found in checkedfile.read(BANC, text.encode()).all_findings()
        if found.code in MOVED
    ]
    assert finding.line == line
    assert finding.hint == f"Alignez-la, avec des espaces, sur celles qui suivent (ligne {other})."


TWO_GROUPS = """type: projet
titre: Le banc
demande:
  date: 2015
  besoin: Un banc
  suite: Oui
  proposition: Du chêne
  interet: La place
suivi:
  date: 2016
  etat: tenu
  texte: Verni.
  preuve: Une photo
  niveau: information
"""


@pytest.mark.parametrize("shift", [-1, 1])
def test_any_two_keys_are_mended_in_one_round(shift: int) -> None:
    sound = TWO_GROUPS.splitlines()
    inside = [rank for rank, line in enumerate(sound) if line.startswith("  ")]
    for two in combinations(inside, 2):
        moved = [
            (line[1:] if shift < 0 else f" {line}") if rank in two else line
            for rank, line in enumerate(sound)
        ]
        assert told("\n".join(moved)) == [rank + 1 for rank in two]


def test_a_long_key_is_told_once() -> None:
    many = "".join(f"  k{n}: mot\n" for n in range(6000))
    assert told(f"type: projet\ndemande:\n{many}   besoin: Un\n suite: Oui\n")[:1] == [6003]


def test_a_line_below_carriage_returns_alone_is_told() -> None:
    """They end a line for YAML, and so for every line that is told."""
    first = (
        "#\r\r\r\r\r\r\r x\ntype: projet\ntitre: Un banc\nresume: Deux planches.\nressume: Oui\n"
    )
    findings = checkedfile.read(BANC, first.encode()).all_findings()
    lines = [(finding.line, finding.code) for finding in findings]
    assert lines == [(8, "yaml-commentaire"), (12, "cle-inconnue")]
    assert told("type: projet\rtitre: Un banc\rensuite oui\rresume: Deux\r") == [3]
    noted = "#\r\n" * 60 + "Voici la fiche\r\ntype: projet\r\ntitre: Un banc\r\nresume: Deux\r\n"
    read = checkedfile.read(BANC, noted.encode())
    assert [finding.line for finding in read.all_findings()] == [61]
