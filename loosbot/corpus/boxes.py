"""The boxes of facts with a row for each field that a town adds: the templates stay the tool's.

A row is made like those that are there. A template that has the row already, or no row like ours,
is a town's own, and stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from loosbot.corpus import additions
from loosbot.corpus.additions import AddedField
from loosbot.corpus.types import TYPES

_MODEL = "Sources"
"""The last row of every box."""
_DATA = re.compile(r"(<templatedata>\n)(.*?)(\n</templatedata>)", re.DOTALL)


def filled(texts: Mapping[str, str]) -> dict[str, str]:
    """The templates, by id, that get rows for the town's fields; with these rows."""
    templates: dict[str, str] = {}
    for record_type in TYPES.values():
        rows = [added for added in additions.current().of(record_type.name) if not added.heading]
        id_ = f"modele/{record_type.box}"
        if rows and id_ in texts:
            templates[id_] = _described(_with_rows(texts[id_], rows), rows)
    return templates


def _with_rows(text: str, rows: Iterable[AddedField]) -> str:
    lines = text.split("\n")
    last = next((rank for rank, line in enumerate(lines) if _parameter(_MODEL) in line), None)
    if last is None:
        return text
    missing = [row for row in rows if _parameter(row.title) not in text]
    added = [lines[last].replace(_MODEL, field.title) for field in missing]
    return "\n".join([*lines[: last + 1], *added, *lines[last + 1 :]])


def _parameter(name: str) -> str:
    return f"{{{{{{{name}|}}}}}}"


def _described(text: str, rows: Iterable[AddedField]) -> str:
    """The TemplateData of the template, with the town's parameters."""

    def more(match: re.Match[str]) -> str:
        data: dict[str, Any] = json.loads(match[2])
        for added in (row for row in rows if row.title not in data["params"]):
            data["params"][added.title] = {
                "label": added.title,
                "description": added.help,
                "type": "string",
                "suggested": True,
            }
            data["paramOrder"].append(added.title)
        return f"{match[1]}{json.dumps(data, ensure_ascii=False, indent=1)}{match[3]}"

    return _DATA.sub(more, text, count=1)
