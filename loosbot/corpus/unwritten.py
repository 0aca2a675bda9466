"""Hints for a reference to a record that does not exist: how to begin it."""

from __future__ import annotations

from collections.abc import Callable

from loosbot.corpus.paths import free_id
from loosbot.corpus.values import STATES
from loosbot.corpus.wording import folded, slug

_UNSAFE = frozenset('"\\$`!\n')
"""Signs that a terminal reads otherwise between double quotes."""


def file_of(type_: str, name: str) -> str:
    """The path of the file that would have this id."""
    if type_ == "page":
        return f"pages/{name}.md"
    return f"pages/index/{name}.yaml" if type_ == "index" else f"narratives/{type_}/{name}.yaml"


def begun(words: str, types: tuple[str, ...], is_taken: Callable[[str], bool]) -> str:
    """The hint for words in place of a record: a shell command that begins the record, and the id
    that it gives; nobody begins a record of what is unknown."""
    if folded(words) in map(folded, STATES):
        return "Rien ne se dit inconnu ni sans objet ici : supprimez cette ligne."
    if len(types) > 1 or _UNSAFE & set(words) or not slug(words):
        return f"Écrivez le type et le nom du fichier : {types[0]}/nom-du-fichier."
    written = free_id(types[0], words, is_taken).removeprefix("source/")
    return (
        f'Commencez sa fiche : loosbot new {types[0]} --titre "{words}" ; '
        f"puis écrivez ici : {written}"
    )


def source(value: str, id_: str, is_taken: Callable[[str], bool]) -> str:
    """The hint for a source without a record; ``id_`` is "" where ``value`` is no reference."""
    if id_:
        return f"Créez {file_of('source', id_)}, ou retirez cette source."
    if value.startswith(("http://", "https://")):
        return (
            f"Une adresse seule se met dans le texte : [ce qu’on y lit]({value}). "
            "Pour la citer, faites-lui une fiche : loosbot new source"
        )
    return begun(value, ("source",), is_taken)
