"""A small town whose people agreed to different things, committed in git on a known day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gits import commit

from loosbot.dump.edition.edition import Begun, EditionRequest, build
from loosbot.dump.edition.key import Pseudonyms
from loosbot.dump.edition.source import read
from loosbot.dump.filtered import Edition, Kind
from loosbot.sync.pagestore import PageStore

DAY = "2020-06-15"
KEY = bytes(range(32))

FILES: Mapping[str, str] = {
    "loosbot.yaml": "corpus: trifouilly\ncommune: Trifouilly\ninsee: '62999'\n",
    "narratives/acteur/mairie.yaml": "type: acteur\ntitre: La mairie\ngenre: institution\n",
    "narratives/acteur/elue.yaml": """
type: acteur
titre: Hélène Maire
genre: personne
role: elu
fonction: Maire de 2008 à 2020
public: oui
""",
    "narratives/acteur/ali-d.yaml": """
type: acteur
titre: Ali D.
genre: personne
role: habitant
consentement: {etat: public, portee: [wiki, dump-recherche, dump-public]}
""",
    "narratives/acteur/celia-c.yaml": """
type: acteur
titre: Célia C.
variantes: [Célia Carpentier]
genre: personne
role: agent
fonction: Responsable des arbres
consentement: {etat: interne}
""",
    "narratives/acteur/remi-p.yaml": """
type: acteur
titre: Rémi P.
genre: personne
role: habitant
consentement: {etat: retire}
""",
    "narratives/acteur/odile-s.yaml": """
type: acteur
titre: Odile S.
genre: personne
role: habitant
consentement: {etat: scelle, jusquau: 2050}
""",
    "narratives/lieu/verger.yaml": """
type: lieu
titre: Le verger de l'église
genre: equipement
coordonnees: {latitude: 50.4562, longitude: 2.7933}
""",
    "narratives/source/cahier.yaml": """
type: source
titre: Le cahier du chantier
genre: document
annee: 2018
""",
    "narratives/fifty-fifty/verger.yaml": """
type: fifty-fifty
titre: Un verger planté ensemble
annee: depuis 2018
statut: {valeur: en-cours, statut: declare, sources: [cahier p. 1]}
lieu: lieu/verger
niveau: coproduction
initiative: [acteur/celia-c]
themes: [biodiversite]
demande:
  demandeurs: acteur/celia-c
  canal: inconnu
  besoin: Replanter après la tempête
  date: 2018-02-03
  sources: [cahier p. 2]
convention:
  signature: 2018-03-05
  engagements:
    - {id: plants, qui: acteur/mairie, quoi: Fournir les plants, echeance: 2018-04-30, issue: tenu}
    - {id: arrosage, qui: acteur/celia-c, quoi: Arroser l'été, issue: inconnu}
realisation:
  date: du 4 au 15 juin 2018
  participants: {valeur: 12, unite: personnes}
  couts: [{quoi: Plants, valeur: "1250,50", unite: €, sources: [cahier p. 3]}]
suivi: {etat: sans-objet, visites: [{date: 2019-04-20, constat: Trois pommiers ont repris.}]}
evaluation: inconnu
effets: [cout-reduit]
frottements: [Célia C. trouve le délai long.]
enseignements: [{texte: Planter plus tôt., suite: {quoi: Une note, echeance: 2019, fait: oui}}]
relectures: [{qui: Jeanne Relit, date: 2020-01-05}]
texte: |
  Le **2 février 2018**, [Célia](acteur/celia-c) écrit au maire
  (voir le [lieu](../lieu/verger.yaml)).
sources: [cahier]
""",
    "narratives/recit/le-verger-de-celia-c.yaml": """
type: recit
titre: Le verger, par Célia C.
resume: Célia C. et Ali D. ne racontent pas le même chantier.
annee: 2018
date: 2018-09-21
occasion: Soirée des récits
plume: acteur/elue
projet: fifty-fifty/verger
lieu: lieu/verger
video: https://video.example.org/celia
themes: [biodiversite]
voix:
  - qui: acteur/ali-d
    role: habitant
    nature: rapporte
    consentement: {etat: public, portee: [wiki, dump-recherche, dump-public]}
    texte: |
      On a planté des **pommiers** 🍎 avec Célia, derrière l’église.

      Le 22 mai, il pleuvait.
    themes: [biodiversite]
    effets: [confiance]
    frottements: [Le délai leur a paru long.]
  - qui: acteur/celia-c
    role: agent
    consentement: {etat: public, portee: [wiki]}
    texte: CANARI-AGENT dit autre chose.
  - qui: acteur/remi-p
    role: habitant
    texte: CANARI-RETIRE ne veut plus paraître.
  - qui: acteur/odile-s
    role: habitant
    texte: CANARI-SCELLE parlera plus tard.
relectures: [{qui: Jeanne Relit, date: 2020-01-05}]
sources: [cahier p. 4]
""",
    "narratives/recit/non-relu.yaml": """
type: recit
titre: Un récit que personne n'a relu
annee: 2019
projet: fifty-fifty/verger
voix:
  - qui: acteur/ali-d
    role: habitant
    texte: CANARI-NON-RELU attend son relecteur.
    consentement: {etat: public, portee: [wiki, dump-recherche, dump-public]}
""",
    "narratives/reunion/soir.yaml": """
type: reunion
titre: La réunion du soir
date: 2018-03-02
niveau: consultation
projet: fifty-fifty/verger
animation: acteur/celia-c
presents: inconnu
compte_rendu: {date: 2018-03-09}
decisions: [{texte: On plante., suite: C'est fait.}]
""",
    "narratives/indicateur/arbres.yaml": """
type: indicateur
titre: Arbres plantés
valeur: 30
unite: arbres
date: 2018
sources: [cahier p. 5]
""",
}


def write(root: Path, files: Mapping[str, str] = FILES, moment: str = str(DAY)) -> Path:
    """Write a corpus and commit it on that day."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    commit(root, day=moment)
    return root


def edition(
    root: Path,
    kind: Kind = "publique",
    key: bytes = KEY,
    kept: Callable[[str], PageStore] | None = None,
    begun: Begun = lambda make: make(),
) -> Edition:
    """An edition of the corpus in a folder."""
    order = (
        EditionRequest(kind)
        if kind == "publique"
        else EditionRequest(kind, "Laboratoire X", "2027-12-31")
    )
    return build(read(root), order, Pseudonyms(key, kind), kept, begun)
