"""The mapping to other people's vocabularies, as data: ``schemas/correspondance*.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from loosbot import resources

State = str
"""``atteste deduit calcule estime inconnu sans-objet absent masque sans-equivalent``."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Our words for one of their columns, which has ``most`` places."""

    number: int
    column: str
    field: str
    most: int
    state: State
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Everything that the two files say.

    ``headers`` are their columns by file, ``labels`` their codes with English and French labels,
    ``told`` the rules without a vocabulary: number and French sentence, by column.
    """

    headers: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Mapping[str, tuple[str, str]]]
    rules: Mapping[str, Rule]
    told: Mapping[str, tuple[int, str]]
    transition: Mapping[str, Any]


@cache
def load() -> Correspondence:
    """Both files. Raises KeyError on a column that they do not define together: a bug."""
    theirs = _read("correspondance-participedia.yaml")
    ours = _read("correspondance.yaml")
    rules = {
        one["colonne"]: Rule(
            one["regle"],
            one["colonne"],
            one["champ"],
            one["maximum"],
            one["etat"],
            {word: tuple(codes) for word, codes in one["valeurs"].items()},
        )
        for one in ours["regles"]
    }
    return Correspondence(
        headers={name: tuple(theirs[name]) for name in ("cases", "methods", "organizations")},
        labels={
            name: {code: (english, french) for code, (english, french) in words.items()}
            for name, words in theirs["vocabulaires"].items()
        },
        rules=rules,
        told={column: (rule, text) for column, (rule, text) in ours["colonnes"].items()},
        transition=ours["transition"],
    )


def _read(name: str) -> dict[str, Any]:
    text = (resources.schemas() / name).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
