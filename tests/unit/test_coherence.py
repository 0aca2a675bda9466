"""What no schema says of one document: promises named twice, fields that no record has."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.model import Finding

HEAD = "type: index\ntitre: Essai\nenregistrements: {types: [projet, recit]}\n"
INDEX = "pages/index/essai.yaml"
PROJECT = "narratives/projet/p.yaml"


def findings_of(tmp_path: Path, path: str, content: str) -> list[Finding]:
    return list(reading(tmp_path, {path: content}).findings)


@pytest.mark.parametrize(
    ("lines", "code", "line", "hint"),
    [
        ("colonnes: [titre, anee]\n", "champ-inconnu", 4, "« annee »"),
        ("colonnes: [titre]\ngrouper_par: themme\n", "champ-inconnu", 5, "« theme"),
        ("colonnes: [titre]\ntrier_par: Année\n", "champ-inconnu", 5, "« annee »"),
        ("colonnes: [titre, convention.signatur]\n", "champ-inconnu", 4, "Champs : type, titre"),
        ("grouper_par: theme\n", "cle-manquante", 1, "colonnes: [titre, annee]"),
    ],
)
def test_a_misspelt_field_of_an_index_is_named(
    lines: str, code: str, line: int, hint: str, tmp_path: Path
) -> None:
    (finding,) = findings_of(tmp_path, INDEX, HEAD + lines)
    assert (finding.severity, finding.code, finding.line) == ("error", code, line)
    assert hint in finding.hint


PLACE = "type: lieu\ntitre: La place\ngenre: site\ncoordonnees: "
OURS = "{latitude: 50.45, longitude: 2.78333}"


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ("50.45, 2.78333", OURS),
        ("50,45 ; 2,78333", OURS),
        ("'(50.45 2.78333)'", OURS),
        ("50°27'N 2°47'E", OURS),
        ("50° 27′ 00″ N, 2° 47′ 00″ E", OURS),
        ("50°27'S 2°47'O", "{latitude: -50.45, longitude: -2.78333}"),
        ("250.45, 2.78333", "{latitude: inconnu, longitude: inconnu}"),
    ],
)
def test_a_point_in_one_text_is_told_as_two_numbers(typed: str, mend: str, tmp_path: Path) -> None:
    path = "narratives/lieu/place.yaml"
    (finding,) = findings_of(tmp_path, path, f"{PLACE}{typed}\n")
    assert (finding.code, finding.hint) == ("type-de-valeur", f"Écrivez : coordonnees: {mend}")


def test_each_number_that_a_comma_cuts_is_told(tmp_path: Path) -> None:
    cut = f"{PLACE}{{latitude: 50,45, longitude: 2,79}}\n"
    findings = findings_of(tmp_path, "narratives/lieu/place.yaml", cut)
    hints = [finding.hint for finding in findings if finding.code == "cle-non-texte"]
    assert [hint.rpartition(" : ")[2][:5].strip() for hint in hints] == ["50.45", "2.79"]


def test_a_point_whose_numbers_are_exchanged_is_told(tmp_path: Path) -> None:
    path = "narratives/lieu/place.yaml"
    source = {"narratives/source/cadastre.yaml": "type: source\ntitre: Le cadastre\n"}
    turned = f"{PLACE}{{latitude: 2.79, longitude: 50.45, sources: [cadastre]}}\n"
    (finding,) = reading(tmp_path, {**source, path: turned}).findings
    assert (finding.severity, finding.code) == ("warning", "coordonnees-inversees")
    assert "{latitude: 50.45, longitude: 2.79}" in finding.hint
    for place in ("50.45, longitude: 2.79", "-20.9, longitude: 55.45", "14.6, longitude: -61.1"):
        there = f"{PLACE}{{latitude: {place}, sources: [cadastre]}}\n"
        assert reading(tmp_path, {**source, path: there}).findings == ()


@pytest.mark.parametrize(
    ("wanted", "code", "hint"),
    [
        ("{types: [projet], statu: [abouti]}", "champ-inconnu", "« statut »"),
        ("{types: [projet], statut: [abandone]}", "vocabulaire", "« abandonne »"),
        ("{types: [projet], effet: Confiances}", "vocabulaire", "« confiance »"),
    ],
)
def test_a_filter_that_nothing_can_pass_is_named(
    wanted: str, code: str, hint: str, tmp_path: Path
) -> None:
    text = f"type: index\ntitre: Essai\nenregistrements: {wanted}\ncolonnes: [titre]\n"
    (finding,) = findings_of(tmp_path, INDEX, text)
    assert (finding.severity, finding.code, finding.line) == ("error", code, 3)
    assert hint in finding.hint


@pytest.mark.parametrize(
    "lines",
    [
        "colonnes: [titre, type, voix, theme, convention.signature, plume]\n",
        "colonnes: [titre]\ngrouper_par: effets\ntrier_par: annee\n",
        "chronologie: [{titre: Tout}]\n",
    ],
)
def test_what_one_of_the_types_has_may_be_named(lines: str, tmp_path: Path) -> None:
    assert findings_of(tmp_path, INDEX, HEAD + lines) == []


def test_a_record_that_is_added_by_name_brings_its_fields(tmp_path: Path) -> None:
    files = {
        "narratives/indicateur/i.yaml": "type: indicateur\ntitre: I\nvaleur: 3\n",
        INDEX: f"{HEAD}avec: [indicateur/i]\ncolonnes: [titre, valeur]\n",
    }
    assert reading(tmp_path, files).findings == ()


def test_two_promises_of_one_name_in_one_record(tmp_path: Path) -> None:
    promise = "{{id: {}, qui: la ville, quoi: Elle apporte.}}"
    text = (
        "type: projet\ntitre: P\nconvention:\n  engagements:\n"
        f"    - {promise.format('sable')}\n    - {promise.format('bois')}\n"
        f"engagements:\n  - {promise.format('sable')}\n"
    )
    (finding,) = findings_of(tmp_path, PROJECT, text)
    assert (finding.severity, finding.code, finding.line) == ("error", "engagement-en-double", 8)
    assert "« sable »" in finding.message


@pytest.mark.parametrize(
    ("files", "path", "owner"),
    [
        (
            {
                "pages/accueil.md": "---\ntitre: Bienvenue\n---\nTexte.\n",
                "narratives/lieu/a.yaml": "type: lieu\ntitre: accueil\ngenre: site\n",
            },
            "narratives/lieu/a.yaml",
            "pages/accueil.md",
        ),
        (
            {
                "narratives/source/s.yaml": "type: source\ntitre: S\ngenre: livre\n",
                "narratives/lieu/a.yaml": "type: lieu\ntitre: Sources\ngenre: site\n",
            },
            "narratives/lieu/a.yaml",
            "la page qui rassemble les sources",
        ),
    ],
)
def test_a_title_that_the_wiki_needs_for_another_page(
    files: dict[str, str], path: str, owner: str, tmp_path: Path
) -> None:
    (finding,) = reading(tmp_path, files).findings
    assert (finding.path, finding.severity, finding.code) == (path, "error", "titre-en-double")
    assert owner in finding.message


def test_the_portal_may_be_called_as_the_page_says(tmp_path: Path) -> None:
    files = {"pages/accueil.md": "---\ntitre: Accueil\n---\nTexte.\n"}
    assert reading(tmp_path, files).findings == ()
