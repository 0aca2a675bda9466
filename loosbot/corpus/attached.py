"""Images and scanned papers that lie beside the records: what they really are, and what of them
may go out. A picture keeps its pixels to the bit; where and with what it was taken is left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from loosbot.corpus.wording import Fault, quoted

MAX_BYTES = 8 << 20
"""Of a joined file. A page scanned in colour takes one or two MiB."""
_ENDINGS = {"jpg": ("jpg", "jpeg"), "png": ("png",), "pdf": ("pdf",)}
_SIGNATURES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))
_ORIENTATION = 0x0112
_EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"
"""An Exif block that says one thing: which side is up; its number follows, and zeros."""
_PERSONAL = (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME")
"""Parts of a PNG that tell of its making (PNG specification, 11.3)."""


def path_of(record: str, name: str) -> str:
    """The path in the corpus of a file that a record names from its own folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(record), name))


def named(data: Any) -> Iterator[tuple[int, str]]:
    """The files that a record joins: place in its list, name as it is written."""
    listed = data.get("documents") if isinstance(data, dict) else None
    for index, one in enumerate(listed if isinstance(listed, list) else ()):
        name = one.get("fichier") if isinstance(one, dict) else None
        if isinstance(name, str):
            yield index, name


def kind_of(data: bytes) -> str:
    """What a file holds, told by its first bytes; "" for anything that is not taken."""
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")


def fault(index: int, path: str, size: int | None, data: bytes) -> Fault | None:
    """What is wrong with a joined file: ``size`` is None where there is none."""
    where = ("documents", index, "fichier")
    if size is None:
        return Fault(
            where,
            "fichier-absent",
            f"Le fichier {quoted(path)} n’est pas dans le corpus.",
            "Placez-le à côté de la fiche, ou corrigez son nom (majuscules comprises).",
        )
    if size > MAX_BYTES:
        return Fault(
            where,
            "fichier-trop-gros",
            f"Le fichier {quoted(path)} dépasse {MAX_BYTES >> 20} Mio.",
            "Réduisez-le, par exemple en le scannant en 150 points par pouce.",
        )
    kind = kind_of(data)
    ending = path.rpartition(".")[2].lower()
    if not kind:
        return Fault(
            where,
            "fichier-refuse",
            f"Le contenu de {quoted(path)} n’est ni une image JPEG ou PNG, ni un PDF.",
            "Enregistrez-le dans l’un de ces formats : changer la fin du nom ne suffit pas.",
        )
    if ending not in _ENDINGS[kind]:
        return Fault(
            where,
            "fichier-mal-nomme",
            f"Le fichier {quoted(path)} contient du {kind.upper()}.",
            f"Donnez-lui un nom qui finit par .{kind}",
        )
    try:
        cleaned(data, kind)
    except ValueError:
        return Fault(
            where,
            "fichier-abime",
            f"L’image {quoted(path)} ne peut pas être lue : elle est abîmée ou incomplète.",
            "Enregistrez-la de nouveau depuis un logiciel d’images.",
        )
    return None


def cleaned(data: bytes, kind: str) -> bytes:
    """A file without what a camera wrote about the place and the person; a PDF as it is.

    Lossless, and the same on any machine. Raises ValueError for a picture that is damaged.
    """
    try:
        if kind == "jpg":
            return _cleaned_jpeg(data)
        return _cleaned_png(data) if kind == "png" else data
    except (OSError, SyntaxError, IndexError) as error:
        raise ValueError("damaged picture") from error


def _cleaned_jpeg(data: bytes) -> bytes:
    """Without the segments APP1 to APP13 but APP2, the colour profile (ISO 10918-1, B.1.1.3)."""
    from PIL import Image  # only a corpus with pictures waits for it

    with Image.open(BytesIO(data)) as picture:
        side = picture.getexif().get(_ORIENTATION, 1)
    out = bytearray(data[:2])
    if side in range(2, 9):
        exif = _EXIF + bytes((side,)) + bytes(6)
        out += b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    at = 2
    # what follows the end of the picture (a second view, a film) may tell of the place too
    while data[at + 1] != 0xD9:
        if data[at] != 0xFF:
            raise ValueError("a segment was expected")
        marker = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        personal = 0xE1 <= marker <= 0xED and marker != 0xE2
        if not personal and marker != 0xFE:
            out += data[at:end]
        at = end
    return bytes(out + data[at : at + 2])


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next segment begins after the pixels at ``at``: at a marker that is no restart."""
    while (at := data.find(b"\xff", at)) >= 0:
        if data[at + 1] not in (0x00, *range(0xD0, 0xD8)):
            return at
        at += 2
    raise ValueError("the picture has no end")


def _cleaned_png(data: bytes) -> bytes:
    """Without the parts that tell of its making."""
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        picture.verify()
    out = bytearray(data[:8])
    at = 8
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] not in _PERSONAL:
            out += data[at:end]
        at = end
    return bytes(out)
