"""Records as rows: the raw values, the groups and the order that an index asks for."""

from __future__ import annotations

from typing import Any

from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.model import IndexPage, Record
from loosbot.corpus.types import TYPES
from loosbot.corpus.values import at
from loosbot.fields.collation import date_key, initial, sort_key, year_of
from loosbot.fields.site import Site, bare
from loosbot.fields.vocabulary import STATES, vocabulary

DATES = frozenset({"annee", "date", "du", "au", "signature"})
"""Fields that hold a date, of a record or inside one of its stages."""
VOCABULARIES = {
    "themes": "theme", "effets": "effet", "limites": "limite", "leviers": "levier",
    "vigilances": "vigilance", "niveau": "niveau", "taille": "taille", "role": "role",
    "part_au_faire": "part-au-faire", "canal": "canal", "risques": "risque", "etat": "entretien",
}  # fmt: skip
"""Field, of a record or of a stage -> the vocabulary of its values."""


def value_of(record: Record, key: str) -> Any:
    """The value of a field; ``convention.signature`` goes inside, and is « inconnu » where the
    whole convention is."""
    value: Any = record.data
    for inner in plain_key(key).split("."):
        if isinstance(value, str) and value in STATES:
            return value
        value = at(value, (inner,))
    return value


def is_known(record: Record, key: str) -> bool:
    """Whether a field is not said to be unknown or not to apply."""
    return str(bare(value_of(record, key))) not in STATES


def is_date(key: str) -> bool:
    """Whether a field holds a date; of a stage too (``demande.date``)."""
    return key.rpartition(".")[2] in DATES


def raw_values(record: Record, key: str) -> list[str]:
    """What a filter compares: every value that a field holds, as text."""
    if key == "type":
        return [record.type]
    value = bare(value_of(record, key))
    items = value if isinstance(value, list) else [] if value is None else [value]
    return [str(bare(item)) for item in items]


def selects(index: IndexPage, record: Record) -> bool:
    """Whether a record is one of the rows of this index."""
    if record.id in index.data.get("avec", ()):
        return True
    wanted = index.data.get("enregistrements")
    if wanted is None or record.type not in wanted["types"]:
        return False
    for key, allowed in wanted.items():
        if key == "types":
            continue
        words = {allowed} if isinstance(allowed, str) else set(allowed)
        if words.isdisjoint(raw_values(record, key)):
            return False
    return True


def groups(record: Record, key: str, site: Site) -> list[tuple[str, str]]:
    """The parts of an index a record belongs to: pairs of a sorting text and a heading."""
    if key == "initiale":
        letter = initial(record.title)
        return [(letter, letter)]
    if key == "type":
        # a record type is shown by its name: « Récits », not « recit »
        plural = TYPES[record.type].plural
        return [(sort_key(plural), plural)]
    key = plain_key(key)
    labels = []
    for value in raw_values(record, key):
        if value in STATES:
            continue
        if is_date(key):
            label = year_of(value) or value
        elif name := vocabulary_of(record.type, key):
            # a narrower theme goes under its wider one: « Voirie » in « Mobilité et voirie »
            label = vocabulary(name).label(vocabulary(name).widest(value))
        else:
            label = site.names.label(value)
        labels.append((sort_key(label), label))
    return list(dict.fromkeys(labels)) or [("\uffff", "Non précisé")]


def vocabulary_of(record_type: str, key: str) -> str | None:
    """Name of the vocabulary that the values of a field come from; None where they are free."""
    key = plain_key(key)
    if key == "genre":
        return f"genre-{record_type}"
    if key == "statut":
        return "statut-fait" if record_type == "indicateur" else "statut-projet"
    return VOCABULARIES.get(key.rpartition(".")[2])


def order(record: Record, key: str) -> str:
    """What a record is sorted by."""
    value = bare(value_of(record, key))
    if is_date(key):
        return date_key(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:024.6f}"
    if isinstance(value, list):
        value = bare(value[0]) if value else None
    return "\uffff" if value is None else sort_key(str(value))
