"""What ``check`` says of consents, and how the shipped corpus rests on what is published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import write

from loosbot.commands.check import command
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Finding
from loosbot.corpus.privacy import agreed
from loosbot.corpus.privacy.strangers import strangers
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
    findings = load_corpus(FolderTree(root)).findings
    return [finding for finding in findings if finding.path.endswith("puits.yaml")]


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
    assert [finding.code for finding in _findings(tmp_path, consent)] == codes


def test_a_supposed_consent_is_a_warning_with_its_place_and_what_to_write(tmp_path: Path) -> None:
    finding = _findings(tmp_path, "{etat: public, preuve: Filmé}")[0]
    assert (finding.severity, finding.line) == ("warning", 6)
    assert "« statut: deduit »" in finding.hint
    assert "« base: publie »" in finding.hint


def _told(root: Path, tale: str) -> list[tuple[str, int]]:
    """What check says of a whole corpus: codes and lines."""
    tree = FolderTree(
        write(
            root,
            {
                "narratives/acteur/elue.yaml": "type: acteur\ntitre: Hélène Maire\n"
                "genre: personne\npublic: oui\n",
                "narratives/acteur/zoe-q.yaml": "type: acteur\ntitre: Zoé Q.\n"
                "genre: personne\nconsentement: {etat: public}\n",
                "narratives/acteur/muette.yaml": "type: acteur\ntitre: Muette M.\n"
                "genre: personne\n",
                "narratives/recit/puits.yaml": f"type: recit\ntitre: Le puits\n{tale}",
            },
        )
    )
    reading = load_corpus(tree)
    assert reading.corpus, reading.findings
    findings = (*reading.findings, *agreed.findings(reading.corpus, tree, date(2026, 11, 28)))
    return [(finding.code, finding.line) for finding in findings]


@pytest.mark.parametrize(
    ("who", "consent", "codes"),
    [
        ("Zoé Q.", "", ["nom-sans-lien", "voix-sans-consentement"]),
        ("acteur/zoe-q", "", []),
        ("acteur/elue", "", []),
        ("acteur/muette", "", ["voix-sans-consentement"]),
        ("[acteur/zoe-q, acteur/muette]", "", ["voix-sans-consentement"]),
        ("une voisine", "", ["voix-sans-consentement"]),
        ("une voisine", "{etat: interne}", []),
        ("Marie Dupont", "{etat: public}", ["nom-entier"]),
        ("'Jean-Marc DE LA TOUR, maçon'", "{etat: public}", ["nom-entier"]),
        ("'Marie Dupont, maçonne'", "{etat: public}", ["nom-entier"]),
        ("[acteur/zoe-q, Marie Dupont]", "{etat: public}", ["nom-entier"]),
        ("acteur/zoe-q", "{etat: public, jusquau: 2026-11-27}", ["consentement-finit"]),
        ("acteur/zoe-q", "{etat: public, jusquau: 2026-12-20}", ["consentement-finit"]),
        ("acteur/zoe-q", "{etat: public, jusquau: 2026-12-31}", []),
        ("acteur/zoe-q", "{etat: scelle, jusquau: 2026-12}", []),
        ("acteur/zoe-q", "{etat: scelle, jusquau: 2026-12-01}", ["consentement-finit"]),
        ("acteur/zoe-q", "{etat: retire, jusquau: 2026-12-01}", []),
    ],
)
def test_what_check_says_of_a_voice(
    who: str, consent: str, codes: list[str], tmp_path: Path
) -> None:
    agreement = f"    consentement: {consent}\n" if consent else ""
    tale = f"voix:\n  - qui: {who}\n    role: habitant\n{agreement}    texte: Le puits.\n"
    assert [code for code, _ in _told(tmp_path, tale)] == codes


def test_a_name_in_prose_is_told_with_the_way_out(tmp_path: Path) -> None:
    tale = (
        "voix:\n  - {qui: acteur/zoe-q, role: habitant, texte: Le puits.}\n"
        "resume: Avec Zoé Q., Mme Durand et la rue Jules Durand.\n"
    )
    assert _told(tmp_path, tale) == [("nom-non-declare", 5)]


def test_check_counts_the_voices_that_nobody_agreed_to(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "narratives/recit/puits.yaml": "type: recit\ntitre: Le puits\nvoix:\n"
            "  - {qui: une voisine, role: habitant, texte: Le puits.}\n"
        },
    )
    done = CliRunner().invoke(command, ["--corpus", str(tmp_path)], standalone_mode=False)
    assert done.output.endswith("1 avertissement. 1 voix sans consentement écrit.\n")
    assert "consentement: {etat: public, preuve: où se trouve l’accord}" in done.output


def test_the_shipped_corpus_has_no_name_that_looks_private() -> None:
    """False alarms of what looks for names, on 395 files: none."""
    tree = FolderTree(ROOT)
    reading = load_corpus(tree)
    assert reading.corpus
    findings = (*reading.findings, *agreed.findings(reading.corpus, tree, date(2026, 1, 5)))
    assert [finding for finding in findings if finding.code.startswith("nom-")] == []
    looking = strangers(reading.corpus, reading.corpus.records.values())
    assert [
        name for page in reading.corpus.pages.values() for name in looking.in_text(page.text)
    ] == []


def test_the_shipped_corpus_rests_on_no_supposed_consent() -> None:
    reading = load_corpus(FolderTree(ROOT))
    known = {"preuve-deduite", "consentement-deduit", "base-publie"}
    assert [finding for finding in reading.findings if finding.code in known] == []
