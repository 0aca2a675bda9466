"""The correspondence with Participedia's fields, read from ``schemas/participedia.yaml``.

Their headers and vocabularies are in ``schemas/correspondance-participedia.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from loosbot.corpus.yaml.reader import shipped


@dataclass(frozen=True, slots=True)
class Question:
    """One question of their form. ``number`` is its rule; ``ranks`` is 0 for a single column."""

    number: int
    name: str
    ranks: int
    asked: str
    fields: str
    rule: str

    @property
    def columns(self) -> tuple[str, ...]:
        """Their columns: ``purposes_1``… or the name alone."""
        if not self.ranks:
            return (self.name,)
        return tuple(f"{self.name}_{rank}" for rank in range(1, self.ranks + 1))


@dataclass(frozen=True, slots=True)
class Method:
    """A way of working that a case can cite; ``when`` is a record type or a kind of meeting."""

    when: str
    title: str
    description: str
    types: tuple[str, ...]
    purposes: tuple[str, ...]
    spectrum: str
    open_limited: str
    place: str


@dataclass(frozen=True, slots=True)
class Correspondence:
    """``tables``: by question, from a word of ours to their codes. ``codes``: by question, every
    code that may be written, with its English and French labels. ``headers``: the columns of
    their files. ``regions`` by French department.
    """

    questions: tuple[Question, ...]
    tables: Mapping[str, Mapping[str, tuple[str, ...]]]
    codes: Mapping[str, Mapping[str, tuple[str, str]]]
    headers: Mapping[str, tuple[str, ...]]
    methods: tuple[Method, ...]
    regions: Mapping[str, str]

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of their export, always all of them."""
        return tuple(column for question in self.questions for column in question.columns)


@cache
def load() -> Correspondence:
    """The correspondence. Raises ValueError where a file of the tool is not readable."""
    data, theirs = shipped("participedia.yaml"), shipped("correspondance-participedia.yaml")
    return Correspondence(
        questions=tuple(
            Question(
                number,
                column["nom"],
                column.get("rangs", 0),
                column["question"],
                column["champs"],
                column["regle"],
            )
            for number, column in enumerate(data["colonnes"], 1)
        ),
        tables={
            name: {word: tuple(codes) for word, codes in table.items()}
            for name, table in data["tables"].items()
        },
        codes={
            name: {code: (english, french) for code, (english, french) in words.items()}
            for name, words in (theirs["vocabulaires"] | data["codes"]).items()
        },
        headers={name: tuple(theirs[name]) for name in ("cases", "methods", "organizations")},
        methods=tuple(map(_method, data["methodes"])),
        regions={code: name for name, codes in data["regions"].items() for code in codes},
    )


def _method(row: Mapping[str, Any]) -> Method:
    return Method(
        when=row["quand"],
        title=row["titre"],
        description=row["description"],
        types=tuple(row["method_types"]),
        purposes=tuple(row["purpose_method"]),
        spectrum=row["public_spectrum"],
        open_limited=row["open_limited"],
        place=row["facetoface_online_or_both"],
    )
