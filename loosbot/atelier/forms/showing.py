"""Walking a form, and saying a value in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loosbot.atelier.forms.form import Form, Node


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


def in_words(value: Any) -> str:
    """A value as somebody reads it: what it holds, a line each."""
    if value is None:
        return "(rien)"
    if isinstance(value, dict):
        return "\n".join(
            f"{key.replace('_', ' ')} : {in_words(inner)}" for key, inner in value.items()
        )
    if isinstance(value, list):
        return "\n".join(f"– {in_words(item)}" for item in value)
    return str(value).strip("\n")
