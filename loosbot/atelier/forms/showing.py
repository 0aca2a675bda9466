"""Walking a form, and saying a value in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from loosbot.atelier.forms.answers import shown
from loosbot.atelier.forms.conversation import ANSWERS, question_of
from loosbot.atelier.forms.form import Form, Node, states_of
from loosbot.atelier.forms.known import RecordNames
from loosbot.corpus.french import singular
from loosbot.corpus.model import KeyPath
from loosbot.fields.dictionary import Field, dictionary


def walk(form: Form) -> Iterator[Node]:
    """Every field of a form."""
    for node in form.nodes():
        yield from _below(node)


def _below(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _below(part)


def of_item(form: Form, name: str) -> tuple[str, list[str]]:
    """What an item of a list is called, "" where there is none, and the words typed in it."""
    nodes = list(walk(form))
    label = next((item.label for node in nodes for item in node.items if item.name == name), "")
    words = [
        text
        for node in nodes
        if node.name.startswith(f"{name}.") and not node.choices
        for text in node.values
        if text.strip()
    ]
    return label, words


def asked_at(type_name: str, path: KeyPath) -> str:
    """How a form asks for what a record of this type has at a path, with the members of lists on
    the way: « Voix 2 – Que raconte cette personne ? »."""
    field, members = _place(type_name, path)
    if path and isinstance(path[-1], int):
        return " – ".join(members)
    question = question_of(type_name, ".".join(map(str, path)))
    return " – ".join([*members, question or (field.title if field else str(path[-1]))])


def value_in_words(type_name: str, path: KeyPath, value: Any, known: RecordNames) -> str:
    """A value of a record as its form says it, a line for each part: records and words by their
    titles, days and numbers as people write them."""
    return _in_words(value, _place(type_name, path)[0], known)


def _place(type_name: str, path: KeyPath) -> tuple[Field | None, list[str]]:
    """The field at a path, and what its members of lists are called."""
    field: Field | None = None
    fields: Sequence[Field] = dictionary(type_name)
    members = []
    for key in path:
        if isinstance(key, int):
            members.append(f"{singular(field.title) if field else ''} {key + 1}".strip())
        else:
            field = next((inner for inner in fields if inner.key == key), None)
            fields = field.fields if field else ()
    return field, members


def _in_words(value: Any, field: Field | None, known: RecordNames) -> str:
    if value is None:
        return "(rien)"
    if isinstance(value, dict):
        lines = []
        for key, inner in value.items():
            part = field.field(key) if field else None
            title = part.title if part else key.replace("_", " ")
            lines.append(f"{title} : {_in_words(inner, part, known)}")
        return "\n".join(lines)
    if isinstance(value, list):
        return "\n".join(f"– {_in_words(item, field, known)}" for item in value)
    if field is None:
        return str(value).strip("\n")
    simple = field.simple
    shorter = ANSWERS.get(simple.vocabulary, {})
    words = {word.value: shorter.get(word.value, word.title) for word in simple.words}
    words.update({word.value: word.title for word in states_of(simple)})
    return words.get(value) or shown(simple, value, known)
