"""What a browser posted, as answers: only names that the form has, within bounds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loosbot.atelier.forms.answers import ITEMS, STATE, clean
from loosbot.atelier.forms.form import NEW
from loosbot.fields.dictionary import Field

QUICK = "_ajout"
"""Words ticked in a list: each becomes an item."""
_KEY = re.compile(r"n?\d{1,4}", re.ASCII)
_MOST_ITEMS = 400
_MOST_VALUES = 400
LONGEST = 400_000
"""Signs of one answer: a text of a hundred pages."""


def answers_of(
    fields: Sequence[Field], posted: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The answers among what was posted; everything else is left out."""
    answers: dict[str, list[str]] = {}
    for name, values in _known(fields, "", posted):
        kept = [_storable(value)[:LONGEST] for value in values[:_MOST_VALUES]]
        if any(value.strip() for value in kept):
            answers[name] = kept
    return answers


def _known(
    fields: Iterable[Field], prefix: str, posted: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Sequence[str]]]:
    for field in fields:
        name = f"{prefix}{field.key}"
        if field.states and f"{name}.{STATE}" in posted:
            yield f"{name}.{STATE}", posted[f"{name}.{STATE}"]
        if field.kind == "items":
            yield from _items(field, name, posted)
        elif field.kind == "group":
            yield from _known(field.fields, f"{name}.", posted)
        elif name in posted:
            # a list of one-line answers: a blank one is no answer
            values = posted[name]
            yield name, [value for value in values if value.strip()] if field.many else values[:1]


def _items(
    field: Field, name: str, posted: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Sequence[str]]]:
    keys = [key for key in posted.get(f"{name}.{ITEMS}", ()) if _KEY.fullmatch(key)]
    keys = list(dict.fromkeys(keys))[:_MOST_ITEMS]
    added: list[tuple[str, Sequence[str]]] = []
    words = [word for word in dict.fromkeys(posted.get(f"{name}.{QUICK}", ())) if word.strip()]
    for word in words[:_MOST_ITEMS]:
        key = next_key(keys)
        keys.append(key)
        added.append((f"{name}.{key}.{field.short}", [word]))
    if keys:
        yield f"{name}.{ITEMS}", keys
    for key in keys:
        yield from _known(field.fields, f"{name}.{key}.", posted)
    yield from added


def next_key(keys: Sequence[str]) -> str:
    """A key for one more item."""
    taken = [int(key[1:]) for key in keys if key.startswith(NEW)]
    return f"{NEW}{max(taken, default=-1) + 1}"


def _storable(text: str) -> str:
    """A text that UTF-8 can write, with one kind of line ends: browsers send two signs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode()


def add_item(answers: dict[str, list[str]], name: str) -> str:
    """One more item in a list; its name."""
    keys = answers.setdefault(f"{name}.{ITEMS}", [])
    key = next_key(keys)
    keys.append(key)
    return f"{name}.{key}"


def remove_item(answers: dict[str, list[str]], item: str) -> None:
    """Take an item out of its list, with all that it says."""
    name, _, key = item.rpartition(".")
    keys = answers.get(f"{name}.{ITEMS}", [])
    answers[f"{name}.{ITEMS}"] = [kept for kept in keys if kept != key]
    for gone in [answer for answer in answers if answer.startswith(f"{item}.")]:
        del answers[gone]


def raise_item(answers: dict[str, list[str]], item: str) -> None:
    """Move an item one place up."""
    name, _, key = item.rpartition(".")
    keys = answers.get(f"{name}.{ITEMS}", [])
    if key in keys and (place := keys.index(key)) > 0:
        keys[place - 1], keys[place] = keys[place], keys[place - 1]


def set_answer(answers: dict[str, list[str]], name: str, old: str, new: str) -> None:
    """Put one answer in the place of another."""
    texts = answers.get(name, [])
    answers[name] = [new if clean(text, "line") == old else text for text in texts] or [new]
