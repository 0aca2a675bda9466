"""Notes and links that a Markdown text calls and does not define, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loosbot import lazy
from loosbot.corpus.references import definitions_in, folded
from loosbot.corpus.yaml.pasted import Misreading

_REFERENCE = lazy.pattern(r"(?<!\\)\[[^][\n]{1,200}\]\[([^][\n]{1,200})\]")
_NOTE_MARK = lazy.pattern(r"(?<!\\)\[\^([^][\s]{1,100})\](?!:)")
_NOTE = lazy.pattern(r"^[ >\t]*\[\^([^\]\n]{1,200})\]:", re.MULTILINE)


def missing_definitions(prose: str) -> Iterator[Misreading]:
    """The links and the marks of notes without a definition in a text, and the notes without a
    mark."""
    if "][" in prose:
        known = definitions_in(prose)
        for link in _REFERENCE.finditer(prose):
            if folded(link[1]) not in known and not link[1].startswith("^"):
                yield Misreading(
                    "texte-lien",
                    f"Ce lien ne mène nulle part : rien ne dit ce qu’est [{link[1]}].",
                    f"Ajoutez à la fin du texte, après une ligne vide : [{link[1]}]: https://…",
                    link[0],
                )
    if "[^" in prose:
        notes = set(_NOTE.findall(prose))
        marks = {mark[1] for mark in _NOTE_MARK.finditer(prose)}
        for note in sorted(notes - marks):
            yield Misreading(
                "texte-note",
                f"Aucune marque [^{note}] dans le texte n’appelle cette note : elle sera montrée "
                "comme une phrase.",
                f"Mettez [^{note}] après le mot qu’elle explique.",
                f"[^{note}]:",
            )
        for mark in _NOTE_MARK.finditer(prose):
            if mark[1] not in notes and _begins_a_line(prose, mark.start()):
                yield Misreading(
                    "texte-note",
                    f"Il manque « : » après {mark[0]} : ce n’est pas encore une note.",
                    f"Écrivez {mark[0]}: puis une espace et le texte de la note.",
                    mark[0],
                )
            elif mark[1] not in notes:
                yield Misreading(
                    "texte-note",
                    f"La note {mark[0]} n’est écrite nulle part : sa marque sera montrée.",
                    f"Ajoutez à la fin du texte, après une ligne vide : {mark[0]}: le texte…",
                    mark[0],
                )


def _begins_a_line(prose: str, index: int) -> bool:
    before = prose[max(0, index - 4) : index].rstrip(" ")
    return before.endswith("\n") or (not before and index < 4)
