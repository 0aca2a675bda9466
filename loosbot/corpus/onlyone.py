"""Several values where a field takes one: the mend keeps the first, and says where the others go.
Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.wording import by_fold, folded

_BETWEEN = re.compile(r"\s*[;,/+]\s*|\s+(?:et|ou|puis)\s+", re.IGNORECASE)
_BLANKS = re.compile(r"\s*[;,/+]\s*|\s+(?:(?:et|ou|puis)\s+)?", re.IGNORECASE)


def words_in(text: str, shape: Shape) -> list[str]:
    """The words of a vocabulary of which one value is made: ``energie voirie``, ``rue ou cité``;
    none where it is one of them misspelled, or anything else."""
    names = by_fold(
        {word.title: word.value for word in shape.words}
        | {word.value: word.value for word in shape.words}
    )
    for sign in (_BETWEEN, _BLANKS):  # a word may have blanks: « fierté ; lien social »
        words = [folded(word) for word in sign.split(text.strip())]
        values = [names.get(word) or names.get(word.removesuffix("e"), "") for word in words]
        if len(set(values)) > 1 and all(values):
            return values
    return []


def word(texts: Sequence[str], shape: Shape) -> str:
    """How to write the first of several words where one is asked for, with the others in its note
    where it may have one; "" where the first is no word of the vocabulary."""
    known = {folded(name): word for word in shape.words for name in (word.title, word.value)}
    first = known.get(folded(texts[0]))
    if first is None:
        return ""
    others = [known[folded(text)].title.lower() if folded(text) in known else text
              for text in texts[1:]]  # fmt: skip
    hint = f"Un seul mot ici, le principal : {first.value}"
    if {"valeur", "note"} <= shape.properties.keys():
        note = json.dumps(f"Aussi : {', '.join(others)}.", ensure_ascii=False)
        return f"{hint}. Avec les autres : {{valeur: {first.value}, note: {note}}}"
    return f"{hint}. Les autres se disent dans « texte »."


def record(texts: Sequence[str], path: KeyPath) -> str:
    """How to write the first of several records, or names, where one is asked for."""
    key = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
    first = texts[0] if "/" in texts[0] else json.dumps(texts[0], ensure_ascii=False)
    others = (
        "Chacun des autres a son propre tiret."
        if len(path) > 1 and isinstance(path[-2], int)
        else "Les autres se mettent sous « liens »."
        if "/" in texts[0]
        else "Les autres se disent dans « texte »."
    )
    return f"Une seule valeur ici : {key}{first}. {others}"
