"""Definitions of reference links, ``[nom]: https://…``, which stand at the start of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loosbot import lazy
from loosbot.frozen import dataclass

_TITLE = r"(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\))"
_DEFINITION = lazy.pattern(
    r"\[(?!\^)((?:[^][\\]|\\.){1,999}+)\]:"
    r" *+\n? *+(?:<([^<>\n]*+)>|([^\s<]\S*+))"
    rf"(?:(?: ++\n? *+|\n *+){_TITLE})? *+(?=\n|\Z)",
    re.DOTALL,
)
_DEFINED = lazy.pattern(r"^[ >\t]*\[(?!\^)([^][]{1,200})\]:", re.MULTILINE)
_LABEL = lazy.pattern(r"\[((?:[^][\\]|\\.){1,999}+)\]")


@dataclass(frozen=True, slots=True)
class Definition:
    """What ``[label]`` stands for; ``typed`` is the text of the definition itself."""

    label: str
    target: str
    typed: str


def definitions(paragraph: str) -> tuple[list[Definition], str]:
    """The definitions that a paragraph begins with, and the rest of it."""
    notes: list[Definition] = []
    place = 0
    while (match := _DEFINITION.match(paragraph, place)) and match[1].strip(" \n"):
        target = match[3] if match[2] is None else match[2]
        notes.append(Definition(folded(match[1]), target, match[0]))
        place = match.end() + 1
    return notes, paragraph[place:]


def folded(label: str) -> str:
    """What two labels that mean the same definition share."""
    return " ".join(label.split()).casefold()


def labels(texts: Iterable[str]) -> set[str]:
    """Every label that these texts may cite."""
    return {folded(label) for text in texts if "[" in text for label in _LABEL.findall(text)}


def definitions_in(text: str) -> set[str]:
    """The labels that a text defines, wherever its blocks stand."""
    return {folded(label) for label in _DEFINED.findall(text)}
