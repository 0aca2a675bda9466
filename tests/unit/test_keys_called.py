"""A key that people call otherwise is told its name here, or where to say what has no key."""

from __future__ import annotations

import pytest

from loosbot.corpus.check import checkedfile
from loosbot.corpus.paths import place

RECORDS = {
    "reunion": "titre: Le soir\ndate: 2015\n",
    "projet": "titre: Le banc\n",
    "recit": "titre: Le banc\nvoix: [{qui: Ali B., role: agent, texte: Oui}]\n",
    "acteur": "titre: Les amis\ngenre: association\n",
    "lieu": "titre: Le verger\ngenre: site\n",
    "source": "titre: Le cahier\ngenre: document\n",
    "indicateur": "titre: Les arbres\nvaleur: 3\n",
}
GROUPS = {
    "decisions": "decisions: [{{texte: On plante., {}: X}}]\n",
    "enseignements": "enseignements: [{{texte: On apprend., {}: X}}]\n",
    "engagements": "engagements: [{{qui: La ville, quoi: Planter, {}: X}}]\n",
    "couts": "realisation: {{couts: [{{quoi: Bois, valeur: 3, {}: X}}]}}\n",
    "apports": "realisation: {{apports: [{{qui: La ville, quoi: Le bois, {}: X}}]}}\n",
    "mandats": "mandats: [{{fonction: Maire, {}: X}}]\n",
    "referents": "referents: [{{qui: Le service, {}: X}}]\n",
    "documents": "documents: [{{fichier: a.png, alt: Un banc, {}: X}}]\n",
    "deroule": "deroule: [{{date: 2015, texte: On plante., {}: X}}]\n",
    **{stage: f"{stage}: {{{{{{}}: X}}}}\n" for stage in (
        "demande", "convention", "realisation", "suivi", "evaluation", "arret",
    )},
}  # fmt: skip


def told(place_: str, key: str) -> str:
    """What ``check`` proposes for a key that does not exist, at the top of a record or in a
    group of it."""
    kind, _, group = place_.partition(" ")
    text = GROUPS[group].format(key) if group else f"{key}: X\n"
    file = f"type: {kind}\n{RECORDS[kind]}{text}".encode()
    findings = checkedfile.read(place(f"narratives/{kind}/essai.yaml"), file).all_findings()
    [finding] = [found for found in findings if f"La clé « {key} »" in found.message]
    return finding.hint


KEYS = {
    "reunion": {
        "nom": "titre", "endroit": "lieu", "salle": "lieu", "participants": "presents",
        "nombre_participants": "presents", "animateur": "animation", "animatrice": "animation",
        "organisateur": "service", "intervenants": "parties_prenantes", "objectif": "sujet",
        "ordre_du_jour": "sujet", "conclusions": "decisions", "date_fin": "date", "pv":
        "compte_rendu", "public": "parties_prenantes",
    },
    "projet": {
        "date_debut": "annee", "date_fin": "annee", "porteur": "initiative", "auteur":
        "initiative", "chef_de_projet": "referents", "partenaires": "parties_prenantes",
        "financeurs": "parties_prenantes", "beneficiaires": "parties_prenantes", "contexte":
        "texte", "calendrier": "deroule", "points_forts": "leviers", "points_faibles": "limites",
        "reussites": "resultats", "indicateurs": "chiffres", "frequence": "recurrence",
    },
    "recit": {
        "auteur": "plume", "enqueteur": "plume", "temoin": "voix", "personne": "voix", "film":
        "video", "enregistrement": "video", "histoire": "texte", "morale": "enseignements",
    },
    "acteur": {
        "prenom": "titre", "structure": "organisation", "poste": "fonction", "biographie":
        "texte", "site_web": "site", "sigle": "variantes", "siege": "lieu",
    },
    "lieu": {
        "gps": "coordonnees", "quartier": "dans", "commune": "dans", "date_creation": "reperes",
        "histoire": "texte", "type_lieu": "genre",
    },
    "source": {
        "cote": "acces", "archive": "acces", "pages": "passage", "tome": "passage", "edition":
        "editeur", "revue": "dans",
    },
    "indicateur": {"annee": "date", "methode": "comptage", "chiffre": "valeur"},
    "reunion decisions": {
        "etat": "suite", "suivi": "suite", "date_suivi": "date_suite", "pourquoi": "motif",
        "decideur": "qui", "titre": "texte",
    },
    "reunion engagements": {"delai": "echeance", "pour_quand": "echeance", "tenu": "issue"},
    "projet demande": {
        "auteur": "demandeurs", "moyen": "canal", "motif": "besoin", "reponse": "suite",
    },
    "projet convention": {
        "signataires": "parties", "date_signature": "signature", "date_fin": "au", "fichier":
        "document", "resiliation": "caducite",
    },
    "projet realisation": {"date_debut": "du", "fin": "au", "benevoles": "participants"},
    "projet suivi": {"entretien": "etat"},
    "projet evaluation": {"bilan": "constats", "points_forts": "constats", "critere": "methode"},
    "projet couts": {"annee": "date", "libelle": "quoi", "montant": "valeur"},
    "projet apports": {"montant": "quoi", "heures": "quoi"},
    "projet deroule": {"evenement": "titre", "description": "texte"},
    "projet referents": {"depuis": "du", "jusqu_a": "au", "fonction": "role"},
    "projet documents": {"auteur": "licence", "credit": "licence", "date": "legende"},
    "acteur mandats": {"debut": "du", "date_fin": "au", "titre": "fonction"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("where", "key", "name"),
    [(where, key, name) for where, keys in KEYS.items() for key, name in keys.items()],
)
def test_a_key_by_another_name(where: str, key: str, name: str) -> None:
    beside = f"Cela se dit dans « {name} », qui est déjà là : réunissez les deux"
    assert told(where, key).startswith((f"Cela se dit « {name} » ici : ", beside))


@pytest.mark.parametrize(
    ("where", "key", "is_there"),
    [
        ("projet apports", "montant", True),
        ("projet deroule", "quoi", True),
        ("projet", "nom", True),
        ("projet evaluation", "bilan", False),
        ("recit", "quartier", False),
    ],
)
def test_no_key_is_told_to_be_written_twice(where: str, key: str, is_there: bool) -> None:
    assert ("qui est déjà là" in told(where, key)) == is_there


@pytest.mark.parametrize(
    ("where", "key", "hint"),
    [
        ("reunion decisions", "echeance", "« suite » dit ce qu’elle est devenue"),
        ("reunion decisions", "responsable", "dans « engagements » de la fiche"),
        ("reunion enseignements", "responsable", "suite: {quoi: …, qui: …, echeance: …}"),
        ("reunion enseignements", "action", "suite: {quoi: …, qui: …, echeance: …}"),
        ("reunion", "budget", "chiffres: [{quoi: …, valeur: …, unite: €}]"),
        ("reunion", "heure", "dites-le dans « texte »"),
        ("reunion", "excuses", "dites-le dans « texte »"),
        ("lieu", "proprietaire", "dites-le dans « texte »"),
        ("projet arret", "qui", "dites-le dans « texte »"),
        ("projet", "objectif", "« besoin » se met dans « demande »"),
        ("projet", "signataires", "« parties » se met dans « convention »"),
        ("projet", "budget", "« couts » se met dans « realisation »"),
        ("acteur", "telephone", "ni numéro de téléphone ni adresse de courriel"),
        ("projet referents", "mail", "ni numéro de téléphone ni adresse de courriel"),
        ("recit", "couleur", "Clés possibles : "),
    ],
)
def test_what_has_no_key_of_its_own_is_told_where_to_stand(where: str, key: str, hint: str) -> None:
    assert hint in told(where, key)


def test_the_words_of_a_voice_are_not_the_place_of_its_facts() -> None:
    """The text of a voice is what somebody said."""
    text = "type: recit\ntitre: T\nvoix: [{qui: Ali B., role: agent, texte: Oui, lieu: X}]\n"
    checked = checkedfile.read(place("narratives/recit/essai.yaml"), text.encode())
    [finding] = [found for found in checked.all_findings() if "« lieu »" in found.message]
    assert finding.hint.startswith("Clés possibles : ")
