"""The text of a new record: what was answered, and every other key as a comment to fill in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.yaml.yamltext import Style, mapping_lines
from loosbot.fields.dictionary import Field, about, dictionary, title
from loosbot.fields.saying import is_common, what_it_takes

HEAD = """\
Les lignes qui commencent par « # » sont des aides : le wiki ne les voit pas. Pour remplir une clé,
retirez son « # » et écrivez derrière les deux-points. Effacez ce qui ne sert pas.
Puis : loosbot check"""
_WIDTH = 100


def sheet(type_name: str, data: Mapping[str, Any], notes: Mapping[str, str], schema: str) -> str:
    """The whole file. ``notes`` are remarks by key; ``schema`` is the path of its schema."""
    lines = [f"# $schema: {schema}"] if schema else []
    lines += _comment(f"{title(type_name)}. {about(type_name)}")
    lines += [f"# {line}" for line in HEAD.split("\n")]
    lines += ["", f"type: {type_name}"]
    for field in dictionary(type_name):
        if field.key in data:
            lines += _comment(notes[field.key]) if field.key in notes else []
            lines += mapping_lines({field.key: data[field.key]}, 0, Style())
    lines.append("")
    for field in dictionary(type_name):
        if field.key not in data:
            lines += _suggested(field)
    return "\n".join(lines).rstrip("\n") + "\n"


def _suggested(field: Field) -> Iterator[str]:
    yield from _comment(f"{field.title} : {field.help}")
    yield f"# {field.key}:{_takes(field)}"
    if field.fields and not is_common(field):
        sign = "- " if field.kind == "items" else "  "
        for inner in field.fields:
            yield f"#   {sign}{inner.key}:{_takes(inner)}"
            sign = "  "
    yield ""


def _takes(field: Field) -> str:
    if field.kind in ("group", "items") and not field.short:
        return ""
    state = " ; inconnu, sans-objet" if field.states else ""
    return f"   # {what_it_takes(field).replace('`', '')}{state}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH - 2, break_long_words=False)]
