"""Hints for an unknown key or word: where in the schemas, or under which name, it exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.check.samples import MAIN, explained
from loosbot.corpus.model import RECORD_TYPES, KeyPath
from loosbot.corpus.schema import Shape, Word
from loosbot.corpus.types import TYPES
from loosbot.corpus.wording import by_fold, either, folded
from loosbot.corpus.yaml.reader import shipped
from loosbot.frozen import dataclass

_MOST = 3
_DEEP = ("couts", "apports", "besoin", "participants", "parties")
"""Keys of a group that people write at the top, under another name too."""


_OF_THE_WHOLE = frozenset(("duree",))
"""What people say of a whole record, and a group of it has a key for: how long a project took is no
fact of its agreement."""


@dataclass(frozen=True, slots=True)
class _OtherNames:
    """What people call keys and words who have not seen their names, or know them in English, as
    ``schemas/autres-noms.yaml`` says; names are folded."""

    keys: Mapping[str, frozenset[str]]
    """Key -> its other names."""
    keyless: Sequence[tuple[KeyPath, frozenset[str], str]]
    """What has no key of its own: the key that tells the group, its names, where to say it."""
    words: Mapping[str, list[str]]
    """Other name -> the words of vocabularies that it means."""


@cache
def _others() -> _OtherNames:
    """Read where somebody first writes what no schema has: most runs meet nothing of the kind."""
    data = shipped("autres-noms.yaml")
    words: dict[str, list[str]] = {}
    for word, names in data["mots"].items():
        for name in names.split():
            words.setdefault(folded(name), []).append(word)
    return _OtherNames(
        {key: _folded(names) for key, names in data["cles"].items()},
        [(tuple(row["groupe"]), _folded(row["noms"]), row["ou"]) for row in data["phrases"]],
        words,
    )


def _folded(names: str) -> frozenset[str]:
    return frozenset(map(folded, names.split()))


def another_word(value: str, words: Iterable[Word], *, whole: bool = False) -> Word | None:
    """The word of this vocabulary that people call otherwise, in any gender, be it with something
    behind it unless ``whole``: ``terminée en 2018`` is ``abouti``. None where nothing like it is
    known."""
    known = {word.value: word for word in words}
    typed = [folded(part) for part in re.findall(r"\w+", value)]
    for length in (len(typed),) if whole else (2, 1):
        name = "-".join(typed[:length])
        meant = _others().words.get(name) or _others().words.get(name.removesuffix("e"), [])
        if word := next((word for word in meant if word in known), ""):
            return known[word]
    return None


def type_called(name: str) -> str:
    """The type of the records that people call so: ``personne`` is ``acteur``; "" for none."""
    wanted = folded(name)
    return next((row.name for row in TYPES.values() if wanted in row.called), "")


def of_its_list(key: str, shape: Shape, path: KeyPath) -> str:
    """The key that an item at ``path`` is about, where ``key`` is called as its list is:
    ``decision`` in ``decisions`` is ``texte``; "" for any other key."""
    if len(path) < 2 or isinstance(path[-1], str) or folded(key) != folded(str(path[-2])):
        return ""
    return next((name for name in MAIN if name in shape.required), "")


def called(key: str, shape: Shape) -> str:
    """The key of this group that ``key`` is another name of: ``lecons`` is ``enseignements``; ""
    for none."""
    wanted = folded(key)
    return next(
        (
            name
            for name, others in _others().keys.items()
            if wanted in others and name in shape.properties
        ),
        "",
    )


def of_another_name(key: str, shape: Shape, path: KeyPath = ()) -> str:
    """The fault of a key with another name here: « photo » is « documents »."""
    if name := of_its_list(key, shape, path) or called(key, shape):
        return f"Cela se dit « {name} » ici : {explained(shape.properties[name])}"
    wanted = folded(key)
    return next((of_a_group(name, shape) for name in _DEEP if wanted in _others().keys[name]), "")


def of_no_key(key: str, shape: Shape) -> str:
    """Where that is said which no key says: the hour of a meeting, in its text; "" where none
    of ours knows."""
    wanted = folded(key)
    return next(
        (
            sentence
            for path, names, sentence in _others().keyless
            if wanted in names and (not path or shape.at(path).description)
        ),
        "",
    )


def of_a_group(key: str, shape: Shape) -> str:
    """The fault of a key that belongs in a group: « couts » goes in « realisation »."""
    wanted = folded(key)
    if wanted in _OF_THE_WHOLE:
        return ""
    groups_of = [
        (name, inside[wanted], in_a_list)
        for name, child in shape.properties.items()
        for inside, in_a_list in _keys_inside(child)
        if wanted in inside
    ]
    if not groups_of:
        return ""
    name, meant, in_a_list = groups_of[0]
    example = f"[{{{meant}: …}}]" if in_a_list else f"{{{meant}: …}}"
    if len(groups_of) > 1:
        groups = either(f"« {group} »" for group, _, _ in groups_of[:_MOST])
        return f"« {meant} » se met dans un groupe : {groups}. Exemple : {name}: {example}"
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
    if not holding and folded(key) in by_fold([*schema.shape("configuration").properties]):
        return "Retirez-la : loosbot.yaml le dit pour toutes les fiches."
    return f"« {key} » est une clé des fiches {either(holding)}." if holding else ""


def by_definition(value: str, words: Iterable[Word]) -> str | None:
    """The value of the one word whose definition names what was typed: ``école`` ->
    ``education-enfance``. None where none does, or several."""
    wanted = set(folded(value).split("-"))
    if not wanted or min(map(len, wanted)) < _MOST:
        return None
    naming = [
        word.value
        for word in words
        if wanted <= {folded(term) for term in re.findall(r"\w+", word.description)}
    ]
    return naming[0] if len(naming) == 1 else None


def of_an_address(key: str, value: Any, shape: Shape) -> str:
    """The key for a web address that stands under ``lien`` or ``liens``, where records are meant;
    "" for anything else."""
    if folded(key) != "lien" or not str(value).startswith(("http://", "https://", "www.")):
        return ""
    return next((name for name in ("url", "site") if name in shape.properties), "")
