"""What a browser posted, as answers: only names that the form has, each whole. Pure.

How much may be posted is a bound of the request (``guard``), and of the items that one page can
show: a part of it is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from loosbot.atelier.forms.answers import ITEMS, STATE, clean
from loosbot.atelier.forms.form import NEW
from loosbot.errors import UserError
from loosbot.fields.dictionary import Field

QUICK = "_ajout"
"""Words ticked in a list: each becomes an item."""
_KEY = re.compile(r"n?\d{1,6}", re.ASCII)
MOST_ITEMS = 2_000
"""Items of all the lists of a form: each is many questions, and the page has to show them."""


def answers_of(
    fields: Sequence[Field], posted: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The answers among what was posted; everything else is left out.

    Raises UserError for more items than a form can show.
    """
    answers: dict[str, list[str]] = {}
    for name, values in _known(fields, "", posted):
        kept = [_storable(value) for value in values]
        if any(value.strip() for value in kept):
            answers[name] = kept
    items = sum(len(keys) for name, keys in answers.items() if name.rpartition(".")[2] == ITEMS)
    if items > MOST_ITEMS:
        raise UserError(
            f"Les listes de cette fiche ont {items} éléments, un formulaire en tient {MOST_ITEMS}.",
            "Rien n’est perdu : tout ce que vous avez écrit est dans cette page, et le brouillon "
            "reste comme il était. Répartissez ces listes entre plusieurs fiches.",
        )
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
            # in a list of one-line answers, blank ones are dropped
            values = posted[name]
            yield name, [value for value in values if value.strip()] if field.many else values[:1]


def _items(
    field: Field, name: str, posted: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Sequence[str]]]:
    keys = [key for key in posted.get(f"{name}.{ITEMS}", ()) if _KEY.fullmatch(key)]
    keys = list(dict.fromkeys(keys))
    words = [word for word in dict.fromkeys(posted.get(f"{name}.{QUICK}", ())) if word.strip()]
    first = _next_number(keys)
    new = [f"{NEW}{number}" for number in range(first, first + len(words))]
    added = [(f"{name}.{key}.{field.short}", [word]) for key, word in zip(new, words, strict=True)]
    keys += new
    if keys:
        yield f"{name}.{ITEMS}", keys
    for key in keys:
        yield from _known(field.fields, f"{name}.{key}.", posted)
    yield from added


def _next_number(keys: Iterable[str]) -> int:
    return max((int(key[1:]) for key in keys if key.startswith(NEW)), default=-1) + 1


def _storable(text: str) -> str:
    """A text that UTF-8 can write, with one kind of line ends: browsers send two signs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode()


def add_item(answers: dict[str, list[str]], name: str) -> str:
    """One more item in a list; its name."""
    keys = answers.setdefault(f"{name}.{ITEMS}", [])
    key = f"{NEW}{_next_number(keys)}"
    keys.append(key)
    return f"{name}.{key}"


def says(answers: Mapping[str, Sequence[str]], item: str) -> bool:
    """Whether somebody typed or ticked something in an item."""
    return any(
        text.strip()
        for name, texts in answers.items()
        if name.startswith(f"{item}.") and not name.endswith(f".{ITEMS}")
        for text in texts
    )


def remove_item(answers: dict[str, list[str]], item: str) -> None:
    """Take an item out of its list, with all that it says."""
    name, _, key = item.rpartition(".")
    keys = answers.get(f"{name}.{ITEMS}", [])
    answers[f"{name}.{ITEMS}"] = [kept for kept in keys if kept != key]
    for removed in [answer for answer in answers if answer.startswith(f"{item}.")]:
        del answers[removed]


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
