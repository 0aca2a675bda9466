"""Which few questions a form asks first, their wording and order.

Everything else that a record may hold stands behind « en dire plus ».
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST = 9
"""Questions that a form asks first, for one voice."""


@dataclass(frozen=True, slots=True)
class Question:
    """``field`` is a path of the dictionary; ``ask`` is the question, ``why`` a line of help."""

    field: str
    ask: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The form of one type: ``verb`` is its heading, ``questions`` come first."""

    verb: str
    questions: tuple[Question, ...]


_WHERE = Question("lieu", "Où cela s’est-il passé ?", "Un lieu, ou plusieurs.")
_RESUME = Question(
    "resume", "En deux ou trois phrases, que s’est-il passé ?", "C’est ce que l’on lira d’abord."
)

QUESTIONNAIRES: Mapping[str, Questionnaire] = {
    "recit": Questionnaire(
        "Raconter",
        (
            Question("titre", "Comment appeler ce récit ?", "Une ligne, comme on en parlerait."),
            Question("projet", "De quel projet parle-t-il ?", "Un projet ou un fifty-fifty."),
            Question("annee", "Quand était-ce ?", "Comme vous le diriez : été 2018, 12/05/2018."),
            _WHERE,
            Question("voix.qui", "Qui parle ?", "Le prénom et une initiale suffisent."),
            Question("voix.role", "À quel titre ?"),
            Question("voix.texte", "Que raconte cette personne ?", "Avec ses mots, ou les vôtres."),
            Question("voix.nature", "De qui sont ces mots ?"),
            Question(
                "voix.consentement",
                "Cette personne est-elle d’accord ?",
                "Rien n’est coché d’avance. Sans réponse, ses mots restent à la mairie.",
            ),
        ),
    ),
    "reunion": Questionnaire(
        "Une réunion",
        (
            Question("titre", "Comment appeler cette réunion ?"),
            Question("date", "Quand a-t-elle eu lieu ?", "12/05/2018, mai 2018…"),
            Question("sujet", "De quoi a-t-il été question ?"),
            _WHERE,
            Question("projet", "Pour quel projet ?"),
            Question("presents", "Combien de personnes étaient là ?"),
            Question("compte_rendu.texte", "Le compte rendu", "Collez-le ici, s’il existe."),
            Question("decisions", "Qu’a-t-on décidé ?", "Une décision à la fois."),
            Question("engagements", "Qui a promis quoi ?", "Une promesse à la fois."),
        ),
    ),
    "fifty-fifty": Questionnaire(
        "Un fifty-fifty",
        (
            Question("titre", "Comment appeler ce fifty-fifty ?"),
            Question("annee", "Quand ?", "2018, depuis 2015, été 2018…"),
            _WHERE,
            Question("demande.demandeurs", "Qui l’a demandé ?"),
            Question("demande.besoin", "Que fallait-il ?"),
            Question("realisation.apports", "Qui apporte quoi ?", "La ville, puis les habitants."),
            Question("convention.engagements", "Qui a promis quoi ?", "Une promesse à la fois."),
            Question("statut", "Où en est-on ?"),
            _RESUME,
        ),
    ),
    "projet": Questionnaire(
        "Un projet",
        (
            Question("titre", "Comment appeler ce projet ?"),
            Question("annee", "Quand ?", "2018, depuis 2015, été 2018…"),
            _WHERE,
            Question("initiative", "De qui vient l’idée ?"),
            Question("themes", "De quoi s’agit-il ?"),
            Question("statut", "Où en est-on ?"),
            _RESUME,
            Question("referents", "À qui s’adresser ?"),
        ),
    ),
    "acteur": Questionnaire(
        "Une personne, un service, une association",
        (
            Question("titre", "Comment l’appeler ?", "Une personne : prénom et initiale."),
            Question("genre", "De qui s’agit-il ?"),
            Question("role", "À quel titre ?"),
            Question("fonction", "Sa fonction"),
            Question("organisation", "Avec qui, ou pour qui ?"),
            Question("resume", "En une ou deux phrases"),
            Question(
                "consentement",
                "Si c’est une personne : est-elle d’accord pour paraître ?",
                "Rien n’est coché d’avance. Sans réponse, son nom reste à la mairie.",
            ),
        ),
    ),
    "lieu": Questionnaire(
        "Un lieu",
        (
            Question("titre", "Comment l’appelle-t-on ?"),
            Question("genre", "Quel genre de lieu ?"),
            Question("resume", "En une ou deux phrases"),
        ),
    ),
    "source": Questionnaire(
        "Une source",
        (
            Question("titre", "Son titre"),
            Question("genre", "Quel genre de document ?"),
            Question("auteurs", "De qui ?"),
            Question("annee", "De quand ?"),
            Question("url", "Son adresse, si elle est en ligne"),
        ),
    ),
    "indicateur": Questionnaire(
        "Un chiffre",
        (
            Question("titre", "Que compte-t-on ?"),
            Question("valeur", "Combien ?", "Un nombre, ou une fourchette : 10 à 15."),
            Question("unite", "Combien de quoi ?", "Habitants, €, kilomètres…"),
            Question("date", "À quelle date ?"),
            Question("sources", "D’où vient ce chiffre ?"),
        ),
    ),
}

CONSENT: Mapping[str, tuple[str, str]] = {
    "etat": ("Qui peut lire ?", "Sa réponse à elle, et non ce que l’on suppose."),
    "portee": (
        "Où peuvent-ils paraître ?",
        "Ne cochez que ce qu’elle a accepté : le reste n’est jamais supposé.",
    ),
    "jusquau": ("Jusqu’à quand ?", "Rien, si elle n’a pas fixé de fin."),
    "preuve": (
        "Comment l’a-t-elle dit ?",
        "Par courriel, devant témoin, en signant : où cela se retrouve, jamais le papier lui-même.",
    ),
}
"""The questions of a consent, in this order; the other fields of the block stand behind them."""

HELP: Mapping[str, str] = {
    "consentement.base": "À cocher seulement si le référentiel que la ville a publié le dit déjà "
    "d’elle. Sinon, c’est son accord qui compte.",
    "consentement.section": "Si c’est déjà publié : à quel endroit du document. "
    "Exemple : referentiel § B1.",
    "consentement.statut": "Attesté : la personne a dit oui. Déduit : on le suppose, par exemple "
    "parce qu’elle a été filmée ; ses mots restent alors à la mairie.",
    "plume": "Qui a écrit le récit. S’il est retracé d’après une archive : qui a écrit celle-ci.",
}
"""Help of fields, by the end of their path, where the dictionary speaks of the keys of a file."""

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "consentement": {
        "public": "Oui, tout le monde peut les lire",
        "interne": "À la mairie seulement",
        "scelle": "Pas avant une date",
        "retire": "Elle a changé d’avis : non",
        "inconnu": "On ne lui a pas encore demandé",
    },
    "portee": {
        "wiki": "sur le wiki",
        "soiree": "pendant une soirée",
        "video": "dans un film",
        "dump-recherche": "pour des chercheurs que l’on connaît",
        "dump-public": "dans les données ouvertes",
        "reutilisation-tiers": "chez d’autres, qui les reprendraient",
    },
}
"""Words of vocabularies said as answers; the definitions stay those of the vocabulary."""


_OF_A_FILE = re.compile(
    r"loosbot |narratives/|nom-du-fichier|nom\.yaml|entre crochets|dans la liste :"
    r"|^Écrivez \w+/\S+ seul"
)
_QUANTITY = re.compile(r"\{?valeur: (?P<number>[\d.]+)(?:, unite: \"?(?P<unit>[^,}\"]+)\"?)?\}?")
_NOTE = re.compile(r" ?Une note pour vous se met [^.]*\.")
_MENDS: Mapping[str, str] = {
    "lien-inconnu": "Choisissez un nom de la liste.",
    "nom-sans-lien": "Choisissez un nom de la liste, ou écrivez-le en toutes lettres.",
    "source-inconnue": "Choisissez une source de la liste. Une nouvelle s’écrit à part : "
    "« Le début », puis « Autre chose ».",
}


def question_of(type_name: str, name: str) -> str:
    """The question of an answer (``voix.n0.role``); "" for one that is not asked first."""
    parts = [part for part in name.split(".") if not part.lstrip("n").isdigit()]
    above, key = parts[-2:-1], parts[-1]
    if above == ["consentement"] and key in CONSENT:
        return CONSENT[key][0]
    # what a fact says itself is asked by the question of the fact
    fields = [".".join(parts), *([".".join(parts[:-1])] if key == "valeur" else ())]
    questions = {question.field: question.ask for question in QUESTIONNAIRES[type_name].questions}
    return next((questions[field] for field in fields if field in questions), "")


def mend(code: str, hint: str, *, within: bool) -> str:
    """What ``check`` says to do, for somebody who sees no file; ``within`` for a part of a text."""
    if code == "nombre-et-unite":
        return _QUANTITY.sub(_apart, hint)
    if not _OF_A_FILE.search(hint):
        return _NOTE.sub("", hint).replace(" sans guillemets, avec", " avec")
    if within:
        return "Écrivez l’adresse en entier, depuis https://, ou retirez le lien."
    return _MENDS.get(code, "")


def _apart(quantity: re.Match[str]) -> str:
    """``valeur: 30, unite: m`` as what goes into two answers."""
    unit = f", et « {quantity['unit']} » sous « Unité »" if quantity["unit"] else ""
    return f"{quantity['number'].replace('.', ',')}{unit}"
