"""One record of each type with as many fields as it can hold; ``TEXTE`` stands for any text."""

from __future__ import annotations

FILES = {
    "narratives/fifty-fifty/chemins.yaml": """
type: fifty-fifty
titre: Chemins ruraux refaits ensemble
resume: TEXTE
annee: depuis 2015
statut: {valeur: en-cours, statut: deduit, sources: [referentiel § 2], note: TEXTE}
taille: lourd
recurrence: TEXTE
lieu: lieu/champ
initiative: [acteur/afr, TEXTE]
niveau: coproduction
themes: [voirie]
parties_prenantes: [acteur/afr, TEXTE]
referents: [{qui: acteur/afr, role: TEXTE, du: 2015, sources: [referentiel]}]
parent: projet/ensemble
demande: {demandeurs: TEXTE, canal: {valeur: courrier, note: TEXTE}, besoin: TEXTE, texte: TEXTE,
  interet: TEXTE, concernes: [TEXTE], proposition: TEXTE, deja_traite: projet/ensemble,
  suite: TEXTE}
diagnostic:
  risques: [engins]
  details_risques: [TEXTE, {texte: TEXTE, qui: TEXTE, date: 2018, statut: declare}]
  competence: TEXTE
convention:
  modele: TEXTE
  objet: TEXTE
  duree: {du: 2018-06-04, au: 2018-06-15}
  parties: [TEXTE, acteur/afr]
  engagements:
    - {id: materiaux, qui: TEXTE, quoi: TEXTE, echeance: 2018-06-15, issue: tenu, motif: TEXTE}
  assurance: TEXTE
  caducite: TEXTE
realisation:
  texte: TEXTE
  participants: {valeur: TEXTE, unite: TEXTE, quoi: TEXTE, comptage: TEXTE, note: TEXTE}
  apports: [{qui: TEXTE, quoi: TEXTE, sources: [referentiel § 3]}]
  couts: [{quoi: TEXTE, valeur: 25000, unite: TEXTE, note: TEXTE, sources: [referentiel]}]
suivi:
  visites: [{date: 2019, qui: TEXTE, constat: TEXTE}]
evaluation: inconnu
arret: {motif: TEXTE, suite: TEXTE}
deroule: [{date: 2015, titre: TEXTE, texte: TEXTE, niveau: consultation}]
chiffres: [{quoi: TEXTE, valeur: TEXTE}]
resultats: [TEXTE]
effets: [cout-reduit, {valeur: confiance, statut: deduit, note: TEXTE}]
limites: [temps-long]
precisions_limites: [TEXTE]
frottements: [{texte: TEXTE, qui: TEXTE}]
enseignements: [{texte: TEXTE, statut: deduit, suite: {quoi: TEXTE, qui: TEXTE, fait: oui}}]
retour_d_experience:
  faits: TEXTE
  points_de_vue: [{texte: TEXTE, qui: TEXTE}]
  pourquoi: TEXTE
  position_commune: TEXTE
  ameliorations: [TEXTE]
questions: [TEXTE]
voix:
  - {qui: acteur/afr, role: habitant, texte: TEXTE, date: 2018, frottements: [TEXTE]}
  - {qui: TEXTE, role: elu, texte: TEXTE, repond_a: acteur/afr, sources: [referentiel § 4]}
relectures: [{qui: TEXTE, date: 2019}]
texte: TEXTE
notes: [TEXTE]
sources: [referentiel § TEXTE]
""",
    "narratives/projet/ensemble.yaml": """
type: projet
titre: Un projet plus large
annee: 1995-2000
statut: abandonne
themes: [agriculture]
limites: [temps-long]
enseignements: [TEXTE]
""",
    "narratives/recit/chantier.yaml": """
type: recit
titre: Le chantier vu de la mairie
annee: 2018
occasion: TEXTE
prononce: oui
plume: TEXTE
d_apres: TEXTE
projet: fifty-fifty/chemins
lieu: lieu/champ
video: https://example.org/v
voix:
  - qui: TEXTE
    role: agent
    nature: rapporte
    consentement: {etat: public, portee: [wiki]}
    texte: TEXTE
    frottements: [TEXTE]
    repond_a: TEXTE
  - {qui: acteur/afr, role: habitant, texte: TEXTE, effets: [confiance],
     consentement: {etat: public, portee: [wiki]}}
effets: [confiance]
frottements: [TEXTE]
enseignements: [TEXTE]
texte: TEXTE
sources: [referentiel § 9]
""",
    "narratives/reunion/soir.yaml": """
type: reunion
titre: La réunion du soir
date: 2018-03-02
sujet: TEXTE
projet: fifty-fifty/chemins
lieu: lieu/champ
service: TEXTE
presents: {valeur: 12, unite: TEXTE}
compte_rendu: {date: 2018-03-09, document: TEXTE, texte: TEXTE}
retour_d_experience: {faits: TEXTE, ameliorations: [TEXTE]}
voix: [{qui: TEXTE, role: agent, texte: TEXTE, nature: verbatim}]
decisions: [{texte: TEXTE, motif: TEXTE, qui: TEXTE, suite: TEXTE, date_suite: 2019}]
engagements: [{id: suite, qui: TEXTE, quoi: TEXTE}]
texte: TEXTE
""",
    "narratives/acteur/afr.yaml": """
type: acteur
titre: L’association foncière
genre: association
fonction: TEXTE
variantes: [TEXTE]
organisation: TEXTE
mandats: [{fonction: TEXTE, du: 2014, au: 2020}]
texte: TEXTE
""",
    "narratives/lieu/champ.yaml": """
type: lieu
titre: Le grand champ
genre: site
dans: lieu/ville
classement: TEXTE
coordonnees: {latitude: 50.45, longitude: 2.79, sources: [referentiel § TEXTE]}
chiffres: [{quoi: TEXTE, valeur: 4}]
texte: TEXTE
""",
    "narratives/lieu/ville.yaml": "type: lieu\ntitre: La ville\ngenre: commune\n",
    "narratives/source/referentiel.yaml": """
type: source
titre: Le référentiel
genre: document
auteurs: [TEXTE, acteur/afr]
annee: 2019
editeur: TEXTE
passage: TEXTE
acces: TEXTE
url: https://example.org/r
""",
    "narratives/indicateur/longueur.yaml": """
type: indicateur
titre: Longueur refaite
valeur: 1
unite: TEXTE
comptage: TEXTE
date: 2018
statut: estime
projet: fifty-fifty/chemins
sources: [referentiel § TEXTE]
""",
    "pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\nresume: TEXTE\n---\n"
    "TEXTE\n\nLire [les chemins](../narratives/fifty-fifty/chemins.yaml), "
    "[la source](../narratives/source/referentiel.yaml).\n",
    "pages/index/rates.yaml": """
type: index
titre: Ce qui a raté
intro: TEXTE
enregistrements: {types: [projet, fifty-fifty], statut: [abandonne, entretien-erode]}
grouper_par: theme
colonnes: [titre, annee, lieu, limites, enseignements, voix]
trier_par: annee
""",
    # last, so that the texts of the others keep their numbers
    "narratives/projet/recherche.yaml": """
type: projet
titre: Ce que l’on a cherché
demande: inconnu
recherches:
  demande: [TEXTE, {texte: TEXTE, qui: acteur/afr, date: 2026-03}]
  diagnostic: [TEXTE]
  convention: [TEXTE]
  realisation: [TEXTE]
  suivi: [TEXTE]
  evaluation: [{texte: TEXTE, qui: TEXTE}]
  autres: [TEXTE]
""",
}
"""Files of a corpus; the placeholder must be replaced, or it is itself the text."""
