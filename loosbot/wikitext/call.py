"""Template calls: how one is written so that a person can edit it."""

from __future__ import annotations

from collections.abc import Iterable

from loosbot.wikitext.encoding import Markup
from loosbot.wikitext.names import Names

Parameters = Iterable[tuple[str, str]]
"""Names and values; a value is wikitext encoded for a template parameter."""


def inline_call(names: Names, template: str, *values: str, **named: str) -> Markup:
    """``{{template|value|name=value}}`` on one line; empty named values are left out."""
    parts = [names.template(template), *values]
    parts += [f"{name}={value}" for name, value in named.items() if value]
    return Markup("{{" + "|".join(parts) + "}}")


def block_call(names: Names, template: str, parameters: Parameters) -> Markup:
    """One parameter a line; parameters without a value are left out."""
    lines = ["{{" + names.template(template)]
    lines += [f"| {name} = {value}" for name, value in parameters if value]
    lines.append("}}")
    return Markup("\n".join(lines))
