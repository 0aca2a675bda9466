"""The mistakes that people who never saw YAML make, each with its message and the mend it names.

Every mend is made as the hint says: the file is right then, and says what its author meant.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from corpora import corpus, reading, write
from gits import commit

from loosbot.cli import main
from loosbot.corpus import schema
from loosbot.corpus.check.wrongvalues import outside_vocabulary
from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape
from loosbot.fields.vocabulary import fold

RECIT = """\
type: recit
titre: Un banc pour la rue
annee: 2018
themes: [dechets-proprete]
lieu: lieu/ecole
effets: [fierte]
limites: [temps-long]
voix:
  - qui: Une voisine
    role: habitant
    consentement: {etat: public}
    texte: |
      Elle voulait un banc.
      La ville a fourni le bois.
"""
FIFTY = """\
type: fifty-fifty
titre: Un composteur
demande: {date: 2018-03, demandeurs: [Les voisins]}
convention:
  signature: 2018-05-02
  engagements:
    - {id: bac, qui: La ville, quoi: fournir le bac}
evaluation:
  constats: ["Le bac est plein, sauf en août."]
suivi: {visites: [{date: 2019-06, constat: Rien.}]}
"""
REUNION = """\
type: reunion
titre: Réunion du banc
date: 2018-03-09
compte_rendu: {date: 2018-03-20, texte: Tout est dit.}
decisions: [{texte: Poser le banc.}]
"""
PATHS = {
    "r": "narratives/recit/un-banc.yaml",
    "f": "narratives/fifty-fifty/un-composteur.yaml",
    "m": "narratives/reunion/reunion-du-banc.yaml",
}
FILES = {
    PATHS["r"]: RECIT,
    PATHS["f"]: FIFTY,
    PATHS["m"]: REUNION,
    "narratives/lieu/ecole.yaml": "type: lieu\ntitre: École Jaurès\ngenre: equipement\n",
    "narratives/lieu/parc.yaml": "type: lieu\ntitre: Les grands arbres\ngenre: equipement\n",
}
_ENGAGED = "engagements:\n    - {id: bac, qui: La ville, quoi: fournir le bac}"
_VISITED = "suivi: {visites: [{date: 2019-06, constat: Rien.}]}"
_TEXT = "texte: |\n      Elle voulait un banc.\n      La ville a fourni le bois."
_FINDINGS = '["Le bac est plein, sauf en août."]'
_TWO = "[dechets-proprete, voirie]"
_KEEP = "Gardez le bon texte"
_COST = "realisation: {{couts: [{{quoi: Le bois, valeur: {}}}]}}"
_ROWS = "[{quoi: Bois, valeur: 1120.25, unite: €}, {quoi: Vis, valeur: 12, unite: €}]"
_NBSP = "\u00a0"

DATES = [
    ("2018-06-03 / 2018-06-05", "2018-06-03 à 2018-06-05"),
    ("2018 env.", "vers 2018"),
    ("2018 (à confirmer)", "vers 2018"),
    ("2e semestre 2018", "juillet à décembre 2018"),
    ("2018-T1", "janvier à mars 2018"),
    ("3 juin 2018 à 18h", "3 juin 2018"),
    ("sam. 3 juin 2018", "3 juin 2018"),
    ("3-juin-2018", "3 juin 2018"),
    ("3 juin, 2018", "3 juin 2018"),
    ("1995–2000", "1995-2000"),
    ("années 80", "années 1980"),
    ("Noël 2018", "25 décembre 2018"),
    ("Lundi de Pâques 2019", "22 avril 2019"),
    ("dimanche de Pâques 2038", "25 avril 2038"),
    ("jeudi de l’Ascension 2024", "9 mai 2024"),
    ("la Pentecôte 1818", "10 mai 1818"),
    ("mardi gras 2000", "7 mars 2000"),
    ("fête nationale 2019", "14 juillet 2019"),
    ("début d’année 2018", "début 2018"),
    ("vers la fin 2018", "fin 2018"),
    ("3, 4 et 5 juin 2018", "du 3 au 5 juin 2018"),
    ("nuit du 3 au 4 juin 2018", "3 au 4 juin 2018"),
    ("du 03/06/2018 au 05/06/2018", "du 2018-06-03 au 2018-06-05"),
    ("depuis le 03/06/2018", "depuis 2018-06-03"),
    ("2018 à ce jour", "depuis 2018"),
    ("2018-", "depuis 2018"),
    ("XIXe siècle", "1801-1900"),
    ("juin/juillet 2018", "juin à juillet 2018"),
    ("2018 et suivantes", "depuis 2018"),
    ("tous les ans depuis 2018", "depuis 2018"),
    ("2018 (décembre)", "décembre 2018"),
    ("week-end du 3 juin 2018", "3 juin 2018"),
    ("fin années 80", "fin des années 1980"),
    ("saison 2018", "2018"),
    ("le douze mars deux mille dix-neuf", "le 12 mars 2019"),
    ("vingt et un juin mille neuf cent quatre-vingt-dix-neuf", "21 juin 1999"),
    ("depuis deux mille quinze", "depuis 2015"),
    ("du trois au cinq juin 2018", "du 3 au 5 juin 2018"),
    ("quinquennat 2017-2022", "2017-2022"),
    ("S23 2018", "du 4 au 10 juin 2018"),
    ("06/2018-03/2019", "2018-06 à 2019-03"),
    ("juin2018", "juin 2018"),
    ("3juin 2018", "3 juin 2018"),
    ("juin-2018", "juin 2018"),
    ("3 juinn 2018", "3 juin 2018"),
    ("3 setpembre 2018", "3 septembre 2018"),
    ("1 er juin 2018", "1er juin 2018"),
    ("mars - avril 2018", "mars à avril 2018"),
    ("entre mars et avril 2018", "mars à avril 2018"),
    ("3/5 juin 2018", "du 3 au 5 juin 2018"),
    ("du 12 au 14/06/2018", "2018-06-12 à 2018-06-14"),
    ("03-06-2018 au 05-06-2018", "du 2018-06-03 au 2018-06-05"),
    ("2018 & 2019", "2018-2019"),
    ("2018 Mai 12", "12 mai 2018"),
    ("14-juil-2018", "14 juillet 2018"),
    ("hiver 2018/2019", "hiver 2018-2019"),
]

# the worth of a cost, its code, what to write
WORTH = [
    ('"~30"', "nombre-et-unite", "environ 30"),
    ('"30+"', "nombre-et-unite", "plus de 30"),
    ('"30 ?"', "nombre-et-unite", "environ 30"),
    ('"< 30"', "nombre-et-unite", "moins de 30"),
    ('"30 max"', "nombre-et-unite", "au plus 30"),
    ('"trente"', "nombre-et-unite", "30"),
    ('"zero"', "nombre-et-unite", "0"),
    ("cent vingt euros", "nombre-et-unite", "120, unite: €"),
    ("Vingt-cinq kWh", "nombre-et-unite", "25, unite: kWh"),
    ("mille deux cents", "nombre-et-unite", "1200"),
    ("environ quatre-vingts", "nombre-et-unite", "environ 80"),
    ("cinq à six", "nombre-et-unite", "5 à 6"),
    ('"Aucun"', "nombre-et-unite", "0"),
    ('"1.500,50"', "nombre-et-unite", "1500.50"),
    ('"1\'500"', "nombre-a-point", "1500"),
    ('"1,500"', "nombre-a-point", "1500"),
    ('"non communiqué"', "nombre-inconnu", "inconnu"),
    ('"Sans objet"', "nombre-et-unite", "sans-objet"),
    ("€300", "nombre-et-unite", "300, unite: €"),
    ("12k", "nombre-et-unite", "12000"),
    ("300 € TTC", "nombre-et-unite", "300, unite: € TTC"),
    ("N.C.", "nombre-inconnu", "inconnu"),
    ("1.200 €", "nombre-et-unite", "1200, unite: €"),
    ("2.500.000 €", "nombre-et-unite", "2500000, unite: €"),
    ('"1.200,50 €"', "nombre-et-unite", "1200.5, unite: €"),
    ("3.500 m", "nombre-et-unite", "3500, unite: m"),
    ("6 621 hab.", "nombre-et-unite", "6621, unite: hab."),
    ("3 000 €/an", "nombre-et-unite", "3000, unite: €/an"),
    ("300 m2", "nombre-et-unite", "300, unite: m2"),
    ("120€50", "nombre-et-unite", "120.5, unite: €"),
    ("3 x 40 €", "nombre-et-unite", "120, unite: €"),
    ("environ 120 € de bois", "nombre-et-unite", "environ 120, unite: €"),
]

# file, what was right, what was written, code, a piece of the hint, what the hint makes of it
# (None: what was right)
MISTAKES = [
    # indents, quotes, signs
    ("r", "annee: 2018", " annee: 2018", "yaml-retrait", "Alignez-la", None),
    ("r", "      Elle", "  Elle", "yaml-retrait", "décalez-la", None),
    ("r", "  - qui", "\t- qui", "yaml-tabulation", "espaces", None),
    ("r", "    consentement: {etat: public}\n", "    accord: oui, signé\n", "accord-du-role",
     "consentement: {etat: public}", None),
    ("r", "    role: habitant\n", "    role: habitant\n    accord: oui, signé\n", "accord-du-role",
     "« consentement » dit ce que", None),
    ("r", "    role", "     role", "yaml-retrait", "Alignez-la", None),
    ("r", "Un banc pour la rue", '"Un banc pour la rue', "yaml-guillemet", 'Ajoutez "',
     '"Un banc pour la rue"'),
    ("r", "Un banc pour la rue", "'L'école'", "yaml-guillemet", "doublez", "'L''école'"),
    ("r", "Un banc pour la rue", "Un banc : la rue", "yaml-deux-points", "guillemets",
     '"Un banc : la rue"'),
    ("r", "Un banc pour la rue", "*Un banc", "yaml-ancre", "guillemets", '"*Un banc"'),
    ("r", "Un banc pour la rue", "@mairie", "yaml-signe", "guillemets", '"@mairie"'),
    ("r", "Un banc pour la rue", "?", "yaml-signe", "écrivez : inconnu", None),
    ("r", "Un banc pour la rue", "# Un banc", "yaml-diese", "Retirez « # »", "Un banc"),
    ("r", "Un banc pour la rue", "Un banc #3", "yaml-diese", "« n° »", "Un banc n° 3"),
    ("r", "Une voisine", "Une voisine #3", "yaml-diese", "guillemets", '"Une voisine #3"'),
    ("r", "Une voisine", "Une voisine du # 3", "yaml-diese", "guillemets", '"Une voisine du # 3"'),
    ("r", "{etat: public}", "{etat: public", "yaml-crochet", "Ajoutez « } »", None),
    ("r", "[fierte]", "[fierte", "yaml-crochet", "Ajoutez « ] »", None),
    ("r", "titre: Un", "titre:Un", "yaml-deux-points", "« titre: » puis une espace", None),
    ("r", "titre: Un", "Le mot Un", "yaml-retrait", "faites-la suivre de « : »", None),
    # no-break spaces, which nobody sees
    ("r", "annee:", f"annee{_NBSP}:", "espace-insecable", "juste après le nom", None),
    ("r", "annee: ", f"annee:{_NBSP}", "espace-insecable", "une espace ordinaire", None),
    ("r", "    role", f"{_NBSP}   role", "espace-insecable", "espaces ordinaires", None),
    ("r", "      Elle", f"{_NBSP}     Elle", "espace-insecable", "espaces ordinaires", None),
    ("r", "      Elle", f"  {_NBSP}{_NBSP}  Elle", "espace-insecable", "espaces ordinaires", None),
    ("r", "  - qui", f"  -{_NBSP}qui", "espace-insecable", "une espace ordinaire", None),
    ("f", _FINDINGS, "\n    - • Le bac est plein.", "puce-en-trop",
     "Retirez-le : Le bac est plein.", "\n    - Le bac est plein."),
    ("f", '["Le bac est plein, sauf en août."]', "\n    1. Un tri\n    2. Un bac", "type-de-valeur",
     "- Un tri", "\n    - Un tri\n    - Un bac"),
    ("r", "limites: [temps-long]\n", "limites: aucune\n", "type-de-valeur", "retirez cette clé",
     ""),
    ("r", "Un banc pour la rue", "2024.10", "type-de-valeur", '"2024.10"', '"2024.10"'),
    ("f", _VISITED, _VISITED + "\nrealisation: {couts: [cabanon: 1.200 €]}", "cle-inconnue",
     "{quoi: cabanon, valeur: 1200, unite: €}",
     _VISITED + "\nrealisation: {couts: [{quoi: cabanon, valeur: 1200, unite: €}]}"),
    ("r", "2018", "[2018, 2019]", "type-de-valeur", "annee: 2018 et 2019", "2018 et 2019"),
    ("r", "2018", "[2018, 2019, 2020]", "type-de-valeur", "annee: 2018 à 2020", "2018 à 2020"),
    ("r", "annee: 2018", "texte: {la fête}", "type-de-valeur", "accolades : la fête",
     "texte: la fête"),
    ("r", "annee: 2018", "texte:\n  Un banc : là", "type-de-valeur", "« | »",
     "texte: |\n  Un banc : là"),
    ("r", "annee: 2018", "video: [https://exemple.fr/a]", "type-de-valeur",
     "sans crochets : https://exemple.fr/a", "video: https://exemple.fr/a"),
    ("r", "annee: 2018", "video: <https://exemple.fr>", "adresse-refusee",
     "seule : https://exemple.fr", "video: https://exemple.fr"),
    ("r", "annee: 2018", "video: https://exemple.fr/ (à 3 min)", "adresse-refusee",
     "seule : https://exemple.fr/", "video: https://exemple.fr/"),
    ("f", _VISITED, _VISITED + "\nderoule:\n  - juin 2018 : un tri", "cle-inconnue",
     'date: juin 2018, texte: "un tri"',
     _VISITED + '\nderoule:\n  - {date: juin 2018, texte: "un tri"}'),
    ("f", '["Le bac est plein, sauf en août."]', "\n    - Le bac : plein", "cle-inconnue",
     '- "Le bac : plein"', '\n    - "Le bac : plein"'),
    ("f", '["Le bac est plein, sauf en août."]', "\n    - Le bac : plein\n      qui: Ada E.",
     "cle-inconnue", 'texte: "Le bac : plein"',
     '\n    - texte: "Le bac : plein"\n      qui: Ada E.'),
    ("f", '["Le bac est plein, sauf en août."]', "\n    - [Le bac](fifty-fifty/un-composteur) fume",
     "yaml-crochet", "guillemets", '\n    - "[Le bac](fifty-fifty/un-composteur) fume"'),
    ("r", "Un banc pour la rue", "– Un banc", "puce-en-trop", "Retirez-le : Un banc", "Un banc"),
    ("m", "{date: 2018-03-20, texte: Tout est dit.}", "|\n  Tout est dit.\n\n  - un\n  - deux",
     "type-de-valeur", "à part « texte: | », décalé de deux espaces, et décalez tout le texte",
     "\n  texte: |\n    Tout est dit.\n\n    - un\n    - deux"),
    ("f", _VISITED, "suivi:\n  - juin 2019 : rien", "type-de-valeur",
     'suivi: {texte: "juin 2019 : rien"}', 'suivi: {texte: "juin 2019 : rien"}'),
    ("f", _VISITED, "anciens_ids: [vieux-banc]", "forme", "« fifty-fifty/vieux-banc »",
     "anciens_ids: [fifty-fifty/vieux-banc]"),
    ("f", _VISITED, "anciens_ids: [narratives/projet/bac.yaml]", "forme", "« projet/bac »",
     "anciens_ids: [projet/bac]"),
    ("r", "    consentement: {etat: public}\n", "    Accord: oui\n", "cle-inconnue",
     "consentement: {etat: public}", None),
    ("r", "    role: habitant\n", "    role: habitant\n    Accord: oui\n", "cle-inconnue",
     "Retirez-le", None),
    ("r", "[dechets-proprete]", '["#dechets"]', "vocabulaire", "« dechets-proprete »", None),
    ("r", "annee: 2018", "resume: Un banc pour les voi-\n  sins.", "mot-coupe",
     "voisins, ou voi-sins", "resume: Un banc pour les voisins."),
    ("r", "voulait un banc", "voulait un jar-\n      din", "mot-coupe", "jardin, ou jar-din",
     "voulait un jardin"),
    ("r", "Elle voulait", "Oui, dit-\n      elle. Elle voulait", "mot-coupe", ": dit-elle",
     "Oui, dit-elle. Elle voulait"),
    ("r", "Une voisine", "Une voi- sine", "mot-coupe", "voisine, ou voi-sine", None),
    # signs that look like others
    ("r", "annee:", "annee\u200b:", "cle-inconnue", "U+200B", None),
    ("r", "annee:", "\u0430nnee:", "cle-inconnue", "U+0430", None),
    ("r", "annee:", "\ufeffannee:", "caractere-invisible", "tapez-le de nouveau", None),
    ("r", "    role", "    \u200brole", "cle-inconnue", "tapez-le de nouveau : role", None),
    ("r", "etat: public", "etat: pub\u200blic", "vocabulaire", "U+200B", None),
    ("r", "annee: 2018", "annee\uff1a 2018", "yaml-deux-points", "tapez « : » et une espace", None),
    ("r", "annee: 2018", "annee = 2018", "yaml-deux-points", "Écrivez « annee: »", None),
    ("r", "  - qui", "  – qui", "yaml-tiret", "le tiret du clavier", None),
    ("r", "  - qui", "  • qui", "yaml-tiret", "le tiret du clavier", None),
    ("r", "  - qui", "  * qui", "yaml-tiret", "le tiret du clavier", None),
    ("r", "{etat: public}", "{etat:public}", "cle-inconnue", "etat: public", None),
    ("r", "{etat: public}", "{etat=public}", "cle-inconnue", "etat: public", None),
    # keys
    ("r", "titre:", "tittre:", "cle-inconnue", "« titre »", None),
    ("r", "titre:", "Titre:", "cle-inconnue", "« titre »", None),
    ("r", "annee:", "année:", "cle-inconnue", "« annee »", None),
    ("r", "voix:", "voie:", "cle-inconnue", "« voix »", None),
    ("r", "texte: |", "text: |", "cle-inconnue", "« texte »", None),
    ("r", "consentement:", "consentment:", "cle-inconnue", "« consentement »", None),
    ("r", "type: recit\n", "", "type-manquant", "type:", None),
    ("r", "annee: 2018\n", "annee: 2018\nid: x\n", "cle-inconnue", "Retirez-la", None),
    ("r", "annee: 2018\n", "annee: 2018\nannee: 2018\n", "cle-en-double", "une seule", None),
    ("r", "  - qui: Une voisine\n    role", "  - role", "cle-manquante", "Qui parle", None),
    ("f", "{id: bac, ", "{", "cle-manquante", "materiaux", None),
    ("f", "convention:\n", "couts: [{valeur: 300, unite: €}]\nconvention:\n", "cle-inconnue",
     "« couts » se met dans « realisation » : realisation: {couts: …}",
     "realisation: {couts: [{valeur: 300, unite: €}]}\nconvention:\n"),
    ("m", "date: 2018-03-09", "date: 2018-03-09\ntaille: leger", "cle-inconnue",
     "« taille » est une clé des fiches fifty-fifty", None),
    # words
    ("r", "[dechets-proprete]", "[école]", "vocabulaire", "« education-enfance »",
     "[education-enfance]"),
    ("r", "[dechets-proprete]", "[vélo]", "vocabulaire", "« mobilite-voirie »",
     "[mobilite-voirie]"),
    ("r", "type: recit", "type: récit", "type-inconnu", "« recit »", None),
    ("r", "type: recit", "type: Témoignage", "type-inconnu", "Cela se dit « recit »", None),
    ("m", "{texte: Poser le banc.}", "budget : 300 € max.", "cle-inconnue",
     '- texte: "budget : 300 € max."', '{texte: "budget : 300 € max."}'),
    ("m", "type: reunion", "type: compte rendu", "type-inconnu", "Cela se dit « reunion »", None),
    ("m", "date: 2018-03-09", "date: 2018-03-09\nordre du jour: Le banc", "cle-inconnue",
     "Cela se dit « sujet »", "date: 2018-03-09\nsujet: Le banc"),
    ("r", "role: habitant", "role: habitante", "vocabulaire",
     "« habitant » ? Ce mot s’écrit au masculin singulier.", None),
    ("r", "role: habitant", "role: élue", "vocabulaire", "« elu »", "role: elu"),
    ("r", "role: habitant", "role: parent", "vocabulaire", "« habitant »", None),
    ("r", "[fierte]", "[fierté]", "vocabulaire", "« fierte »", None),
    ("r", "[dechets-proprete]", "[dechets]", "vocabulaire", "« dechets-proprete »", None),
    ("r", "[dechets-proprete]", "[propreté]", "vocabulaire", "« dechets-proprete »", None),
    ("r", "etat: public", "etat: publique", "vocabulaire", "« public »", None),
    ("r", "limites: [temps-long]", "limites: [Les mouches en juin]", "vocabulaire", "« notes: »",
     'notes: ["Les mouches en juin"]'),
    ("f", _VISITED, "limites: [Les mouches en juin]", "vocabulaire",
     '{valeur: mot, note: "Les mouches en juin"}',
     'limites: [{valeur: temps-long, note: "Les mouches en juin"}]'),
    ("m", "date: 2018-03-20, texte", "quand: 2018-03-20, texte", "cle-inconnue", "« date »", None),
    ("r", "[fierte]", "[fierte, fierte]", "doublon", "une seule", None),
    # lists, texts and groups, one for another
    ("r", "[dechets-proprete]", "dechets-proprete", "type-de-valeur", "[dechets-proprete]", None),
    *(("r", "[dechets-proprete]", written, "type-de-valeur", _TWO, _TWO) for written in (
        "dechets-proprete, voirie", "dechets-proprete et voirie",
        "\n  • dechets-proprete\n  • voirie", "(dechets-proprete, voirie)",
        "{dechets-proprete, voirie}", "dechets-proprete, voirie]", "dechets-proprete / voirie",
        "\n  dechets-proprete\n  voirie")),
    ("f", _FINDINGS, "Le bac est plein, sauf en août.", "type-de-valeur", _FINDINGS, None),
    ("f", _FINDINGS, "[Le bac est plein, sauf en août.]", "phrase-coupee", _FINDINGS, None),
    ("f", _FINDINGS, "[Le bac est plein, surtout l’été d'août.]", "phrase-coupee",
     """["Le bac est plein, surtout l’été d'août."]""", None),
    ("f", _FINDINGS, "[Le bac est plein, sauf en août]", "phrase-coupee",
     '["Le bac est plein, sauf en août"]', None),
    ("f", _FINDINGS, "[Il manque d’eau., Le bac, l’été, est plein]", "phrase-coupee",
     '["Le bac, l’été, est plein"]', None),
    ("f", _FINDINGS, "[« Le bac est plein, dit-on »]", "phrase-coupee",
     '["« Le bac est plein, dit-on »"]', None),
    ("f", _VISITED, "suivi: {visites: [{2024-05-03: Rien.}]}", "cle-inconnue",
     '{date: 2024-05-03, constat: "Rien."}',
     'suivi: {visites: [{date: 2024-05-03, constat: "Rien."}]}'),
    ("f", _VISITED, "realisation: {couts: '300 €, 20 h'}", "type-de-valeur",
     "[{valeur: 300, unite: €}, {valeur: 20, unite: h}]",
     "realisation: {couts: [{valeur: 300, unite: €}, {valeur: 20, unite: h}]}"),
    ("f", _VISITED, "suivi: {referent: Ada E.}", "cle-inconnue", "« responsable »",
     "suivi: {responsable: Ada E.}"),
    ("f", _VISITED, "suivi: {visites: [{date: faite le 12/05/2022, constat: Rien.}]}",
     "date-illisible", "2022-05-12", "suivi: {visites: [{date: 2022-05-12, constat: Rien.}]}"),
    *(("f", _VISITED, f"realisation:\n  couts:\n    Bois{a}1 120,25{b}\n    Vis{a}12{b}",
       "type-de-valeur", told, f"realisation: {{couts: {told}}}") for a, b, told in (
        ("\t", "\t€", _ROWS), (";", " €", _ROWS),
        ("\t", "", "[{quoi: Bois, valeur: 1120.25}, {quoi: Vis, valeur: 12}]"))),
    ("f", _VISITED, "realisation: {couts: 350€}", "type-de-valeur", "[{valeur: 350, unite: €}]",
     "realisation: {couts: [{valeur: 350, unite: €}]}"),
    ("f", "convention:\n", "convention:\n  duree: 3 ans\n", "type-de-valeur",
     "duree: {du: inconnu, au: inconnu}. « 3 ans » se garde dans un texte", None),
    ("f", _VISITED, "referents: Ada E. et Basile T.", "type-de-valeur",
     '[{qui: "Ada E."}, {qui: "Basile T."}]', None),
    ("r", "voix:", "sources: www.a.fr/page\nvoix:", "type-de-valeur",
     "(https://www.a.fr/page). Pour la citer, faites-lui une fiche : loosbot new source ; puis",
     None),
    ("r", "type: recit", "tpye: recit", "cle-inconnue", "« type »", None),
    ("r", "type: recit", "tpye recit", "yaml-deux-points", "d’une espace : type: recit", None),
    ("r", "[dechets-proprete]", "[#dechets-proprete]", "yaml-diese", "Retirez « # »", None),
    ("r", "[dechets-proprete]", "[voirie,#dechets-proprete]", "yaml-diese", "Retirez « # »",
     "[voirie,dechets-proprete]"),
    ("r", "{etat: public}", "{public}", "cle-inconnue", "{etat: public}", "{etat: public}"),
    ("r", "{etat: public}", "{etat: à demander}", "vocabulaire", "pas sûr : inconnu",
     "{etat: inconnu}"),
    ("r", "Un banc pour la rue", "“Un banc pour la rue”", "guillemets-montres",
     '"Un banc pour la rue"', '"Un banc pour la rue"'),
    ("r", "{etat: public}", "{etat: public, preuve: “Signé, dossier 12”}", "cle-inconnue",
     'preuve: "Signé, dossier 12"', '{etat: public, preuve: "Signé, dossier 12"}'),
    ("r", "[dechets-proprete]", "“dechets-proprete”", "type-de-valeur", "[dechets-proprete]", None),
    ("f", _FINDINGS, "\n    • Le bac est plein.\n    • Il est vidé.", "type-de-valeur",
     "une espace à la place de « • » : - Le bac est plein.",
     "\n    - Le bac est plein.\n    - Il est vidé."),
    *(("f", _FINDINGS, f"\n    {a} Le bac est plein.\n    {b} Il est vidé.", "type-de-valeur",
       ": - Le bac est plein.", "\n    - Le bac est plein.\n    - Il est vidé.") for a, b in (
        ("o", "o"), ("+", "+"), ("→", "✓"),
        ("1/", "2/"), ("a)", "b)"), ("(1)", "(2)"), ("1 –", "2 –"))),
    ("r", "type: recit", "```yaml\ntype: recit", "yaml-signe", "Effacez-la", None),
    ("r", "[fierte]", "[fierté ; lien social]", "vocabulaire", "fierte, lien-social",
     "[fierte, lien-social]"),
    ("r", "role: habitant", "role: habitante et élue", "vocabulaire",
     "le principal : habitant", None),
    ("r", "Un banc pour la rue", 'Un banc : "le mien"', "yaml-deux-points", "Mettez « » à la place",
     '"Un banc : « le mien »"'),
    ("f", _VISITED, _COST.format("12 500,50, unite: €"), "cle-non-texte", ": 12500.50 ou",
     _COST.format("12500.50, unite: €")),
    ("f", _VISITED, _COST.format("12.500,50 €"), "cle-inconnue", "valeur: 12500.5, unite: €",
     _COST.format("12500.5, unite: €")),
    ("r", "[fierte]", "[fierté et lien social]", "vocabulaire", "fierte, lien-social",
     "[fierte, lien-social]"),
    ("r", "[fierte]", "\n-fierte\n-lien-social", "yaml-tiret", "Celui de la ligne 8 aussi.",
     "\n- fierte\n- lien-social"),
    ("f", _FINDINGS, "\n— Le bac est plein.\n— Il est vidé.", "yaml-tiret",
     "Celui de la ligne 11 aussi.", "\n  - Le bac est plein.\n  - Il est vidé."),
    ("r", "annee: 2018", "video: youtu.be/abc", "adresse-refusee", ": https://youtu.be/abc",
     "video: https://youtu.be/abc"),
    ("f", _ENGAGED, "engagements:\n    - la ville: fournir le bac", "cle-inconnue",
     '{id: fournir-le-bac, qui: la ville, quoi: "fournir le bac"}',
     'engagements:\n    - {id: fournir-le-bac, qui: la ville, quoi: "fournir le bac"}'),
    ("m", "{texte: Poser", "{décision: Poser", "cle-inconnue", "Cela se dit « texte » ici", None),
    ("f", _FINDINGS, "|\n    - Le bac est plein.\n    - Il est vidé.", "type-de-valeur",
     "Retirez le signe", "\n    - Le bac est plein.\n    - Il est vidé."),
    ("f", _ENGAGED, "engagements: la ville fournit le bac", "type-de-valeur",
     'qui: inconnu, quoi: "la ville fournit le bac"}]',
     'engagements: [{id: la-ville-fournit-le-bac, qui: inconnu, quoi: "la ville fournit le bac"}]'),
    ("f", _ENGAGED, "engagements: [la ville fournit le bac]", "type-de-valeur",
     '{id: la-ville-fournit-le-bac, qui: inconnu, quoi: "la ville fournit le bac"}',
     'engagements: [{id: la-ville-fournit-le-bac, qui: inconnu, quoi: "la ville fournit le bac"}]'),
    # what was written as another kind, told in one round
    ("r", "2018", "[2018]", "type-de-valeur", "annee: 2018", "2018"),
    ("r", "2018", "{du: 2018, au: 2019}", "cle-inconnue", "annee: 2018 à 2019", "2018 à 2019"),
    ("r", "2018", "{début: mars 2018, fin: mai 2019}", "cle-inconnue", "mars 2018 à mai 2019",
     "mars 2018 à mai 2019"),
    ("r", "Un banc pour la rue", "[{texte: Un banc}]", "type-de-valeur", ': "Un banc"', "Un banc"),
    ("r", "role: habitant", "role: [élue]", "type-de-valeur", "« elu »", "role: elu"),
    ("r", "role: habitant", "role: 3", "type-de-valeur", "Valeurs possibles : habitant", None),
    ("r", "[dechets-proprete]", "poubelles", "type-de-valeur", "Valeurs possibles : amenagement",
     None),
    ("r", "[dechets-proprete]", "dechet", "type-de-valeur", "« dechets-proprete »",
     None),
    ("f", _FINDINGS, "|\n    Le bac est plein.\n    Il est vidé.", "type-de-valeur",
     "- Le bac est plein.", "\n    - Le bac est plein.\n    - Il est vidé."),
    ("f", _ENGAGED, "engagements: 2024", "type-de-valeur", "{id: n-2024, qui: inconnu",
     'engagements: [{id: n-2024, qui: inconnu, quoi: inconnu, echeance: "2024"}]'),
    ("f", _VISITED, "realisation: {apports: [{nom: La ville, quoi: Le bois}]}", "cle-inconnue",
     "« qui »", "realisation: {apports: [{qui: La ville, quoi: Le bois}]}"),
    ("f", _VISITED, "realisation: {couts: [{libelle: 300}]}", "cle-inconnue", "« quoi »", ""),
    # a state in other words, which a page would show like a name or a fact
    *(("f", "[Les voisins]", typed, "etat-en-mots", f"écrivez : {mended}", mended.split(": ")[-1])
      for typed, mended in (
        ("Inconnu", "inconnu"), ("INCONNUS", "inconnu"), ("N.C.", "inconnu"), ("n/a", "inconnu"),
        ('"?"', "inconnu"), ('"-"', "inconnu"), ("Non renseigné", "inconnu"),
        ("on ne sait pas", "inconnu"), ("Sans objet", "sans-objet"),
        ("[inconnu]", "demandeurs: inconnu"), ("[Inconnu]", "demandeurs: inconnu"),
        ("[Sans objet]", "demandeurs: sans-objet"),
      )),
    ("f", "demandeurs: [Les voisins]", "besoin: À préciser", "etat-en-mots", "écrivez : inconnu",
     "besoin: inconnu"),
    *(("f", _VISITED, f"suivi: {{visites: {typed}}}", "type-de-valeur", ": visites: inconnu",
       "suivi: {visites: inconnu}") for typed in ("[Inconnu]", "[inconnu]")),
    ("f", _FINDINGS, "Inconnu", "type-de-valeur", "« inconnu »", "inconnu"),
    ("f", _FINDINGS, "Sans objet", "type-de-valeur", "« sans-objet »", "sans-objet"),
    ("r", "lieu/ecole", "Inconnu", "lien-inconnu", "« inconnu »", "inconnu"),
    ("f", "{date: 2018-03, demandeurs: [Les voisins]}", "un courrier des voisins", "type-de-valeur",
     '{texte: "un courrier des voisins"}', '{texte: "un courrier des voisins"}'),
    ("m", "{date: 2018-03-20, texte: Tout est dit.}", "|\n  Tout est dit.\n  Ou presque.",
     "type-de-valeur", 'compte_rendu: {texte: "Tout est dit. Ou presque."}',
     '{texte: "Tout est dit. Ou presque."}'),
    ("m", "[{texte: Poser le banc.}]", "Poser le banc.", "type-de-valeur",
     '[{texte: "Poser le banc."}]', None),
    ("m", "[{texte: Poser le banc.}]", "[Poser le banc.]", "type-de-valeur",
     '{texte: "Poser le banc."}', None),
    ("r", "{etat: public}", "public", "type-de-valeur", "{etat: public}", None),
    ("r", "{etat: public}", "oui", "type-de-valeur", "{etat: public}", None),
    ("r", "{etat: public}", "true", "type-de-valeur", "{etat: public}", None),
    # nobody is shown because of a guess
    *(("r", "{etat: public}", typed, "type-de-valeur", mended, mended) for typed, mended in (
        ("refus", "{etat: retire, motif: refus}"),
        ("non", "{etat: retire}"),
        ("false", "{etat: retire}"),
        ("pas d’accord", '{etat: retire, motif: "pas d’accord"}'),
        ("verbal", "{etat: inconnu, preuve: verbal}"),
        ("à demander", '{etat: inconnu, preuve: "à demander"}'),
        ("oui mais pas de photo", '{etat: inconnu, preuve: "oui mais pas de photo"}'),
    )),
    ("r", "etat: public", "etat: oui", "vocabulaire", "« public »", None),
    ("r", "etat: public", "etat: true", "type-de-valeur", "« public »", None),
    ("r", "etat: public", "etat: accord retiré", "vocabulaire", "« retire »", "etat: retire"),
    ("r", "etat: public", "etat: refus", "vocabulaire", "« retire »", "etat: retire"),
    ("r", "etat: public", "etat: public interdit", "vocabulaire", "pas sûr : inconnu",
     "etat: interne"),
    ("r", "  - qui: Une", "    qui: Une", "type-de-valeur", "- qui: …", None),
    ("r", "Un banc pour la rue", "[Un banc, la rue]", "type-de-valeur", '"Un banc, la rue"',
     '"Un banc, la rue"'),
    ("r", "role: habitant", "role: [habitant]", "type-de-valeur", "crochets : habitant", None),
    ("r", "Un banc pour la rue", "2024", "type-de-valeur", '"2024"', '"2024"'),
    ("r", "effets: [fierte]\n", "effets:\n", "valeur-vide", "supprimez la clé", ""),
    ("r", "effets: [fierte]\n", "effets: []\n", "valeur-vide", "supprimez la clé", ""),
    # a value tells by its form where it belongs
    ("f", _VISITED, "suivi: {visites: [2019-06-03]}", "type-de-valeur",
     "{date: 2019-06-03, constat: inconnu}",
     "suivi: {visites: [{date: 2019-06-03, constat: inconnu}]}"),
    ("f", _VISITED, "diagnostic: Lourd", "type-de-valeur", "{taille: lourd}",
     "diagnostic: {taille: lourd}"),
    ("f", _VISITED, "documents: [a.jpg]", "type-de-valeur",
     '{fichier: a.jpg, alt: "ce que l’on y voit"}', ""),
    # numbers as French people write them, between signs where a comma parts two things
    ("f", _VISITED, "realisation: {couts: [1,5 €]}", "nombre-coupe", '"1,5 €"',
     'realisation: {couts: [{valeur: "1,5", unite: €}]}'),
    ("f", _VISITED, "realisation: {couts: [{valeur: 1,5, unite: k€}]}", "cle-non-texte", '"1,5"',
     'realisation: {couts: [{valeur: "1,5", unite: k€}]}'),
    ("f", _VISITED, "realisation: {couts: [{valeur: 12,50, unite: €}]}", "cle-non-texte", "12.50",
     "realisation: {couts: [{valeur: 12.50, unite: €}]}"),
    ("f", _VISITED, 'realisation: {participants: "?"}', "nombre-inconnu", "écrivez : inconnu",
     "realisation: {participants: inconnu}"),
    *(("f", _VISITED, _COST.format(typed), code, f" {mended}", _COST.format(mended))
      for typed, code, mended in WORTH),
    ("f", _VISITED, "realisation: {participants: 15 à 10}", "fourchette-inversee",
     "Écrivez : 10 à 15", "realisation: {participants: 10 à 15}"),
    ("f", _VISITED, "realisation: {participants: -12}", "nombre-negatif", "Écrivez : 12",
     "realisation: {participants: 12}"),
    ("f", _VISITED, "realisation: {participants: {valeur: -1.5}}", "nombre-negatif",
     "Écrivez : 1.5", "realisation: {participants: {valeur: 1.5}}"),
    ("f", _VISITED, "realisation: {date: 2017}", "demande-apres", "échangées",
     "realisation: {date: 2018}"),
    ("f", _VISITED, "realisation: {du: 2016, au: 2018-02}", "demande-apres", "échangées",
     "realisation: {du: 2016, au: 2018}"),
    ("f", _VISITED, "realisation: {date: 2018, preuve: oui}", "preuve-sans-nom", "en une phrase",
     "realisation: {date: 2018, preuve: Une photo de la fête.}"),
    ("f", _VISITED, "realisation: {date: 2018, preuve: Non}", "preuve-sans-nom",
     "retirez cette clé", "realisation: {date: 2018}"),
    ("r", "{etat: public}", "{etat: public, preuve: oui}", "preuve-sans-nom", "une cote",
     "{etat: public, preuve: Carton 12.}"),
    ("f", _VISITED, "realisation: {participants: {valeur: Inconnu, unite: personnes}}",
     "nombre-inconnu", "écrivez : inconnu",
     "realisation: {participants: {valeur: inconnu, unite: personnes}}"),
    ("f", _VISITED, "realisation: {participants: 30 personnes}", "nombre-et-unite",
     "{valeur: 30, unite: personnes}",
     "realisation: {participants: {valeur: 30, unite: personnes}}"),
    ("f", _VISITED, "realisation: {participants: 1\u00a0200 habitants}", "nombre-et-unite",
     "{valeur: 1200, unite: habitants}",
     "realisation: {participants: {valeur: 1200, unite: habitants}}"),
    ("f", _VISITED, "realisation: {couts: [1 500 €]}", "nombre-et-unite",
     "{valeur: 1500, unite: €}", "realisation: {couts: [{valeur: 1500, unite: €}]}"),
    *(("f", _VISITED, f"realisation:\n  couts:\n    - {typed}", "nombre-et-unite", told,
       f"realisation: {{couts: [{told}]}}") for typed, told in (
        ("Bois 120 €", '{valeur: 120, unite: €, quoi: "Bois"}'),
        ("3 bancs à 40 €", '{valeur: 120, unite: €, quoi: "3 bancs à 40 €"}'),
        ("entre 100 et 120 € de terreau", '{valeur: 100 à 120, unite: €, quoi: "terreau"}'),
        ("120€50", "{valeur: 120.5, unite: €}"))),
    ("f", _VISITED, 'realisation: {couts: ["2,5 k€"]}', "nombre-et-unite",
     "{valeur: 2500, unite: €}", "realisation: {couts: [{valeur: 2500, unite: €}]}"),
    ("f", _VISITED, "chiffres: [80 %]", "nombre-et-unite", '{valeur: 80, unite: "%"}',
     'chiffres: [{valeur: 80, unite: "%"}]'),
    ("f", _VISITED, "realisation: {couts: [{valeur: 300 euros}]}", "nombre-et-unite",
     "valeur: 300, unite: €", "realisation: {couts: [{valeur: 300, unite: €}]}"),
    ("f", _VISITED, "realisation: {participants: 20-30}", "nombre-et-unite", "20 à 30",
     "realisation: {participants: 20 à 30}"),
    ("f", _VISITED, "realisation: {couts: [{valeur: 1.500, unite: €}]}", "nombre-a-point",
     "écrivez 1500, ou 1.5", "realisation: {couts: [{valeur: 1500, unite: €}]}"),
    ("f", _VISITED, "realisation: {couts: [{valeur: 1.500.000, unite: €}]}", "nombre-a-point",
     "écrivez 1500000", "realisation: {couts: [{valeur: 1500000, unite: €}]}"),
    # a date in the place of a key
    ("f", _VISITED, "deroule:\n  - 2018 : on commence", "cle-non-texte",
     '{date: 2018, texte: "on commence"}', "deroule:\n  - {date: 2018, texte: on commence}"),
    ("r", "annee: 2018", "annee: {2018}", "cle-non-texte", "Retirez les accolades : 2018", None),
    ("f", _VISITED, "initiative: {habitants}", "cle-inconnue", "Retirez les accolades : habitants",
     "initiative: habitants"),
    ("f", _VISITED, "realisation: {couts: [{300}]}", "cle-non-texte", "accolades : 300",
     "realisation: {couts: [300]}"),
    # what was left empty; what a record cannot do without is not told to be taken away
    ("m", "titre: Réunion du banc", "titre:", "valeur-vide", "Écrivez une valeur. Le titre", None),
    ("m", "{texte: Poser le banc.}", "{texte: }", "valeur-vide", "Écrivez une valeur. ", None),
    ("m", "date: 2018-03-09", "date: 2018-03-09\npresents:\n  -", "valeur-vide",
     "ou supprimez la clé", None),
    # lists with other signs than those of YAML
    ("r", "[dechets-proprete]", "\n  * dechets-proprete", "yaml-ancre", "tapez « - »",
     "\n  - dechets-proprete"),
    # keys as somebody calls them who has not seen their names
    ("r", "titre: Un", "nom: Un", "cle-inconnue", "« titre »", None),
    ("r", "themes: [", "mots-clés: [", "cle-inconnue", "« themes »", None),
    ("r", "lieu: lieu/ecole", "quartier: lieu/ecole", "cle-inconnue", "« lieu »", None),
    ("f", _VISITED, "budget: 300 €", "cle-inconnue", "realisation: {couts: …}",
     "realisation: {couts: [{valeur: 300, unite: €}]}"),
    ("f", _VISITED, "photos: a.jpg", "cle-inconnue", "« documents »", ""),
    ("r", "annee: 2018", "leçons: [Demander.]", "cle-inconnue", "« enseignements »",
     "enseignements: [Demander.]"),
    ("r", "annee: 2018", "year: 2018", "cle-inconnue", "« annee »", None),
    ("r", "titre: Un", "name: Un", "cle-inconnue", "« titre »", None),
    ("r", "    texte: |", "    parole: |", "cle-inconnue", "« texte »", None),
    ("r", "{etat: public}", "{etat: public}\n    signature: oui", "cle-inconnue",
     "« consentement »", "{etat: public}"),
    ("m", "date: 2018-03-09", "date: 2018-03-09\nordre_du_jour: Le banc", "cle-inconnue",
     "« sujet »", "date: 2018-03-09\nsujet: Le banc"),
    ("m", "compte_rendu", "presents: [Ada, Basile]\ncompte_rendu", "type-de-valeur",
     'presents: {valeur: 2, note: "Ada, Basile"}',
     'presents: {valeur: 2, note: "Ada, Basile"}\ncompte_rendu'),
    ("m", "compte_rendu", "presents: [30]\ncompte_rendu", "type-de-valeur",
     "Retirez les crochets : presents: 30", "presents: 30\ncompte_rendu"),
    ("m", "date: 2018-03-09", "date: 2018-03-09\nparticipants: 30", "cle-inconnue", "« presents »",
     "date: 2018-03-09\npresents: 30"),
    ("f", _VISITED, "realisation:\n  couts:\n    - bois : 300 euros", "cle-inconnue",
     "{quoi: bois, valeur: 300, unite: €}",
     "realisation:\n  couts:\n    - {quoi: bois, valeur: 300, unite: €}"),
    ("f", _VISITED, "realisation:\n  couts: {bois: 300}", "type-de-valeur",
     "- {quoi: bois, valeur: 300}", "realisation:\n  couts: [{quoi: bois, valeur: 300}]"),
    ("f", _ENGAGED, "engagements:\n    La ville: fournir le bac", "type-de-valeur",
     '- {id: fournir-le-bac, qui: La ville, quoi: "fournir le bac"}',
     'engagements:\n    - {id: bac, qui: La ville, quoi: "fournir le bac"}'),
    ("r", "  - qui: Une voisine", "  Une voisine:", "type-de-valeur", "- qui: Une voisine", None),
    ("f", _VISITED, "apport_ville: le bois", "cle-inconnue", "realisation: {apports: …}",
     "realisation: {apports: [{qui: La ville, quoi: le bois}]}"),
    ("f", _VISITED, "realisation:\n  apports:\n    - ville: le bois", "cle-inconnue",
     '{qui: ville, quoi: "le bois"}',
     'realisation:\n  apports:\n    - {qui: ville, quoi: "le bois"}'),
    # files that are not where they should be
    ("f", _VISITED, 'documents: [{fichier: "C:\\Photos\\a.jpg", alt: x}]'.replace("\\", "\\\\"),
     "fichier-absent", "n’écrivez que son nom : a.jpg", ""),
    ("f", _VISITED, "documents: [{fichier: https://a.fr/a.jpg, alt: x}]", "fichier-absent",
     "un lien dans le texte", "texte: Voir [la photo](https://a.fr/a.jpg)."),
    # dates
    ("r", "annee: 2018", "annee: 12/06/2024", "date-illisible", "2024-06-12", "annee: 2024-06-12"),
    ("r", "annee: 2018", "annee: 06/15/2024", "date-illisible", "2024-06-15", "annee: 2024-06-15"),
    ("r", "annee: 2018", "annee: 31/02/2024", "date-impossible", "2024-02 si", "annee: 2024-02"),
    ("r", "annee: 2018", "annee: 31-02-2018", "date-impossible", "2018-02 si", "annee: 2018-02"),
    ("r", "annee: 2018", "annee: 2024-02-31", "date-impossible", "2024-02 si", "annee: 2024-02"),
    ("r", "annee: 2018", "annee: 2024-13-01", "date-impossible", "2024-01-13", "annee: 2024-01-13"),
    ("r", "annee: 2018", "annee: 2018.", "date-illisible", "Écrivez : 2018", None),
    ("r", "annee: 2018", "annee: 2108", "annee-lointaine", ": 2018", "annee: 2018"),
    ("r", "annee: 2018", "annee: depuis mars 2108", "annee-lointaine", ": 2018",
     "annee: depuis mars 2018"),
    ("r", "annee: 2018", "annee: Lundi 5 juin 2018", "jour-de-semaine", "mardi 5 juin 2018",
     "annee: Mardi 5 juin 2018"),
    ("r", "annee: 2018", "annee: du jeudi 31 mai 2018 au samedi 1er juin 2018", "jour-de-semaine",
     "vendredi 1er juin 2018", "annee: du jeudi 31 mai 2018 au vendredi 1er juin 2018"),
    ("r", "annee: 2018", "annee: en 2018", "date-illisible", "Écrivez : 2018", None),
    ("r", "annee: 2018", "annee: 2018 environ", "date-illisible", "Écrivez : vers 2018",
     "annee: vers 2018"),
    ("r", "annee: 2018", "annee: 2018/2019", "date-illisible", "Écrivez : 2018-2019",
     "annee: 2018-2019"),
    ("r", "annee: 2018", "annee: environ 2018 ou après", "date-illisible", "environ 2018",
     "annee: environ 2018"),
    ("r", "annee: 2018", "annee: 2O18", "date-illisible", "Écrivez : 2018", None),
    ("r", "annee: 2018", "annee: 20l8", "date-illisible", "Écrivez : 2018", None),
    ("r", "annee: 2018", "annee: 18", "date-illisible", "2018 ou 1918", None),
    ("r", "annee: 2018", "annee: 2018/06", "date-illisible", "2018-06", "annee: 2018-06"),
    ("r", "annee: 2018", "annee: 3 déc. 2018", "date-illisible", "Écrivez : 3 décembre 2018",
     "annee: 3 décembre 2018"),
    ("r", "annee: 2018", "annee: T2 2018", "date-illisible", "Écrivez : avril à juin 2018",
     "annee: avril à juin 2018"),
    *(("r", "annee: 2018", f"annee: {written}", "date-illisible", f"Écrivez : {date}",
       f"annee: {date}") for written, date in DATES),
    ("r", "annee: 2018", "annee: 43254", "date-illisible", "2018-06-03", "annee: 2018-06-03"),
    ("r", "annee: 2018", "annee: n.c.", "date-illisible", "inconnu", "annee: inconnu"),
    ("r", "annee: 2018", "annee: en cours", "date-illisible", "depuis", "annee: depuis 2018"),
    ("r", "annee: 2018", "annee: 1914-18", "date-impossible", "1914-1918", "annee: 1914-1918"),
    # blanks that nobody sees, at the end of a word
    ("r", "role: habitant", "role: habitant\u00a0", "vocabulaire", "U+00A0", None),
    ("r", "[fierte]", '["fierte "]', "vocabulaire", "Retirez les espaces autour du mot : fierte",
     None),
    ("r", "type: recit", "type: recit\u202f", "type-inconnu", "U+202F", None),
    ("r", "lieu/ecole", "lieu/\u00a0ecole", "lien-inconnu", "tapez-le de nouveau : lieu/ecole",
     None),
    # between brackets and braces
    ("r", "{etat: public}", "{etat: public, preuve: Dossier #12}", "yaml-diese", "entre guillemets",
     '{etat: public, preuve: "Dossier #12"}'),
    ("r", "{etat: public}", "{etat: public, preuve: Dossier : 12}", "yaml-deux-points",
     "entre guillemets", '{etat: public, preuve: "Dossier : 12"}'),
    ("r", "{etat: public}", "{etat: public; preuve: Dossier}", "yaml-deux-points",
     "par une virgule et non par « ; »", "{etat: public, preuve: Dossier}"),
    ("r", "{etat: public}", "{etat: public preuve: Dossier}", "yaml-deux-points", "par une virgule",
     "{etat: public, preuve: Dossier}"),
    ("r", "{etat: public}", "{etat: public)", "yaml-crochet", "Écrivez « } »", None),
    ("r", "{etat: public}", "{etat: public, preuve: Dossier 12, boîte 3, haut}", "cle-inconnue",
     'preuve: "Dossier 12, boîte 3, haut"', '{etat: public, preuve: "Dossier 12, boîte 3, haut"}'),
    ("r", "[dechets-proprete]", "\n  -dechets-proprete\n  -voirie", "type-de-valeur",
     "une espace après chaque tiret", "\n  - dechets-proprete\n  - voirie"),
    # notes to oneself
    ("r", "annee: 2018", "// à vérifier\nannee: 2018", "yaml-commentaire", "commence par « # »",
     "# à vérifier\nannee: 2018"),
    ("r", "annee: 2018", "-- à vérifier\nannee: 2018", "yaml-commentaire", "commence par « # »",
     "# à vérifier\nannee: 2018"),
    ("r", "annee: 2018", "<!-- à vérifier -->\nannee: 2018", "yaml-commentaire",
     "commence par « # »", "# à vérifier\nannee: 2018"),
    # links
    ("r", "lieu/ecole", "lieux/ecole", "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", "lieu/ecoles", "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", "lieu/ecole-jaures", "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", '"[École](../lieu/ecole.yaml)"', "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", "lieu/ecole et lieu/parc", "lien-inconnu", "[lieu/ecole, lieu/parc]",
     "[lieu/ecole, lieu/parc]"),
    ("r", "lieu/ecole", '"[[École Jaurès]]"', "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", "École Jaurès", "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", "narratives/lieu/ecole.yaml", "lien-inconnu", "« lieu/ecole »", None),
    # what other tools leave, and what is folded
    ("r", "effets: [fierte]", "<<<<<<< HEAD\neffets: [fierte]\n=======\neffets: []\n>>>>>>> x",
     "conflit-git", _KEEP, None),
    *(("r", "annee: 2018", f"annee: 2018\n{mark}", "conflit-git", _KEEP, None)
      for mark in ("=======", ">>>>>>>", "======")),
    *(("r", "      La ville", f"      {mark}\n      La ville", "conflit-git", _KEEP, None)
      for mark in (
        ">>>>>>> 1a2b3c4d (Raconter le banc)", "<<<<<< Updated upstream", "<<<<<< HEAD",
        ">>>>>> autre", "<<<<<<< HEAD", ">>>>>>> autre")),
    ("r", "annee: 2018", "||||||| 1a2b3c\nannee: 2018", "conflit-git", "Gardez le bon", None),
    ("r", "texte: |\n      Elle voulait un banc.", "texte: >\n      Il faut :\n      - un banc",
     "texte-plie", "« | »", "texte: |\n      Il faut :\n      - un banc\n"),
    ("r", "texte: |\n      Elle voulait un banc.", "texte: >\n      Il faut :\n      • un banc",
     "texte-plie", "« | »", "texte: |\n      Il faut :\n      - un banc\n"),
    ("r", _TEXT, 'texte: "Il faut :\n      - un banc"', "texte-plie", "sans guillemets autour",
     "texte: |\n      Il faut :\n      - un banc"),
    ("r", _TEXT, "texte: I\n      Elle voulait un banc.\n      La ville a fourni.", "texte-plie",
     "AltGr et 6", "texte: |\n      Elle voulait un banc.\n      La ville a fourni."),
    ("r", _TEXT, "texte: Il faut\n      1. un banc", "texte-plie", "puis tout le texte en dessous",
     "texte: |\n      Il faut\n      1. un banc"),
    ("r", "texte: |\n      Elle voulait un banc.",
     "texte: >\n      ## Le banc\n      Elle le veut.", "texte-plie",
     "« | » au lieu de « > »", "texte: |\n      ## Le banc\n      Elle le veut."),
    ("r", _TEXT, 'texte: "## Le banc\n      Elle le veut."', "texte-plie", "sans guillemets autour",
     "texte: |\n      ## Le banc\n      Elle le veut."),
    ("r", "texte: |\n      Elle voulait un banc.\n      La ville",
     "texte: >\n      Elle voulait\n      un banc.\n\n      La ville", "texte-plie",
     "« | » au lieu de « > »", "texte: |\n      Elle voulait\n      un banc.\n\n      La ville"),
    ("r", "texte: |\n      Elle voulait un banc.\n      La ville",
     "texte: >-\n\n      Elle voulait un banc.\n\n      La ville", "texte-plie",
     "« | » au lieu de « > »", "texte: |\n      Elle voulait un banc.\n\n      La ville"),
    ("r", _TEXT, "texte: Elle voulait un banc.\n\n      La ville a fourni.", "texte-plie",
     "puis tout le texte en dessous",
     "texte: |\n      Elle voulait un banc.\n\n      La ville a fourni."),
    ("r", _TEXT, 'texte: "Elle voulait un banc.\n\n      La ville a fourni."', "texte-plie",
     "sans guillemets autour", "texte: |\n      Elle voulait un banc.\n\n      La ville a fourni."),
    ("r", "texte: |\n      Elle voulait un banc.", "texte: >\n      Elle voulait  \n      un banc.",
     "texte-plie", "« | » au lieu de « > »", "texte: |\n      Elle voulait  \n      un banc."),
    ("r", "texte: |\n      Elle voulait un banc.", "texte: >\n      Elle voulait\\\n      un banc.",
     "texte-plie", "« | » au lieu de « > »", "texte: |\n      Elle voulait\\\n      un banc."),
    ("r", _TEXT, 'texte: "Elle voulait  \n      un banc."', "texte-plie", "sans guillemets autour",
     "texte: |\n      Elle voulait  \n      un banc."),
    ("r", _TEXT, "texte: Elle voulait\\\n      un banc.", "texte-plie",
     "puis tout le texte en dessous", "texte: |\n      Elle voulait\\\n      un banc."),
    # a text under « | » that is not indented
    ("r", _TEXT, "texte: |\n    Banc", "yaml-retrait", "décalez-la de deux espaces",
     "texte: |\n      Banc"),
    ("r", _TEXT, "texte: |\n    Le bilan : tout va.", "cle-inconnue",
     "décalez cette ligne de deux espaces", "texte: |\n      Le bilan : tout va."),
    ("r", _TEXT, "texte: |\n    - un\n    - deux", "yaml-retrait", "Décalez ses lignes",
     "texte: |\n      - un\n      - deux"),
    # signs and places that a hurried hand forgets
    ("r", "  - qui", "  -qui", "yaml-tiret", "une espace", None),
    ("r", "themes: [dechets-proprete]", "themes:\n  - energie\n  -dechets-proprete", "yaml-tiret",
     "une espace", "themes:\n  - energie\n  - dechets-proprete"),
    ("r", "[dechets-proprete]", "-dechets-proprete", "type-de-valeur", "[dechets-proprete]", None),
    ("r", "[dechets-proprete]", "[energie dechets-proprete]", "vocabulaire",
     "energie, dechets-proprete", "[energie, dechets-proprete]"),
    ("r", "[dechets-proprete]", "[energie; dechets-proprete]", "vocabulaire",
     "energie, dechets-proprete", "[energie, dechets-proprete]"),
    ("r", "      Elle voulait", "        Elle voulait", "yaml-retrait", "même retrait", None),
    ("r", "{etat: public}", "etat: public", "yaml-deux-points", "allez à la ligne",
     "\n      etat: public"),
    ("r", "annee: 2018", "annee: 2018–03–01", "date-illisible", "2018-03-01", "annee: 2018-03-01"),
    ("r", "annee: 2018", "annee: 20180301", "date-illisible", "2018-03-01", "annee: 2018-03-01"),
    ("r", "annee: 2018", "annee: 2018 03 01", "date-illisible", "2018-03-01", "annee: 2018-03-01"),
    ("r", "annee: 2018", "annee: 3/2018", "date-illisible", "2018-03", "annee: 2018-03"),
    ("r", "annee: 2018", "annee: 2018-03-01T18:00", "date-illisible", "2018-03-01",
     "annee: 2018-03-01"),
    ("r", "annee: 2018", "annee: 01/03/18", "date-illisible", "2018", "annee: 2018-03-01"),
    *(("r", "Une voisine", typed, "plusieurs-noms", mended, mended) for typed, mended in (
        ("Paul et Marie", "[Paul, Marie]"), ("Paul B. & Marie D.", "[Paul B., Marie D.]"),
        ("Paul, Marie et Jean-Luc M.", "[Paul, Marie, Jean-Luc M.]"))),
    ("r", "annee: 2018", "annee: 03-juin-18", "date-illisible", "03 juin 2018, ou 1918",
     "annee: 3 juin 2018"),
    ("r", "annee: 2018", "annee: 03/06", "date-illisible", "l’année : 2018-06-03",
     "annee: 2018-06-03"),
    ("r", "annee: 2018", "annee: fin juin", "date-illisible", "l’année : fin juin 2018",
     "annee: fin juin 2018"),
    ("r", "limites: [temps-long]", "limites: [temps]", "vocabulaire", "« temps-long »", None),
    ("f", _VISITED, "deroule:\n  - 31/02/2019 : création", "cle-inconnue",
     '{date: 2019-02, texte: "création"}. Le 31 février 2019 n’existe pas.',
     'deroule:\n  - {date: 2019-02, texte: "création"}'),
    ("f", _VISITED, "voix:\n  - Paul : Oui, il fume.", "cle-inconnue",
     '{qui: Paul, texte: "Oui, il fume."}',
     'voix:\n  - {qui: Paul, texte: "Oui, il fume.", role: habitant, '
     "consentement: {etat: public}}"),
    ("f", _VISITED, _COST.format("1 200,50 €"), "cle-inconnue", "valeur: 1200.5, unite: €",
     _COST.format("1200.5, unite: €")),
    ("f", _VISITED, "realisation: {apports: [{qui: La ville, quoi: Le bois, valeur: 3}]}",
     "cle-inconnue", "« quoi », qui est déjà là",
     "realisation: {apports: [{qui: La ville, quoi: 3 planches de bois}]}"),
    ("r", "annee: 2018", "annee: mars 18", "date-illisible", "2018", "annee: mars 2018"),
    ("r", "annee: 2018", "annee: à préciser", "date-illisible", "inconnu", "annee: inconnu"),
    ("r", "lieu/ecole", "lieu/ecole.yaml", "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", "../lieu/ecole.yaml", "lien-inconnu", "« lieu/ecole »", None),
    ("r", "lieu/ecole", "lieu/ecole, lieu/ecole", "lien-inconnu", "lieu: [lieu/ecole, lieu/ecole]",
     None),
    ("r", "voulait un", "voulait\x0bun", "caractere-interdit", "fin de ligne", "voulait\n      un"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "right", "written", "code", "hint", "mended"), MISTAKES)
def test_each_mistake_is_mended_as_its_hint_says(
    tmp_path: Path, file: str, right: str, written: str, code: str, hint: str, mended: str | None
) -> None:
    path = PATHS[file]
    assert FILES[path].count(right) == 1
    wrong = FILES[path].replace(right, written)
    findings = [
        finding
        for finding in reading(tmp_path, {**FILES, path: wrong}).findings
        if finding.code == code
    ]
    assert [finding.path for finding in findings] == [path]
    assert hint in findings[0].hint, findings[0].hint
    assert findings[0].line <= wrong.count("\n")

    again = FILES[path].replace(right, right if mended is None else mended)
    assert reading(tmp_path, {**FILES, path: again}).findings == ()


@pytest.mark.parametrize(
    ("file", "right", "written", "hint"),
    [
        ("r", "titre: Un", "titre Un", "Écrivez : titre: Un banc pour la rue ;"),
        ("r", "titre: Un", "titre -> Un", "Écrivez : titre: Un banc pour la rue ;"),
        ("r", "    role: h", "    role h", "Écrivez : role: habitant ;"),
        ("r", "type: recit\ntitre: Un", "type, recit\ntitre, Un", "d’une espace : type: recit"),
        ("r", "annee:", "« annee »:", "Vouliez-vous écrire « annee » ?"),
        ("r", "annee:", "3. annee:", "Vouliez-vous écrire « annee » ?"),
        ("r", "type: r", "1. type: r", "Vouliez-vous écrire « type » ?"),
        ("r", "annee:", "**annee**:", "Écrivez : annee: 2018"),
        ("f", _ENGAGED, "engagements:\n    - id:bac\n      qui:La ville", "par ligne : id: bac"),
        ("f", _ENGAGED, "engagements:\n    - id bac\n      qui La ville", "par ligne : id: bac"),
    ],
)
def test_a_key_without_its_colon_is_told_with_it(
    tmp_path: Path, file: str, right: str, written: str, hint: str
) -> None:
    assert FILES[PATHS[file]].count(right) == 1
    wrong = {**FILES, PATHS[file]: FILES[PATHS[file]].replace(right, written)}
    [finding] = reading(tmp_path, wrong).findings
    assert hint in finding.hint


def test_a_list_with_the_signs_of_word_is_told_once(tmp_path: Path) -> None:
    path = PATHS["f"]
    wrong = FILES[path].replace(_FINDINGS, "\n    • Le bac est plein.\n    • Il est vidé.")
    findings = reading(tmp_path, {**FILES, path: wrong}).findings
    assert [finding.code for finding in findings] == ["type-de-valeur"]


def test_a_name_without_a_record_is_told_the_command_that_begins_it(tmp_path: Path) -> None:
    path = PATHS["r"]
    for written, command, id_ in (
        ("Le square", 'loosbot new lieu --titre "Le square"', "lieu/le-square"),
        ("Rue de l'école", 'loosbot new lieu --titre "Rue de l\'école"', "lieu/rue-de-l-ecole"),
    ):
        wrong = FILES[path].replace("lieu/ecole", written)
        (finding,) = reading(tmp_path, {**FILES, path: wrong}).findings
        assert finding.hint == f"Commencez sa fiche : {command} ; puis écrivez ici : {id_}"
        place = f"type: lieu\ntitre: {written}\ngenre: equipement\n"
        right = {**FILES, path: FILES[path].replace("lieu/ecole", id_)}
        assert reading(tmp_path, {**right, f"narratives/{id_}.yaml": place}).findings == ()
    wrong = FILES[path].replace("lieu/ecole", "'Le $HOME'")
    (finding,) = reading(tmp_path, {**FILES, path: wrong}).findings
    assert finding.hint == "Écrivez le type et le nom du fichier : lieu/nom-du-fichier."


def test_a_document_without_a_record_is_told_its_whole_id(tmp_path: Path) -> None:
    path = PATHS["f"]
    wrong = FILES[path].replace("convention:\n", "convention:\n  document: Le dossier\n")
    (finding,) = reading(tmp_path, {**FILES, path: wrong}).findings
    assert finding.hint.endswith("puis écrivez ici : source/le-dossier")
    source = "type: source\ntitre: Le dossier\ngenre: document\n"
    right = {**FILES, path: wrong.replace("Le dossier", "source/le-dossier")}
    files = {**right, "narratives/source/le-dossier.yaml": source}
    assert reading(tmp_path, files).findings == ()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("registre p 4", '["registre p. 4"]'),
        ("registre, page 4", '["registre p. 4"]'),
        ("registre chapitre 2", '["registre § 2"]'),
    ],
)
def test_a_source_without_brackets_is_told_once_as_it_is_written(
    tmp_path: Path, typed: str, told: str
) -> None:
    files = {**FILES, "narratives/source/registre.yaml": "type: source\ntitre: Le cahier\n"}
    read = reading(tmp_path, {**files, PATHS["r"]: f"{RECIT}sources: {typed}\n"})
    [finding] = read.findings
    assert finding.hint == f"Mettez des crochets : {told}"
    assert reading(tmp_path, {PATHS["r"]: f"{RECIT}sources: {told}\n"}).findings == ()


def test_a_source_cited_by_its_title_is_told_its_name(tmp_path: Path) -> None:
    files = {**FILES, "narratives/source/rg-2018.yaml": "type: source\ntitre: Le cahier\n"}
    read = reading(tmp_path, {**files, PATHS["r"]: f"{RECIT}sources: [Le cahier p. 4]\n"})
    [finding] = read.findings
    assert finding.hint == "Vouliez-vous écrire « rg-2018 p. 4 » ?"


def test_a_voice_that_a_merge_kept_twice_is_told(tmp_path: Path) -> None:
    voice = RECIT.partition("voix:\n")[2]
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: RECIT + voice}).findings
    assert (finding.severity, finding.code, finding.line) == ("warning", "doublon", 15)
    other = voice.replace("un banc", "un bac")
    assert reading(tmp_path, {PATHS["r"]: RECIT + other}).findings == ()


def test_keys_of_the_configuration_are_told_to_go(tmp_path: Path) -> None:
    pasted = f"{RECIT}insee: '62510'\ncorpus: ailleurs\n"
    read = reading(tmp_path, {**FILES, PATHS["r"]: pasted})
    mend = "Retirez-la : loosbot.yaml le dit pour toutes les fiches."
    assert [finding.hint for finding in read.findings] == [mend, mend]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("{qui: Lou (42 ans, rue Foch), role: habitant, texte: Oui.}", '"Lou (42 ans, rue Foch)"'),
        ("{qui: Lou, Zoé, role: habitant, texte: Oui.}", "[Lou, Zoé]"),
    ],
)
def test_a_comma_in_brackets_cuts_no_name(tmp_path: Path, written: str, hint: str) -> None:
    voice = RECIT.partition("voix:")[0] + f"voix: [{written}]\n"
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: voice}).findings
    assert finding.hint.endswith(hint)


def test_the_path_of_a_disk_is_told_as_the_name_of_a_file(tmp_path: Path) -> None:
    record = RECIT + "documents: ['C:\\Photos\\banc.jpg']\n"
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: record}).findings
    assert finding.hint.startswith("Écrivez à sa place : {fichier: banc.jpg, alt: ")


@pytest.mark.parametrize("other", ["=======\n", ">>>>>>> x\n"])
def test_half_a_conflict_hides_nothing_of_the_file(tmp_path: Path, other: str) -> None:
    wrong = RECIT.replace("annee: 2018\n", f"annee: 2018\n{other}").replace("fierte", "fierté")
    found = reading(tmp_path, {**FILES, PATHS["r"]: wrong}).findings
    assert [finding.code for finding in found] == ["conflit-git", "vocabulaire"]


@pytest.mark.parametrize("typed", ["oui", "Public"])
def test_a_consent_under_another_key_is_told_once(tmp_path: Path, typed: str) -> None:
    wrong = RECIT.replace("    consentement: {etat: public}\n", f"    Accord: {typed}\n")
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: wrong}).findings
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("typed", "right"),
    [("50/50", "fifty-fifty"), ("story", "recit"), ("meeting", "reunion")],
)
def test_a_type_by_another_name(tmp_path: Path, typed: str, right: str) -> None:
    record = f"type: {typed}\ntitre: Un banc\n"
    read = reading(tmp_path, {f"narratives/{right}/banc.yaml": record})
    assert f"Cela se dit « {right} » ici." in [finding.hint for finding in read.findings]


def test_a_second_record_in_a_file_is_told_once(tmp_path: Path) -> None:
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: f"{RECIT}\n{RECIT}"}).findings
    assert (finding.line, "mettez-la dans un fichier à elle" in finding.hint) == (
        RECIT.count("\n") + 2,
        True,
    )


@pytest.mark.parametrize(
    ("minutes", "is_told"),
    [("vers 2018-03-02", False), ("environ mars 2018", False), ("vers 2017-03-02", True)],
)
def test_minutes_of_about_a_day_are_not_judged_to_the_day(
    tmp_path: Path, minutes: str, is_told: bool
) -> None:
    meeting = REUNION.replace("2018-03-20", minutes)
    found = reading(tmp_path, {**FILES, PATHS["m"]: meeting}).findings
    assert [finding.code for finding in found] == ["dates-inversees"] * is_told


def test_a_source_without_a_record_is_told_what_to_do(tmp_path: Path) -> None:
    path = PATHS["r"]
    for written, named, hint in (
        ("Voix du Nord, mai 2018", "Voix du Nord, mai 2018", "puis écrivez ici : voix-du-nord-mai"),
        ("releve-2018 p. 3", "releve-2018", "Créez narratives/source/releve-2018.yaml"),
        ("https://a.fr/b", "https://a.fr/b", "[ce qu’on y lit](https://a.fr/b)"),
    ):
        wrong = FILES[path].replace("annee: 2018", f'annee: 2018\nsources: ["{written}"]')
        (finding,) = reading(tmp_path, {**FILES, path: wrong}).findings
        assert finding.message == f"La source « {named} » n’existe pas."
        assert hint in finding.hint


def test_a_mended_sentence_says_all_that_was_written(tmp_path: Path) -> None:
    data = corpus(tmp_path, FILES).records["fifty-fifty/un-composteur"].data
    assert data["evaluation"]["constats"] == ["Le bac est plein, sauf en août."]


def _words(value: Any) -> str:
    """All that a document says, in words."""
    if isinstance(value, dict):
        return " ".join(_words(item) for item in value.values())
    return " ".join(map(_words, value)) if isinstance(value, list) else str(value)


SAID = (
    "type-de-valeur", "yaml-guillemet", "yaml-deux-points", "yaml-ancre", "yaml-signe",
    "texte-plie",
)  # fmt: skip
"""Faults of a sentence, whose mend must keep all of its words."""
SENTENCES: list[tuple[str, str, str, str]] = [
    (file, right, written, mended)
    for file, right, written, code, _, mended in MISTAKES
    if mended
    and (code in SAID or "notes" in mended)
    and written not in ("non", "false", "[2018, 2019, 2020]", "role: [élue]")
]


@pytest.mark.parametrize(("file", "right", "written", "mended"), SENTENCES)
def test_no_word_is_lost_by_a_mend(
    tmp_path: Path, file: str, right: str, written: str, mended: str
) -> None:
    path = PATHS[file]
    files: dict[str, str | bytes] = {**FILES, path: FILES[path].replace(right, mended)}
    read = corpus(tmp_path, files)
    text = fold(
        _words(next(record.data for record in read.records.values() if record.path == path))
    )
    keys = {"engagements", "texte", "limites", "etat", "preuve", "visites", "suivi", "diagnostic"}
    keys |= {"video", "presents", "compte", "rendu", "realisation", "couts"}
    meant = [word for word in re.findall(r"[^\W_]{2,}", fold(written)) if word not in keys]
    assert meant
    assert [word for word in meant if word not in text] == []


# the name of a file, what it should be
NAMES = [
    ("narratives/recit/un-banc.yml", "un-banc.yaml"),
    ("narratives/recit/un-banc.YAML", "un-banc.yaml"),
    ("narratives/recit/un-banc.yaml.txt", "un-banc.yaml"),
    ("narratives/recit/un-banc.YML", "un-banc.yaml"),
    ("narratives/recit/un-banc.yml.txt", "un-banc.yaml"),
    ("narratives/recit/Un-Banc.yaml", "un-banc.yaml"),
    ("narratives/recit/un banc.yaml", "un-banc.yaml"),
    ("narratives/recit/un-été.yaml", "un-ete.yaml"),
    ("narratives/recit/un-banc.yaml.yaml", "un-banc.yaml"),
    (unicodedata.normalize("NFD", "narratives/recit/un-été.yaml"), "un-ete.yaml"),
]


@pytest.mark.parametrize(("path", "right"), NAMES)
def test_the_name_of_a_file(tmp_path: Path, path: str, right: str) -> None:
    record = RECIT.replace("lieu: lieu/ecole\n", "")
    (finding,) = reading(tmp_path / "a", {path: record}).findings
    assert (finding.path, finding.code, finding.severity) == (path, "nom-de-fichier", "error")
    assert finding.hint == f"Renommez-le {right}"
    assert reading(tmp_path / "b", {f"narratives/recit/{right}": record}).findings == ()


def test_the_whole_ending_of_markdown_is_told_the_short_one(tmp_path: Path) -> None:
    page = "---\ntitre: Un banc\n---\nTexte.\n"
    (finding,) = reading(tmp_path / "a", {"pages/un-banc.markdown": page}).findings
    assert (finding.code, finding.hint) == ("nom-de-fichier", "Renommez-le un-banc.md")
    assert reading(tmp_path / "b", {"pages/un-banc.md": page}).findings == ()


@pytest.mark.parametrize(
    "copy",
    [
        *("un-banc.yml", "un-banc.yaml.bak", "Un-Banc.yaml", "un banc.yaml", "vieux/un-banc.yaml"),
        *("un-banc", "un-banc.json", "un-banc.txt"),
    ],
)
def test_no_file_is_to_take_the_place_of_another(tmp_path: Path, copy: str) -> None:
    """Who renames or moves it as told would lose the other one."""
    files = {**FILES, f"narratives/recit/{copy}": RECIT.replace("Un banc", "Deux bancs")}
    codes = ("nom-de-fichier", "mauvais-dossier", "fichier-ignore")
    (finding,) = [finding for finding in reading(tmp_path, files).findings if finding.code in codes]
    assert finding.path == f"narratives/recit/{copy}"
    assert "existe déjà" in finding.hint and "Renommez-le un-banc.yaml" not in finding.hint


def test_a_copy_is_told_and_not_what_it_was_made_from(tmp_path: Path) -> None:
    for number, name in enumerate(("un-banc-2", "un-banc - Copie", "Copie de un-banc")):
        copy = f"narratives/recit/{name}.yaml"
        findings = reading(tmp_path / str(number), {**FILES, copy: RECIT}).findings
        assert [finding.path for finding in findings if finding.code == "titre-en-double"] == [copy]


def test_a_voice_without_its_dash_is_no_voice_to_throw_away(tmp_path: Path) -> None:
    second = "    qui: Un agent\n    role: agent\n    texte: Oui.\n"
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: RECIT + second}).findings
    assert (finding.code, finding.line) == ("cle-en-double", 15)
    assert "tiret" in finding.hint and "« - qui: »" in finding.hint

    findings = reading(tmp_path / "b", {**FILES, PATHS["r"]: RECIT + RECIT}).findings
    assert "une autre fiche commence ici" in findings[0].hint


def test_the_same_slip_twice_in_one_text_has_two_places(tmp_path: Path) -> None:
    wrong = RECIT.replace("voulait un banc", "voulait &eacute;t&eacute;")
    findings = reading(tmp_path, {**FILES, PATHS["r"]: wrong}).findings
    assert [(finding.line, finding.column) for finding in findings] == [(13, 20), (13, 29)]


# a file, a piece of what is said of it
ODD_FILES = [
    ("loosbot.yaml", b"", "fichier-vide", "« corpus: »"),
    (PATHS["r"], b"", "fichier-vide", "« type: » et « titre: »"),
    (PATHS["r"], "titre: Été".encode("cp1252"), "encodage", "UTF-8"),
    (PATHS["r"], "titre: Été".encode("utf-16"), "encodage", "UTF-8"),
    (PATHS["r"], "titre: Un abri".encode("utf-16-le"), "encodage", "UTF-8"),
    (PATHS["r"], b"\xef\xbb\xbf" + RECIT.encode(), "bom", "UTF-8"),
    ("narratives/lieu/un-banc.yaml", RECIT.encode(), "mauvais-dossier",
     "narratives/recit/un-banc.yaml"),
    (PATHS["r"], b"PK\x03\x04\x14\x00", "autre-format", "loosbot import recit"),
    (PATHS["r"], b"%PDF-1.7\n%\xe2\xe3", "autre-format", "rangez-le ailleurs"),
    (PATHS["r"], b"{\\rtf1\\ansi Bonjour}", "autre-format", "copiez-le dans une fiche neuve"),
    (PATHS["r"], b"\n<!DOCTYPE html><html>", "autre-format", "copiez-le"),
    (PATHS["r"], b"\xff\xd8\xff\xe0", "autre-format", "Rendez-lui la fin de son nom"),
    ("narratives/recit/notes.docx", b"PK", "fichier-ignore",
     "loosbot import narratives/recit/notes.docx"),
    ("narratives/recit/mes notes.odt", b"PK", "fichier-ignore", "'narratives/recit/mes notes.odt'"),
    ("narratives/recit/un-banc.txt", RECIT.encode(), "fichier-ignore", "Renommez-le un-banc.yaml"),
    ("narratives/recit/le-banc", RECIT.encode(), "fichier-ignore", "Renommez-le le-banc.yaml"),
    ("narratives/recits/un-banc", RECIT.encode(), "fichier-ignore", "Renommez-le un-banc.yaml"),
    ("narratives/recit/le-banc.json", b"{}", "fichier-ignore", "Renommez-le le-banc.yaml"),
    ("narratives/carte", b"x", "fichier-ignore", "Les fiches sont dans narratives/<type>/"),
    ("pages/essai.txt", b"Bonjour", "fichier-ignore", "Renommez-le essai.md"),
    ("narratives/recit/un-banc.rtf", b"x", "fichier-ignore", ".yaml"),
    ("pages/essai.md", b"---\ntitre: E\nresume: E\n\nTexte\n", "en-tete-manquant",
     "après la dernière clé"),
    ("pages/essai.md", b"\n---\ntitre: E\nresume: E\n---\n\nTexte\n", "en-tete-manquant",
     "Retirez ce qui est avant"),
    ("pages/essai.md", b"Texte\n", "en-tete-manquant", "trois lignes"),
    ("pages/index/essai.yaml", b"type: index\ntitre: E\nenregistrements: [recit]\n"
     b"colonnes: [titre]\n", "type-de-valeur", "{types: [recit]}"),
    ("pages/index/essai.yaml", "type: index\ntitre: E\nenregistrements: {types: [recit]}\n"
     "colonnes: titre, année\n".encode(), "type-de-valeur", "[titre, année]"),
    ("pages/index/essai.yaml", b"type: index\ntitre: E\nenregistrements: {type: recit}\n"
     b"colonnes: [titre]\n", "cle-manquante", "types"),
    ("pages/versions.yaml", b"- nom: 2019\n  date: 2019\n  phrase: Le code.\n", "type-de-valeur",
     "\u00ab versions: \u00bb sur une ligne"),
    ("pages/modeles/Essai.wiki", b"a\n<<<<<<< HEAD\nb\n", "conflit-git", "Gardez"),
    ("pages/index/essai.yaml", b"a: 1\n>>>>>>> x\n", "conflit-git", "Gardez"),
    ("pages/essai.md", b"---\ntitre: E\nresume: E\n---\n\n<<<<<<< HEAD\na\n", "conflit-git",
     "Gardez"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "content", "code", "hint"), ODD_FILES)
def test_a_file_that_is_not_what_it_should_be(
    tmp_path: Path, path: str, content: bytes, code: str, hint: str
) -> None:
    findings = [
        finding for finding in reading(tmp_path, {path: content}).findings if finding.code == code
    ]
    assert [finding.path for finding in findings] == [path]
    assert hint in findings[0].hint


PICTURE = "documents: [{fichier: fête.png, alt: Une fête, licence: Ville}]\n"


def test_a_picture_whose_name_has_accents_written_apart_is_found(tmp_path: Path) -> None:
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "png")
    record = RECIT.replace("lieu: lieu/ecole\n", PICTURE)
    apart = unicodedata.normalize("NFD", "narratives/recit/fête.png")
    files: dict[str, str | bytes] = {PATHS["r"]: record, apart: picture.getvalue()}
    assert list(corpus(tmp_path, files).attached) == ["narratives/recit/fête.png"]


def test_a_pointer_of_git_lfs_is_named(tmp_path: Path) -> None:
    record = RECIT.replace("lieu: lieu/ecole\n", PICTURE)
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"
    files = {PATHS["r"]: record, "narratives/recit/fête.png": pointer}
    (finding,) = reading(tmp_path, files).findings
    assert "git lfs pull" in finding.hint
    assert "Git LFS" in finding.message


def test_a_long_list_of_words_is_whole(tmp_path: Path) -> None:
    files = {**FILES, PATHS["r"]: RECIT.replace("[temps-long]", "[xyz]")}
    (finding,) = reading(tmp_path, files).findings
    words = json.loads(
        (Path(__file__).parents[2] / "schemas" / "vocabulaires" / "limite.json").read_text("utf-8")
    )["oneOf"]
    assert all(word["const"] in finding.hint for word in words)


def test_a_slip_of_syntax_hides_no_other_fault(tmp_path: Path) -> None:
    wrong = RECIT.replace("titre: Un", "titre:Un").replace("fierte", "fierté")
    wrong = wrong.replace("role: habitant", "role: parent").replace("2018", "31/02/2018")
    findings = reading(tmp_path, {**FILES, PATHS["r"]: wrong}).findings
    assert [(finding.line, finding.code) for finding in findings] == [
        (2, "yaml-deux-points"),
        (3, "date-impossible"),
        (6, "vocabulaire"),
        (10, "vocabulaire"),
    ]


def test_a_file_full_of_warnings_is_read_to_its_end(tmp_path: Path) -> None:
    """It was taken for one without a value, and without a fault."""
    notes = "notes:\n" + "  - une note #privée\n" * 30
    assert reading(
        tmp_path, {"narratives/recit/banc.yaml": RECIT.replace("lieu: lieu/ecole\n", "") + notes}
    ).corpus
    wrong = reading(tmp_path, {"narratives/recit/banc.yaml": RECIT + notes + "tittre: x\n"})
    assert {finding.code for finding in wrong.findings} == {
        "yaml-diese",
        "cle-inconnue",
        "lien-inconnu",
    }


def test_two_slips_are_told_at_once(tmp_path: Path) -> None:
    wrong = RECIT.replace("titre: Un", "titre:Un").replace("[fierte]", "[fierte")
    findings = reading(tmp_path, {**FILES, PATHS["r"]: wrong}).findings
    assert [(finding.line, finding.code) for finding in findings] == [
        (2, "yaml-deux-points"),
        (6, "yaml-crochet"),
    ]


def test_a_title_used_twice_is_told_on_the_copy(tmp_path: Path) -> None:
    record = RECIT.replace("lieu: lieu/ecole\n", "")
    copy, first = "narratives/recit/a-copie.yaml", "narratives/recit/un-banc-pour-la-rue.yaml"
    (finding,) = reading(tmp_path, {copy: record, first: record}).findings
    assert (finding.path, finding.code) == (copy, "titre-en-double")
    assert first in finding.message


@pytest.mark.parametrize("committed", [False, True])
def test_git_tells_which_of_two_titles_is_the_newer(tmp_path: Path, committed: bool) -> None:
    """The older is named otherwise, the copy is named after the title that it should not have."""
    record = RECIT.replace("lieu: lieu/ecole\n", "")
    first, copy = "narratives/recit/vieux-banc.yaml", "narratives/recit/un-banc-pour-la-rue.yaml"
    write(tmp_path, {first: record})
    commit(tmp_path)
    write(tmp_path, {copy: record})
    if committed:
        commit(tmp_path)

    done = CliRunner().invoke(main, ["check", "--format", "json", "--corpus", str(tmp_path)])
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["path"], finding["code"]) == (copy, "titre-en-double")
    assert first in finding["message"]
    only = ["check", first, "--format", "json", "--corpus", str(tmp_path)]
    done = CliRunner().invoke(main, only)
    assert (done.exit_code, json.loads(done.stdout)["findings"]) == (0, [])


@pytest.mark.parametrize(
    "text",
    [
        ">\n      Elle voulait\n      un banc.\n\n\n      La ville a fourni le bois.\n\n",
        ">\n\n      Elle voulait\n      un banc.\n",
        "Elle voulait\n      un banc.",
        "|\n      Elle voulait\n\n      un banc.",
    ],
)
def test_a_text_whose_paragraphs_are_kept_is_not_told(tmp_path: Path, text: str) -> None:
    start, _, _ = RECIT.partition("texte: |")
    assert reading(tmp_path, {**FILES, PATHS["r"]: f"{start}texte: {text}"}).findings == ()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("terminé", "Cela se dit « abouti » ici"),
        ("terminées, avec la ville", "Cela se dit « abouti » ici"),
        ("réalisé", "Cela se dit « abouti » ici"),
        ("prévue", "Cela se dit « annonce » ici"),
        ("à venir", "Cela se dit « annonce » ici"),
        ("annulé", "Cela se dit « abandonne » ici"),
        ("en attente", "Cela se dit « suspendu » ici"),
        ("Abandonnée", "« abandonne » ? Ce mot s’écrit sans accent, en minuscules et au masculin"),
        ("bleu", "Valeurs possibles : abouti"),
    ],
)
def test_a_state_in_other_words_is_told_the_one_to_write(
    typed: str, hint: str, tmp_path: Path
) -> None:
    record = f"type: projet\ntitre: Un banc\nstatut: {typed}\n"
    [finding] = reading(tmp_path, {"narratives/projet/banc.yaml": record}).findings
    assert (finding.code, hint in finding.hint) == ("vocabulaire", True), finding.hint


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("demande: {canal: mail}", "courrier"),
        ("demande: {canal: téléphone}", "agent"),
        ("demande: {canal: Facebook}", "reseaux-sociaux"),
        ("engagements: [{id: a, qui: La ville, quoi: Du bois, issue: fait}]", "tenu"),
        ("realisation: {part_au_faire: main-d’œuvre}", "travail"),
        ("suivi: {etat: abîmé}", "erode"),
        ("niveau: co-construction", "coproduction"),
        ("taille: petite", "leger"),
        ("themes: [transport]", "mobilite-voirie"),
        ("engagements: [{id: a, qui: La ville, quoi: Du bois, issue: non tenue}]", "en-retard"),
        ("voix: [{qui: Camille, texte: Oui., role: adjointe au maire}]", "elu"),
        ("voix: [{qui: Camille, texte: Oui., role: Secrétaire de mairie}]", "agent"),
        ("voix: [{qui: Camille, texte: Oui., role: le maire}]", "elu"),
        ("notes: [{texte: Le four fume., statut: sûr}]", "atteste"),
        ("initiative: X\nstatut: terminé en 2018", "abouti"),
    ],
)
def test_what_people_call_a_word_is_told_the_word(lines: str, word: str, tmp_path: Path) -> None:
    record = f"type: fifty-fifty\ntitre: Un banc\n{lines}\n"
    [finding] = reading(tmp_path, {"narratives/fifty-fifty/banc.yaml": record}).findings
    assert finding.hint.startswith(f"Cela se dit « {word} » ici"), finding.hint


def _worded(shape: Shape, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Shape]]:
    if shape.vocabulary:
        yield path, shape
    for key, child in shape.properties.items():
        yield from _worded(child, (*path, key))
    if shape.items:
        yield from _worded(shape.items, (*path, 0))


@pytest.mark.parametrize("name", schema.names())
def test_each_word_is_known_by_its_title_and_in_every_form(name: str) -> None:
    """Capital, accents, feminine, plural, blanks for hyphens, a full stop, quotation marks."""
    missed = []
    # what several fields share is looked at once
    for path, shape in {
        shape.vocabulary: (path, shape) for path, shape in _worded(schema.shape(name))
    }.values():
        values = {word.value for word in shape.words} | {"inconnu", "sans-objet"}
        for word in shape.words:
            said = {word.value, word.title, word.title.lower(), word.value.replace("-", " ")}
            for form in said | {
                f"{one}{end}" for one in said for end in ("s", ".", " ") if not one.endswith(end)
            }:
                for typed in (form, form.upper(), f"« {form} »"):
                    if typed not in values:
                        hint = outside_vocabulary(typed, path, shape).hint
                        if not re.search(rf"(?:« |: ){word.value}\b(?!-)", hint):
                            missed.append((typed, word.value, hint))
            for feminine in (f"{word.title}e", f"{word.value}es"):
                if " " not in word.title and feminine not in values:
                    hint = outside_vocabulary(feminine, path, shape).hint
                    if f"« {word.value} »" not in hint:
                        missed.append((feminine, word.value, hint))
    assert missed == []


def test_a_list_of_titles_is_mended_with_the_words_themselves(tmp_path: Path) -> None:
    record = RECIT.replace("[dechets-proprete]", "Déchets et propreté, Énergie")
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: record}).findings
    assert finding.hint == "Mettez des crochets : [dechets-proprete, energie]"


@pytest.mark.parametrize(
    ("type_name", "lines", "hint"),
    [
        ("projet", "annee: 2 018", "Écrivez : 2018"),
        (
            "recit",
            "voix: [{qui: Lou, role: agent, texte: Oui.}]\nlangue: français",
            "Vouliez-vous écrire « fr » ?",
        ),
        (
            "recit",
            "voix: [{qui: Lou, role: agent, texte: Oui.}]\nlangue: Anglais",
            "Vouliez-vous écrire « en » ?",
        ),
        (
            "projet",
            "liens: www.mairie.example",
            "Ici se mettent des fiches. Une adresse se met dans un texte : "
            "[les mots](https://www.mairie.example)",
        ),
        (
            "projet",
            "liens: [https://mairie.example/a]",
            "Ici se mettent des fiches. Une adresse se met dans un texte : "
            "[les mots](https://mairie.example/a)",
        ),
        (
            "acteur",
            "genre: personne\nconsentement: Publique",
            "Écrivez : consentement: {etat: public}",
        ),
        (
            "reunion",
            "date: 2018\ndecisions: [{Planter: oui}]",
            'Si c’est une phrase, mettez-la entre guillemets : - texte: "Planter : oui"',
        ),
        (
            "lieu",
            'genre: rue\ncoordonnees: {latitude: "50.45", longitude: 2, sources: inconnu}',
            "Un nombre s’écrit sans guillemets, avec un point : 50.45",
        ),
        (
            "lieu",
            'genre: rue\ncoordonnees: {latitude: 50, longitude: "2,79° O", sources: inconnu}',
            "Un nombre s’écrit sans guillemets, avec un point : -2.79",
        ),
    ],
)
def test_a_value_that_was_typed_as_it_is_said_is_told_as_it_is_written(
    type_name: str, lines: str, hint: str, tmp_path: Path
) -> None:
    record = f"type: {type_name}\ntitre: Un banc\n{lines}\n"
    found = reading(tmp_path, {f"narratives/{type_name}/banc.yaml": record}).findings
    assert [finding.hint for finding in found if finding.severity == "error"] == [hint]


def test_a_key_that_lacks_is_told_with_the_words_that_it_takes(tmp_path: Path) -> None:
    record = RECIT.replace("    role: habitant\n", "")
    [finding] = reading(tmp_path, {**FILES, PATHS["r"]: record}).findings
    assert finding.hint.endswith(
        "Mots possibles : habitant, agent, elu, operateur-economique, partenaire."
    )


@pytest.mark.parametrize(
    "lines",
    [
        [">>>>>> Bonjour à tous,"],
        [">>>>>>> Bonjour à tous,"],
        ["<<<<<< retour au début"],
        ["```", "<<<<<<< HEAD", "un", "=======", "deux", ">>>>>>> autre", "```"],
    ],
)
def test_a_quoted_mail_or_what_explains_git_is_no_conflict(
    lines: list[str], tmp_path: Path
) -> None:
    inside = "".join(f"      {line}\n" for line in lines)
    quoted = RECIT.replace("      La ville", f"{inside}      La ville")
    page = "---\ntitre: Aide\n---\n\n" + "\n".join(lines) + "\n\nFin.\n"
    found = reading(tmp_path, {**FILES, PATHS["r"]: quoted, "pages/aide.md": page}).findings
    assert "conflit-git" not in [finding.code for finding in found]


@pytest.mark.parametrize(
    "right",
    [
        "recurrence: Aucune",
        "initiative: X",
        "parties_prenantes: [La ville, inconnu]",
        "convention: {assurance: Non}",
        "demande: {besoin: Des travaux en sous- et sur-sol - ou rien - avant peu.}",
        "demande: {besoin: Sans objet précis au début.}",
        "demande: {besoin: Inconnu des services jusque-là.}",
        "suivi: {responsable: inconnu}",
        "texte: Sans objet.",
    ],
)
def test_words_that_are_no_state_are_not_told(right: str, tmp_path: Path) -> None:
    record = f"type: fifty-fifty\ntitre: Un banc\n{right}\n"
    assert reading(tmp_path, {"narratives/fifty-fifty/banc.yaml": record}).findings == ()


@pytest.mark.parametrize(
    "who",
    [
        "Paul",
        "Marie-Claire D.",
        "Audrey M., Angélique C., Lucille L.",
        "Le maire et son adjointe",
        "Paul, maçon",
        "Paul et les voisins",
        "[Paul, Marie]",
        "inconnu",
    ],
)
def test_who_is_one_person_or_more_than_names_is_not_told(tmp_path: Path, who: str) -> None:
    text = RECIT.replace("Une voisine", who)
    assert reading(tmp_path, {**FILES, PATHS["r"]: text}).findings == ()


@pytest.mark.parametrize(
    "stages",
    [
        "realisation: {date: 2018}",
        "realisation: {du: 2015}",
        "realisation: {date: depuis 2015}",
        "realisation: {date: inconnu}",
        "realisation: {couts: [{quoi: Un avoir, valeur: -30, unite: €}]}",
        "realisation: {date: 2018, preuve: inconnu}",
    ],
)
def test_stages_that_may_be_so_are_not_told(tmp_path: Path, stages: str) -> None:
    written = FILES[PATHS["f"]].replace(_VISITED, stages)
    found = {finding.code for finding in reading(tmp_path, {**FILES, PATHS["f"]: written}).findings}
    assert not found & {"demande-apres", "nombre-negatif", "preuve-sans-nom"}


@pytest.mark.parametrize(
    ("need", "is_told"),
    [("S’asseoir.", True), ("Refaire l’allée.", False), ("Un banc à nouveau solide.", False)],
)
def test_what_was_done_may_be_asked_for_again(tmp_path: Path, need: str, is_told: bool) -> None:
    written = FILES[PATHS["f"]].replace(_VISITED, "realisation: {date: 2015}")
    asked = written.replace("demande: {", f"demande: {{besoin: {need}, ")
    found = {finding.code for finding in reading(tmp_path, {**FILES, PATHS["f"]: asked}).findings}
    assert ("demande-apres" in found) == is_told


def test_a_list_that_ends_with_etc_is_a_list(tmp_path: Path) -> None:
    record = "type: projet\ntitre: Un banc\nparties_prenantes: [Voisins, commerçants, etc.]\n"
    assert reading(tmp_path, {"narratives/projet/banc.yaml": record}).findings == ()


@pytest.mark.parametrize("state", ["interne", "inconnu", "retire"])
def test_a_consent_that_nobody_claims_may_have_no_proof(tmp_path: Path, state: str) -> None:
    written = RECIT.replace("{etat: public}", f"{{etat: {state}, preuve: Aucune}}")
    found = reading(tmp_path, {**FILES, PATHS["r"]: written}).findings
    assert "preuve-sans-nom" not in [finding.code for finding in found]


@pytest.mark.parametrize(
    "path", ["narratives/carte.json", "pages/images/carte.json", "narratives/lieu/.sig.json"]
)
def test_data_that_lie_beside_the_records_are_left_unread(tmp_path: Path, path: str) -> None:
    before = reading(tmp_path / "a", FILES).findings
    assert reading(tmp_path / "b", {**FILES, path: "{}"}).findings == before
