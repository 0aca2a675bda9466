"""Checks on untrusted files before a library opens them: size, members, XML entities."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from loosbot.errors import UsageError, UserError
from loosbot.exchange.received import MOST_BYTES, MOST_ELEMENTS, MOST_PARTS
from loosbot.files import reason

_LARGEST = 32 << 20
_DEEPEST = 200
_PART = 1 << 16
_MARKED_UP = (".xml", ".rels", ".vml", ".rdf", ".qde")
_BEFORE = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"
"""What may stand before the first sign of an XML, in any encoding of Unicode."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    expat.ExpatError,
    EOFError,
    OSError,
    RuntimeError,  # NotImplementedError, for a way of packing that Python does not know
    ValueError,
    LookupError,  # an encoding that nobody knows
)


def file_bytes(file: Path) -> bytes:
    """A file that somebody names. Raises UsageError where it is none, UserError where too large."""
    try:
        if not file.is_file():
            raise UsageError(f"« {file} » n’est pas un fichier.", "Vérifiez le chemin.")
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"« {file} » ne peut pas être lu : {reason(error)}.") from error
    if len(data) > _LARGEST:
        raise UserError(f"« {file} » dépasse {_LARGEST >> 20} Mio : il n’est pas lu.")
    return data


def require_sound(data: bytes, name: str, elements: int = MOST_ELEMENTS) -> None:
    """Raise UserError for a packed file that is damaged, that swells, or whose XML is a trap."""
    left = MOST_BYTES
    count = _Count(name, elements)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise UserError(f"« {name} » contient trop de parties : il n’est pas lu.")
            for part in parts:
                if part.flag_bits & 1:
                    raise UserError(
                        f"« {name} » est protégé par un mot de passe.",
                        "Enregistrez-le sans mot de passe.",
                    )
                parser = count.parser() if part.filename.lower().endswith(_MARKED_UP) else None
                with archive.open(part) as stream:
                    first = True
                    # the size that a member declares may be false
                    while piece := stream.read(_PART):
                        left -= len(piece)
                        if left < 0:
                            raise UserError(f"« {name} » est bien trop grand une fois ouvert.")
                        # any member may be a sheet: names prove nothing, so all XML is checked
                        if first and parser is None and piece.lstrip(_BEFORE)[:1] == b"<":
                            parser = count.parser()
                        first = False
                        if parser:
                            parser.Parse(piece, False)
                # OpenOffice leaves an empty Configurations2/accelerator/current.xml
                if parser and not first:
                    parser.Parse(b"", True)
    except _DAMAGED as error:
        raise UserError(
            f"« {name} » est abîmé, ou n’est pas ce que dit son nom.",
            "Ouvrez-le et enregistrez-le de nouveau.",
        ) from error


def parsed(part: bytes) -> Element:
    """The XML of a part of a file that :func:`require_sound` let through. Raises ParseError."""
    return ElementTree.fromstring(part)  # noqa: S314 - it was looked at, and has no entity


def bare_name(element: Element) -> str:
    """The name of an element, whatever its namespace."""
    return element.tag.rpartition("}")[2]


class _Count:
    """The elements that the XML of all members may still hold."""

    def __init__(self, name: str, elements: int) -> None:
        self._name = name
        self._left = elements

    def parser(self) -> expat.XMLParserType:
        """An XML parser that builds nothing, and raises UserError for an entity or too many
        elements."""
        parser = expat.ParserCreate()
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        depth = 0

        def opened(_name: str, _given: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._left -= 1
            if depth > _DEEPEST:
                raise UserError(f"« {self._name} » est construit de façon trop profonde.")
            if self._left < 0:
                raise UserError(
                    f"« {self._name} » a trop d’éléments pour être lu.",
                    "Enregistrez-en une partie dans un autre fichier.",
                )

        def closed(_name: str) -> None:
            nonlocal depth
            depth -= 1

        def typed(*_given: object) -> None:
            raise UserError(
                f"« {self._name} » déclare des entités : aucun tableur n’en écrit.",
                "Ouvrez-le et enregistrez-le de nouveau.",
            )

        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.StartDoctypeDeclHandler = typed
        return parser
