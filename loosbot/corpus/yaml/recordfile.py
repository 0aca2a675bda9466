"""The file of a record: begun, and brought to say other values. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loosbot.corpus import schema
from loosbot.corpus.yaml.changes import Change, Put, Remove, same
from loosbot.corpus.yaml.patch import patch


def begun(type_name: str, comments: str = "") -> bytes:
    """A new file: its schema, which editors look for, whole lines of ``comments``, its type."""
    return f"# $schema: ../../schemas/{type_name}.json\n{comments}type: {type_name}\n".encode()


def with_values(file: bytes, before: Mapping[str, Any], after: Mapping[str, Any]) -> bytes:
    """The file, which says ``before``, with the values ``after``; its comments, order and layout
    stay, and new keys come in the order of the schema.

    Both have their ``type``. Raises Unpatchable, and UnicodeEncodeError for half of a letter.
    """
    order = list(schema.shape(after["type"]).properties)
    keys = sorted(after, key=lambda key: order.index(key) if key in order else len(order))
    changes: list[Change] = [Remove((key,)) for key in before if key not in after]
    changes += [
        Put((key,), after[key])
        for key in keys
        if key not in before or not same(before[key], after[key])
    ]
    return patch(file, changes, order)
