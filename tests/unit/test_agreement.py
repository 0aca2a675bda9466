"""« Suite : inconnue », « Risques : inconnus »: a state agrees with the name it stands behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpora import corpus

from loosbot.decode.body import read_body
from loosbot.fields.agreement import agreed, ending, state_beside, unagreed
from loosbot.render.pages import default_titles, names_of, render

PROJECT = "narratives/projet/banc.yaml"
TEXT = """type: projet
titre: Le banc
annee: 2018
statut: abouti
themes: [voirie]
demande:
  date: inconnu
  demandeurs: inconnu
  suite: inconnu
  canal: inconnu
  preuve: inconnu
  part_au_faire: {valeur: inconnu, sources: inconnu}
  niveau: sans-objet
diagnostic:
  risques: inconnu
  parties_prenantes: inconnu
enseignements:
  - texte: On le refera.
    suite: inconnu
"""


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("Suite donnée", "e"),
        ("Date de l’issue", "e"),
        ("Évaluation", "e"),
        ("Part au faire", "e"),
        ("Parties prenantes", "es"),
        ("Sources du compte rendu", "es"),
        ("Améliorations", "es"),
        ("Risques", "s"),
        ("Autres concernés", "s"),
        ("Points de vigilance", "s"),
        ("Accès", ""),
        ("Canal", ""),
        ("Partie de", ""),
        ("Du", ""),
        ("Menée par", ""),
        ("Fréquence des passages", "e"),  # of a town
        ("2018", ""),
    ],
)
def test_a_name_says_how_it_is_agreed_with(name: str, end: str) -> None:
    assert ending(name) == end
    assert unagreed(agreed(name, "inconnu")) == "inconnu"


def test_words_of_people_stay_as_they_are() -> None:
    for words in ("inconnus du quartier", "un inconnu", "inconnu de tous", "sans objet", ""):
        assert agreed("Suite", words) == words == unagreed(words)
    assert agreed("Suite", "inconnu {{Statut|attesté}}") == "inconnue {{Statut|attesté}}"
    assert state_beside("Suite", "sans-objet") == "sans objet"


def test_a_page_agrees_and_says_the_same_of_the_record(tmp_path: Path) -> None:
    town = corpus(tmp_path, {PROJECT: TEXT})
    titles = default_titles(town)
    body = render(town, titles)["projet/banc"].body
    for line in (
        "* '''Date''' : inconnue\n",
        "* '''Demandeurs''' : inconnus\n",
        "* '''Suite donnée''' : inconnue\n",
        "* '''Canal''' : inconnu\n",
        "* '''Preuve''' : inconnue",
        "* '''Part au faire''' : inconnue {{Source|état=inconnu}}",
        "* '''Niveau''' : sans objet\n",
        "* '''Risques''' : inconnus\n",
        "* '''Parties prenantes''' : inconnues",
        "** Suite : inconnue",
    ):
        assert line in f"{body}\n"
    names = names_of(town, titles)
    # as it is written, and as it was before names were agreed with
    for text in (body, re.sub("inconnu(?:es|e|s)", "inconnu", body)):
        slots = read_body("projet/banc", text, names)
        for key in ("date", "demandeurs", "suite", "canal", "preuve"):
            slot = slots["demande", key]
            assert slot.decode is not None
            assert slot.decode(slot.texts[0], names) == "inconnu"
        lesson = slots[("enseignements",)]
        assert lesson.decode is not None
        value = {"texte": "On le refera.", "suite": "inconnu"}
        assert lesson.decode(lesson.texts[0], names) == value


def test_words_of_a_text_that_read_as_a_state_are_none(tmp_path: Path) -> None:
    data = TEXT.replace("suite: inconnu\n  canal", "suite: inconnue\n  canal")
    town = corpus(tmp_path, {PROJECT: data})
    titles = default_titles(town)
    names = names_of(town, titles)
    slots = read_body("projet/banc", render(town, titles)["projet/banc"].body, names)
    slot = slots["demande", "suite"]
    assert slot.decode is not None
    assert slot.decode(slot.texts[0], names) == "inconnue"
