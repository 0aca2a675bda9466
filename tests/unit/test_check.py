"""``loosbot check``: every fault of a clerk's file, one finding each, at its line and column."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from corpora import CONFIG, corpus, reading, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loosbot.cli import main
from loosbot.corpus.load import load_corpus
from loosbot.corpus.tree import FolderTree

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
      Il marchait pour sa santé. Les fossés de Loos l'ont arrêté : depuis,
      il sort avec un cabas, des gants et une pince.
"""

TWO_VOICES = """\
# $schema: ../../schemas/recit.json
type: recit
titre: De grands pas pour les petits pieds
annee: 2018
occasion: Ch'ti TAIDx 2018
prononce: oui
plume: acteur/valerie-thellier
video: https://vimeo.com/328616291
projet: projet/mam-les-petits-pieds
sources: [referentiel § B1, referentiel § B2, referentiel § 6.2.1.3.1]
resume: |
  Quatre assistantes maternelles ouvrent ensemble une maison à Loos. Six mois de travaux,
  de démarches et d'allers-retours en mairie, racontés par celles qui portaient le projet
  et par le service d'urbanisme.

voix:
  - qui: Audrey M., Angélique C., Lucille L.
    role: habitant
    nature: rapporte
    consentement: {etat: public, portee: [wiki, soiree, video], preuve: intervention filmée}
    texte: |
      Le maire dit oui et propose une maison. Le dossier, instruit par l'État, se perd
      et revient incomplet ; elles passent presque chaque jour en mairie. Les premiers
      enfants entrent le **22 mai 2018**.
  - qui: Célia C., responsable de l'urbanisme
    role: agent
    nature: rapporte
    consentement: {etat: interne}
    repond_a: Audrey M., Angélique C., Lucille L.
    texte: |
      Pour elle le projet est allé vite. Un oui du maire s'entend comme un départ immédiat :
      elle demande que l'urbanisme soit consulté avant, pour annoncer un délai.

effets: [besoin-couvert, confiance]
frottements:
  - delais juges longs par les porteuses, courts par le service
  - dossier mal suivi entre la mairie et l'État
enseignements:
  - texte: Annoncer les étapes et les délais au moment de l'accord.
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
  Chaque année, la ville, l'association foncière et les exploitations
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
  assurance: Chaque partie s'assure, pour le matériel, les conducteurs et la responsabilité civile.
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
titre: Ce qui n'a pas abouti ou s'est érodé, et pourquoi
intro: |
  Les échecs enseignent autant que les réussites. Chaque ligne dit
  ce qui a arrêté le projet et ce qu'en disent ceux qui l'ont porté.
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


def _named(type_: str, slug: str, more: str = "") -> dict[str, str]:
    return {f"narratives/{type_}/{slug}.yaml": f"type: {type_}\ntitre: La fiche {slug}\n{more}"}


AROUND = {
    **_named("projet", "groupes-dechets"),
    **_named("projet", "mam-les-petits-pieds"),
    **_named("acteur", "valerie-thellier", "genre: personne\n"),
    **_named("acteur", "services-techniques", "genre: service\n"),
    **_named("acteur", "afr", "genre: association\n"),
    **_named("acteur", "agriculteurs", "genre: groupe\n"),
    **_named("acteur", "commune", "genre: institution\n"),
    **_named("lieu", "chemins-ruraux", "genre: espace-naturel\n"),
    **_named("source", "referentiel"),
}
RECIT = "narratives/recit/essai.yaml"


def test_the_four_shapes_of_a_clerk_pass(tmp_path: Path) -> None:
    files = {
        **AROUND,
        "narratives/recit/jamais-sans-ma-pince.yaml": SHORT,
        "narratives/recit/de-grands-pas.yaml": TWO_VOICES,
        "narratives/fifty-fifty/chemins-ruraux.yaml": DEVICE,
        "pages/index/ce-qui-n-a-pas-abouti.yaml": INDEX,
        "pages/code-source.md": PAGE,
    }
    read = reading(tmp_path, files)
    assert read.findings == ()
    assert read.corpus is not None
    assert (read.records, read.files) == (12, 15)


def _recit(*lines: str) -> str:
    head = ("type: recit", "titre: Un essai")
    voice = ("voix:", "  - qui: Une voisine", "    role: habitant", "    texte: Elle raconte.")
    return "\n".join((*head, *voice, *lines)) + "\n"


def _voice(*lines: str) -> str:
    return _recit(*(f"    {line}" for line in lines))


FAULTS = {
    "tab": ({RECIT: "type: recit\n\ttitre: x\n"}, RECIT, 2, 1, "yaml-tabulation", "tabulation"),
    "missing space": (
        {RECIT: "type: recit\ntitre:Un essai\nvoix: []\n"},
        RECIT,
        2,
        6,
        "yaml-deux-points",
        "espace",
    ),
    "colon in a sentence": (
        {RECIT: "type: recit\ntitre: Un essai : le retour: suite\n"},
        RECIT,
        2,
        None,
        "yaml-deux-points",
        "guillemets",
    ),
    "unclosed quote": (
        {RECIT: 'type: recit\ntitre: "Un essai\nvoix: []\n'},
        RECIT,
        2,
        8,
        "yaml-guillemet",
        "guillemet",
    ),
    "bad indent": (
        {RECIT: "type: recit\ntitre: x\n  annee: 2018\n"},
        RECIT,
        None,
        None,
        "yaml-retrait",
        "",
    ),
    "duplicate key": (
        {RECIT: _recit("annee: 2018", "annee: 2019")},
        RECIT,
        8,
        1,
        "cle-en-double",
        "ligne 7",
    ),
    "unknown key": ({RECIT: _recit("thème: [energie]")}, RECIT, 7, 1, "cle-inconnue", "« themes »"),
    "unknown key, capital": (
        {RECIT: _recit("Annee: 2018")},
        RECIT,
        7,
        1,
        "cle-inconnue",
        "« annee »",
    ),
    "unknown key in a voice": (
        {RECIT: _voice("natur: rapporte")},
        RECIT,
        7,
        5,
        "cle-inconnue",
        "« nature »",
    ),
    "missing key": (
        {RECIT: "type: recit\nvoix:\n  - {qui: A, role: elu, texte: b}\n"},
        RECIT,
        1,
        1,
        "cle-manquante",
        "« titre »",
    ),
    "misspelt required key": (
        {RECIT: "type: recit\nTitre: Un essai\nvoix:\n  - {qui: A, role: elu, texte: b}\n"},
        RECIT,
        2,
        1,
        "cle-inconnue",
        "« titre »",
    ),
    "missing key in a voice": (
        {RECIT: "type: recit\ntitre: a\nvoix:\n  - qui: A\n    role: elu\n"},
        RECIT,
        4,
        5,
        "cle-manquante",
        "« texte »",
    ),
    "list expected": (
        {RECIT: _recit("effets: confiance")},
        RECIT,
        7,
        9,
        "type-de-valeur",
        "[confiance]",
    ),
    "text expected": (
        {RECIT: _recit("occasion: 2018")},
        RECIT,
        7,
        11,
        "type-de-valeur",
        '"2018"',
    ),
    "group expected": (
        {"narratives/projet/a.yaml": "type: projet\ntitre: A\ndemande: inconu\n"},
        "narratives/projet/a.yaml",
        3,
        10,
        "type-de-valeur",
        "« inconnu »",
    ),
    "boolean": ({RECIT: _recit("prononce: true")}, RECIT, 7, 11, "type-de-valeur", "oui ou non"),
    "empty value": ({RECIT: _recit("annee:")}, RECIT, 7, 7, "valeur-vide", "« inconnu »"),
    "empty list": ({RECIT: _recit("effets: []")}, RECIT, 7, 9, "valeur-vide", "« inconnu »"),
    "two lines": (
        {RECIT: _recit().replace("titre: Un essai", "titre: |\n  Un\n  essai")},
        RECIT,
        2,
        8,
        "une-ligne",
        "|",
    ),
    "impossible date": (
        {RECIT: _recit("date: 2018-02-31")},
        RECIT,
        7,
        7,
        "date-impossible",
        "31 février 2018",
    ),
    "impossible year": ({RECIT: _recit("annee: 20188")}, RECIT, 7, 8, "date-illisible", "1995"),
    "unreadable date": (
        {RECIT: _recit("date: 15/06/2018")},
        RECIT,
        7,
        7,
        "date-illisible",
        "2018-06-15",
    ),
    "reversed period": (
        {RECIT: _recit("annee: 2000-1995")},
        RECIT,
        7,
        8,
        "dates-inversees",
        "2000-1995",
    ),
    "reversed dates": (
        {RECIT: _voice("consentement: {etat: public, date: 2018-06-15, jusquau: 2017}")},
        RECIT,
        7,
        61,
        "dates-inversees",
        "15 juin 2018",
    ),
    "reversed stage": (
        {"narratives/projet/a.yaml": "type: projet\ntitre: A\ndemande: {du: 2019, au: 2018-06}\n"},
        "narratives/projet/a.yaml",
        3,
        25,
        "dates-inversees",
        "juin 2018",
    ),
    "minutes before the meeting": (
        {
            "narratives/reunion/a.yaml": "type: reunion\ntitre: A\ndate: 2018-06-15\n"
            "compte_rendu: {date: 2018-06-14}\n"
        },
        "narratives/reunion/a.yaml",
        4,
        22,
        "dates-inversees",
        "14 juin 2018",
    ),
    "vocabulary": (
        {RECIT: _recit("effets: [confiances, reconnaissance]")},
        RECIT,
        7,
        10,
        "vocabulaire",
        "« confiance »",
    ),
    "vocabulary, plural": (
        {RECIT: _recit().replace("habitant", "habitants")},
        RECIT,
        5,
        11,
        "vocabulaire",
        "« habitant »",
    ),
    "vocabulary, nothing near": (
        {RECIT: _recit().replace("habitant", "cosmonaute")},
        RECIT,
        5,
        11,
        "vocabulaire",
        "operateur-economique",
    ),
    "repeated word": (
        {RECIT: _recit("effets: [confiance, confiance]")},
        RECIT,
        7,
        21,
        "doublon",
        "« confiance »",
    ),
    "unknown record": (
        {**_named("projet", "groupes-dechets"), RECIT: _recit("projet: projet/groupe-dechets")},
        RECIT,
        7,
        9,
        "lien-inconnu",
        "« projet/groupes-dechets »",
    ),
    "not an id": (
        {**_named("projet", "groupes-dechets"), RECIT: _recit("projet: groupes dechets")},
        RECIT,
        7,
        9,
        "lien-inconnu",
        "« projet/groupes-dechets »",
    ),
    "wrong type": (
        {
            **_named("lieu", "chemins", "genre: espace-naturel\n"),
            RECIT: _recit("projet: lieu/chemins"),
        },
        RECIT,
        7,
        9,
        "lien-de-mauvais-type",
        "projet ou fifty-fifty",
    ),
    "plural type": (
        {**_named("projet", "haie"), RECIT: _recit("projet: projets/haie")},
        RECIT,
        7,
        9,
        "lien-inconnu",
        "« projet/haie »",
    ),
    "unknown source": (
        {**_named("source", "referentiel"), RECIT: _recit("sources: [référentiel § 5]")},
        RECIT,
        7,
        11,
        "source-inconnue",
        "« referentiel »",
    ),
    "source without a sign": (
        {**_named("source", "referentiel"), RECIT: _recit("sources: [referentiel 5.6]")},
        RECIT,
        7,
        11,
        "source-mal-ecrite",
        "§",
    ),
    "link in a text": (
        {
            **_named("projet", "haie"),
            RECIT: _recit("texte: |", "  Un mot.", "  Et [la](projet/hai)."),
        },
        RECIT,
        9,
        11,
        "lien-inconnu",
        "« projet/haie »",
    ),
    "the same link twice, as its own label": (
        {RECIT: _recit("texte: Voir [lieu/a](lieu/a), puis [là](lieu/a).")},
        RECIT,
        7,
        22,
        "lien-inconnu",
        "« lieu/a »",
    ),
    "file in a text": (
        {RECIT: _recit("texte: Voir [la haie](../lieu/haie.yaml).")},
        RECIT,
        7,
        23,
        "lien-inconnu",
        "../lieu/haie.yaml",
    ),
    "dangerous link": (
        {RECIT: _recit("texte: Voir [la haie](javascript:alert).")},
        RECIT,
        7,
        23,
        "adresse-refusee",
        "javascript:",
    ),
    "address": ({RECIT: _recit("video: vimeo.com/1")}, RECIT, 7, 8, "adresse-refusee", "https://"),
    "one title": (
        {RECIT: _recit(), "narratives/recit/zero.yaml": _recit().replace("Un essai", "un_essai")},
        "narratives/recit/zero.yaml",
        2,
        8,
        "titre-en-double",
        RECIT,
    ),
    "one id": (
        {RECIT: _recit(), "narratives/recits/essai.yaml": _recit().replace("Un", "Autre")},
        "narratives/recits/essai.yaml",
        1,
        7,
        "id-en-double",
        RECIT,
    ),
    "an id of old": (
        {
            RECIT: _recit(),
            "narratives/recit/zero.yaml": _recit("anciens_ids: [recit/essai]").replace("Un", "Le"),
        },
        "narratives/recit/zero.yaml",
        7,
        15,
        "id-en-double",
        RECIT,
    ),
    "illegal title": (
        {RECIT: _recit().replace("Un essai", "Un [essai]")},
        RECIT,
        2,
        8,
        "titre-interdit",
        "parenthèses",
    ),
    "namespace": (
        {RECIT: _recit().replace("Un essai", '"Aide : mode d’emploi"')},
        RECIT,
        2,
        8,
        "titre-interdit",
        "« Aide »",
    ),
    "long title": (
        {RECIT: _recit().replace("Un essai", "é" * 130)},
        RECIT,
        2,
        8,
        "titre-trop-long",
        "260 octets",
    ),
    "no type": ({RECIT: "titre: Un essai\n"}, RECIT, 1, 1, "type-manquant", "recit"),
    "unknown type": (
        {RECIT: _recit().replace("recit", "Récits")},
        RECIT,
        1,
        7,
        "type-inconnu",
        "« recit »",
    ),
    "not a record": ({RECIT: "- un\n- deux\n"}, RECIT, 1, 1, "type-de-valeur", "groupe de clés"),
    "wrong folder": (
        {"narratives/projet/essai.yaml": _recit()},
        "narratives/projet/essai.yaml",
        1,
        7,
        "mauvais-dossier",
        "narratives/recit/essai.yaml",
    ),
    "no folder": (
        {"narratives/essai.yaml": _recit()},
        "narratives/essai.yaml",
        1,
        7,
        "mauvais-dossier",
        "narratives/recit/essai.yaml",
    ),
    "file name": (
        {"narratives/recit/Été 2018.yaml": _recit()},
        "narratives/recit/Été 2018.yaml",
        1,
        1,
        "nom-de-fichier",
        "ete-2018.yaml",
    ),
    "yml": (
        {"narratives/recit/essai.yml": _recit()},
        "narratives/recit/essai.yml",
        1,
        1,
        "nom-de-fichier",
        "essai.yaml",
    ),
    "latin-1": (
        {RECIT: _recit().replace("Un", "Dé").encode("latin-1")},
        RECIT,
        2,
        9,
        "encodage",
        "UTF-8",
    ),
    "bom": ({RECIT: b"\xef\xbb\xbf" + _recit().encode()}, RECIT, 1, 1, "bom", "UTF-8"),
    "empty": ({RECIT: ""}, RECIT, 1, 1, "fichier-vide", "titre"),
    "anchor": ({RECIT: _recit("annee: &a 2018")}, RECIT, 7, 8, "yaml-ancre", "&"),
    "nesting": (
        {RECIT: _recit("x: " + "[" * 900_000)},
        RECIT,
        7,
        None,
        "profondeur",
        "50",
    ),
    "too big": ({RECIT: _recit("# " + "x" * (1 << 20))}, RECIT, 1, 1, "trop-gros", "1 Mio"),
    "tag": (
        {RECIT: _recit("annee: !!python/object/apply:os.system [ls]")},
        RECIT,
        7,
        8,
        "yaml-etiquette",
        "!",
    ),
    "tagged key": (
        {RECIT: _recit("!!python/name:os.system annee: 2018")},
        RECIT,
        7,
        1,
        "yaml-etiquette",
        "!",
    ),
    "control character": (
        {RECIT: _recit("annee: 20\x0718")},
        RECIT,
        7,
        10,
        "caractere-interdit",
        "U+0007",
    ),
    "page without header": (
        {"pages/notes.md": "Un texte.\n"},
        "pages/notes.md",
        1,
        1,
        "en-tete-manquant",
        "titre",
    ),
    "page with a wrong key": (
        {"pages/notes.md": "---\ntitre: Notes\nthemess: [energie]\n---\n"},
        "pages/notes.md",
        3,
        1,
        "cle-inconnue",
        "« themes »",
    ),
    "link in a page": (
        {"pages/notes.md": "---\ntitre: Notes\n---\n\nVoir [a](recit/a).\n"},
        "pages/notes.md",
        5,
        10,
        "lien-inconnu",
        "recit/a",
    ),
    "index of nothing": (
        {"pages/index/a.yaml": INDEX.replace("[projet, fifty-fifty]", "[projets]")},
        "pages/index/a.yaml",
        7,
        27,
        "vocabulaire",
        "« projet »",
    ),
    "configuration": (
        {"loosbot.yaml": "corpus: Loos en Gohelle\n"},
        "loosbot.yaml",
        1,
        9,
        "forme",
        "minuscules",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_one_finding_at_its_place(name: str, tmp_path: Path) -> None:
    files, path, line, column, code, said = FAULTS[name]
    begun = time.process_time()
    read = reading(tmp_path, files)
    assert time.process_time() - begun < 2
    assert [finding.code for finding in read.findings] == [code], read.findings
    found = read.findings[0]
    assert (found.path, found.severity) == (path, "error")
    assert line is None or found.line == line
    assert column is None or found.column == column
    assert said in f"{found.message} {found.hint}"
    assert read.corpus is None


def test_a_symlink_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "ailleurs.yaml"
    secret.write_text(_recit())
    root = write(tmp_path / "corpus", {"narratives/projet/a.yaml": "type: projet\ntitre: A\n"})
    (root / "narratives/projet/b.yaml").symlink_to(secret)
    (root / "narratives/projet/c").symlink_to(tmp_path)
    found = reading(root, {}).findings
    assert [(one.path, one.code) for one in found] == [
        ("narratives/projet/b.yaml", "lien-symbolique"),
        ("narratives/projet/c", "lien-symbolique"),
    ]


def test_a_file_that_cannot_be_read_is_one_fault_for_all_its_links(tmp_path: Path) -> None:
    files = {
        "narratives/projet/haie.yaml": "type: projet\ntitre: 'La haie\n",
        "narratives/recit/a.yaml": _recit("projet: projet/haie").replace("Un", "A"),
        "narratives/recit/b.yaml": _recit("projet: projet/haie").replace("Un", "B"),
    }
    found = reading(tmp_path, files).findings
    assert [one.path for one in found] == ["narratives/projet/haie.yaml"]


def test_all_findings_of_all_files_come_in_one_run_sorted(tmp_path: Path) -> None:
    files = {
        "narratives/recit/a.yaml": _recit("annee: hier", "lieu: lieu/b").replace("Un", "A"),
        "narratives/recit/b.yaml": _recit("effets: [joie]").replace("Un", "B"),
    }
    read = reading(tmp_path, files)
    assert [(one.path[-6:], one.line, one.code) for one in read.findings] == [
        ("a.yaml", 7, "date-illisible"),
        ("a.yaml", 8, "lien-inconnu"),
        ("b.yaml", 7, "vocabulaire"),
    ]
    assert read.errors == 3


def test_warnings_do_not_refuse_a_corpus(tmp_path: Path) -> None:
    files = {
        "loosbot.yaml": CONFIG + "corpsu: a\n",
        "narratives/projet/notes.docx": b"\x00",
        "narratives/README.md": "Bonjour.\n",
        "pages/images/plan.png": b"\x89PNG",
        RECIT: _voice("repond_a: personne d'ici"),
    }
    read = reading(tmp_path, files)
    assert [(one.code, one.severity) for one in read.findings] == [
        ("cle-inconnue", "warning"),
        ("fichier-ignore", "warning"),
        ("voix-inconnue", "warning"),
    ]
    assert read.corpus is not None


def test_a_folder_without_configuration_is_no_corpus(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: _recit()})
    (root / "loosbot.yaml").unlink()
    assert [one.code for one in load_corpus(FolderTree(root)).findings] == ["configuration-absente"]


def test_a_corpus_is_whole_and_sorted(tmp_path: Path) -> None:
    files = {
        "loosbot.yaml": "corpus: essai\ninsee: 62528\n",
        "narratives/projet/b.yaml": "type: projet\ntitre: B\n",
        "narratives/projet/a.yaml": "type: projet\ntitre: A\nliens: [projet/b]\n",
        "pages/sous/page.md": "---\ntitre: Page\n---\r\n\r\nTexte\r\n",
        "pages/modeles/Étape.wiki": "à nous",
    }
    read = corpus(tmp_path, files)
    assert list(read.records) == ["projet/a", "projet/b"]
    assert read.config.insee == "62528"
    assert read.pages["page/sous/page"].text == "Texte\n"
    assert read.templates["modele/Étape"].text == "à nous"
    assert read.templates["modele/Fiche projet"].path == ""
    assert [link.source for link in read.backlinks["projet/b"]] == ["projet/a"]


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["check", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_json_is_alone_on_stdout(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: _recit("thème: [energie]")})
    code, out, _ = _run("--corpus", str(root), "--format", "json")
    assert code == 1
    assert json.loads(out) == {
        "findings": [
            {
                "path": RECIT,
                "line": 7,
                "column": 1,
                "severity": "error",
                "code": "cle-inconnue",
                "message": "La clé « thème » n’existe pas dans une fiche recit.",
                "hint": "Vouliez-vous écrire « themes » ?",
            }
        ],
        "files": 2,
        "records": 1,
    }


def test_text_names_the_place_the_fault_and_the_remedy(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: _recit("thème: [energie]")})
    code, out, _ = _run("--corpus", str(root))
    assert code == 1
    assert out.splitlines() == [
        f"{RECIT}:7:1: erreur [cle-inconnue] La clé « thème » n’existe pas dans une fiche recit.",
        "    Vouliez-vous écrire « themes » ?",
        "1 fiche lue, 1 erreur.",
    ]


def test_a_clean_corpus_is_said_in_one_line(tmp_path: Path) -> None:
    code, out, _ = _run("--corpus", str(write(tmp_path, {RECIT: _recit()})))
    assert (code, out) == (0, "1 fiche lue, aucune erreur.\n")


def test_github_annotations(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: _recit("annee: 2018-13")})
    code, out, _ = _run("--corpus", str(root), "--format", "github")
    assert code == 1
    assert out.startswith(f"::error file={RECIT},line=7,col=8,title=date-impossible::Il n’y a pas")


def test_paths_limit_what_is_shown_and_not_what_is_read(tmp_path: Path) -> None:
    files = {
        "narratives/recit/a.yaml": _recit("projet: projet/haie").replace("Un", "A"),
        "narratives/recit/b.yaml": _recit("annee: hier").replace("Un", "B"),
        "narratives/projet/haie.yaml": "type: projet\ntitre: La haie\n",
    }
    root = write(tmp_path, files)
    where = ("--corpus", str(root))
    assert _run(*where, str(root / "narratives/recit/a.yaml"))[0] == 0
    assert _run(*where, "narratives/recit/b.yaml")[0] == 1
    assert _run(*where, "narratives/recit")[0] == 1
    assert _run(*where, str(root / "narratives/projet"))[0] == 0
    assert _run(*where, "narratives/recit/absent.yaml")[0] == 2


def test_checking_writes_nothing(tmp_path: Path) -> None:
    root = write(tmp_path, {RECIT: _recit("annee: hier"), **AROUND})
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    _run("--corpus", str(root))
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["inconnu", "acteur/a", "recit/essai", "[x](y)"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "titre", "voix", "qui", "texte", "date", "sources", "portee", "zz"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(value=_VALUES, type_=st.sampled_from(["recit", "fifty-fifty", "reunion", "acteur"]))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_structure_raises(value: object, type_: str, tmp_path: Path) -> None:
    data = {**value, "type": type_} if isinstance(value, dict) else value
    # JSON is YAML, with every type of value
    reading(tmp_path, {f"narratives/{type_}/essai.yaml": json.dumps(data, ensure_ascii=False)})


@given(data=st.binary(max_size=200), page=st.booleans())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_bytes_raise(data: bytes, page: bool, tmp_path: Path) -> None:
    path = "pages/essai.md" if page else RECIT
    read = reading(tmp_path, {path: b"---\n" + data + b"\n---\n" + data if page else data})
    assert all(finding.line > 0 and finding.column > 0 for finding in read.findings)


@pytest.mark.parametrize(
    "content",
    [
        "type: recit\n" + "".join(f"cle{n}: 1\n" for n in range(45_000)),
        "type: recit\ntitre: a\neffets: [" + ", ".join(f"mot{n}" for n in range(45_000)) + "]\n",
        "type: recit\ntitre: a\nliens: ["
        + ", ".join(f"recit/mot{n}" for n in range(45_000))
        + "]\n",
        "type: recit\ntitre: a\nvoix:\n"
        + "".join(
            f"  - {{qui: n{n}, role: elu, texte: a, repond_a: m{n}}}\n" for n in range(5_000)
        ),
        "type: recit\ntitre: a\ntexte: |\n  " + "[" * 900_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "](" * 400_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "](<" * 300_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "`" * 900_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "` " * 400_000 + "[a](b)\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "[a](b) " * 140_000 + "\n",
        "type: recit\ntitre: " + "&a" * 400_000 + "\n",
        "type: recit\ntitre: " + "a:" * 400_000 + "\n",
        "type: recit\ntitre: a\nannee: " + "à " * 400_000 + "\n",
    ],
    ids=lambda content: f"{content[:60]!r}…{content[-10:]!r}",
)
def test_no_file_takes_long(content: str, tmp_path: Path) -> None:
    write(tmp_path, {RECIT: content})
    begun = time.process_time()
    found = reading(tmp_path, {}).findings
    assert time.process_time() - begun < 3
    assert 0 < len(found) <= 130
