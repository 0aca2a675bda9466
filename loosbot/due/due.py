"""One thing that is due, whatever it is written in."""

from __future__ import annotations

from datetime import date
from typing import Literal

from loosbot.frozen import dataclass

Kind = Literal[
    "promesse",
    "suite",
    "visite",
    "compte-rendu",
    "rencontre",
    "consentement",
    "ouverture",
    "echeance",
    "relire",
]
LABELS: dict[Kind, str] = {
    "promesse": "Promesse",
    "suite": "Suite à donner",
    "visite": "Visite",
    "compte-rendu": "Compte rendu",
    "rencontre": "Rendez-vous",
    "consentement": "Fin d’un accord",
    "ouverture": "Ouverture d’une voix scellée",
    "echeance": "Fin de convention",
    "relire": "À relire",
}
HAPPENS: frozenset[Kind] = frozenset({"rencontre", "consentement", "ouverture", "echeance"})
"""What comes by itself on its day; the rest is for somebody to do."""


@dataclass(frozen=True, slots=True)
class Due:
    """``name`` is its own within its record; ``record`` is an id, ``path`` its file,
    ``place`` what may be told of it.

    ``when`` is the date as the record has it ("" where none is written), ``day`` the last day
    that it can mean: from the next one on it is late. ``people`` are ids of those in charge, or
    names, and ``who`` says them.
    ``what`` is one sentence, ``more`` says what to do or where it comes from.
    """

    kind: Kind
    record: str
    title: str
    path: str
    name: str
    what: str
    more: str
    when: str
    day: date | None
    people: tuple[str, ...]
    who: str
    place: str

    @property
    def key(self) -> str:
        """What it is known by from one day to the next. It holds no name that is not told:
        the identifier made of it could be tried by who guesses one."""
        record = self.record if self.place == self.path else f"{self.place}{self.title}"
        return f"{record}#{self.kind}-{self.name}"

    @property
    def summary(self) -> str:
        """In one line. What somebody promised says that it is a promise; the rest tells itself."""
        promised = self.kind in ("promesse", "suite")
        return f"{LABELS[self.kind]} : {self.what}" if promised else self.what

    def late(self, today: date | None) -> bool:
        """Whether its day is over."""
        return self.day is not None and today is not None and self.day < today


def by_day(due: Due) -> tuple[date, str, str]:
    """The nearest first, what has no day last."""
    return (due.day or date.max, due.title, due.key)
