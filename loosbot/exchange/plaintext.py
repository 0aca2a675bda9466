"""A text without format, as mail, messaging and PDF readers give it, in paragraphs. Pure."""

from __future__ import annotations

import re

from loosbot.corpus.decoding import decode, mended
from loosbot.errors import UserError

_ENDED = ("bom", "encodage", "caractere-interdit")
"""What a document may have that a record may not: it is not its author's to mend."""
_MESSAGE = re.compile(
    r"^[\u200e\u200f]?\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?(?: à)? \d{1,2}:\d\d(?::\d\d)?(?:\]| -) "
    r"[\u200e\u200f]?(?P<who>[^:\n]{1,40}): ",
    re.MULTILINE,
)
"""How WhatsApp exports a message, of Android or of an iPhone."""


def paragraphs(data: bytes, name: str) -> list[str]:
    """The paragraphs of a text file, in whichever encoding it is; each message of an exported
    conversation is one, with who wrote it in bold. Raises UserError where it is no text."""
    data = data.replace(b"\f", b"\n\n")
    for _ in _ENDED:
        finding = decode(data, name)
        if isinstance(finding, str) or finding.code not in _ENDED:
            break
        data = mended(data, finding.code) or data
    try:
        text = data.decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise UserError(
            f"« {name} » n’est pas en UTF-8.", "Enregistrez-le de nouveau, en choisissant UTF-8."
        ) from error
    text = _MESSAGE.sub(r"\n**\g<who>** : ", text)
    return [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
