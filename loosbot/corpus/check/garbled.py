"""Letters that another program spoiled: « Ã© » for « é », « � » for one that is gone. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from operator import itemgetter
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.wording import Fault, warning

MOST = 3
"""Spoiled letters of one text that are told: where there are more, all of it was pasted so."""
_LOST = "\ufffd"
_SIGNS = ("Ã", "Â", "â€", "â‚", "Å", "ï¿½", _LOST)
"""One of these stands in every text that is spoiled so, and in few others."""
FILE_SIGNS = (*(sign.encode() for sign in _SIGNS), b"\\")
"""A file without any of these has no text with one of them, typed as it is or as an escape."""
_AFTER = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘-„†-•…‰‹›€™"
"""What the bytes 80 to BF are in Windows-1252, as a class of a pattern."""
_SPOILED = re.compile(f"â[€‚][{_AFTER}]|[ÂÃÅ][{_AFTER}]|ï¿½|{_LOST}")


def faults(data: Any, body: str, spoiled: Collection[KeyPath]) -> Iterator[Fault]:
    """One warning for each different spoiled letter of each text of a document."""
    for path, text in (*texts(data, ()), ((), body)):
        if path in spoiled or not any(sign in text for sign in _SIGNS):
            continue
        pieces = {piece: _meant(piece) for piece in _SPOILED.findall(text)}
        for piece, meant in islice(filter(itemgetter(1), pieces.items()), MOST):
            if meant == _LOST:
                message = f"« {piece} » tient la place d’une lettre qui s’est perdue en chemin."
                hint = "Retapez-la ; elle est encore dans le document d’où vient le texte."
            else:
                message = f"« {piece} » est un « {meant} » qu’un autre programme a mal recopié."
                hint = (
                    f"Écrivez {meant} à la place. S’il y en a d’autres, copiez de nouveau le texte "
                    "depuis son document d’origine."
                )
            yield warning(path, "lettre-abimee", message, hint, needle=piece)


def spoiled(text: str) -> tuple[str, str]:
    """The first spoiled letter of a text and the one that was meant; two "" where there is none."""
    if any(sign in text for sign in _SIGNS):
        for piece in _SPOILED.findall(text):
            if meant := _meant(piece):
                return piece, meant
    return "", ""


def texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a document, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, (*path, index))


def _meant(piece: str) -> str:
    """The letter that was read as Windows-1252 instead of UTF-8, "" where it was none."""
    try:
        return b"".join(map(_byte, piece)).decode() if piece != _LOST else _LOST
    except ValueError:
        return ""


def _byte(sign: str) -> bytes:
    """Five bytes are no letter in Windows-1252: programs keep them as they are."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")
