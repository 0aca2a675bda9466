"""Hints for a reference to a record that does not exist: how to begin it."""

from __future__ import annotations

import re
from collections.abc import Callable

from loosbot.corpus.paths import free_id, is_attached
from loosbot.corpus.values import STATES
from loosbot.corpus.wording import folded, slug

_PASSAGE = re.compile(r"(?:§|n\.|p\.|art\.) ?\w")
_CITED = re.compile(
    r"(.*\w)[ ,(]+(?:(p|pp|pages?)|(art|articles?)|(notes?)|(§|sections?|chapitres?))"
    r"\.? ?(\d[\w.-]*)\)?",
    re.IGNORECASE,
)
"""A source as people cite it, with the page, the article, the note or the section."""
_SIGNS = ("p.", "art.", "n.", "§")
_UNSAFE = frozenset('"\\$`!\n')
"""Signs that a terminal reads otherwise between double quotes."""


def file_of(type_: str, name: str) -> str:
    """The path of the file that would have this id."""
    if type_ == "page":
        return f"pages/{name}.md"
    return f"pages/index/{name}.yaml" if type_ == "index" else f"narratives/{type_}/{name}.yaml"


def instead_of_address(words: str) -> str:
    """The hint for a web address in place of a record; "" for any other words."""
    if not words.startswith(("www.", "http://", "https://")) or " " in words:
        return ""
    whole = f"https://{words}" if words.startswith("www.") else words
    return f"Ici se mettent des fiches. Une adresse se met dans un texte : [les mots]({whole})"


def begun(
    words: str, types: tuple[str, ...], is_taken: Callable[[str], bool], *, is_source: bool
) -> str:
    """The hint for words in place of a record: a shell command that begins the record, and the id
    that it gives, without its type among ``sources``; nobody begins a record of what is unknown."""
    if folded(words) in map(folded, STATES):
        return "Rien ne se dit inconnu ni sans objet ici : supprimez cette ligne."
    if hint := instead_of_address(words):
        return hint
    if len(types) > 1 or _UNSAFE & set(words) or not slug(words):
        return f"Écrivez le type et le nom du fichier : {types[0]}/nom-du-fichier."
    written = free_id(types[0], words, is_taken)
    if is_source:
        written = written.removeprefix("source/")
    return (
        f'Commencez sa fiche : loosbot new {types[0]} --titre "{words}" ; '
        f"puis écrivez ici : {written}"
    )


def target(typed: str, name: str) -> str:
    """The hint for a link in a text that leads nowhere; ``name`` is its target, no part of it."""
    if typed.startswith("www."):
        return f"Écrivez https://{typed}"
    if is_attached(name):
        return f"Une image ou un PDF se joint : documents: [{{fichier: {name}, alt: …}}]"
    hint = "Écrivez une fiche (recit/nom), un fichier (../lieu/nom.yaml) ou https://…"
    return f"{hint} Si ce n’est pas un lien : \\]({typed})" if typed.isalnum() else hint


def source(value: str, id_: str, is_taken: Callable[[str], bool]) -> str:
    """The hint for a source without a record; ``id_`` is "" where ``value`` is no reference."""
    if id_:
        return f"Créez {file_of('source', id_)}, ou retirez cette source."
    if value.startswith(("www.", "http://", "https://")):
        value = f"https://{value}" if value.startswith("www.") else value
        return (
            f"Une adresse seule se met dans le texte : [ce qu’on y lit]({value}). "
            "Pour la citer, faites-lui une fiche : loosbot new source"
        )
    if _PASSAGE.match(value):
        return (
            "Entre crochets, une virgule sépare deux sources : écrivez le nom de celle-ci devant, "
            f"« nom-de-la-source {value} »."
        )
    name, passage = cited(value)
    hint = begun(name, ("source",), is_taken, is_source=True)
    return hint + passage if hint.startswith("Commencez") else hint


def cited(value: str) -> tuple[str, str]:
    """« Registre, page 4 » as the words of the source and the passage as it is to be written,
    ``" p. 4"``; "" for none."""
    if not (parts := _CITED.fullmatch(value)):
        return value, ""
    sign = next(sign for sign, typed in zip(_SIGNS, parts.groups()[1:], strict=False) if typed)
    return parts[1], f" {sign} {parts[6]}"
