"""Where a key or a word that has no place here would have one: people know it from another page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loosbot.corpus import schema
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.schema import Shape, Word
from loosbot.corpus.wording import by_fold, either, folded

_MOST = 3
_OTHER_NAMES = {
    "titre": "nom name intitule",
    "resume": "description presentation chapeau introduction",
    "plume": "auteur auteure autrice redacteur redactrice",
    "themes": "tag mot-cle categorie sujet",
    "lieu": "adresse quartier rue endroit",
    "documents": "photo image illustration piece-jointe fichier pdf",
    "parties_prenantes": "partenaire acteur association",
    "referents": "contact responsable",
    "notes": "commentaire remarque observation",
    "annee": "date debut fin an",
    "qui": "nom auteur personne prenom",
    "texte": "contenu recit temoignage parole citation",
    "legende": "titre texte description",
    "fichier": "photo image nom url",
    "alt": "description texte",
    "constat": "etat texte observation",
    "quoi": "texte engagement description",
    "issue": "etat statut resultat fait",
    "echeance": "date delai pour quand",
    "motif": "raison cause pourquoi explication",
    "valeur": "montant nombre cout prix quantite",
    "unite": "devise monnaie",
    "couts": "budget financement montant prix depense",
}
"""What people call a key who have not seen its name."""
_KEYS_CALLED = {
    key: {folded(name) for name in names.split()} for key, names in _OTHER_NAMES.items()
}


def of_another_name(key: str, shape: Shape) -> str:
    """« photo » is called « documents » here, « budget » is « couts » in « realisation »."""
    wanted = folded(key)
    called = [name for name, others in _KEYS_CALLED.items() if wanted in others]
    for name in called:
        if name in shape.properties:
            child = shape.properties[name]
            return f"Cela se dit « {name} » ici : {child.description}"
    return of_a_group("couts", shape) if "couts" in called else ""


def of_a_group(key: str, shape: Shape) -> str:
    """« couts » written at the top of a record stands in « realisation »."""
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
    """« taille » is a key of the fifty-fifties."""
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
