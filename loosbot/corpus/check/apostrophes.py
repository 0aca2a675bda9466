"""Accents and quotation marks that stand for an apostrophe: « l`école », « l´école ». Pure.

Two of the first make the words between them code; a title with one is another title than the one
that people type.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from loosbot import lazy
from loosbot.corpus.check.garbled import texts_of
from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import Fault, warning

MOST = 3
_SIGNS = "`´′‘"
_ELIDED = "[cçdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd|quelqu|entr|prud"
_APOSTROPHE = lazy.pattern(rf"(?<![\w`'])(?i:{_ELIDED})[{_SIGNS}][^\W\d_][\w’'-]*")
_BYTES = tuple(sign.encode() for sign in _SIGNS)


def may_be_in(source: bytes) -> bool:
    """Whether a file has one of these signs: where it has none, its texts need no look."""
    return any(map(source.__contains__, _BYTES))


def faults(data: Any, body: str, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each word of a document with a sign that stands for its apostrophe."""
    for path, text in texts_of(data, body, spoiled):
        if not any(sign in text for sign in _SIGNS):
            continue
        words = dict.fromkeys(match[0] for match in _APOSTROPHE.finditer(text))
        for word in islice(words, MOST):
            right = re.sub(f"[{_SIGNS}]", "’", word, count=1)
            yield warning(
                path,
                "lettre-imitee",
                f"« {word} » a un autre signe que l’apostrophe : la recherche ne trouvera pas le "
                "mot.",
                f"Tapez à la place : {right}",
                needle=word,
            )
