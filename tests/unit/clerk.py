"""What a clerk writes: the shapes of their files, for the tests of what reads them."""

from __future__ import annotations

SHORT = """\
# $schema: ../../schemas/recit.json
type: recit
titre: Jamais sans ma pince
annee: 2018
projet: projet/groupes-dechets
voix:
  - qui: MIG, dessinateur
    role: habitant
    texte: |
      Il marchait pour sa santé. Les fossés de Loos l’ont arrêté : depuis,
      il sort avec un cabas, des gants et une pince.
"""

TWO_VOICES = """\
# $schema: ../../schemas/recit.json
type: recit
titre: De grands pas pour les petits pieds
annee: 2018
occasion: Ch’ti TAIDx 2018
prononce: oui
plume: acteur/valerie-thellier
video: https://vimeo.com/328616291
projet: projet/mam-les-petits-pieds
sources: [referentiel § B1, referentiel § B2, referentiel § 6.2.1.3.1]
resume: |
  Quatre assistantes maternelles ouvrent ensemble une maison à Loos. Six mois de travaux,
  de démarches et d’allers-retours en mairie, racontés par celles qui portaient le projet
  et par le service d’urbanisme.

voix:
  - qui: Audrey M., Angélique C., Lucille L.
    role: habitant
    nature: rapporte
    consentement: {etat: public, portee: [wiki, soiree, video], preuve: intervention filmée}
    texte: |
      Le maire dit oui et propose une maison. Le dossier, instruit par l’État, se perd
      et revient incomplet ; elles passent presque chaque jour en mairie. Les premiers
      enfants entrent le **22 mai 2018**.
  - qui: Célia C., responsable de l’urbanisme
    role: agent
    nature: rapporte
    consentement: {etat: interne}
    repond_a: Audrey M., Angélique C., Lucille L.
    texte: |
      Pour elle le projet est allé vite. Un oui du maire s’entend comme un départ immédiat :
      elle demande que l’urbanisme soit consulté avant, pour annoncer un délai.

effets: [besoin-couvert, confiance]
frottements:
  - delais juges longs par les porteuses, courts par le service
  - dossier mal suivi entre la mairie et l’État
enseignements:
  - texte: Annoncer les étapes et les délais au moment de l’accord.
    statut: deduit
    suite: inconnu
"""

DEVICE = """\
# $schema: ../../schemas/fifty-fifty.json
type: fifty-fifty
titre: Rénovation des chemins ruraux avec les agriculteurs
annee: depuis 2015
statut: en-cours
taille: lourd
lieu: lieu/chemins-ruraux
themes: [voirie, agriculture]
sources: [referentiel § 5.6.4.1]
resume: |
  Chaque année, la ville, l’association foncière et les exploitations
  refont ensemble environ un kilomètre de chemins.

demande:
  demandeurs: inconnu
  date: inconnu
diagnostic:
  niveau: coproduction
  parties_prenantes: [acteur/services-techniques, acteur/afr, acteur/agriculteurs]
  risques: [engins, assurance, conformite, responsabilite-accident]   # referentiel § 6.3
convention:
  sources: [referentiel § A3]
  modele: tripartite
  signature: inconnu
  duree: {du: 2018-06-04, au: 2018-06-15}
  parties: [acteur/commune, acteur/afr, acteur/agriculteurs]
  engagements:
    - id: materiaux
      qui: [acteur/commune, acteur/afr]
      quoi: Payer les matériaux et la location des engins
      echeance: 2018-06-15
      issue: inconnu
    - id: transport
      qui: acteur/agriculteurs
      quoi: Fournir tracteur, benne et chauffeur, transporter déblais et remblais
      echeance: 2018-06-15
      issue: inconnu
  assurance: Chaque partie s’assure, pour le matériel, les conducteurs et la responsabilité civile.
  caducite: Tout manquement aux articles 1 à 6 met fin à la convention.
realisation:
  part_au_faire: travail
  participants:
    {valeur: 10 à 15, unite: agriculteurs par an, statut: estime, sources: [referentiel n. 35]}
  couts:
    - {quoi: un kilomètre par an avec les agriculteurs, valeur: 25000, unite: €, statut: estime}
    - {quoi: cinq cents mètres en enrobé classique, valeur: 100000, unite: €, statut: estime}
suivi: inconnu
evaluation: inconnu
effets: [cout-reduit, cooperation]
"""

INDEX = """\
# $schema: ../../schemas/index.json
type: index
titre: Ce qui n’a pas abouti ou s’est érodé, et pourquoi
intro: |
  Les échecs enseignent autant que les réussites. Chaque ligne dit
  ce qui a arrêté le projet et ce qu’en disent ceux qui l’ont porté.
enregistrements: {types: [projet, fifty-fifty], statut: [abandonne, entretien-erode]}
grouper_par: theme
colonnes: [titre, annee, lieu, limites, enseignements, voix]
trier_par: annee
"""

PAGE = """\
---
titre: Le code source
rubrique: code-source
ordre: 1
---

La méthode tient en [un dispositif](../narratives/fifty-fifty/chemins-ruraux.yaml#convention).
"""


def named(type_: str, slug: str, more: str = "") -> dict[str, str]:
    """A record by its type and slug, as a file of a corpus."""
    return {f"narratives/{type_}/{slug}.yaml": f"type: {type_}\ntitre: La fiche {slug}\n{more}"}


AROUND = {
    **named("projet", "groupes-dechets"),
    **named("projet", "mam-les-petits-pieds"),
    **named("acteur", "valerie-thellier", "genre: personne\n"),
    **named("acteur", "services-techniques", "genre: service\n"),
    **named("acteur", "afr", "genre: association\n"),
    **named("acteur", "agriculteurs", "genre: groupe\n"),
    **named("acteur", "commune", "genre: institution\n"),
    **named("lieu", "chemins-ruraux", "genre: espace-naturel\n"),
    **named("source", "referentiel"),
}
RECIT = "narratives/recit/essai.yaml"


def recit(*lines: str) -> str:
    """A short récit, with more lines after its six."""
    head = ("type: recit", "titre: Un essai")
    voice = ("voix:", "  - qui: Une voisine", "    role: habitant", "    texte: Elle raconte.")
    return "\n".join((*head, *voice, *lines)) + "\n"


def voice(*lines: str) -> str:
    """The same, with more lines in its only voice."""
    return recit(*(f"    {line}" for line in lines))
