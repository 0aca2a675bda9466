"""Images and PDFs beside the records: their real format, and a copy without metadata. A picture
keeps its pixels to the bit; where and with what it was taken is left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from loosbot.corpus import jpeg, png
from loosbot.corpus.model import KeyPath
from loosbot.corpus.values import at, groups
from loosbot.corpus.wording import Fault, did_you_mean, quoted, slug

MAX_BYTES = 8 << 20
"""Of a joined file. A page scanned in colour takes one or two MiB."""
MAX_PIXELS = 80_000_000
"""Of a picture: an A0 plan at 150 dots an inch has 35 million. A few KiB of white paper can hold
so many that whoever opens them runs out of memory."""
_ENDINGS = {"jpg": ("jpg", "jpeg"), "png": ("png",), "pdf": ("pdf",)}
_JOINED = re.compile(r"\.(?:jpe?g|png|pdf)\Z", re.IGNORECASE)
_SIGNATURES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))
_SIZES = {"jpg": jpeg.size, "png": png.size}
_LFS_POINTER = b"version https://git-lfs.github.com/spec/"


def path_of(record: str, name: str) -> str:
    """The path in the corpus of a file that a record names from its own folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(record), name))


def named(data: Any) -> Iterator[tuple[int, str]]:
    """The files that a record joins: place in its list, name as it is written."""
    for index, document in groups(at(data, ("documents",))):
        if isinstance(name := document.get("fichier"), str):
            yield index, name


def kind_of(data: bytes) -> str:
    """``jpg``, ``png`` or ``pdf``, from the first bytes; "" for any other format."""
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")


def near(path: str, paths: Iterable[str]) -> str:
    """Which of these files was meant by the path of one that is not there, "" for none: its name
    has other capitals, blanks, accents or another ending, or too many folders before it."""
    stem = slug(posixpath.splitext(re.split(r"[/\\]", path)[-1])[0])
    alike = (
        other
        for other in paths
        if path.startswith(f"{posixpath.dirname(other)}/")
        and _JOINED.search(other)
        and slug(posixpath.splitext(posixpath.basename(other))[0]) == stem
    )
    return min(alike, default="")


def fault(index: int, path: str, size: int | None, data: bytes, meant: str) -> Fault | None:
    """What is wrong with the joined file at ``path``, the one of ``documents[index]``; None where
    it is sound. ``size`` is in bytes, None for a missing file, ``meant`` what was to be written for
    it, "" where nobody knows; ``data`` is the whole of it, or nothing of one that is too large."""
    where = ("documents", index, "fichier")
    if size is None:
        return _absent(where, path, meant)
    if size > MAX_BYTES:
        return Fault(
            where,
            "fichier-trop-gros",
            f"Le fichier {quoted(path)} fait {_mebibytes(size)}, et {MAX_BYTES >> 20} Mio est le "
            "plus.",
            "Scannez-le en 150 points par pouce, ou n’en gardez que les pages qui servent."
            if path.lower().endswith(".pdf")
            else "Ouvrez la photo dans un logiciel d’images, réduisez-la à 2 000 points de large, "
            "ce qui suffit à une page, et enregistrez-la en JPEG.",
        )
    kind = kind_of(data)
    if not kind:
        return _of_no_kind(where, path, data)
    if path.rpartition(".")[2].lower() not in _ENDINGS[kind]:
        return Fault(
            where,
            "fichier-mal-nomme",
            f"Le fichier {quoted(path)} contient du {kind.upper()}.",
            f"Donnez-lui un nom qui finit par .{kind}",
        )
    return _spoiled(where, path, data, kind)


def _absent(where: KeyPath, path: str, meant: str) -> Fault:
    """The fault of a name without a file: it may be a web address, or a path."""
    name = re.split(r"[/\\]", path)[-1]
    mend = "Placez-le à côté de la fiche, ou corrigez son nom (majuscules comprises)."
    if re.search(r"https?:/|www\.", path):
        mend = (
            "Une adresse n’est pas un fichier : enregistrez-le à côté de la fiche et écrivez "
            f"son nom, {name} ; ou faites de l’adresse un lien dans le texte."
        )
    elif meant:
        mend = did_you_mean(meant)
    elif name != posixpath.basename(path) or path.startswith("/"):
        mend = f"Copiez-le à côté de la fiche, et n’écrivez que son nom : {name}"
    return Fault(
        where, "fichier-absent", f"Le fichier {quoted(path)} n’est pas dans le corpus.", mend
    )


def _of_no_kind(where: KeyPath, path: str, data: bytes) -> Fault:
    """The fault of a file of another format: empty, a Git LFS pointer, or neither image nor PDF."""
    if data.startswith(_LFS_POINTER):
        return Fault(
            where,
            "fichier-absent",
            f"{quoted(path)} n’est qu’un pointeur de Git LFS : l’image elle-même n’est pas là.",
            "Lancez « git lfs pull » dans le dossier du corpus, puis vérifiez de nouveau.",
        )
    if not data:
        return Fault(
            where,
            "fichier-abime",
            f"Le fichier {quoted(path)} est vide.",
            "Copiez-le de nouveau depuis l’appareil ou le dossier d’où il vient.",
        )
    return Fault(
        where,
        "fichier-refuse",
        f"Le contenu de {quoted(path)} n’est ni une image JPEG ou PNG, ni un PDF.",
        "Enregistrez-le dans l’un de ces formats : changer la fin du nom ne suffit pas.",
    )


def _spoiled(where: KeyPath, path: str, data: bytes, kind: str) -> Fault | None:
    """The fault of a picture with too many pixels, or that cannot be decoded."""
    try:
        # from the header, before any pixel is decompressed
        if (area := _area(data, kind)) > MAX_PIXELS:
            return Fault(
                where,
                "fichier-trop-gros",
                f"L’image {quoted(path)} a {area // 1_000_000} millions de points, "
                f"plus de {MAX_PIXELS // 1_000_000}.",
                "Réduisez-la dans un logiciel d’images ; un plan se scanne en 150 points par "
                "pouce.",
            )
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
    """A picture with its pixels, its colours and its side, and nothing else; a PDF as it is.

    Lossless, and the same on any machine. Raises ValueError for a picture that is damaged.
    """
    try:
        if kind == "jpg":
            out = jpeg.rebuilt(data)
            _look(out)
            return out
        return png.rebuilt(data) if kind == "png" else data
    except (OSError, SyntaxError, IndexError, KeyError) as error:
        raise ValueError("damaged picture") from error


def _look(data: bytes) -> None:
    """Have Pillow decode the picture. Raises ValueError, OSError, SyntaxError where it cannot."""
    from PIL import Image  # imported late: a corpus without pictures does not need it

    with Image.open(BytesIO(data)) as picture:
        picture.verify()


def _mebibytes(size: int) -> str:
    """A size in Mio, rounded up: a file over the limit must not be shown as equal to it."""
    tenths = -(-size * 10 >> 20)
    return f"{tenths // 10},{tenths % 10} Mio"


def _area(data: bytes, kind: str) -> int:
    """Width times height from the header of a picture; 0 for a PDF. Raises ValueError."""
    if kind not in _SIZES:
        return 0
    width, height = _SIZES[kind](data)
    return width * height
