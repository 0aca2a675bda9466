"""Which passages of a document exist: a record may list the sections of its source.

``referentiel § 2.6`` is a mistake as soon as ``source/referentiel`` says which sections it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.values import groups
from loosbot.corpus.wording import Fault, quoted, warning
from loosbot.frozen import dataclass
from loosbot.parsing import whole_number

_PASSAGE = re.compile(r"\S+ (?P<sign>§|n\.) ?(?P<mark>\S+)$")


@dataclass(frozen=True, slots=True)
class Passages:
    """What a document holds. ``notes`` is None where nobody counted its footnotes."""

    sections: frozenset[str]
    notes: int | None = None

    def has(self, sign: str, mark: str) -> bool:
        """Whether ``§ 5.6`` or ``n. 35`` is there; True for what nobody listed."""
        if sign == "§":
            return not self.sections or mark in self.sections
        return self.notes is None or 1 <= (whole_number(mark) or 0) <= self.notes


def passages(documents: Iterable[tuple[str, Any]]) -> dict[str, Passages]:
    """The sources that say which sections or notes they have, by id."""
    passages_of = {}
    for id_, data in documents:
        if id_.startswith("source/") and isinstance(data, Mapping):
            named = (row.get("repere") for _, row in groups(data.get("sections")))
            marks = frozenset(mark for mark in named if isinstance(mark, str))
            notes = data.get("notes_de_bas_de_page")
            count = notes if isinstance(notes, int) and not isinstance(notes, bool) else None
            if marks or count is not None:
                passages_of[id_] = Passages(marks, count)
    return passages_of


def lost(path: KeyPath, reference: str, document: Passages) -> Fault | None:
    """The warning on a reference to a passage that the document does not have; None where it has
    it, or where the reference names no passage."""
    match = _PASSAGE.fullmatch(reference)
    if match is None or document.has(match["sign"], match["mark"]):
        return None
    passage = f"{match['sign']} {match['mark']}"
    near = _around(match["mark"], document.sections) if match["sign"] == "§" else ""
    return warning(
        path,
        "passage-inconnu",
        f"Le document n’a pas de passage {quoted(passage)}.",
        f"La section la plus proche est § {near}."
        if near
        else "Voyez dans la fiche de la source ce que le document contient.",
    )


def _around(mark: str, sections: frozenset[str]) -> str:
    """The nearest section that holds this one: ``2.6`` -> ``2``; "" when there is none."""
    while "." in mark:
        mark = mark.rpartition(".")[0]
        if mark in sections:
            return mark
    return ""
