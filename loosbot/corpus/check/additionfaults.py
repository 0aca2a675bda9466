"""What is wrong with what a town adds, beside what the schema of ``loosbot.yaml`` refuses; and
the settings that loosbot does not know, which do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from loosbot.corpus import additions, schema
from loosbot.corpus.additions import BASE, IN_THE_BOX, OPEN, UNDER_A_HEADING, WORDED, Additions
from loosbot.corpus.model import KeyPath
from loosbot.corpus.paths import CONFIG
from loosbot.corpus.values import STATES
from loosbot.corpus.wording import Fault, did_you_mean, folded, nearest, quoted, warning
from loosbot.corpus.yaml import reader

_ILLEGAL: Final = frozenset("|={}[]<>#'\"&:;*\n")
"""A title is the name of a template's parameter, and of a heading."""
HEADINGS: Final = frozenset(
    """À qui s’adresser;Autour du récit;Autres noms;Ce qu’ils en disent;Ce que cela apprend
Ce qui a été fait ensemble;Ce qui peut être amélioré;Ce qui s’est passé;Ce qui s’y est passé
Chiffres;Coûts et chiffres;D’autres voix sur le même projet;Décisions;Documents;Effets
En détail;Engagements;Frottements;La position commune;Le compte rendu;Le fil du projet;Le récit
Les points de vue;Les voix;Leviers;Limites;Mandats et fonctions;Notes pour ceux qui écrivent
Où l’on a cherché la convention;Où l’on a cherché la demande;Où l’on a cherché la réalisation
Où l’on a cherché le diagnostic;Où l’on a cherché le reste;Où l’on a cherché le suivi
Où l’on a cherché l’évaluation
Points de vigilance;Pourquoi ?;Présentation;Que s’est-il passé ?;Questions ouvertes
Qui apporte quoi;Qui peut en parler;Relectures;Repères;Résultats;Sources;Voir aussi""".replace(
        "\n", ";"
    ).split(";")
)
"""Headings that pages have already; a test keeps the list."""
PARAMETERS: Final = frozenset(
    """Accord;Animation;Année;Classement;Compte rendu;Compte rendu publié le;D'après;Dans;Date
Fonction;Genre;Initiative;Langue;Latitude;Lieu;Longitude;Niveau;Occasion;Organisation
Part au faire;Participants;Parties prenantes;Plume;Projet;Projet d'ensemble;Prononcé;Présents
Récurrence;Répond à;Rôle;Service;Site;Source des coordonnées;Sources;Sources du compte rendu
Statut;Successeur;Sujet;Taille;Thèmes;Vidéo""".replace("\n", ";").split(";")
)
"""Parameters of the boxes of facts; a test keeps the list."""


def additions_of(source: bytes) -> Additions:
    """What a ``loosbot.yaml`` adds; nothing where it has an error, which ``faults`` reports."""
    data = reader.read(source, CONFIG).data
    added = additions.read(data)
    if added is additions.NONE:
        return added
    compiled = schema.load("configuration")
    sound = compiled.validator.is_valid(data) and not any(faults(data, set()))
    return added if sound else additions.NONE


def faults(settings: Mapping[str, Any], spoiled: set[KeyPath]) -> Iterator[Fault]:
    """The faults of ``ajouts``; values in ``spoiled`` have one already, and are skipped."""
    declared = settings.get("ajouts")
    if not isinstance(declared, dict) or any(path[:1] == ("ajouts",) for path in spoiled):
        return
    words = declared.get("mots") or {}
    yield from _words(words)
    ranks: dict[tuple[str, str], int] = {}
    for rank, field in enumerate(declared.get("champs") or ()):
        yield from _field(field, ("ajouts", "champs", rank), words)
        for type_name in field["fiches"]:
            for sign in (field["cle"], field["titre"], field.get("partie", "")):
                if sign and ranks.setdefault((type_name, sign), rank) != rank:
                    yield _fault(
                        ("ajouts", "champs", rank, "cle"),
                        f"{quoted(sign)} est déjà à un autre champ ajouté à {type_name}.",
                        "Un champ a sa clé, son titre, et sa partie à lui.",
                    )
    for rank, rule in enumerate(declared.get("regles") or ()):
        yield from _rule(rule, ("ajouts", "regles", rank), declared.get("champs") or ())


def _words(words: Mapping[str, Any]) -> Iterator[Fault]:
    for name, terms in words.items():
        book = schema.packaged().get(f"{BASE}vocabulaires/{name}.json")
        if book is not None and name not in OPEN:
            yield _fault(
                ("ajouts", "mots", name),
                f"Les mots de {quoted(name)} décident de ce que fait loosbot : on n’en ajoute pas.",
                f"Vocabulaires ouverts : {', '.join(sorted(OPEN))}.",
                key=True,
            )
            continue
        known = {word["const"] for word in book["oneOf"]} if book else set()
        mine = {term["mot"] for term in terms}
        seen: set[str] = set(known)
        for rank, term in enumerate(terms):
            path = ("ajouts", "mots", name, rank)
            if term["mot"] in seen or term["mot"] in STATES:
                yield _fault((*path, "mot"), f"Le mot {quoted(term['mot'])} y est déjà.")
            seen.add(term["mot"])
            wider = term.get("plus_large")
            if wider is not None and (wider == term["mot"] or wider not in known | mine):
                yield _fault(
                    (*path, "plus_large"),
                    f"{quoted(wider)} n’est pas un autre mot de {quoted(name)}.",
                )


def _field(field: Mapping[str, Any], path: KeyPath, words: Mapping[str, Any]) -> Iterator[Fault]:
    kind, heading = field["genre"], field.get("partie", "")
    for type_name in field["fiches"]:
        if field["cle"] in schema.packaged()[f"{BASE}{type_name}.json"]["properties"]:
            yield _fault(
                (*path, "cle"),
                f"Une fiche {type_name} a déjà une clé {quoted(field['cle'])}.",
                "Donnez-en une autre : loosbot n’en change aucune des siennes.",
            )
    for key, taken in (("titre", PARAMETERS), ("partie", HEADINGS)):
        text = field.get(key, "")
        if set(text) & _ILLEGAL:
            yield _fault(
                (*path, key),
                f"Dans {quoted(text)}, un de ces signes ne peut pas être sur le wiki : "
                "| = { } [ ] < > # & : ; * ' \"",
                "L’apostrophe s’écrit ’.",
            )
        if text in taken and (key == "partie" or not heading):
            yield _fault((*path, key), f"{quoted(text)} est déjà sur la page.")
    if kind in WORDED:
        yield from _vocabulary(field, path, words)
    elif "vocabulaire" in field:
        yield _fault((*path, "vocabulaire"), f"Un champ {quoted(kind)} n’a pas de vocabulaire.")
    if (kind == "lien") != ("vers" in field):
        yield _fault(
            (*path, "genre"),
            "« vers » dit, pour un lien et pour lui seul, quels types de fiches il peut nommer.",
            "Par exemple « vers: [acteur] ».",
        )
    if heading and kind not in UNDER_A_HEADING:
        yield _fault(
            (*path, "partie"),
            f"Un champ {quoted(kind)} est dans l’encadré, et non dans une partie à lui.",
            "Retirez « partie », ou donnez le genre « texte », « lignes » ou « mots ».",
        )
    if not heading and kind not in IN_THE_BOX:
        yield _fault(
            (*path, "genre"),
            f"Un champ {quoted(kind)} est trop long pour l’encadré.",
            "Donnez-lui une partie : « partie: Ce qu’en dit le quartier ».",
        )


def _vocabulary(
    field: Mapping[str, Any], path: KeyPath, words: Mapping[str, Any]
) -> Iterator[Fault]:
    start = f"{BASE}vocabulaires/"
    known = {id_.removeprefix(start)[:-5] for id_ in schema.packaged() if id_.startswith(start)}
    name = field.get("vocabulaire")
    if name is None:
        yield _fault(
            (*path, "genre"),
            f"Un champ {quoted(field['genre'])} demande un vocabulaire.",
            "Ajoutez « vocabulaire: theme », ou un nom que « mots » définit.",
        )
    elif name not in known | words.keys():
        near = nearest(name, sorted(known | words.keys()))
        yield _fault(
            (*path, "vocabulaire"),
            f"{quoted(name)} n’est pas un vocabulaire.",
            did_you_mean(near) if near else "Définissez ses mots dans « ajouts: mots: ».",
        )


def _rule(place: Mapping[str, Any], path: KeyPath, fields: Any) -> Iterator[Fault]:
    for type_name in place["fiches"]:
        own = {field["cle"] for field in fields if type_name in field["fiches"]}
        keys = own | set(schema.packaged()[f"{BASE}{type_name}.json"]["properties"])
        if place["champ"] not in keys:
            near = nearest(place["champ"], sorted(keys))
            yield _fault(
                (*path, "champ"),
                f"Une fiche {type_name} n’a pas de champ {quoted(place['champ'])}.",
                did_you_mean(near) if near else "",
            )
    known = schema.packaged()[f"{BASE}configuration.json"]["properties"]["regles"]["properties"]
    if place["code"] in known:
        yield _fault(
            (*path, "code"),
            f"La règle {quoted(place['code'])} est de loosbot.",
            "Donnez un autre nom à la vôtre ; « regles: » change celles de loosbot.",
        )


def _fault(path: KeyPath, message: str, hint: str = "", *, key: bool = False) -> Fault:
    return Fault(path, "ajout-impossible", message, hint, on="key" if key else "value")


_SECRET = re.compile("passe|password|secret|token|jeton|mdp")


def unknown(data: dict[str, Any], known: list[str]) -> list[Fault]:
    """A warning for each key of these settings that is none of the known ones."""
    return [
        warning(
            (key,),
            "cle-inconnue",
            f"La clé {quoted(key)} n’existe pas dans loosbot.yaml, elle est sans effet.",
            did_you_mean(near)
            if (near := nearest(key, known))
            else "Un mot de passe ne se met pas ici, où toute la mairie le lit : retirez-le, et "
            "changez-le s’il est déjà dans git."
            if _SECRET.search(folded(key))
            else f"Réglages possibles : {', '.join(known)}.",
            on="key",
        )
        for key in data
        if key not in known
    ]
