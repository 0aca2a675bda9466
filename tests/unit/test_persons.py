"""What ``check`` says of consents, and how the shipped corpus rests on what is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import write

from loosbot.corpus.load import load_corpus
from loosbot.corpus.model import Finding
from loosbot.corpus.tree import FolderTree

ROOT = Path(__file__).parents[2]
REFERENTIEL = "type: source\ntitre: Le référentiel\ngenre: document\n"


def _findings(root: Path, consent: str) -> list[Finding]:
    write(
        root,
        {
            "narratives/source/referentiel.yaml": REFERENTIEL,
            "narratives/recit/puits.yaml": (
                "type: recit\ntitre: Le puits\nvoix:\n  - qui: Zoé Q.\n    role: habitant\n"
                f"    consentement: {consent}\n    texte: Le puits.\n"
            ),
        },
    )
    found = load_corpus(FolderTree(root)).findings
    return [one for one in found if one.path.endswith("puits.yaml")]


@pytest.mark.parametrize(
    ("consent", "codes"),
    [
        ("{etat: public}", []),
        ("{etat: public, base: publie, section: referentiel § B3}", []),
        ("{base: publie, section: referentiel § B3}", []),
        ("{base: publie, section: referentiel § B3, portee: [wiki]}", []),
        ("{base: publie}", ["cle-manquante"]),
        ("{}", ["cle-manquante"]),
        ("{base: publie, section: inconnue § B3}", ["source-inconnue"]),
        ("{base: publie, section: referentiel § B3, portee: [wiki, dump-public]}", ["base-publie"]),
        ("{etat: public, preuve: 'Intervention publique, filmée'}", ["preuve-deduite"]),
        ("{etat: public, preuve: Vidéo de la soirée de 2018}", ["preuve-deduite"]),
        ("{etat: public, preuve: 'Filmé, et accord signé le 3 mars (dossier 12)'}", []),
        ("{etat: public, preuve: Filmé, statut: deduit}", ["consentement-deduit"]),
        ("{etat: public, preuve: Filmé, statut: atteste}", []),
        ("{etat: retire, preuve: Filmé}", []),
    ],
)
def test_a_basis_that_does_not_hold_is_told(consent: str, codes: list[str], tmp_path: Path) -> None:
    assert [one.code for one in _findings(tmp_path, consent)] == codes


def test_a_supposed_consent_is_a_warning_with_its_place_and_what_to_write(tmp_path: Path) -> None:
    finding = _findings(tmp_path, "{etat: public, preuve: Filmé}")[0]
    assert (finding.severity, finding.line) == ("warning", 6)
    assert "« statut: deduit »" in finding.hint
    assert "« base: publie »" in finding.hint


def test_the_shipped_corpus_rests_on_no_supposed_consent() -> None:
    reading = load_corpus(FolderTree(ROOT))
    told = {"preuve-deduite", "consentement-deduit", "base-publie"}
    assert [one for one in reading.findings if one.code in told] == []
