"""A hand-made corpus with every state of every part of the report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from corpora import corpus

from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.trace.reported import Report, Suspect
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules

TODAY = date(2020, 1, 31)

FILES = {
    "narratives/fifty-fifty/banc.yaml": """\
type: fifty-fifty
titre: Un banc
statut: en-cours
lieu: lieu/place
sources: [registre § 1]
referents:
  - {qui: acteur/ancien, au: 2017}
  - {qui: acteur/service}
demande: {demandeurs: acteur/voisins, date: inconnu, besoin: De l’ombre}
diagnostic: {texte: "On pèse le pour et le contre."}
convention:
  duree: {du: 2018-06-04, au: 2018-06-15}
  document: source/registre
  engagements:
    - {id: bois, qui: acteur/service, quoi: Fournir le bois, issue: tenu, preuve: Facture}
    - {id: vis, qui: acteur/service, quoi: Fournir les vis, issue: tenu}
    - {id: peinture, qui: acteur/voisins, quoi: Peindre, echeance: 2018-06-15}
    - {id: plaque, qui: acteur/voisins, quoi: Poser une plaque, issue: abandonne, motif: Trop cher}
    - {id: fleurs, qui: acteur/voisins, quoi: Fleurir, issue: abandonne}
    - {id: gazon, qui: acteur/voisins, quoi: Tondre, issue: en-retard}
    - {id: ombre, qui: acteur/voisins, quoi: Planter un arbre, echeance: 2030}
    - {id: fete, qui: acteur/voisins, quoi: Faire une fête, issue: inconnu}
realisation: {du: 2018-06, participants: {valeur: 5, unite: voisins, sources: [registre, album]}}
suivi:
  etat: erode
  visites: [{date: 2018-09-01, constat: Une latte cassée}]
evaluation: sans-objet
chiffres:
  - {quoi: lattes, valeur: 8}
enseignements:
  - Le bois clair tache.
  - {texte: Il faut de l’ombre., suite: inconnu}
  - {texte: Prévoir des vis., suite: {quoi: Une réserve, echeance: 2019, fait: non}}
  - {texte: Prévenir les voisins., suite: {quoi: Un mot, fait: oui}}
""",
    "narratives/fifty-fifty/mur.yaml": """\
type: fifty-fifty
titre: Un mur
statut: abandonne
demande: {texte: "On voulait un mur."}
arret: {date: 2019, motif: L’assurance ne suit pas.}
resultats: [On a bien ri.]
""",
    "narratives/fifty-fifty/vide.yaml": "type: fifty-fifty\ntitre: Vide\n",
    "narratives/fifty-fifty/cherche.yaml": """\
type: fifty-fifty
titre: Cherché
demande: inconnu
diagnostic: inconnu
convention: inconnu
realisation: inconnu
suivi: inconnu
evaluation: inconnu
""",
    "narratives/fifty-fifty/conte.yaml": """\
type: fifty-fifty
titre: Conté
demande: {texte: On demande.}
diagnostic: {texte: On pèse.}
convention: {texte: On signe.}
realisation: {texte: On fait.}
suivi: {texte: On repasse.}
evaluation: {texte: On juge.}
""",
    "narratives/fifty-fifty/mare.yaml": """\
type: fifty-fifty
titre: Une mare
annee: 2017
demande: {date: 2017-05, demandeurs: acteur/voisins, preuve: Un courrier}
diagnostic: sans-objet
realisation: {texte: On creuse., sources: [registre § 2]}
suivi: {etat: abandonne}
evaluation: {date: 2019-11, qui: acteur/voisins, sources: [registre, album]}
enseignements:
  - {texte: Garder l’eau claire., suite: {quoi: Un curage, qui: acteur/service, echeance: 2021}}
""",
    "narratives/fifty-fifty/pont.yaml": """\
type: fifty-fifty
titre: Un pont
demande: sans-objet
diagnostic: sans-objet
convention: sans-objet
realisation: sans-objet
suivi: sans-objet
evaluation: sans-objet
arret: {date: 2018, motif: inconnu}
""",
    "narratives/projet/four.yaml": """\
type: projet
titre: Un four
statut: abandonne
arret: inconnu
""",
    "narratives/projet/quai.yaml": "type: projet\ntitre: Un quai\narret: {date: 2019}\n",
    "narratives/projet/puits.yaml": "type: projet\ntitre: Un puits\nstatut: abandonne\n",
    "narratives/projet/haie.yaml": """\
type: projet
titre: Une haie
realisation: {texte: On plante., date: 2020}
""",
    "narratives/recit/banc.yaml": """\
type: recit
titre: Le banc raconté
date: 2018-07
projet: fifty-fifty/banc
voix:
  - {qui: acteur/voisins, role: habitant, texte: On a cloué avec Paul D. tout le jour.}
sources: [registre]
""",
    "narratives/recit/mare.yaml": """\
type: recit
titre: La mare racontée
annee: 2019
projet: fifty-fifty/mare
voix:
  - {qui: acteur/voisins, role: habitant, texte: On a creusé.}
  - {qui: acteur/service, role: agent, texte: On a regardé.}
  - {qui: Un élu, role: elu, texte: On a voté.}
  - {qui: Un artisan, role: operateur-economique, texte: On a prêté la pelle.}
""",
    "narratives/reunion/a-temps.yaml": """\
type: reunion
titre: À temps
date: 2019-03-01
service: acteur/service
niveau: consultation
compte_rendu: {date: 2019-03-16, document: source/registre}
decisions:
  - {texte: On le fait., suite: C’est fait.}
  - {texte: On le refera.}
  - {texte: On en reparle., suite: inconnu}
""",
    "narratives/reunion/tard.yaml": """\
type: reunion
titre: Tard
date: 2019-03-01
compte_rendu: {date: 2019-03-17}
""",
    "narratives/reunion/rien.yaml": """\
type: reunion
titre: Rien
date: 2019-05-02
niveau: consultation
""",
    "narratives/reunion/rien-encore.yaml": "type: reunion\ntitre: Pas encore\ndate: 2020-01-20\n",
    "narratives/reunion/oublie.yaml": """\
type: reunion
titre: Oublié
date: 2019
compte_rendu: inconnu
""",
    "narratives/reunion/vague.yaml": """\
type: reunion
titre: Vague
date: 2019-06
compte_rendu: {date: 2019-06}
""",
    "narratives/reunion/fete.yaml": """\
type: reunion
titre: Fête
date: 2019-06-01
compte_rendu: sans-objet
""",
    "narratives/reunion/perdu.yaml": "type: reunion\ntitre: Perdu\ndate: 2019-07-01\n",
    "narratives/reunion/document.yaml": """\
type: reunion
titre: Document
date: 2019-07-01
compte_rendu: {document: source/registre}
""",
    "narratives/reunion/avis-tard.yaml": """\
type: reunion
titre: Avis rendu tard
date: 2019-12-20
niveau: {valeur: consultation, statut: deduit}
compte_rendu: {date: 2020-01-20}
""",
    "narratives/reunion/avis-oublie.yaml": """\
type: reunion
titre: Avis oublié
niveau: consultation
compte_rendu: inconnu
""",
    "narratives/reunion/avis-document.yaml": """\
type: reunion
titre: Avis rendu un jour
niveau: consultation
compte_rendu: {document: source/registre, date: inconnu}
""",
    "narratives/acteur/service.yaml": "type: acteur\ntitre: Le service\ngenre: service\n",
    "narratives/acteur/voisins.yaml": "type: acteur\ntitre: Les voisins\ngenre: groupe\n",
    "narratives/acteur/club.yaml": "type: acteur\ntitre: Le club\ngenre: association\n",
    "narratives/acteur/jeunes.yaml": "type: acteur\ntitre: Les jeunes\ngenre: habitants\n",
    "narratives/acteur/ancien.yaml": "type: acteur\ntitre: Anne B.\ngenre: personne\n",
    "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: rue\n",
    "narratives/lieu/cour.yaml": "type: lieu\ntitre: La cour\ngenre: site\n",
    "narratives/source/registre.yaml": "type: source\ntitre: Le registre\ngenre: document\n",
    "narratives/source/album.yaml": "type: source\ntitre: L’album\ngenre: document\n",
    "narratives/indicateur/lattes.yaml": """\
type: indicateur
titre: Lattes du banc
valeur: 9
contredit: indicateur/lattes-bis
""",
    "narratives/indicateur/lattes-bis.yaml": """\
type: indicateur
titre: Lattes du banc, autrement
valeur: 8
sources: [registre]
""",
}


SUSPECTS = (
    Suspect(
        "fifty-fifty/conte",
        "evaluation",
        "fifty-fifty/conte",
        "suivi.etat",
        "2019-12-01",
        "0123456789abcdef0123456789abcdef01234567",
        "2019-11",
        True,
    ),
    *(
        Suspect(
            "recit/banc",
            "recit",
            "fifty-fifty/banc",
            field,
            day,
            "fedcba9876543210fedcba9876543210fedcba98",
            "2018-07-03",
            False,
        )
        for field, day in (("convention", "2019-10-01"), ("statut", "2019-09-01"))
    ),
)
"""What only a history tells: test_trace_suspects.py has it from real ones."""


def report(root: Path, today: date | None = TODAY, **changed: str) -> Report:
    """The report on FILES under ``root``; ``changed`` replaces fifty-fifties by their slug."""
    own = {f"narratives/fifty-fifty/{slug}.yaml": text for slug, text in changed.items()}
    shown = for_channel(corpus(root, {**FILES, **own}), "rapport", today or date.max)
    commit = "c0ffee" if today else ""
    return build(shown, FolderTree(root), load_rules(), today, commit, lambda _: SUSPECTS)
