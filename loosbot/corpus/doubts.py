"""Unquoted text that YAML reads otherwise than its author meant it, without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loosbot.corpus.decoding import mark_at
from loosbot.corpus.model import Finding, Severity

_MISSING_SPACE = re.compile(r"([A-Za-z_][\w-]*):(?!//)\S", re.ASCII)
_ITEM_INSIDE = re.compile(r"[\r\n][ \t]*(- )")
_COMMENT = re.compile(r" +(?=#\S)")


def doubts(text: str, path: str, event: Any, key: Any) -> Iterator[Finding]:
    """What is suspicious in one plain scalar of ``text``; ``key`` is the event of its key."""
    start, end = event.start_mark, event.end_mark

    def finding(
        index: int, code: str, message: str, hint: str, severity: Severity = "error"
    ) -> Finding:
        mark = mark_at(text, index)
        return Finding(path, mark.line, mark.column, severity, code, message, hint)

    alone = not text[start.index - start.column : start.index].strip(" ")
    on_own_line = alone and (key is None or key.end_mark.line < start.line)
    if on_own_line and (pair := _MISSING_SPACE.match(event.value)):
        yield finding(
            start.index + pair.end(1),
            "yaml-deux-points",
            "Il manque une espace après « : ».",
            f"Écrivez « {pair[1]}: » puis une espace et la valeur ; "
            "si c’est une phrase, mettez-la entre guillemets.",
        )
    if start.line < end.line and (item := _ITEM_INSIDE.search(text, start.index, end.index)):
        yield finding(
            item.start(1),
            "yaml-tiret",
            "Ce tiret est mal aligné : YAML le prend pour la suite du texte qui précède.",
            "Alignez-le avec les autres tirets de la liste ; "
            "si c’est du texte, écrivez-le sous « | ».",
        )
    if blanks := _COMMENT.match(text, end.index):
        yield finding(
            blanks.end(),
            "yaml-diese",
            "Ce qui suit « # » est un commentaire, et ne sera pas publié.",
            "Si c’est du texte, mettez toute la valeur entre guillemets.",
            "warning",
        )
