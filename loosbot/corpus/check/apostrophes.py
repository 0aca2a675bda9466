"""Accents and quotation marks that stand for an apostrophe: « l`école », « l´école ». Pure.

Two of the first make the words between them code; a title with one is another title than the one
that people type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from loosbot import lazy
from loosbot.corpus.check.texts import TextCheck, holds_any
from loosbot.corpus.yaml.pasted import Misreading

MOST = 3
_SIGNS = "`´′‘"
_ELIDED = "[cçdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd|quelqu|entr|prud"
_APOSTROPHE = lazy.pattern(rf"(?<![\w`'])(?i:{_ELIDED})[{_SIGNS}][^\W\d_][\w’'-]*")


def misreadings(text: str) -> Iterator[Misreading]:
    """The words of a text with a sign that stands for their apostrophe, each once."""
    if not any(sign in text for sign in _SIGNS):
        return
    words = dict.fromkeys(match[0] for match in _APOSTROPHE.finditer(text))
    for word in islice(words, MOST):
        right = re.sub(f"[{_SIGNS}]", "’", word, count=1)
        yield Misreading(
            "lettre-imitee",
            f"« {word} » a un autre signe que l’apostrophe : la recherche ne trouvera pas le mot.",
            f"Tapez à la place : {right}",
            word,
        )


CHECK = TextCheck(holds_any([sign.encode() for sign in _SIGNS]), misreadings)
