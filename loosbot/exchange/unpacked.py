"""Files from outside, looked at before any library opens them: size, parts, entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from loosbot.errors import UsageError, UserError
from loosbot.exchange.received import MOST_BYTES, MOST_PARTS
from loosbot.files import reason

_LARGEST = 32 << 20
_DEEPEST = 200
_PART = 1 << 16
_MARKED_UP = (".xml", ".rels", ".vml", ".rdf", ".qde")


def file_bytes(file: Path) -> bytes:
    """A file that somebody names. Raises UsageError where it is none, UserError where too large."""
    try:
        if not file.is_file():
            raise UsageError(f"« {file} » n’est pas un fichier.")
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(f"« {file} » ne peut pas être lu : {reason(error)}.") from error
    if len(data) > _LARGEST:
        raise UserError(f"« {file} » dépasse {_LARGEST >> 20} Mio : il n’est pas lu.")
    return data


def require_sound(data: bytes, name: str) -> None:
    """Raise UserError for a packed file that is damaged, that swells, or whose XML is a trap."""
    left = MOST_BYTES
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
                parser = _parser(name) if part.filename.lower().endswith(_MARKED_UP) else None
                with archive.open(part) as stream:
                    # what a part says of its size is not believed
                    while piece := stream.read(_PART):
                        left -= len(piece)
                        if left < 0:
                            raise UserError(f"« {name} » est bien trop grand une fois ouvert.")
                        if parser:
                            parser.Parse(piece, False)
                if parser:
                    parser.Parse(b"", True)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise UserError(
            f"« {name} » est abîmé, ou n’est pas ce que dit son nom.",
            "Ouvrez-le et enregistrez-le de nouveau.",
        ) from error


def _parser(name: str) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def opened(_name: str, _given: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UserError(f"« {name} » est construit de façon trop profonde.")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def typed(*_given: object) -> None:
        raise UserError(f"« {name} » déclare des entités : aucun tableur n’en écrit.")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = typed
    return parser
