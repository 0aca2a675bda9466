"""The values of a comparison. Every list is in a stable order, so two runs say the same."""

from __future__ import annotations

from typing import Literal

from loosbot.frozen import dataclass

Kind = Literal["added", "changed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field, or of one passage of a page.

    ``field`` is the path of keys (``convention.duree``), ``sentence`` says it in French.
    """

    field: str
    kind: Kind
    sentence: str


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """What became of one record, page, index or template.

    ``id`` is the id of the later version, ``former`` the one before where it was renamed. Of a
    document that is new or withdrawn as a whole, ``changes`` is empty.
    """

    id: str
    title: str
    kind: Kind
    former: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions as a person calls them, and every document that differs, by id."""

    before: str
    after: str
    documents: tuple[DocumentChanges, ...]

    def of(self, kind: Kind) -> tuple[DocumentChanges, ...]:
        return tuple(document for document in self.documents if document.kind == kind)
