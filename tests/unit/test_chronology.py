"""What is dated in the records, gathered on one page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from corpora import corpus

from loosbot.corpus.privacy.consent import for_channel
from loosbot.render.pages import render

INDEX = """
type: index
titre: La chronologie
enregistrements: {types: [projet, reunion, acteur]}
avec: [indicateur/voix]
chronologie:
  - {titre: Avant}
  - {titre: Depuis, a_partir_de: 2000}
"""
PROJECT = """
type: projet
titre: La charte
annee: {valeur: 1995-2000, statut: deduit}
recurrence: chaque année
resume: La commune cherche sa voie. Elle la trouve.
demande: {date: 1996, besoin: un cap}
realisation: {du: 2000-05}
convention: {duree: {du: 2001-06-04, au: 2001-06-15}}
deroule:
  - {date: 1999-03-29, texte: Le vote.}
  - {date: 2000-05, texte: La signature., statut: deduit}
  - {date: inconnu, texte: Une date perdue.}
"""
MEETING = """
type: reunion
titre: Vote de la charte
date: 1999-03-29
sujet: Le conseil vote
projet: projet/charte
"""
ACTOR = """
type: acteur
titre: Ana B.
genre: personne
consentement: {etat: CONSENT}
mandats: [{fonction: Présidente, du: 1990, au: 1994}, {fonction: Trésorière, du: 2001}]
reperes: [{date: avant 1980, texte: Elle arrive.}]
"""
FIGURE = "type: indicateur\ntitre: Voix\nvaleur: 82\nunite: pour cent\ndate: 2008\n"


def shown(tmp_path: Path, consent: str = "interne") -> list[list[str]]:
    files = {
        "pages/index/chronologie.yaml": INDEX,
        "narratives/projet/charte.yaml": PROJECT,
        "narratives/reunion/vote.yaml": MEETING,
        "narratives/acteur/ana-b.yaml": ACTOR.replace("CONSENT", consent),
        "narratives/indicateur/voix.yaml": FIGURE,
    }
    masked = for_channel(corpus(tmp_path, files), "wiki", date(2020, 1, 1))
    body = render(masked, {})["index/chronologie"].body
    heads = re.findall(r"^== (.*) ==$", body, re.MULTILINE)
    assert heads == ["Avant", "Depuis", "Ce qui revient"]
    rows = re.findall(r'^! scope="row"[^|]*\| (.*\n(?:\| .*\n)+)', body, re.MULTILINE)
    returning = [row.strip().split("\n| ") for row in rows]
    lines = re.findall(r"^\* '''(.*?)''' : (\[\[.*?\]\])(?: – (.*))?$", body, re.MULTILINE)
    return [[part for part in line if part] for line in lines] + returning


def test_every_dated_fact_in_its_order_and_once(tmp_path: Path) -> None:
    assert shown(tmp_path) == [
        ["Avant 1980", "[[Ana B.]]", "Elle arrive."],
        ["De 1990 à 1994", "[[Ana B.]]", "Présidente"],
        ["De 1995 à 2000 {{Statut|déduit}}", "[[La charte]]", "La commune cherche sa voie."],
        ["1996", "[[La charte]]", "Demande : un cap"],
        ["29 mars 1999", "[[Vote de la charte]]", "Le conseil vote"],
        ["Mai 2000 {{Statut|déduit}}", "[[La charte]]", "La signature."],
        ["Depuis 2001", "[[Ana B.]]", "Trésorière"],
        ["Du 4 au 15 juin 2001", "[[La charte]]", "Convention"],
        ["2008", "[[Chiffres#indicateur-voix|Voix]]", "82 pour cent"],
        ["[[La charte]]", "chaque année"],
    ]


def test_what_is_not_known_has_no_unit(tmp_path: Path) -> None:
    files = {
        "pages/index/chronologie.yaml": INDEX,
        "narratives/projet/charte.yaml": PROJECT,
        "narratives/indicateur/voix.yaml": FIGURE.replace("82", "inconnu"),
    }
    body = render(corpus(tmp_path, files), {})["index/chronologie"].body
    assert "* '''2008''' : [[Chiffres#indicateur-voix|Voix]] – inconnu\n" in body


def test_a_person_who_has_withdrawn_leaves_no_date(tmp_path: Path) -> None:
    assert not any(
        "Ana" in cell or "arrive" in cell for row in shown(tmp_path, "retire") for cell in row
    )
