"""One page for each parameter of each box, and what a person types there.

A parameter that a box gains has no text here, and :func:`typed` fails until it has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loosbot.corpus.types import TYPES
from loosbot.fields.parameters import CLAUSES, FICHES, PROMISE, VOICE, Field
from loosbot.fields.promises import PROMISE_CELLS

_TYPED = {
    "Accès": "en mairie",
    "Année": "1999",
    "Article": "4",
    "Au": "8 mai 2017",
    "Compte rendu": "le cahier de la salle",
    "Compte rendu publié le": "9 mars 2017",
    "Constaté le": "9 mars 2017",
    "Dans": "[[La ville]]",
    "Date": "3 mars 2017",
    "Document": "[[Sources#source-cahier|Le cahier]]",
    "Effets": "Confiance",
    "Genre": {"reunion": "Réunion publique", "acteur": "Association", "lieu": "Quartier"},
    "Langue": "picard",
    "Latitude": "50,4501",
    "Lieu": "[[La ville]]",
    "Longitude": "2,7901",
    "Nature": "Rapporté",
    "Niveau": "Information",
    "Part au faire": "Travail",
    "Participants": "{{Quantité|valeur=14|unité=voisins}}",
    "Parties prenantes": "[[Les voisins]] ; des passants",
    "Preuve": "le cahier de la salle",
    "Projet": "[[Le grand projet]]",
    "Projet d'ensemble": "[[Le grand projet]]",
    "Prononcé": "Non",
    "Présents": "{{Quantité|valeur=14|unité=voisins}}",
    "Rôle": "Agent",
    "Répond à": {"recit": "[[Un autre récit]]", "voix": "[[Les voisins]]"},
    "Site": "https://example.org/site",
    "Source des coordonnées": "{{Source|cahier|passage=p. 12|titre=Le cahier}}",
    "Sources": "{{Source|cahier|passage=p. 12|titre=Le cahier}}",
    "Sources du compte rendu": "{{Source|cahier|passage=p. 12|titre=Le cahier}}",
    "Statut": "Abouti {{Statut|déduit}}",
    "Statut du fait": "Déduit",
    "Successeur": "[[Les voisins]]",
    "Taille": "Léger",
    "Tenu": "Tenu",
    "Thèmes": "Voirie ; Énergie",
    "Vidéo": "https://example.org/film",
}
"""What is typed in a parameter, or by the type of the page; any other one takes free words."""
WORDS = "des mots de Camille"
_PLACES = {"Latitude", "Longitude", "Source des coordonnées"}
_VOICE = """\
voix:
  - qui: acteur/voisins
    role: habitant
    consentement: {etat: public, portee: [wiki]}
    texte: Une voix.
"""
CORPUS = {
    "loosbot.yaml": "corpus: essai\n",
    "narratives/lieu/ville.yaml": "type: lieu\ntitre: La ville\ngenre: commune\n",
    "narratives/acteur/voisins.yaml": "type: acteur\ntitre: Les voisins\ngenre: groupe\n",
    "narratives/projet/grand.yaml": "type: projet\ntitre: Le grand projet\n",
    "narratives/recit/autre.yaml": "type: recit\ntitre: Un autre récit\n" + _VOICE,
    "narratives/source/cahier.yaml": "type: source\ntitre: Le cahier\ngenre: document\n",
    "pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\n---\n\nBonjour.\n",
}
"""What the parameters name."""
_PROMISE = "convention: {engagements: [{id: banc, qui: acteur/voisins, quoi: Un banc}]}\n"
_BOXES = {
    "voix": ("recit", "Voix", VOICE, _VOICE),
    "engagement": ("fifty-fifty", "Engagement", PROMISE, _PROMISE),
    "convention": ("projet", "Convention", CLAUSES, "convention: {objet: Un banc}\n"),
}
_MORE = {
    "acteur": "genre: groupe\n",
    "recit": _VOICE,
    "lieu": "genre: site\ncoordonnees: {latitude: 50.1, longitude: 2.1}\n",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A page on which one parameter of one box is typed: its file, and what stands there then."""

    title: str
    path: str
    record: str
    box: str
    parameter: str
    wikitext: str

    def edited(self, body: str) -> str:
        """The body once the person has typed it, in the place of what stood there."""
        start = body.index("{{" + self.box)
        end = body.index("}}\n", start) if self.box != "Engagement" else body.index("}}", start)
        box = body[start:end]
        name = re.escape(self.parameter)
        if self.box == "Engagement":
            box = re.sub(rf"\|{name}=[^|]*", "", box) + f"|{self.parameter}={self.wikitext}"
        else:
            box = re.sub(rf"^\| {name} = .*\n", "", box, flags=re.MULTILINE)
            box += f"| {self.parameter} = {self.wikitext}\n"
        return body[:start] + box + body[end:]

    @property
    def shown(self) -> str:
        """How the parameter stands in the page then."""
        if self.box == "Engagement":
            return f"|{self.parameter}={self.wikitext}"
        return f"| {self.parameter} = {self.wikitext}\n"


def cases() -> Iterator[Case]:
    """Each parameter of each box."""
    for type_, fields in FICHES.items():
        for field in fields:
            yield _case(type_, type_, TYPES[type_].box, field, _MORE.get(type_, ""))
    for name, (type_, box, fields, more) in _BOXES.items():
        for field in fields:
            # the id names the promise, and the cells of its row hold the others
            if box != "Engagement" or field.parameter not in ("id", *PROMISE_CELLS.values()):
                yield _case(name, type_, box, field, more)


def _case(name: str, type_: str, box: str, field: Field, more: str) -> Case:
    slug = f"{name}-{'-'.join(map(str, field.path)).replace('_', '-')}"
    title = f"Page {slug}"
    typed = _TYPED.get(field.parameter, WORDS)
    wikitext = typed if isinstance(typed, str) else typed[name]
    record = f"type: {type_}\ntitre: {title}\n{more}"
    return Case(title, f"narratives/{type_}/{slug}.yaml", record, box, field.parameter, wikitext)
