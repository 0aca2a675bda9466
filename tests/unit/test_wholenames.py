"""Who speaks, told by a whole name: recall on the ways people type one, and what is left alone."""

from __future__ import annotations

import pytest
from spelled import NAMES

from loosbot.corpus.privacy.wholenames import whole_name


@pytest.mark.parametrize(
    ("who", "short"),
    [
        ("Marie Dupont", "Marie D."),
        ("DUPONT Marie", "Marie D."),
        ("Dupont Marie", "Marie D."),
        ("Marie DUPONT", "Marie D."),
        ("MARIE DUPONT", "Marie D."),
        ("marie dupont", "Marie D."),
        ("marie-claire dupont", "Marie-Claire D."),
        ("Mme Dupont", "Mme D."),
        ("Mme Marie Dupont", "Marie D."),
        ("Monsieur Paul Martin", "Paul M."),
        ("Marie d’Ormesson", "Marie O."),
        ("Jean de La Tour", "Jean T."),
        ("Jean-Loup O'Brien", "Jean-Loup O."),
        ("Mohamed Ben Ali", "Mohamed A."),
        ("Ahmed ben Salah", "Ahmed S."),
        ("Łukasz Nowak", "Łukasz N."),
        ("Élise McGregor", "Élise M."),
        ("K. Dupont", "K. D."),
        ("Marie Anne Dupont", "Marie Anne D."),
        ("Jean Pierre Martin", "Jean Pierre M."),
        ("MARTIN Jean Pierre", "Jean Pierre M."),
        ("M. Jean Michel Dupont", "Jean Michel D."),
        ("marie claude dupont", ""),
        ("Marie Martin Dupont", "Marie M."),
        ("Sylvie Anne Dupont", "Sylvie A."),
        ("Jean-Pierre Martin", "Jean-Pierre M."),
        ("Martin Jean-Pierre", "Jean-Pierre M."),
        ("Marie\u00a0Dupont", "Marie D."),
        ("Marie\u200b  Dupont.", "Marie D."),
        ("Marie Dupont, voisine", "Marie D."),
        ("La voisine, Marie Dupont", "Marie D."),
        ("Marie Dupont (boulangère)", "Marie D."),
        ("Marie Dupont - voisine", "Marie D."),
        ("Paul D. et Marie Dupont", "Marie D."),
    ],
)
def test_a_whole_name_is_told_with_the_short_one(who: str, short: str) -> None:
    assert whole_name(who) == short


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_spellings(name: str) -> None:
    assert whole_name(name)


@pytest.mark.parametrize(
    "who",
    [
        "Marie", "Marie D.", "Marie D", "MARIE D.", "marie d.", "Jean-Luc M.", "P. Rémi", "Mme D.",
        "Marie D., voisine", "Marie D. de la MAM", "Angélique C. et Lucille L.", "Paul et Marie",
        "une habitante", "Une habitante de la rue", "habitante", "riverains du terril", "inconnu",
        "Un parent d’élève", "Un voisin de la rue Jules Guesde", "Une Loossoise",
        "MIG, dessinateur",
        "Laurent, de Dukass", "Les Amis du Four", "Le Comité des Fêtes", "Trois femmes de la MAM",
        "des élèves de l’école Jean Macé", "Cité Belgique", "Quartier Ouest", "Amicale Laïque",
        "Secours Populaire", "Team Dukass", "Club de l'Amitié", "M. le maire", "L’équipe du marché",
        "", "…",
    ],
)  # fmt: skip
def test_a_short_name_a_group_and_a_place_are_left_alone(who: str) -> None:
    assert whole_name(who) == ""
