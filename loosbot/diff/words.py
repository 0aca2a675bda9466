"""Values as words of a sentence, where they may be quoted.

Free words are quoted only where the corpus of today still says them: what was taken out of it
since must not come back through its history. Dates, numbers, words of a vocabulary and titles of
records that are still there may always be said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.inlinelinks import without_links
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import STATE_WORDS
from loosbot.frozen import dataclass

_LONGEST = 90
_NAMES = ("id", "quoi", "texte", "qui", "fonction", "constat", "titre", "date")
"""The keys by which one group of a list is known from the others, the surest first."""


@dataclass(frozen=True, slots=True)
class Words:
    """What may be said. ``titles``: id (former ones too) -> title today; ``quotable``: texts."""

    titles: Mapping[str, str]
    quotable: Collection[str]

    def value(self, value: Any, shape: Shape) -> str:
        """A scalar in words; "" where it cannot be quoted."""
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, int) and shape.date:
            return dates.display(value)
        if isinstance(value, int | float):
            return str(value).replace(".", ",")
        if not isinstance(value, str) or shape.markdown:
            return ""
        if value in STATE_WORDS:
            return STATE_WORDS[value]
        for word in shape.words:
            if word.value == value:
                return word.title
        if value in self.titles:
            return f"« {self.titles[value]} »"
        if shape.date and dates.is_date(value):
            return dates.display(value)
        if shape.source:
            return value
        words = without_links(value) if shape.linked else value
        short = len(words) <= _LONGEST and "\n" not in words
        return f"« {words.rstrip('.')} »" if short and value in self.quotable else ""

    def group(self, value: Any, shape: Shape) -> str:
        """The name of one item of a list; "" where it has none that can be quoted."""
        if not isinstance(value, Mapping):
            return self.value(value, shape)
        inner = shape.child("valeur")
        if "valeur" in value and inner is not None:
            return self.value(value["valeur"], inner)
        for key in _NAMES:
            named = value.get(key)
            child = shape.child(key) or Shape()
            if isinstance(named, list):
                text = ", ".join(
                    filter(None, (self.value(each, child.items or child) for each in named))
                )
            else:
                text = self.value(named, child)
            if text:
                return text
        return ""


def identity(value: Any) -> Any:
    """What stays when one item of a list is rewritten; None for an item that has nothing such."""
    if not isinstance(value, Mapping):
        return str(value)
    if "valeur" in value:
        return str(value["valeur"])
    for key in ("id", "qui", "quoi", "texte", "date", "fonction"):
        if key in value:
            return key, str(value[key])
    return None
