"""What a file of a dump says, whatever its form, as entries: of what, and its values by name."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat

from loosbot.dump.check.bounds import (
    DEEPEST,
    MOST_ELEMENTS,
    MOST_INFLATED,
    MOST_MEMBERS,
    Budget,
    LimitReached,
)
from loosbot.dump.check.received import ReceivedDump, Row, Unreadable
from loosbot.dump.formats.csvfiles import shown
from loosbot.dump.formats.iramuteq import CORPUS
from loosbot.escaping import beginning
from loosbot.parsing import json_value

_SHOWN, _BEFORE = 60, 20
_ENTRY = b"PK\x01\x02"
"""What begins the entry of each member in the directory of a zip (APPNOTE, 4.3.12)."""
Entries = Mapping[str, Row]
Pair = tuple[Entries, Iterable[tuple[str, Row]]]
"""The entries that are wanted, and those that are given, as they stand."""


def pairs(dump: ReceivedDump, name: str, wanted: bytes) -> Iterator[Pair]:
    """The entries of a received file that is not ``wanted`` to the byte, and what they should be.

    Of a table and of an archive only what differs is there. Raises Unreadable, LimitReached,
    OSError.
    """
    if dump.digest(name) == sha256(wanted).hexdigest():
        return
    if name.endswith(".csv"):
        yield from _rows(dump, name, wanted)
    elif name.endswith(".qdpx"):
        yield from _members(dump, dump.read(name), wanted)
    else:
        yield dict(_entries(dump, name, wanted)), _entries(dump, name, dump.read(name))


def _members(dump: ReceivedDump, given: bytes, wanted: bytes) -> Iterator[Pair]:
    if given.count(_ENTRY) > MOST_MEMBERS:
        raise LimitReached("pas relu, trop de fichiers dedans")
    ours = zipfile.ZipFile(io.BytesIO(wanted))
    try:
        theirs = zipfile.ZipFile(io.BytesIO(given))
    except zipfile.BadZipFile as error:
        raise Unreadable("illisible, ce n’est pas une archive entière") from error
    members = _Members(theirs)
    yield {name: {} for name in ours.namelist()}, [(name, {}) for name in theirs.namelist()]
    for name in ours.namelist():
        if (data := members.read(name)) != (other := ours.read(name)):
            yield dict(_entries(dump, name, other)), _entries(dump, name, data)


class _Members:
    """The members of an archive, each inflated once at the most."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MOST_INFLATED

    def read(self, name: str) -> bytes:
        """Raises Unreadable, LimitReached."""
        try:
            info = self._archive.getinfo(name)
        except KeyError as error:
            raise Unreadable(f"{name} n’y est pas") from error
        if info.flag_bits & 1:
            raise Unreadable(f"{name} est chiffré")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(f"{name} est comprimé d’une façon inconnue")
        try:
            with self._archive.open(info) as member:
                # as much as there is: the size that the archive states may be false
                data = member.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise Unreadable(f"{name} est abîmé") from error
        self._left -= len(data)
        if self._left < 0:
            raise LimitReached(f"pas relu jusqu’au bout, plus de {MOST_INFLATED >> 20} Mio dedans")
        return data


def _rows(dump: ReceivedDump, name: str, wanted: bytes) -> Iterator[Pair]:
    header, *rows = csv.reader(io.StringIO(wanted.decode("utf-8-sig"), newline=""))
    lines = dump.csv(name)
    named = next(lines, [])
    key = header[: _width(rows)]
    yield {"": {"colonnes": ", ".join(header)}}, [("", {"colonnes": ", ".join(named)})]
    if not {*key} <= {*named}:
        return
    columns = [column for column in header if column in named]
    left = dict.fromkeys(_cells(rows, header, columns))
    odd = []
    for row in _cells(lines, named, columns):
        if row in left:
            del left[row]
        else:
            odd.append(row)

    def entry(row: Sequence[str]) -> tuple[str, Row]:
        return " ".join(row[columns.index(column)] for column in key), dict(
            zip(columns, row, strict=True)
        )

    yield dict(map(entry, left)), map(entry, odd)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many of the first columns tell the rows apart."""
    width = 1
    while (
        rows and width < len(rows[0]) and len({*(tuple(row[:width]) for row in rows)}) < len(rows)
    ):
        width += 1
    return width


def _cells(
    rows: Iterable[Sequence[str]], header: Sequence[str], columns: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    ranks = [header.index(column) for column in columns]
    for row in rows:
        yield tuple(row[rank] if rank < len(row) else "" for rank in ranks)


def _entries(dump: ReceivedDump, name: str, data: bytes) -> Iterator[tuple[str, Row]]:
    suffix = PurePosixPath(name).suffix
    if suffix in (".xml", ".qdc", ".qde"):
        yield from _elements(dump, data)
    elif suffix in (".json", ".jsonld", ".geojson"):
        try:
            value = json_value(data)
        except ValueError as error:
            raise Unreadable("pas lisible") from error
        yield from _objects("", value)
    elif name == CORPUS:
        for stars, lines in starred(data.decode("utf-8", "replace")):
            yield stars.get("id", ""), {**stars, "mots": "\n".join(lines)}
    else:
        yield "", {"texte": data.decode("utf-8", "replace")}


def starred(corpus: str) -> Iterator[tuple[Mapping[str, str], list[str]]]:
    """The variables and the lines of each text of IRaMuTeQ's corpus."""
    for part in f"\n{corpus}".split("\n**** ")[1:]:
        head, *lines = part.split("\n")
        stars = (token.removeprefix("*").partition("_") for token in head.split())
        yield {name: modality for name, _, modality in stars}, [line for line in lines if line]


def _objects(id_: str, value: Any) -> Iterator[tuple[str, Row]]:
    """An entry for each object of JSON that has an id, and one for what is in none."""
    texts: dict[str, str] = {}
    left: list[tuple[str, Any]] = [("", value)]
    while left:
        path, inner = left.pop()
        if isinstance(inner, dict):
            if path and isinstance(own := inner.get("@id", inner.get("id")), str):
                yield from _objects(own, inner)
                continue
            left += [(f"{path}.{key}".removeprefix("."), item) for key, item in inner.items()]
        elif isinstance(inner, list):
            left += [(f"{path}.{rank}", item) for rank, item in enumerate(inner, 1)]
        elif isinstance(inner, int | float) and not isinstance(inner, bool):
            texts[path] = shown(float(inner))
        else:
            texts[path] = str(inner)
    yield id_, texts


def _elements(dump: ReceivedDump, data: bytes) -> Iterator[tuple[str, Row]]:
    """An entry for each element of XML that has a GUID, and one for what is in none."""
    entries: dict[str, dict[str, list[str]]] = {}
    above: list[tuple[str, str]] = [("", "")]

    def note(id_: str, path: str, text: str) -> None:
        entries.setdefault(id_, {}).setdefault(path, []).append(text)

    def start(name: str, given: dict[str, str]) -> None:
        id_, path = above[-1]
        path = f"{path}.{name.rpartition('}')[2]}".removeprefix(".")
        if guid := given.get("guid"):
            note(guid, "dans", id_)
            id_, path = guid, ""
        above.append((id_, path))
        for key, text in given.items():
            note(id_, f"{path}.{key}".removeprefix("."), text)

    def end(text: str) -> None:
        id_, path = above.pop()
        if text.strip():
            note(id_, path or "texte", text)

    walk([data], dump.budget, start, end)
    for id_, texts in entries.items():
        yield id_, {path: "\n".join(several) for path, several in texts.items()}


def differences(
    wanted: Mapping[str, Row],
    given: Iterable[tuple[str, Row]],
    budget: Budget,
    copied: frozenset[str] | None,
) -> Iterator[str]:
    """What entries say otherwise than is ``wanted``, a sentence each; where ``copied`` is not None,
    only of what is in it. Raises LimitReached."""
    seen: set[str] = set()
    for id_, cells in given:
        budget.look()
        about = f"« {beginning(id_, _SHOWN)} », " if id_ else ""
        if id_ in seen:
            yield f"{about}deux fois"
        elif id_ in wanted:
            yield from (f"{about}{fault}" for fault in _otherwise(wanted[id_], cells, copied))
        elif copied is None:
            yield f"{about}rien de tel dans les tables"
        seen.add(id_)
    for id_ in sorted(wanted.keys() - seen):
        if copied is None or id_ in copied:
            yield f"« {beginning(id_, _SHOWN)} » n’y est pas"


def _otherwise(wanted: Row, cells: Row, copied: frozenset[str] | None) -> Iterator[str]:
    names = wanted.keys() | cells.keys() if copied is None else wanted.keys() & cells.keys()
    for name in sorted(names):
        # what parts a list of texts is another sign within one
        cell, other = (row.get(name, "").replace("¦", "|") for row in (cells, wanted))
        if cell != other and (copied is None or (cell and other in copied)):
            signs = zip(cell, other, strict=False)
            place = next((rank for rank, (sign, its) in enumerate(signs) if sign != its), 0)
            start = place - _BEFORE if place > _SHOWN // 2 else 0
            first, second = (
                ("…" if start else "") + beginning(text[start:], _SHOWN) for text in (cell, other)
            )
            yield f"{name} : « {first} », ailleurs dans l’export « {second} »"


Start = Callable[[str, dict[str, str]], None]


def walk(
    chunks: Iterable[bytes],
    budget: Budget,
    start: Start = lambda name, given: None,
    end: Callable[[str], None] = lambda text: None,
) -> None:
    """Read a document; ``start`` is called with ``namespace}name`` and the attributes of each
    element, ``end`` with the text of each that holds no other. Raises Unreadable, LimitReached.
    """
    # fixed here, so that expat never looks up an encoding that the file names
    parser = expat.ParserCreate("utf-8", "}")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.buffer_text = True
    seen = depth = 0
    texts: list[str] = []

    def opened(name: str, given: dict[str, str]) -> None:
        nonlocal seen, depth
        seen, depth = seen + 1, depth + 1
        if seen > MOST_ELEMENTS or depth > DEEPEST:
            raise LimitReached("pas relu jusqu’au bout, trop d’éléments")
        if not seen % 10_000:
            budget.look()
        texts.clear()
        start(name, given)

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1
        end("".join(texts))
        texts.clear()

    def declared(_version: str, encoding: str | None, _alone: int) -> None:
        if encoding and encoding.lower() != "utf-8":
            raise Unreadable("déclare un autre encodage que UTF-8")

    def typed(*_given: object) -> None:
        raise Unreadable("contient une déclaration DOCTYPE, aucun export n’en a")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = texts.append
    parser.XmlDeclHandler = declared
    parser.StartDoctypeDeclHandler = typed
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable(f"XML mal formé, ligne {error.lineno}") from error
