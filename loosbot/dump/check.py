"""``loosbot dump check``: a received folder against what it says of itself, without the corpus."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection, DatabaseError, connect
from xml.etree import ElementTree

from loosbot.dump import iramuteq
from loosbot.dump.check_qda import qda_faults
from loosbot.dump.check_tables import table_faults
from loosbot.dump.received import PACKAGE, Received
from loosbot.dump.writer import SUMS

_SUM = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_CHUNK = 1 << 20


def faults(dump: Received) -> Iterator[str]:
    """Everything that is wrong, in French sentences; nothing for a sound dump."""
    yield from _sums(dump)
    yield from _resources(dump)
    for name in sorted(dump.tables):
        yield from table_faults(dump, name)
    yield from _passages(dump)
    yield from _iramuteq(dump)
    yield from qda_faults(dump)
    yield from _database(dump)
    yield from _parquet(dump)
    yield from _xml(dump)


def _sums(dump: Received) -> Iterator[str]:
    listed = {}
    path = dump.file(SUMS)
    if path is None:
        yield f"{SUMS} manque : rien ne dit si les fichiers sont ceux qui ont été remis"
        return
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        match = _SUM.fullmatch(line)
        if match is None:
            yield f"{SUMS}, ligne {number} : illisible"
        else:
            listed[match[2]] = match[1]
    for name, expected in sorted(listed.items()):
        found = dump.file(name)
        if found is None:
            yield f"{name} : annoncé par {SUMS}, absent"
        elif _digest(found) != expected:
            yield f"{name} : modifié depuis qu’il a été écrit"
    present = {
        one.relative_to(dump.root).as_posix() for one in dump.root.rglob("*") if one.is_file()
    }
    for name in sorted(present - listed.keys() - {SUMS}):
        yield f"{name} : présent, mais {SUMS} ne l’annonce pas"


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _resources(dump: Received) -> Iterator[str]:
    resources = dump.described.get("resources")
    if not isinstance(resources, list) or not resources:
        yield f"{PACKAGE} ne décrit aucun fichier"
        return
    for one in resources:
        name = str(one.get("path", "")) if isinstance(one, dict) else ""
        path = dump.file(name)
        if path is None:
            yield f"{name or 'un fichier sans chemin'} : décrit par {PACKAGE}, absent"
            continue
        if one.get("bytes") != path.stat().st_size:
            yield f"{name} : {PACKAGE} lui donne une autre taille"
        if one.get("hash") != f"sha256:{_digest(path)}":
            yield f"{name} : {PACKAGE} lui donne une autre empreinte"


def _passages(dump: Received) -> Iterator[str]:
    """Every passage is, word for word, where its row says."""
    texts: dict[str, str] = {}
    for row in dump.rows("passages"):
        name = row.get("fichier", "")
        if not name:
            continue
        path = dump.file(name)
        if path is None:
            yield f"{row.get('id')} : son texte {name} manque"
            continue
        if name not in texts:
            texts[name] = path.read_bytes().decode("utf-8", "replace")
        start, end = row.get("debut", ""), row.get("fin", "")
        if not (start.isdigit() and end.isdigit()):
            yield f"{row.get('id')} : ses places ne sont pas des nombres"
        elif texts[name][int(start) : int(end)] != row.get("texte"):
            yield f"{row.get('id')} : ses mots ne sont pas là où {name} les aurait"


def _iramuteq(dump: Received) -> Iterator[str]:
    path = dump.file(iramuteq.CORPUS)
    if path is None:
        return
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        yield f"{iramuteq.CORPUS} : pas en UTF-8"
        return
    for fault in iramuteq.faults(text):
        yield f"{iramuteq.CORPUS} : {fault}"
    told = sum(bool(row.get("texte", "").strip("* \n")) for row in dump.rows("passages"))
    if text.count("**** ") != told:
        yield f"{iramuteq.CORPUS} : {text.count('**** ')} textes pour {told} passages"


def _database(dump: Received) -> Iterator[str]:
    path = dump.file("data.sqlite")
    if path is None:
        return
    try:
        with closing(connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            if base.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                yield "data.sqlite : abîmé"
            if base.execute("PRAGMA freelist_count").fetchone() != (0,):
                yield "data.sqlite : garde des pages effacées"
            for name in sorted(dump.tables):
                if not re.fullmatch(r"[a-z_]+", name) or name not in _names(base):
                    continue
                (count,) = base.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608 - letters only
                if count != len(dump.rows(name)):
                    yield f"data.sqlite : {name} n’a pas autant de lignes que le CSV"
    except DatabaseError as error:
        yield f"data.sqlite : illisible ({error})"


def _names(base: Connection) -> set[str]:
    found = base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {str(one) for (one,) in found}


def _parquet(dump: Received) -> Iterator[str]:
    paths = sorted(dump.root.glob("parquet/*/*.parquet"))
    if not paths:
        return
    # heavy, and only needed here
    from pyarrow import ArrowException
    from pyarrow.parquet import read_metadata

    for path in paths:
        name = path.relative_to(dump.root).as_posix()
        try:
            count = read_metadata(path).num_rows
        except (ArrowException, OSError):
            yield f"{name} : illisible"
            continue
        if path.stem in dump.tables and count != len(dump.rows(path.stem)):
            yield f"{name} : n’a pas autant de lignes que le CSV"


def _xml(dump: Received) -> Iterator[str]:
    for path in sorted(dump.root.rglob("*.xml")):
        try:
            for _ in ElementTree.iterparse(path):  # noqa: S314 - nothing is resolved outside
                pass
        except ElementTree.ParseError as error:
            yield f"{path.relative_to(dump.root).as_posix()} : XML mal formé ({error})"
