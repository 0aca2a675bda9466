"""``CLE=VALEUR`` and answers to questions, as values of a record."""

from __future__ import annotations

from typing import Any

from loosbot.corpus.wording import did_you_mean, nearest
from loosbot.corpus.yaml import reader
from loosbot.errors import UsageError
from loosbot.fields.dictionary import Field, dictionary, find, walk
from loosbot.fields.vocabulary import STATES, fold, vocabulary

_SPLIT = frozenset({"choices", "numbers", "links", "references"})
"""Lists whose items hold no comma: they may be typed without brackets."""


def put(type_name: str, data: dict[str, Any], name: str, text: str) -> None:
    """Set the field with this dotted name; of a list of groups, in the first group.

    Raises UsageError for a name that the type does not have.
    """
    field = find(type_name, name)
    if field is None:
        known = [field.name for field in walk(dictionary(type_name))]
        near = nearest(name, known)
        raise UsageError(
            f"La clé « {name} » n’existe pas dans une fiche {type_name}.",
            did_you_mean(near) if near else f"« loosbot champs {type_name} » montre ses clés.",
        )
    group: Any = data
    for depth, key in enumerate(field.path[:-1]):
        above = find(type_name, ".".join(field.path[: depth + 1]))
        group = _inside(group, key, above or field)
    group[field.key] = value(field, text)


def value(field: Field, text: str) -> Any:
    """What a person typed for this field."""
    simple = field.simple
    text = text.strip()
    state = next(
        (state for state in STATES if fold(text) in (fold(state), fold(STATES[state]))), None
    )
    if state and simple.states:
        return state
    if simple.kind in ("group", "items", "map") or (simple.many and text.startswith("[")):
        return _as_yaml(field, text)
    if simple.many:
        parts = text.split(",") if simple.kind in _SPLIT else [text]
        return [_single(simple, part.strip()) for part in parts if part.strip()]
    return _single(simple, text)


def _single(field: Field, text: str) -> Any:
    if field.vocabulary:
        return vocabulary(field.vocabulary).word(text) or text
    if field.kind in ("number", "numbers", "date"):
        try:
            return int(text)
        except ValueError:
            pass
    if field.kind in ("number", "numbers"):
        try:
            return float(text.replace(",", "."))
        except ValueError:
            pass
    return text


def _inside(group: Any, key: str, field: Field) -> Any:
    """The group under ``key``, made where there is none; a short form becomes its long one."""
    if field.kind == "items":
        listed = group.get(key)
        if not isinstance(listed, list) or not listed:
            listed = group[key] = [{}]
        if not isinstance(listed[0], dict):
            listed[0] = {field.short: listed[0]}
        return listed[0]
    inner = group.get(key)
    if not isinstance(inner, dict):
        inner = group[key] = {} if inner is None else {field.short or "valeur": inner}
    return inner


def _as_yaml(field: Field, text: str) -> Any:
    document = reader.read(f"v: {text}\n".encode(), "")
    if document.findings or not isinstance(document.data, dict):
        raise UsageError(
            f"La valeur de « {field.name} » ne se lit pas : {text}",
            f"Par exemple : --set {field.name}='[un, deux]', ou une clé à la fois : "
            f"--set {field.name}.{field.fields[0].key}=…"
            if field.fields
            else "Écrivez-la entre crochets : [un, deux].",
        )
    return document.data["v"]
