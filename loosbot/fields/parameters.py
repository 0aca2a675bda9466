"""Which field of a record stands in which template parameter: written once, read both ways.

Rendering walks these tables to write calls, ``pull`` walks them to read a person's edit back.
A record's own call is ``{{Fiche …}}`` (``FICHES``); each stage of a project is one call of
``{{Étape}}`` whose parameter ``Étape`` names it (``STAGES``); a promise is one call of
``{{Engagement}}`` whose parameter ``id`` names it; a voice is one call of ``{{Voix}}``, in order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus import additions
from loosbot.corpus.additions import AddedField
from loosbot.corpus.model import KeyPath
from loosbot.corpus.stages import STAGE_NAMES
from loosbot.corpus.values import STATES, at
from loosbot.fields.certainty import SOURCES, fact
from loosbot.fields.codecs import (
    DATE,
    LINK_LIST,
    LINKS,
    NUMBER,
    SENTENCE,
    TEXT,
    Codec,
    listed,
    word,
)
from loosbot.fields.languages import LANGUAGE
from loosbot.fields.quantities import QUANTITY
from loosbot.frozen import dataclass
from loosbot.wikitext.names import Names


@dataclass(frozen=True, slots=True)
class Field:
    """``parameter`` of a template shows the value at ``path`` of a document, by ``codec``.

    ``whole``: where the group that holds it is one word (``compte_rendu: inconnu``), it shows it.
    """

    parameter: str
    path: KeyPath
    codec: Codec
    whole: bool = False

    def value(self, document: Any) -> Any:
        """What ``document`` says here; None for nothing."""
        value = at(document, self.path)
        if value is None and self.whole and (word := at(document, self.path[:-1])) in STATES:
            return word
        return value

    def encode(self, value: Any, names: Names) -> str:
        """The wikitext of ``value``; never empty."""
        return self.codec.encode(value, names)

    def decode(self, wikitext: str, names: Names) -> Any:
        """The value of a parameter that is not empty; raises ``wikicode.Undecodable``."""
        return self.codec.decode(wikitext, names)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a project: its key, its name on the page, its fields (paths within it)."""

    key: str
    name: str
    fields: tuple[Field, ...]


def parameters(fields: tuple[Field, ...], document: Any, names: Names) -> list[tuple[str, str]]:
    """Parameters and values of the fields that ``document`` has."""
    return [
        (field.parameter, field.encode(value, names))
        for field in fields
        if (value := field.value(document)) is not None
    ]


def _field(parameter: str, path: str, codec: Codec, *, whole: bool = False) -> Field:
    return Field(parameter, tuple(path.split(".")), codec, whole)


_LEVEL = fact(word("niveau"))
_PART = fact(word("part-au-faire"))
_SIZE = fact(word("taille"))
_THEMES = _field("Thèmes", "themes", listed(word("theme")))
_SOURCES = _field("Sources", "sources", SOURCES)
_PLACE = _field("Lieu", "lieu", fact(LINKS))
_YEAR = _field("Année", "annee", fact(DATE))

_PROJECT = (
    _YEAR,
    _field("Statut", "statut", fact(word("statut-projet"))),
    _field("Taille", "taille", _SIZE),
    _field("Récurrence", "recurrence", SENTENCE),
    _PLACE,
    _THEMES,
    _field("Initiative", "initiative", fact(LINKS)),
    _field("Niveau", "niveau", _LEVEL),
    _field("Parties prenantes", "parties_prenantes", LINK_LIST),
    _field("Participants", "realisation.participants", QUANTITY),
    _field("Projet d'ensemble", "parent", LINKS),
    _SOURCES,
)

FICHES: Mapping[str, tuple[Field, ...]] = {
    "fifty-fifty": _PROJECT,
    "projet": tuple(field for field in _PROJECT if field.parameter != "Taille"),
    "recit": (
        _YEAR,
        _field("Date", "date", DATE),
        _field("Occasion", "occasion", SENTENCE),
        _field("Prononcé", "prononce", fact(word("oui-non"))),
        _field("Plume", "plume", LINKS),
        _field("D'après", "d_apres", TEXT),
        _field("Vidéo", "video", TEXT),
        _field("Projet", "projet", LINKS),
        _field("Répond à", "repond_a", LINKS),
        _PLACE,
        _field("Langue", "langue", LANGUAGE),
        _THEMES,
        _SOURCES,
    ),
    "reunion": (
        _field("Date", "date", fact(DATE)),
        _field("Sujet", "sujet", SENTENCE),
        _field("Genre", "genre", fact(word("genre-reunion"))),
        _PLACE,
        _field("Projet", "projet", LINKS),
        _field("Niveau", "niveau", _LEVEL),
        _field("Part au faire", "part_au_faire", _PART),
        _field("Service", "service", LINKS),
        _field("Animation", "animation", LINKS),
        _field("Parties prenantes", "parties_prenantes", LINK_LIST),
        _field("Présents", "presents", QUANTITY),
        _field("Compte rendu", "compte_rendu.document", LINKS, whole=True),
        _field("Compte rendu publié le", "compte_rendu.date", DATE),
        _field("Sources du compte rendu", "compte_rendu.sources", SOURCES),
        _THEMES,
        _SOURCES,
    ),
    "acteur": (
        _field("Genre", "genre", word("genre-acteur")),
        _field("Rôle", "role", fact(word("role"))),
        _field("Accord", "accord", TEXT),
        _field("Fonction", "fonction", SENTENCE),
        _field("Organisation", "organisation", LINKS),
        _field("Lieu", "lieu", LINKS),
        _field("Successeur", "successeur", LINKS),
        _field("Site", "site", TEXT),
        _THEMES,
        _SOURCES,
    ),
    "lieu": (
        _field("Genre", "genre", word("genre-lieu")),
        _field("Dans", "dans", LINKS),
        _field("Classement", "classement", SENTENCE),
        _field("Latitude", "coordonnees.latitude", NUMBER, whole=True),
        _field("Longitude", "coordonnees.longitude", NUMBER, whole=True),
        _field("Source des coordonnées", "coordonnees.sources", SOURCES),
        _THEMES,
        _SOURCES,
    ),
}
"""Type of a record -> the fields of its box."""

_COMMON_BEFORE = (_field("Date", "date", DATE), _field("Du", "du", DATE), _field("Au", "au", DATE))
_COMMON_AFTER = (
    _field("Niveau", "niveau", _LEVEL),
    _field("Part au faire", "part_au_faire", _PART),
    _field("Statut du fait", "statut", word("statut-fait")),
    _field("Preuve", "preuve", LINKS),
    _field("Sources", "sources", SOURCES),
)


def _stage(key: str, *own: Field, name: str = "") -> Stage:
    shown = name or STAGE_NAMES[key].capitalize()
    return Stage(key, shown, (*_COMMON_BEFORE, *own, *_COMMON_AFTER))


STAGES: tuple[Stage, ...] = (
    _stage(
        "demande",
        _field("Demandeurs", "demandeurs", LINKS),
        _field("Canal", "canal", fact(word("canal"))),
        _field("Besoin", "besoin", SENTENCE),
        _field("Intérêt en jeu", "interet", SENTENCE),
        _field("Autres concernés", "concernes", LINK_LIST),
        _field("Proposition", "proposition", SENTENCE),
        _field("Déjà traité", "deja_traite", LINKS),
        _field("Suite donnée", "suite", SENTENCE),
    ),
    _stage(
        "diagnostic",
        _field("Taille", "taille", _SIZE),
        _field("Parties prenantes", "parties_prenantes", LINK_LIST),
        _field("Risques", "risques", listed(word("risque"))),
        _field("Compétence", "competence", SENTENCE),
    ),
    _stage(
        "convention",
        _field("Signature", "signature", DATE),
        _field("Effet du", "duree.du", DATE, whole=True),
        _field("Effet au", "duree.au", DATE, whole=True),
        _field("Parties", "parties", LINK_LIST),
    ),
    _stage("realisation"),
    _stage(
        "suivi",
        _field("Entretien", "etat", fact(word("entretien"))),
        _field("Responsable", "responsable", LINKS),
    ),
    _stage("evaluation", _field("Menée par", "qui", LINKS), _field("Méthode", "methode", SENTENCE)),
)
"""The six stages, in their order. Paths begin inside the stage."""

STOP = _stage(
    "arret",
    _field("Motif", "motif", SENTENCE),
    _field("Suite donnée", "suite", SENTENCE),
    name="Arrêt",
)
"""The end of a project that stopped, shown as one more card."""


def _stated_together() -> Mapping[KeyPath, tuple[str, ...]]:
    placed = [(field, field.path) for fields in FICHES.values() for field in fields]
    placed += [(field, (stage.key, *field.path)) for stage in STAGES for field in stage.fields]
    by_group: dict[KeyPath, tuple[str, ...]] = {}
    for field, path in placed:
        if field.whole:
            by_group[path[:-1]] = (*by_group.get(path[:-1], ()), str(path[-1]))
    return by_group


STATED_TOGETHER = _stated_together()
"""Group that may be one word -> its keys that show this word, each in a parameter of its own."""

CLAUSES: tuple[Field, ...] = (
    _field("Modèle", "modele", SENTENCE),
    _field("Objet", "objet", SENTENCE),
    _field("Travaux", "travaux", SENTENCE),
    _field("Assurance", "assurance", SENTENCE),
    _field("Accident", "accident", SENTENCE),
    _field("Casse", "casse", SENTENCE),
    _field("Caducité", "caducite", SENTENCE),
    _field("Document", "document", LINKS),
)
"""Fields of ``{{Convention}}``; paths begin inside ``convention``."""

PROMISE: tuple[Field, ...] = (
    _field("id", "id", TEXT),
    _field("Qui", "qui", LINKS),
    _field("Quoi", "quoi", SENTENCE),
    _field("Pour quand", "echeance", DATE),
    _field("Tenu", "issue", word("issue")),
    _field("Constaté le", "date_issue", DATE),
    _field("Motif", "motif", SENTENCE),
    _field("Preuve", "preuve", LINKS),
    _field("Article", "article", NUMBER),
    _field("Statut du fait", "statut", word("statut-fait")),
    _field("Sources", "sources", SOURCES),
)
"""Fields of ``{{Engagement}}``; paths begin inside one item of ``engagements``."""

VOICE: tuple[Field, ...] = (
    _field("Qui", "qui", LINKS),
    _field("Rôle", "role", word("role")),
    _field("Accord", "accord", TEXT),
    _field("Nature", "nature", word("nature")),
    _field("Date", "date", DATE),
    _field("Répond à", "repond_a", LINKS),
    _field("Thèmes", "themes", listed(word("theme"))),
    _field("Effets", "effets", listed(fact(word("effet")))),
    _field("Sources", "sources", SOURCES),
)
"""Fields of ``{{Voix}}``; paths begin inside one item of ``voix``."""

ROWS: Mapping[str, tuple[Field, ...]] = {
    "source": (
        _field("Genre", "genre", word("genre-source")),
        _field("Auteurs", "auteurs", LINK_LIST),
        _field("Année", "annee", DATE),
        _field("Date", "date", DATE),
        _field("Éditeur", "editeur", SENTENCE),
        _field("Dans", "dans", LINKS),
        _field("Passage", "passage", SENTENCE),
        _field("Adresse", "url", TEXT),
        _field("Accès", "acces", SENTENCE),
        _THEMES,
    ),
    "indicateur": (
        _field("Valeur", "valeur", NUMBER),
        _field("Unité", "unite", SENTENCE),
        _field("Date", "date", DATE),
        _field("Statut du fait", "statut", word("statut-fait")),
        _field("Mode de comptage", "comptage", SENTENCE),
        _field("Projet", "projet", LINKS),
        _PLACE,
        _field("Contredit", "contredit", LINKS),
        _THEMES,
    ),
}
"""Types without a page of their own: the cells of their rows."""


def fields_of(record_type: str) -> tuple[Field, ...]:
    """The parameters of a record's box, those that the town adds at the end."""
    added = (own for own in additions.current().of(record_type) if not own.heading)
    own = (Field(own.title, (own.key,), _codec(own)) for own in added)
    return (*FICHES[record_type], *own)


def _codec(added: AddedField) -> Codec:
    term = word(added.vocabulary)
    codecs = {"date": DATE, "nombre": NUMBER, "lien": LINKS, "mot": term, "mots": listed(term)}
    return word("oui-non") if added.kind == "oui-non" else codecs.get(added.kind, TEXT)
