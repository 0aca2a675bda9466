"""What the schema of REFI-QDA does not say: references that lead somewhere, places in the text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from loosbot.corpus.french import counted
from loosbot.dump.check.bounds import MOST_INFLATED, MOST_MEMBERS, LimitReached
from loosbot.dump.check.received import ReceivedDump, Unreadable
from loosbot.dump.check.xml import walk
from loosbot.dump.formats.qda import NAMESPACE, PATH, PROJECT

_Q = f"{NAMESPACE}}}"
_PLACE = re.compile("[0-9]{1,9}")
_ENTRY = b"PK\x01\x02"
"""What begins the entry of each member in the directory of a zip (APPNOTE, 4.3.12)."""


def qda_faults(dump: ReceivedDump) -> Iterator[str]:
    """What is wrong with ``qda/recits.qdpx``. Raises Unreadable, LimitReached, OSError."""
    data = dump.read(PATH)
    if data.count(_ENTRY) > MOST_MEMBERS:
        raise LimitReached("pas relu, trop de fichiers dedans")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _Members(archive)
            project = _Project()
            walk([members.read(PROJECT)], dump.budget, project.start)
            yield from project.faults()
            for name, places in project.places.items():
                dump.budget.look()
                yield from _places(name, places, members)
    except zipfile.BadZipFile as error:
        raise Unreadable("illisible, ce n’est pas une archive entière") from error


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


class _Project:
    """What ``project.qde`` names and refers to."""

    def __init__(self) -> None:
        self.places: dict[str, set[tuple[str, str]]] = {}
        """By member: where its passages begin and end."""
        self._here: set[tuple[str, str]] = set()
        self._guids: set[str] = set()
        self._codes: set[str] = set()
        self._wanted: dict[str, set[str]] = {}
        self._twice: set[str] = set()
        self._origin: str | None = None

    def start(self, name: str, given: dict[str, str]) -> None:
        if guid := given.get("guid", ""):
            if guid in self._guids:
                self._twice.add("deux éléments ont le même identifiant")
            self._guids.add(guid)
        for key in ("targetGUID", "creatingUser", "creatingUserGUID"):
            if key in given:
                self._wanted.setdefault(key, set()).add(given[key])
        if self._origin is None:
            self._origin = given.get("origin", "")
        if name == f"{_Q}Code":
            if given.get("name", "") in self._codes:
                self._twice.add("deux codes ont le même nom, ils seraient fondus à l’import")
            self._codes.add(given.get("name", ""))
        elif name == f"{_Q}TextSource":
            member = given.get("plainTextPath", "").replace("internal://", "sources/")
            self._here = self.places.setdefault(member, set())
        elif name == f"{_Q}PlainTextSelection":
            self._here.add((given.get("startPosition", ""), given.get("endPosition", "")))

    def faults(self) -> Iterator[str]:
        yield from sorted(self._twice)
        for key, targets in self._wanted.items():
            if lost := targets - self._guids:
                unknown = counted(len(lost), "identifiant inconnu", "identifiants inconnus")
                yield f"{key} mène à {unknown}"
        if not self._origin:
            yield "« origin » manque, QualCoder ne pourrait pas l’ouvrir"


def _places(name: str, places: set[tuple[str, str]], members: _Members) -> Iterator[str]:
    try:
        data = members.read(name)
    except Unreadable as error:
        yield str(error)
        return
    if data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
        yield f"{name} : marque d’ordre des octets ou retours chariot, tout serait décalé"
    length = len(data.decode("utf-8", "replace"))
    for start, end in sorted(places):
        whole = _PLACE.fullmatch(start) and _PLACE.fullmatch(end)
        if not (whole and int(start) < int(end) <= length):
            yield f"{name} : un passage est hors du texte"
            return
