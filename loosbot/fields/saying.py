"""What a field takes, said in a phrase to whoever fills it in. Plain text, keys in backticks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from loosbot.corpus.schema import Word
from loosbot.corpus.wording import either
from loosbot.fields.dictionary import Field, Kind, walk
from loosbot.fields.vocabulary import vocabulary

FEW = 9
"""A vocabulary of at most so many words is listed on the spot."""
_SEVERAL = 3
FACT = ("statut", "sources", "note")
"""What makes a value a fact that one can judge: the keys that follow ``valeur``."""
_COMMON = (
    frozenset({"valeur", *FACT}),
    frozenset({"texte", "qui", "date", "statut", "sources"}),
    frozenset({"valeur", "unite", "quoi", "comptage", "date", *FACT}),
)
"""Groups that stand under many fields, and are told once for all."""


def what_it_takes(field: Field) -> str:
    """« un mot parmi `habitant`, `agent`… », « une date »."""
    words = _simple(field.simple)
    if not field.short:
        return words
    if is_common(field):
        return f"{words} ; peut se préciser"
    return f"{words} ; ou {'des groupes' if field.many else 'un groupe'} de clés"


def is_common(field: Field) -> bool:
    """Whether its group is one of those documented once for all types."""
    return bool(field.short) and frozenset(inner.key for inner in field.fields) in _COMMON


def vocabularies(fields: Iterable[Field]) -> list[str]:
    """Names of the vocabularies of these fields and of those inside them, as they come."""
    named = (inner.vocabulary for inner in walk(tuple(fields)) if inner.kind != "flag")
    return [name for name in dict.fromkeys(named) if name]


_PLAIN: Mapping[Kind, str] = {
    "line": "une ligne",
    "plain": "une ou quelques phrases",
    "text": "un texte en Markdown",
    "flag": "`oui` ou `non`",
    "date": "une date",
    "numbers": "des nombres, un par tiret",
    "address": "une adresse web",
    "reference": "une source : `nom-de-la-source § 3.2`",
    "references": "des sources : `[nom-de-la-source § 3.2]`",
    "lines": "des textes, un par tiret",
    "file": "le nom d’un fichier JPEG, PNG ou PDF",
    "items": "des groupes de clés, un par tiret",
    "map": "un groupe dont vous choisissez les clés",
    "group": "un groupe de clés",
}


def _simple(field: Field) -> str:
    match field.kind:
        case "choice":
            return f"un mot {_among(field)}"
        case "choices":
            return f"des mots {_among(field)}"
        case "number":
            return _number(field)
        case "link":
            return _target(field)
        case "links":
            return f"{_target(field)} ; ou plusieurs{'' if field.alone else ', en liste'}"
        case kind:
            return _PLAIN[kind]


def _among(field: Field) -> str:
    if len(field.words) <= FEW:
        return "parmi " + ", ".join(f"`{word.value}`" for word in field.words)
    return f"parmi les {len(field.words)} de « {heading(field)} »"


def heading(field: Field) -> str:
    """What the vocabulary of this field is called."""
    return vocabulary(field.vocabulary).title if field.vocabulary else field.title


def _number(field: Field) -> str:
    words = "un nombre entier" if field.whole else "un nombre"
    if field.minimum is not None and field.maximum is not None:
        words += f" de {field.minimum:g} à {field.maximum:g}"
    return f"{words}, ou une fourchette : 10 à 15" if field.free else words


def _target(field: Field) -> str:
    if len(field.targets) > _SEVERAL:
        return "une fiche : `type/nom-du-fichier`"
    words = "une fiche : " + either(f"`{name}/nom-du-fichier`" for name in field.targets)
    return f"{words}, ou un nom en toutes lettres" if field.free else words


def words_of(name: str) -> list[Word]:
    """The words of a vocabulary, in its order."""
    return [*vocabulary(name).terms.values()]
