"""Hints for an unknown key or word: where in the schemas, or under which name, it exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from loosbot import late
from loosbot.corpus import schema
from loosbot.corpus.check.amounts import parted
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.schema import Shape, Word
from loosbot.corpus.wording import by_fold, either, folded

_MOST = 3
_OTHER_NAMES = {
    "titre": "nom name intitule heading",
    "resume": "description presentation chapeau introduction summary abstract",
    "plume": "auteur auteure autrice redacteur redactrice author writer",
    "themes": "tag mot-cle categorie sujet keyword topic",
    "lieu": "adresse quartier rue endroit place location",
    "documents": "photo image illustration piece-jointe fichier pdf picture attachment file",
    "parties_prenantes": "partenaire acteur association partner stakeholder",
    "referents": "contact responsable",
    "notes": "commentaire remarque observation comment",
    "annee": "date debut fin an year",
    "consentement": "consent autorisation signature accord-signe accord-ecrit droit-a-l-image",
    "qui": "nom auteur personne prenom name who speaker",
    "voix": "temoignage temoin parole speaker quote citation",
    "texte": "contenu recit temoignage parole citation content quote",
    "role": "fonction metier qualite",
    "legende": "titre texte description caption",
    "fichier": "photo image nom url file",
    "alt": "description texte",
    "constat": "etat texte observation",
    "quoi": "texte engagement description what",
    "issue": "etat statut resultat fait",
    "statut": "status etat-d-avancement avancement",
    "echeance": "date delai pour quand deadline",
    "date": "quand jour day when",
    "motif": "raison cause pourquoi explication reason",
    "arret": "abandon echec raison raison-de-l-arret cause",
    "enseignements": "lecon apprentissage lesson learning",
    "effets": "benefice impact",
    "limites": "difficulte obstacle probleme frein echec",
    "leviers": "facteur-de-reussite facteur-de-succes",
    "resultats": "bilan result outcome",
    "valeur": "montant nombre cout prix quantite amount",
    "unite": "devise monnaie",
    "couts": "budget financement montant prix depense cost",
    "apports": "apport-ville apport-de-la-ville apport-habitant apport-de-habitant contribution",
    "presents": "participant nombre-de-participant attendee",
    "sujet": "ordre-du-jour objet agenda subject",
    "compte_rendu": "cr pv proces-verbal minutes",
    "liens": "url site site-web",
}
"""What people call a key who have not seen its name, or know it in English."""
_DEEP = ("couts", "apports")
"""Keys of a group that people write at the top, under another name too."""
_KEYS_CALLED = {
    key: {folded(name) for name in names.split()} for key, names in _OTHER_NAMES.items()
}


_OTHER_WORDS = {
    "abouti": "termine fini acheve realise clos close cloture fait livre reussi abouti",
    "abandonne": "annule arrete stoppe interrompu",
    "annonce": "prevu planifie programme a-venir futur",
    "suspendu": "en-pause pause gele en-attente reporte",
    "demande": "depose recu",
    "sans-suite": "refuse rejete",
    "en-cours": "commence lance demarre encours",
}
"""What people call a state of a project, in the masculine."""
_WORDS_CALLED = {
    folded(name): word for word, names in _OTHER_WORDS.items() for name in names.split()
}


_PAIRS = (("qui", "quoi"), ("quoi", "valeur"))
"""What two keys of a group ask for that people write as one key and its value."""
_PLAIN = late.pattern(r"\w+(?:[ ’'-]\w+)*")


def another_word(value: str, words: Iterable[Word]) -> Word | None:
    """The word of this vocabulary that people call otherwise, in any gender, be it with something
    behind it: ``terminée en 2018`` is ``abouti``."""
    known = {word.value: word for word in words}
    typed = [folded(part) for part in re.findall(r"\w+", value)]
    for length in (2, 1):
        name = "-".join(typed[:length])
        word = _WORDS_CALLED.get(name) or _WORDS_CALLED.get(name.removesuffix("e"))
        if word in known:
            return known[word]
    return None


def called(key: str, shape: Shape) -> str:
    """The key of this group that ``key`` is another name of: ``lecons`` is ``enseignements``; ""
    for none."""
    wanted = folded(key)
    return next(
        (
            name
            for name, others in _KEYS_CALLED.items()
            if wanted in others and name in shape.properties
        ),
        "",
    )


def of_another_name(key: str, shape: Shape) -> str:
    """The fault of a key with another name here: « photo » is « documents »."""
    if name := called(key, shape):
        return f"Cela se dit « {name} » ici : {shape.properties[name].description}"
    wanted = folded(key)
    return next((of_a_group(name, shape) for name in _DEEP if wanted in _KEYS_CALLED[name]), "")


def of_a_pair(group: Any, key: str, shape: Shape) -> str:
    """``ville: le bois`` where somebody and something are asked for: who was taken for a key."""
    pair = as_pair(key, group[key], shape) if len(group) == 1 else ""
    return f"Écrivez : {pair}" if pair else ""


def as_pair(key: str, value: Any, shape: Shape) -> str:
    """What somebody wrote as ``key: value``, under the two keys of a group that ask for it:
    ``{quoi: le bois, valeur: 300, unite: €}``; "" for none."""
    names = next((pair for pair in _PAIRS if set(pair) <= shape.properties.keys()), ())
    if not names or not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    if set(f"{key}{value}") & set('{}[]"\n'):
        return ""
    name = key if _PLAIN.fullmatch(key) else f'"{key}"'
    if names[1] != "valeur":
        return f'{{{names[0]}: {name}, {names[1]}: "{value}"}}'
    amount = parted(value) if isinstance(value, str) else f"valeur: {value}"
    return f"{{{names[0]}: {name}, {amount or f'valeur: {value}'}}}"


def of_a_group(key: str, shape: Shape) -> str:
    """The fault of a key that belongs in a group: « couts » goes in « realisation »."""
    wanted = folded(key)
    groups_of = [
        (name, inside[wanted], in_a_list)
        for name, child in shape.properties.items()
        for inside, in_a_list in _keys_inside(child)
        if wanted in inside
    ]
    if not groups_of:
        return ""
    name, meant, in_a_list = groups_of[0]
    if len(groups_of) > 1:
        groups = either(f"« {group} »" for group, _, _ in groups_of[:_MOST])
        return f"« {meant} » se met dans un groupe : {groups}. Exemple : {name}: {{{meant}: …}}"
    example = f"[{{{meant}: …}}]" if in_a_list else f"{{{meant}: …}}"
    return f"« {meant} » se met dans « {name} » : {name}: {example}"


def _keys_inside(shape: Shape) -> Iterator[tuple[dict[str, str], bool]]:
    """The keys of a group, or of the items of a list, by folded name; not those of one fact."""
    for group, in_a_list in ((shape, False), (shape.items, True)):
        if group is not None and "valeur" not in group.properties:
            yield by_fold([*group.properties]), in_a_list


def of_another_type(key: str, type_name: str) -> str:
    """The fault of a key of another record type: « taille » is one of the fifty-fifties."""
    if type_name not in RECORD_TYPES:
        return ""
    holding = [
        other
        for other in RECORD_TYPES
        if other != type_name and folded(key) in by_fold([*schema.shape(other).properties])
    ]
    return f"« {key} » est une clé des fiches {either(holding)}." if holding else ""


def by_definition(value: str, words: Iterable[Word]) -> str | None:
    """The one word whose definition names what was typed: ``école`` -> ``education-enfance``."""
    wanted = set(folded(value).split("-"))
    if not wanted or min(map(len, wanted)) < _MOST:
        return None
    naming = [
        word.value
        for word in words
        if wanted <= {folded(term) for term in re.findall(r"\w+", word.description)}
    ]
    return naming[0] if len(naming) == 1 else None
