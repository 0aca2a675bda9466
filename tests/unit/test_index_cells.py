"""Cells of an index: what stands inside a stage, and how sure it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import corpus

from loosbot.render.pages import render

RECORD = """
type: fifty-fifty
titre: Le four
statut: {valeur: abouti, statut: deduit}
demande: {date: 2024-09-03, canal: petition, demandeurs: des voisins}
diagnostic: {taille: leger, risques: [assurance, conformite]}
convention:
  duree: {du: 2024-10-01, au: 2026-10-01}
  engagements: [{id: bois, qui: La mairie, quoi: Fournir le bois, statut: deduit}]
realisation:
  part_au_faire: travail
  participants: {valeur: 12, unite: personnes, statut: estime}
  couts: [{valeur: 310, unite: €, quoi: briques, statut: declare}]
suivi: {etat: bon, visites: [{date: 2025-05-03, constat: Four sain.}]}
evaluation: inconnu
resultats: [{texte: Il sert le dimanche., statut: deduit}, {texte: Il tire bien., qui: Ada}]
enseignements: [{texte: Commander le bois avant., statut: deduit, suite: inconnu}]
"""


def cells(tmp_path: Path, *keys: str, record: str = RECORD, more: str = "") -> str:
    columns = "".join(f"  - {{titre: {key}, champs: [{key}]}}\n" for key in keys)
    files = {
        "narratives/fifty-fifty/four.yaml": record,
        "pages/index/essai.yaml": "type: index\ntitre: Essai\n"
        f"enregistrements: {{types: [fifty-fifty]}}\ncolonnes:\n  - titre\n{columns}{more}",
    }
    return str(render(corpus(tmp_path, files), {})["index/essai"].body)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("demande.canal", "Pétition"),
        ("demande.date", "3 septembre 2024"),
        ("diagnostic.taille", "Léger"),
        ("diagnostic.risques", "Assurance ; Conformité"),
        ("realisation.part_au_faire", "Travail"),
        ("suivi.etat", "Bon"),
        ("convention.duree", "du 1er octobre 2024 au 1er octobre 2026"),
        ("suivi.visites", "Four sain. <small>(3 mai 2025)</small>"),
        ("convention.engagements", "Fournir le bois <small>(La mairie)</small> {{Statut|déduit}}"),
        ("realisation.participants", "12\u00a0personnes {{Statut|estimé}}"),
        ("realisation.couts", "310\u00a0€ : briques {{Statut|déclaré}}"),
    ],
)
def test_what_stands_in_a_stage_is_shown_in_words(tmp_path: Path, key: str, shown: str) -> None:
    assert shown in cells(tmp_path, key)


@pytest.mark.parametrize("key", ["evaluation.constats", "evaluation.date"])
def test_a_field_of_an_unknown_stage_is_unknown(tmp_path: Path, key: str) -> None:
    assert "| inconnu" in cells(tmp_path, key)


def test_an_unknown_stage_fills_no_row(tmp_path: Path) -> None:
    assert "Le four" not in cells(tmp_path, more="remplis: [evaluation.constats]\n")
    assert "Le four" in cells(tmp_path, more="remplis: [evaluation.constats, resultats]\n")


def test_what_is_deduced_says_so_in_every_column(tmp_path: Path) -> None:
    body = cells(tmp_path, "fin", "resultats", "enseignements")
    assert "Abouti {{Statut|déduit}}" in body
    assert "Il sert le dimanche. {{Statut|déduit}}<br>Il tire bien. <small>(Ada)</small>" in body
    assert "Commander le bois avant. {{Statut|déduit}}" in body


def test_a_part_of_an_index_has_the_label_of_its_word(tmp_path: Path) -> None:
    assert "== Pétition ==" in cells(tmp_path, "titre", more="grouper_par: demande.canal\n")


def test_a_duration_between_deduced_days_is_deduced(tmp_path: Path) -> None:
    record = (
        "type: fifty-fifty\ntitre: Le four\ndemande: {date: 2018-01-02, statut: deduit}\n"
        "realisation: {date: 2018-01-11}\n"
    )
    assert "10 jours (du 2 au 11 janvier 2018) {{Statut|déduit}}" in cells(
        tmp_path, "duree", record=record
    )


def test_a_duration_from_about_a_day_is_about_so_many(tmp_path: Path) -> None:
    record = (
        "type: fifty-fifty\ntitre: Le four\ndemande: {date: vers 2018-01-02}\n"
        "realisation: {date: 2018-01-11}\n"
    )
    assert "environ 10 jours (" in cells(tmp_path, "duree", record=record)


def test_an_unknown_number_has_no_unit(tmp_path: Path) -> None:
    record = (
        "type: fifty-fifty\ntitre: Le four\n"
        "realisation: {couts: [{valeur: inconnu, unite: €, quoi: briques}]}\n"
    )
    assert "inconnu : briques" in cells(tmp_path, "couts", record=record)


def test_a_deduced_year_says_so_behind_a_link(tmp_path: Path) -> None:
    files = {
        "narratives/projet/four.yaml": "type: projet\ntitre: Le four\n"
        "annee: {valeur: depuis 2012, statut: deduit}\nliens: [projet/banc]\n"
        "lieu: lieu/cour\n",
        "narratives/lieu/cour.yaml": "type: lieu\ntitre: La cour\ngenre: site\n",
        "narratives/projet/banc.yaml": "type: projet\ntitre: Le banc\nannee: 2015\n",
        "narratives/reunion/soir.yaml": "type: reunion\ntitre: Un soir\n"
        "date: {valeur: 2019, statut: prevu}\nliens: [projet/four]\n",
    }
    pages = render(corpus(tmp_path, files), {})
    assert "[[Le four]] (depuis 2012, déduit)" in str(pages["projet/banc"].body)
    assert "depuis 2012, déduit" in str(pages["lieu/cour"].body)
    assert "[[Le banc]] (2015)" in str(pages["projet/four"].body)
    assert "[[Un soir]] (2019, prévu)" in str(pages["projet/four"].body)
