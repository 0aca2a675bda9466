"""A comparison for the terminal, and for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from loosbot.corpus.french import counted, listed
from loosbot.corpus.types import TYPES
from loosbot.diff.differences import Comparison, DocumentChanges, Kind

KINDS: tuple[tuple[Kind, str], ...] = (
    ("added", "Ajouté"),
    ("changed", "Changé"),
    ("withdrawn", "Retiré"),
)
NOUNS = {
    "page": "la page",
    "index": "l’index",
    "modele": "le modèle",
    **{row.name: row.the + row.noun for row in TYPES.values()},
}
_FEMININE = frozenset({"page", *(row.name for row in TYPES.values() if row.feminine)})


def summary(comparison: Comparison) -> str:
    """How much changed, in one sentence."""
    if not comparison.documents:
        return f"Rien n’a changé entre {comparison.before} et {comparison.after}."
    counts = (len(comparison.of(kind)) for kind, _ in KINDS)
    words = ("ajoutée", "changée", "retirée")
    parts = [counted(number, word) for number, word in zip(counts, words, strict=True) if number]
    return f"De {comparison.before} à {comparison.after}, fiches et pages : {listed(parts)}."


def headline(changes: DocumentChanges, title: str) -> str:
    """What became of one document; ``title`` is its name as it is to be written."""
    kind = changes.id.partition("/")[0]
    noun = NOUNS[kind]
    noun = noun[:1].upper() + noun[1:]
    e = "e" if kind in _FEMININE else ""
    if changes.kind == "added":
        return f"{noun} {title} est ajouté{e}."
    if changes.kind == "withdrawn":
        return f"{noun} {title} est retiré{e}."
    renamed = " change de nom de fichier" if changes.former else ""
    if not changes.changes:
        return f"{noun} {title}{renamed}."
    return f"{noun} {title}{renamed} :"


def to_text(comparison: Comparison) -> str:
    """Every sentence, one a line."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield summary(comparison)
    for kind, title in KINDS:
        documents = comparison.of(kind)
        if not documents:
            continue
        yield ""
        yield title
        for changes in documents:
            yield f"- {headline(changes, f'« {changes.title} » ({changes.id})')}"
            for change in changes.changes:
                yield f"    {change.sentence}"


def to_json(comparison: Comparison) -> str:
    return json.dumps(asdict(comparison), ensure_ascii=False, indent=2) + "\n"
