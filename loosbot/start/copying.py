"""What a new record takes from one that exists: where, about what, with whom. Never a voice."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from loosbot.corpus.model import Record
from loosbot.fields.dictionary import dictionary

KEPT = frozenset(
    {
        "animation", "auteurs", "comptage", "dans", "editeur", "genre", "initiative", "langue",
        "lieu", "niveau", "organisation", "parent", "part_au_faire", "parties_prenantes", "projet",
        "recurrence", "referents", "role", "service", "taille", "themes", "unite",
    }
)  # fmt: skip
"""Keys that a record of the same kind is likely to share. Not its dates, words, figures or sources,
which are of the one thing that it tells; not its consents, which are of one person."""
_SUBJECT = {"projet": "projet", "fifty-fifty": "projet", "lieu": "lieu", "acteur": "organisation"}
"""Type of the record it starts from -> the key that names it."""


def like(type_name: str, base: Record, gone: Callable[[str], bool]) -> dict[str, Any]:
    """The values to begin with; a record of another type is named in the new one.

    ``gone`` tells whether a text names somebody who withdrew: they come into no new file.
    """
    fields = {field.key: field for field in dictionary(type_name)}
    theirs = {field.key: field for field in dictionary(base.type)}
    data = {
        key: kept
        for key in fields
        if key in KEPT and key in base.data and fields[key].simple.words == theirs[key].simple.words
        if (kept := _without(base.data[key], gone)) is not None
    }
    if base.type != type_name:
        key = _SUBJECT.get(base.type, "liens")
        field = fields.get(key)
        if field is None or base.type not in field.simple.targets:
            key = "liens"
        data[key] = [base.id]
    return data


def _without(value: Any, gone: Callable[[str], bool]) -> Any:
    """A copy of a value, None where it is about somebody who withdrew."""
    if isinstance(value, str):
        return None if gone(value) else value
    if isinstance(value, list):
        items = [left for item in value if (left := _without(item, gone)) is not None]
        return items or None
    if isinstance(value, dict):
        left = {key: _without(part, gone) for key, part in value.items()}
        return None if None in left.values() else left
    return copy.deepcopy(value)
