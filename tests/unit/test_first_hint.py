"""Each hint, followed to the letter, ends the fault and keeps what its author meant: several values
where a field takes one, ids among words, what there was not, dates before their words, keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import reading

AROUND = {
    "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: rue\n",
    "narratives/lieu/ecole.yaml": "type: lieu\ntitre: L’école\ngenre: equipement\n",
    "narratives/acteur/ville.yaml": "type: acteur\ntitre: La ville\ngenre: institution\n",
    "narratives/acteur/club.yaml": "type: acteur\ntitre: Le club\ngenre: association\n",
}
HEADS = {
    "lieu": "type: lieu\ntitre: Un essai\n",
    "reunion": "type: reunion\ntitre: Un essai\n",
    "projet": "type: projet\ntitre: Un essai\n",
    "source": "type: source\ntitre: Un essai\n",
    "acteur": "type: acteur\ntitre: Un essai\ngenre: association\n",
}

# type, what was written, its code, what the hint says, what is written then
SLIPS = [
    ("reunion", "genre: [atelier, soirée]", "type-de-valeur",
     'Avec les autres : {valeur: atelier, note: "Aussi : soirée."}',
     'genre: {valeur: atelier, note: "Aussi : soirée."}'),
    ("reunion", "genre: atelier, soiree", "vocabulaire", "le principal : atelier.",
     "genre: atelier"),
    ("reunion", "niveau: information puis consultation", "vocabulaire",
     'note: "Aussi : consultation."',
     'niveau: {valeur: information, note: "Aussi : consultation."}'),
    ("reunion", "niveau: [participation, information]", "type-de-valeur", "Valeurs possibles",
     "niveau: information"),
    ("lieu", "genre: [rue, quartier]", "type-de-valeur",
     "le principal : rue. Les autres se disent dans « texte ».", "genre: rue"),
    ("lieu", "genre: rue ou quartier", "vocabulaire", "le principal : rue.", "genre: rue"),
    ("lieu", "genre: rue\ndans: [lieu/place, lieu/ecole]", "type-de-valeur",
     "dans: lieu/place. Les autres se mettent sous « liens ».", "genre: rue\ndans: lieu/place"),
    ("lieu", "genre: rue\ndans: lieu/place, lieu/ecole", "lien-inconnu",
     "dans: lieu/place. Les autres se mettent sous « liens ».", "genre: rue\ndans: lieu/place"),
    ("projet", "deroule: [{texte: Oui., etape: [demande, suivi]}]", "type-de-valeur",
     "le principal : demande", "deroule: [{texte: Oui., etape: demande}]"),
    ("projet", "referents: [{qui: [acteur/ville, acteur/club]}]", "type-de-valeur",
     "qui: acteur/ville. Chacun des autres a son propre tiret.",
     "referents: [{qui: acteur/ville}, {qui: acteur/club}]"),
    ("projet", "lieu: [lieu/place et lieu/ecole]", "lien-inconnu",
     "dans la liste : lieu/place, lieu/ecole", "lieu: [lieu/place, lieu/ecole]"),
    ("projet", "lieu: lieu/place, sous les arbres", "lien-inconnu",
     "Gardez la fiche seule : lieu/place.", "lieu: lieu/place"),
    ("reunion", "service: acteur/ville, acteur/club", "nom-sans-lien",
     "service: [acteur/ville, acteur/club]", "service: [acteur/ville, acteur/club]"),
    ("reunion", "parties_prenantes: [acteur/ville / acteur/club]", "nom-sans-lien",
     "dans la liste : acteur/ville, acteur/club", "parties_prenantes: [acteur/ville, acteur/club]"),
    ("reunion", "animation: acteur/ville (le maire)", "nom-sans-lien",
     "Écrivez acteur/ville seul, ou le nom en toutes lettres : La ville (le maire)",
     "animation: La ville (le maire)"),
    ("source", "editeur: acteur/ville", "nom-sans-lien",
     'Écrivez "[La ville](acteur/ville)", avec les guillemets',
     'editeur: "[La ville](acteur/ville)"'),
    ("reunion", "sujet: Ce que fait acteur/ville.", "nom-sans-lien",
     "Écrivez [La ville](acteur/ville)", "sujet: Ce que fait [La ville](acteur/ville)."),
    ("reunion", "texte: Voir lieu/place.", "nom-sans-lien", "Écrivez [La place](lieu/place)",
     "texte: Voir [La place](lieu/place)."),
    ("acteur", "successeur: acteur/essai", "lien-vers-soi", "que vous vouliez nommer",
     "successeur: acteur/club"),
    ("acteur", "successeur: acteur/essai-2", "lien-inconnu", "Créez narratives/acteur/essai-2.yaml",
     "successeur: acteur/club"),
    ("acteur", "successeur: Un essai neuf", "lien-inconnu",
     'loosbot new acteur --titre "Un essai neuf"', "successeur: acteur/club"),
    # what there was not, or not yet: told as a text, it would count as a stage that is told
    ("projet", "convention: néant", "type-de-valeur", "écrivez : convention: sans-objet",
     "convention: sans-objet"),
    ("projet", "diagnostic: Pas de diagnostic.", "type-de-valeur", "diagnostic: sans-objet",
     "diagnostic: sans-objet"),
    ("projet", "evaluation: prévue en 2025", "type-de-valeur",
     'evaluation: {statut: prevu, texte: "prévue en 2025"}',
     'evaluation: {statut: prevu, texte: "prévue en 2025"}'),
    ("projet", "suivi: à faire", "type-de-valeur", 'suivi: {statut: prevu, texte: "à faire"}',
     'suivi: {statut: prevu, texte: "à faire"}'),
    # a date before its words
    ("acteur", "reperes: [2021 - la fête du four]", "type-de-valeur",
     '{date: 2021, texte: "la fête du four"}', 'reperes: [{date: 2021, texte: "la fête du four"}]'),
    ("projet", "suivi: {visites: [12/05/2022 : rien]}", "cle-inconnue",
     '{date: 2022-05-12, constat: "rien"}',
     'suivi: {visites: [{date: 2022-05-12, constat: "rien"}]}'),
    ("acteur", "mandats: [{fonction: Trésorier, du: 2014, au: 2020-}]", "date-illisible",
     "retirez « au »", "mandats: [{fonction: Trésorier, du: 2014}]"),
    # what the value is
    ("source", "sections: [2.10]", "type-de-valeur", '{repere: "2.10"}',
     'sections: [{repere: "2.10"}]'),
    ("acteur", "variantes: ADF; le four", "type-de-valeur", '[ADF, "le four"]',
     'variantes: [ADF, "le four"]'),
    # groups in the place of words, dates and sentences
    ("projet", "effets: {confiance: oui, fierte: non}", "type-de-valeur", "crochets : [confiance]",
     "effets: [confiance]"),
    ("projet", "effets: [confiance: On se prête les clés.]", "cle-inconnue",
     '{valeur: confiance, note: "On se prête les clés."}',
     'effets: [{valeur: confiance, note: "On se prête les clés."}]'),
    ("projet", "realisation: {date: {du: 2021, au: 2022}}", "type-de-valeur",
     "date: 2021 à 2022", "realisation: {date: 2021 à 2022}"),
    ("projet", "engagements: [{id: a, qui: Ada, quoi: b, issue: {valeur: tenu, date: 2024}}]",
     "type-de-valeur", "sans accolades : tenu",
     "engagements: [{id: a, qui: Ada, quoi: b, issue: tenu}]"),
    ("projet", "evaluation: {constats: {bien: le four, mal: le retard}}", "type-de-valeur",
     '- "bien : le four"', 'evaluation: {constats: ["bien : le four", "mal : le retard"]}'),
    # keys: another one than the nearest, or one that is there already
    ("source", "lien: https://exemple.fr/a", "cle-inconnue", "« url »", "url: https://exemple.fr/a"),
    ("source", "lieu: aux archives", "cle-inconnue", "« acces »", "acces: aux archives"),
    ("source", "type_de_document: livre", "cle-inconnue", "« genre »", "genre: livre"),
    ("lieu", "genre: rue\nsurface: 30 m", "cle-inconnue", "« texte »", "genre: rue\ntexte: 30 m"),
    ("projet", "duree: trois ans", "cle-inconnue", "« texte »", "texte: trois ans"),
    ("projet", "etapes: [{texte: a}]", "cle-inconnue", "« deroule »", "deroule: [{texte: a}]"),
    ("reunion", "effets: [a]", "cle-inconnue", "« resultats »", "resultats: [a]"),
    ("reunion", "suites: inconnu", "cle-inconnue", "decisions: [{suite: …}]",
     "decisions: [{texte: a, suite: inconnu}]"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written", "code", "hint", "mended"), SLIPS)
def test_the_first_hint_is_enough(
    kind: str, written: str, code: str, hint: str, mended: str, tmp_path: Path
) -> None:
    path = f"narratives/{kind}/essai.yaml"
    (finding,) = reading(tmp_path, {**AROUND, path: f"{HEADS[kind]}{written}\n"}).findings
    assert (finding.path, finding.code) == (path, code)
    assert hint in finding.hint, finding.hint
    assert "'" not in finding.message
    assert reading(tmp_path, {**AROUND, path: f"{HEADS[kind]}{mended}\n"}).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Voir [la place](lieu/place), [lieu/place](lieu/place) et [l’école][e].\n\n[e]: lieu/ecole",
        "Le fichier narratives/lieu/place.yaml, ou `lieu/place`.",
        "Un lieu/placement, un lieu/place.html, et/ou un acteur/villeneuve.",
        "Écrire à https://exemple.fr/lieu/place.",
    ],
)
def test_what_only_looks_like_an_id_is_left_alone(text: str, tmp_path: Path) -> None:
    lines = text.replace("\n", "\n  ")
    record = f"{HEADS['reunion']}texte: |\n  {lines}\n"
    assert reading(tmp_path, {**AROUND, "narratives/reunion/essai.yaml": record}).findings == ()


def test_a_reading_path_may_hold_itself(tmp_path: Path) -> None:
    steps = "".join(f"- {{fiche: {id_}}}\n" for id_ in ("index/chemin", "lieu/place", "lieu/ecole"))
    path = f"type: index\ntitre: Le chemin\nparcours:\n{steps}"
    assert reading(tmp_path, {**AROUND, "pages/index/chemin.yaml": path}).findings == ()


def test_a_place_is_told_the_two_keys_of_its_point(tmp_path: Path) -> None:
    path = "narratives/lieu/essai.yaml"
    place = f"{HEADS['lieu']}genre: rue\ncoordonnees: {{lat: 50.45, lon: 2.79}}\n"
    findings = reading(tmp_path, {**AROUND, path: place}).findings
    errors = [finding.hint for finding in findings if finding.severity == "error"]
    assert [hint.partition(" ici")[0] for hint in errors] == [
        "Cela se dit « latitude »",
        "Cela se dit « longitude »",
    ]


@pytest.mark.parametrize(
    ("typed", "degrees"),
    [("2°47'36''E", "2.79333"), ("2° 47’ O", "-2.78333"), ("2,79", "2.79"), ("2°79'E", "")],
)
def test_an_angle_is_told_in_decimals(typed: str, degrees: str, tmp_path: Path) -> None:
    point = f'coordonnees: {{latitude: 50.4, longitude: "{typed}"}}'
    place = f"{HEADS['lieu']}genre: rue\n{point}\n"
    findings = reading(tmp_path, {**AROUND, "narratives/lieu/essai.yaml": place}).findings
    (hint,) = [finding.hint for finding in findings if finding.severity == "error"]
    assert hint.endswith(f": {degrees}") if degrees else "2.79" in hint
