"""The values of a document, each with its path and what its schema says of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape


def values(
    data: Any, shape: Shape, *, mere_texts: bool = True
) -> Iterator[tuple[KeyPath, Any, Shape]]:
    """Every value of a document that its schema knows, containers before what they hold; without
    ``mere_texts``, no text that is neither Markdown nor a date: they are most of a record."""
    left: list[tuple[KeyPath, Any, Shape]] = [((), data, shape)]
    while left:
        path, data, shape = leaf = left.pop()
        yield leaf
        if isinstance(data, dict):
            inside = [
                ((*path, key), value, child)
                for key, value in data.items()
                if (child := shape.child(key)) is not None
                and (mere_texts or child.markdown or child.date or not isinstance(value, str))
            ]
            left += reversed(inside)
        elif isinstance(data, list) and (items := shape.items) is not None:
            inside = [
                ((*path, index), value, items)
                for index, value in enumerate(data)
                if mere_texts or items.markdown or items.date or not isinstance(value, str)
            ]
            left += reversed(inside)


def leading_texts(data: Any, shape: Shape) -> list[tuple[KeyPath, str, Shape]]:
    """The texts among these values that may hold a link, in the same order. Fields whose schema
    allows no link, which are most, are skipped.
    """
    leaves: list[tuple[KeyPath, str, Shape]] = []
    _gather_leading((), data, shape, leaves)
    return leaves


def _gather_leading(
    path: KeyPath, value: Any, shape: Shape, leaves: list[tuple[KeyPath, str, Shape]]
) -> None:
    if isinstance(value, str):
        leaves.append((path, value, shape))
    elif isinstance(value, dict):
        children = shape.leading
        if shape.others is not None and shape.others.leads:
            children = {key: child for key in value if (child := shape.child(key))}
        for key, inner in value.items():
            if (child := children.get(key)) is not None:
                _gather_leading((*path, key), inner, child, leaves)
    elif isinstance(value, list) and (items := shape.items) is not None and items.leads:
        for index, inner in enumerate(value):
            _gather_leading((*path, index), inner, items, leaves)
