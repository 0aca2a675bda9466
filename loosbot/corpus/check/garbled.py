"""Letters that another program spoiled: « Ã© » for « é », « � » for one that is gone. Pure.

Others wrote them in figures for a machine (``=C3=A9`` in a mail, ``%C3%A9`` in an address,
``\\u00e9`` in data), as those of an old PC or Macintosh, or as question marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter

from loosbot import lazy
from loosbot.corpus.check.texts import TextCheck, holds_any
from loosbot.corpus.yaml.pasted import Misreading

MOST = 3
"""Spoiled letters of one text that are told: where there are more, all of it was pasted so."""
_LOST = "\ufffd"
_SIGNS = ("Ã", "Â", "â€", "â‚", "Å", "ï¿½", _LOST)
"""One of these stands in every text that is spoiled so, and in few others."""
_AFTER = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘-„†-•…‰‹›€™"
"""What the bytes 80 to BF are in Windows-1252, as a class of a pattern."""
_SPOILED = re.compile(f"â[€‚][{_AFTER}]|[ÂÃÅ][{_AFTER}]|ï¿½|{_LOST}")


_WRITTEN = lazy.pattern(
    r"(?:=[0-9A-F]{2}){2,3}|(?<=[^\W\d_])=E[0-9A-F](?=[^\W\d_])|(?:%[0-9A-F]{2}){2,3}"
    r"|\\u(?:00[c-fC-F][0-9a-fA-F]|20[12][0-9a-fA-F]|20ac|20AC|0153)"
)
"""A letter in figures; three bytes at the most."""
_OLD = lazy.pattern(
    r"(?<=[a-zà-ÿ’'])‚(?=[a-z])|(?<=[a-z])‚(?=[ ,.;:\n]|$)|(?<=[a-z])[ƒ‡](?=[a-z])"
    r"|(?<=[ldjnsmtcuLDJNSMTC])Õ(?=[^\W\d_])|(?<=[a-zÕ])Ž(?=[a-z ,.]|$)"
)
_OLD_LETTERS = {"‚": "é", "ƒ": "â", "‡": "ç", "Õ": "’", "Ž": "é"}
"""What a letter of an old PC (code page 850) or Macintosh becomes in Windows-1252."""
_ADDRESS = lazy.pattern(r"\S*(?:://|www\.|[\w-]/)\S*")
_QUESTIONED = lazy.pattern(r"(?<!\S)[^\W\d_]*[’']?(?:\?[a-zà-ÿ]|[a-zà-ÿ]\?[a-zà-ÿ])[\w?’'-]*")
"""A word with a question mark in it."""
_FIGURES = (
    *(b"=C3", b"=C5", b"=E", b"%C3", b"%C5", b"%E2", b"\\u0", b"\\u2"),
    *(sign.encode() for sign in _OLD_LETTERS),
)
_FIGURE_BYTES = (b"=", b"%", b"\\", *(sign[-1:] for sign in _FIGURES[-len(_OLD_LETTERS) :]))
"""One byte of each, of which most files have none: to look for one byte takes a tenth."""
_QUESTION = re.compile(rb"\?[a-z\xc3]")


def may_be_written_otherwise(source: bytes) -> bool:
    """Whether a file may have a letter in figures, of an old machine, or lost for a question
    mark."""
    has = source.__contains__
    return (any(map(has, _FIGURE_BYTES)) and any(map(has, _FIGURES))) or (
        _QUESTION.search(source) is not None
    )


def written_otherwise(text: str) -> Iterator[Misreading]:
    """The letters of a text in figures or of an old machine, each once, and the first of several
    words with question marks for letters."""
    prose = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
    pieces = [match[0] for form in (_WRITTEN, _OLD) for match in form.finditer(prose)]
    letters = {piece: _letter_of(piece) for piece in pieces}
    for piece, meant in islice(filter(itemgetter(1), letters.items()), MOST):
        yield _copied_badly(piece, meant)
    words = _QUESTIONED.findall(prose)
    if len(set(words)) > 1:
        yield Misreading(
            "lettre-abimee",
            f"« {words[0]} » a perdu une lettre : un point d’interrogation en tient la place.",
            "Retapez-la, et celles des autres mots ; elles sont encore dans le document d’où "
            "vient le texte.",
            words[0],
        )


def _copied_badly(piece: str, meant: str) -> Misreading:
    message = f"« {piece} » est un « {meant} » qu’un autre programme a mal recopié."
    hint = (
        f"Écrivez {meant} à la place. S’il y en a d’autres, copiez de nouveau le texte depuis son "
        "document d’origine."
    )
    return Misreading("lettre-abimee", message, hint, piece)


def _letter_of(piece: str) -> str:
    """The letter that was written in figures or by an old machine, "" where it is none."""
    if piece in _OLD_LETTERS:
        return _OLD_LETTERS[piece]
    if piece.startswith("\\u"):
        return chr(int(piece[2:], 16))
    coded = bytes.fromhex(piece.replace("=", "").replace("%", ""))
    try:
        letter = coded.decode("latin-1" if len(coded) == 1 else "utf-8")
    except UnicodeDecodeError:
        return ""
    return letter if len(letter) == 1 and letter > "\x9f" else ""


def misreadings(text: str) -> Iterator[Misreading]:
    """The spoiled letters of a text, each once."""
    for piece, meant in islice(_spoiled_letters(text), MOST):
        if meant == _LOST:
            yield Misreading(
                "lettre-abimee",
                f"« {piece} » tient la place d’une lettre qui s’est perdue en chemin.",
                "Retapez-la ; elle est encore dans le document d’où vient le texte.",
                piece,
            )
        else:
            yield _copied_badly(piece, meant)


def spoiled(text: str) -> tuple[str, str]:
    """The first spoiled letter of a text and the one that was meant; two "" where there is none."""
    return next(_spoiled_letters(text), ("", ""))


def _spoiled_letters(text: str) -> Iterator[tuple[str, str]]:
    """Each different one, with the letter that was meant."""
    if any(sign in text for sign in _SIGNS):
        for piece in dict.fromkeys(_SPOILED.findall(text)):
            if meant := _meant(piece):
                yield piece, meant


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


CHECKS = (
    # a backslash: the sign may be typed as an escape of YAML
    TextCheck(holds_any([b"\\", *(sign.encode() for sign in _SIGNS)]), misreadings),
    TextCheck(may_be_written_otherwise, written_otherwise),
)
