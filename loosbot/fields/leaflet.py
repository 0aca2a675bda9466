"""The dictionary of fields in a terminal: one type, one vocabulary, or which there are."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from loosbot.corpus.types import RECORD_TYPES
from loosbot.fields import dictionary as fields
from loosbot.fields.dictionary import Field, dictionary, walk
from loosbot.fields.saying import is_common, vocabularies, what_it_takes, words_of
from loosbot.fields.vocabulary import fold, vocabulary

PRECISE = """\
Ce qui « peut se préciser » s’écrit seul, ou en groupe : valeur (ou texte), puis statut, sources,
note… Exemple : annee: {valeur: 2019, statut: deduit, note: D’après la date du spectacle.}
* : inconnu et sans-objet sont admis."""

_PLACES = 4
"""Records named of those that have a key: of the most common, there are eight."""


def overview() -> Iterator[str]:
    """What can be asked for."""
    yield "Les types de fiches :"
    for name in RECORD_TYPES:
        yield from _entry(f"  {name:<12}", fields.about(name))
    yield "\nLes listes de mots :"
    for name in _vocabularies():
        terms = vocabulary(name)
        yield from _entry(f"  {name:<18}", f"{terms.title}. {terms.description}")
    yield "\nPour en lire un : loosbot champs recit, loosbot champs theme."


def names() -> tuple[str, ...]:
    """What :func:`leaflet` knows."""
    return (*RECORD_TYPES, *_vocabularies())


def leaflet(name: str) -> Iterator[str]:
    """The lines of one type or of one vocabulary."""
    return _type(name) if name in RECORD_TYPES else _words(name)


def _vocabularies() -> list[str]:
    return vocabularies(field for name in RECORD_TYPES for field in dictionary(name))


def _type(name: str) -> Iterator[str]:
    yield from _entry("", f"{fields.title(name)} : {fields.about(name)}")
    yield f"Son fichier : narratives/{name}/nom-du-fichier.yaml ; il commence par « type: {name} »."
    yield from ("", *PRECISE.split("\n"), "")
    yield from _fields(dictionary(name), "")
    yield "\nUn exemple entier :\n"
    yield textwrap.indent(fields.example(name), "    ")
    for book in vocabularies(dictionary(name)):
        yield from _words(book)
        yield ""


def _fields(listed: Iterable[Field], margin: str) -> Iterator[str]:
    for field in listed:
        sign = "*" if field.states else ""
        needed = " (nécessaire)" if field.required else ""
        takes = what_it_takes(field).replace("`", "")
        yield from _entry(f"{margin}{field.key}{sign}{needed} : ", takes, margin + "      ")
        yield from _entry(f"{margin}    ", f"{field.title}. {field.help}")
        if not is_common(field):
            yield from _fields(field.fields, f"{margin}    ")


def _words(name: str) -> Iterator[str]:
    terms = vocabulary(name)
    yield from _entry("", f"{terms.title} ({name}) : {terms.description}")
    for word in words_of(name):
        yield from _entry(f"  {word.value} : ", f"{word.title}. {word.description}", " " * 6)


def _entry(head: str, text: str, margin: str = "") -> list[str]:
    """One paragraph; its further lines stand below ``text``, or at ``margin``."""
    return textwrap.wrap(
        text,
        100,
        initial_indent=head,
        subsequent_indent=margin or " " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


def place_of(name: str) -> str:
    """Which dictionary tells a key (« couts ») or a word of a list (« dechets-proprete »); "" for
    what is neither."""
    wanted = fold(name)
    places_of_key = []
    for type_ in RECORD_TYPES:
        places = [field.name for field in walk(dictionary(type_)) if fold(field.key) == wanted]
        if places:
            places_of_key.append(
                f"{min(places, key=lambda place: place.count('.'))} (loosbot champs {type_})"
            )
    if places_of_key:
        more = " ; …" if len(places_of_key) > _PLACES else ""
        return f"C’est une clé : {' ; '.join(places_of_key[:_PLACES])}{more}"
    for listed in names():
        if listed not in RECORD_TYPES and any(
            wanted in (fold(term.value), fold(term.title))
            for term in vocabulary(listed).terms.values()
        ):
            return f"C’est un mot d’une liste : loosbot champs {listed}"
    return ""
