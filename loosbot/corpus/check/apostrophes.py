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
from loosbot.corpus.check.garbled import texts
from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import Fault, warning

MOST = 3
_SIGNS = "`´′‘"
_ELIDED = "[cçdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|aujourd|quelqu|entr|prud"
_APOSTROPHE = lazy.pattern(rf"(?<![\w`'])(?i:{_ELIDED})[{_SIGNS}][^\W\d_][\w’'-]*")
IN_A_FILE = re.compile(rb"(?i:[cdjlmnstu\xa7])(?:`|\xc2\xb4|\xe2\x80[\xb2\x98])")
"""Where a file has none of these, its texts need no look."""


def faults(data: Any, body: str, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each word of a document with a sign that stands for its apostrophe."""
    for path, text in (*texts(data, ()), ((), body)):
        if path in spoiled or not any(sign in text for sign in _SIGNS):
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
