"""What the schema of REFI-QDA does not say: references that lead somewhere, places in the text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from loosbot.dump.qda import NAMESPACE, PATH, PROJECT
from loosbot.dump.received import Received

_LARGEST = 1 << 28
"""Bytes of one member beyond which it is not a récit."""
_Q = f"{{{NAMESPACE}}}"


def qda_faults(dump: Received) -> Iterator[str]:
    """What is wrong with ``qda/recits.qdpx``."""
    path = dump.file(PATH)
    if path is None:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            if any(one.file_size > _LARGEST for one in archive.infolist()):
                yield f"{PATH} : contient un fichier démesuré"
                return
            root = ElementTree.fromstring(archive.read(PROJECT))  # noqa: S314 - nothing is resolved outside
            for fault in (*_references(root), *_places(root, archive)):
                yield f"{PATH} : {fault}"
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        yield f"{PATH} : illisible ({error})"


def _references(root: Element) -> Iterator[str]:
    guids = [one.get("guid", "") for one in root.iter() if one.get("guid")]
    if len(guids) != len(set(guids)):
        yield "deux éléments ont le même identifiant"
    for name in ("targetGUID", "creatingUser", "creatingUserGUID"):
        lost = {one.get(name, "") for one in root.iter() if one.get(name)} - set(guids)
        if lost:
            yield f"{name} mène à {len(lost)} identifiant(s) inconnu(s)"
    if not root.get("origin"):
        yield "« origin » manque, QualCoder ne pourrait pas l’ouvrir"
    names = [one.get("name") for one in root.iter(f"{_Q}Code")]
    if len(names) != len(set(names)):
        yield "deux codes ont le même nom, ils seraient fondus à l’import"


def _places(root: Element, archive: zipfile.ZipFile) -> Iterator[str]:
    for source in root.iter(f"{_Q}TextSource"):
        name = source.get("plainTextPath", "").replace("internal://", "sources/")
        data = archive.read(name)
        if data.startswith(b"\xef\xbb\xbf") or b"\r" in data:
            yield f"{name} : marque d’ordre des octets ou retours chariot, tout serait décalé"
        length = len(data.decode("utf-8", "replace"))
        for one in source.iter(f"{_Q}PlainTextSelection"):
            start, end = one.get("startPosition", ""), one.get("endPosition", "")
            if not (start.isdigit() and end.isdigit() and int(start) < int(end) <= length):
                yield f"{name} : un passage est hors du texte"
