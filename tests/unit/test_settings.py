"""Settings that say nothing, or something else than was meant, are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import reading

SETTINGS = """\
corpus: essai
commune: Saint-Exemple
insee: "01004"
langue: fr
portail: Accueil
auteurs: {Camille: Camille Durand <camille@exemple.fr>}
"""


@pytest.mark.parametrize("language", ["fr", "gsw", "fr-BE"])
def test_what_is_right_is_not_told(tmp_path: Path, language: str) -> None:
    settings = SETTINGS.replace("langue: fr", f"langue: {language}")
    assert reading(tmp_path, {"loosbot.yaml": settings}).findings == ()


@pytest.mark.parametrize(
    ("right", "wrong", "code", "hint"),
    [
        ('"01004"', "1004", "hors-limites", "cinq signes"),
        ('"01004"', "'62 999'", "forme", "cinq signes"),
        ("fr\n", "français\n", "forme", "« fr »"),
        ("Accueil", "pages/accueil.md", "forme", "Le titre de la page d’accueil"),
        ("<camille@exemple.fr>", "<camille@exemple.fr", "forme", "Camille Durand <"),
        ("Camille Durand <camille@exemple.fr>", "camille@exemple.fr", "forme", "Camille Durand <"),
        (
            "{Camille: Camille Durand <camille@exemple.fr>}",
            "Camille = camille@exemple.fr",
            "type-de-valeur",
            "« Prénom Nom <adresse> »",
        ),
        ("corpus: essai", "corpus: Essai de Ville", "forme", "« essai-de-ville »"),
        ("langue: fr", "mot_de_passe: abc", "cle-inconnue", "changez-le s’il est déjà dans git"),
        ("langue: fr", "couleur: rouge", "cle-inconnue", "Réglages possibles : corpus, commune"),
    ],
)
def test_what_is_wrong_is_told(
    tmp_path: Path, right: str, wrong: str, code: str, hint: str
) -> None:
    assert SETTINGS.count(right) == 1
    [finding] = reading(tmp_path, {"loosbot.yaml": SETTINGS.replace(right, wrong)}).findings
    assert (finding.code, hint in finding.hint) == (code, True), finding.hint
    assert "abc" not in finding.message + finding.hint
