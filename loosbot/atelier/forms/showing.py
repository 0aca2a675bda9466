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
