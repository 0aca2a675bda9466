"""``loosbot dump check``: a received folder against what it says of itself, without the corpus.

Nobody knows who made it. Each file is checked by itself, within the bounds of :mod:`bounds`: what
is wrong with one hides nothing of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import unquote

from loosbot.corpus.french import counted
from loosbot.dump.check.announced import (
    ANNOUNCED,
    announced_faults,
    origin_faults,
    withdrawal_faults,
)
from loosbot.dump.check.binary import database_faults, parquet_faults
from loosbot.dump.check.bounds import MOST_FAULTS, LimitReached
from loosbot.dump.check.copies import Copies
from loosbot.dump.check.derived import FORMATS, Derived
from loosbot.dump.check.entries import walk
from loosbot.dump.check.received import PACKAGE, ReceivedDump, Unreadable
from loosbot.dump.check.tables import table_faults
from loosbot.dump.check.workbook import workbook_faults
from loosbot.dump.edition.withdrawals import NAME as WITHDRAWALS
from loosbot.dump.formats import prov
from loosbot.dump.formats.catalogue import CRATE
from loosbot.dump.formats.spreadsheet import PATH as WORKBOOK
from loosbot.dump.report import NAME as REPORT
from loosbot.dump.writer import SUMS
from loosbot.escaping import harmless
from loosbot.extras import require
from loosbot.files import reason

_SUM = re.compile(r"([0-9A-Fa-f]{64}) [ *](?:\./)?([^\n]+)")
"""What « sha256sum -c » takes: other programs write the star, capitals, « ./ »."""
_PLACE = re.compile("[0-9]{1,9}")
_LONGEST = 300
"""Characters of a fault; a name of a file may have thousands."""


def faults(dump: ReceivedDump) -> Iterator[str]:
    """Everything that is wrong, in French sentences of one line; nothing for a sound dump.

    The descriptor need not have been read yet. Raises UsageError where there is a Parquet file and
    what reads it is not installed.
    """
    if any(_is_parquet(name) for name in dump.names):
        require("dump")
    for fault in _all(dump):
        line = harmless(fault)
        yield line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _all(dump: ReceivedDump) -> Iterator[str]:
    yield from dump.odd[:MOST_FAULTS]
    if len(dump.odd) > MOST_FAULTS:
        left = len(dump.odd) - MOST_FAULTS
        yield f"{counted(left, 'autre faute', 'autres fautes')} de cette sorte"
    if not dump.described:
        yield from _guarded(PACKAGE, _read(dump.describe))
    yield from _guarded(SUMS, _sums(dump), named=True)
    yield from _guarded(PACKAGE, _resources(dump), named=True)
    for name in sorted(dump.tables):
        where = dump.path_of(name)
        if dump.size(where) is not None:
            yield from _guarded(where, table_faults(dump, name))
    described = {dump.path_of(name) for name in dump.tables}
    yield from _guarded("passages", _passages(dump), named=True)
    copies, derived = Copies(dump), Derived(dump)
    parts: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("data.sqlite", lambda: database_faults(dump, copies)),
        (WORKBOOK, lambda: workbook_faults(dump, copies)),
        (CRATE, lambda: _listed(dump)),
        (REPORT, lambda: _counted(dump)),
        (WITHDRAWALS, lambda: withdrawal_faults(dump)),
        (prov.PATH, lambda: origin_faults(dump)),
        *((name, partial(announced_faults, dump, name)) for name in ANNOUNCED),
    )
    for name, check in parts:
        if dump.size(name) is not None:
            yield from _guarded(name, check())
    unreadable = list(_guarded("ce qui est tiré des tables", derived.unreadable()))
    yield from unreadable
    for name in () if unreadable else FORMATS:
        yield from _guarded(name, derived.faults(name), named=True)
    if not unreadable:
        yield from derived.strays()
    for name in sorted(dump.names - derived.made):
        if _is_parquet(name):
            yield from _guarded(name, parquet_faults(dump, name, copies))
        elif name.endswith((".xml", ".qdc")):
            yield from _guarded(name, _read(partial(walk, dump.chunks(name), dump.budget)))
        elif name.endswith((".json", ".jsonld", ".geojson")) and name != PACKAGE:
            yield from _guarded(name, _read(partial(dump.json, name)))
        elif name.endswith(".csv") and name not in described:
            yield from _guarded(name, _csv(dump, name))


def _is_parquet(name: str) -> bool:
    return name.startswith("parquet/") and name.endswith(".parquet")


def _guarded(where: str, faults: Iterator[str], *, named: bool = False) -> Iterator[str]:
    """The faults of one file, and why it could not be checked to its end. ``named``: whether the
    faults already name their place.
    """
    count = 0
    start = "" if named else f"{where} : "
    try:
        for fault in faults:
            count += 1
            if count <= MOST_FAULTS:
                yield f"{start}{fault}"
    except (LimitReached, Unreadable) as limit:
        yield f"{where} : {limit}"
    except OSError as error:
        yield f"{where} : ne peut pas être lu ({reason(error)})"
    except Exception as error:
        # an exception on one file of a stranger is a fault of that file, and must not hide the
        # others
        yield f"{where} : contenu inattendu, pas relu jusqu’au bout ({type(error).__name__})"
    if count > MOST_FAULTS:
        yield f"{where} : et {counted(count - MOST_FAULTS, 'autre faute', 'autres fautes')}"


def _sums(dump: ReceivedDump) -> Iterator[str]:
    if dump.size(SUMS) is None:
        yield f"{SUMS} manque : rien ne dit si les fichiers sont ceux qui ont été remis"
        return
    listed: dict[str, str] = {}
    sums = dump.read(SUMS).decode("utf-8", "replace")
    if "\r\n" in sums:
        yield (
            f"{SUMS} : récrit avec les fins de ligne de Windows, « sha256sum -c » n’y trouverait "
            "aucun fichier"
        )
    for number, line in enumerate(sums.splitlines(), 1):
        match = _SUM.fullmatch(line)
        if match is None:
            yield f"{SUMS}, ligne {number} : illisible"
        elif listed.setdefault(match[2], match[1].lower()) != match[1].lower():
            yield f"{match[2]} : {SUMS} lui donne deux empreintes"
    for name, expected in sorted(listed.items()):
        yield from _guarded(name, _listed_sum(dump, name, expected), named=True)
    for name in sorted(dump.names - listed.keys() - {SUMS}):
        yield f"{name} : présent, mais {SUMS} ne l’annonce pas"


def _listed_sum(dump: ReceivedDump, name: str, expected: str) -> Iterator[str]:
    if dump.size(name) is None:
        yield f"{name} : annoncé par {SUMS}, absent"
    elif dump.digest(name) != expected:
        yield f"{name} : modifié depuis qu’il a été écrit"


def _resources(dump: ReceivedDump) -> Iterator[str]:
    resources = dump.described.get("resources")
    if not isinstance(resources, list) or not resources:
        yield f"{PACKAGE} ne décrit aucun fichier"
        return
    seen: set[str] = set()
    for resource in resources:
        name = str(resource.get("path", "")) if isinstance(resource, dict) else ""
        if name in seen:
            yield f"{name} : décrit deux fois par {PACKAGE}"
            continue
        seen.add(name)
        size = dump.size(name)
        if size is None:
            yield f"{name or 'un fichier sans chemin'} : décrit par {PACKAGE}, absent"
            continue
        if resource.get("bytes") != size:
            yield f"{name} : {PACKAGE} lui donne une autre taille"
        try:
            if resource.get("hash") != f"sha256:{dump.digest(name)}":
                yield f"{name} : {PACKAGE} lui donne une autre empreinte"
        except (LimitReached, Unreadable, OSError):
            # reported with SHA256SUMS
            continue
    for name in sorted(dump.names - seen):
        if name.startswith("data/"):
            yield f"{name} : {PACKAGE} ne la décrit pas"


def _passages(dump: ReceivedDump) -> Iterator[str]:
    """Faults of passages that are not, word for word, where their row says."""
    texts: dict[str, str] = {}
    for row in dump.rows("passages"):
        name = row.get("fichier", "")
        if not name:
            continue
        if dump.size(name) is None:
            yield f"{row.get('id')} : son texte {name} manque"
            continue
        if name not in texts:
            # rows of one récit stand together: only its text is kept
            texts = {name: dump.read(name).decode("utf-8", "replace")}
        start, end = row.get("debut", ""), row.get("fin", "")
        if not (_PLACE.fullmatch(start) and _PLACE.fullmatch(end)):
            yield f"{row.get('id')} : ses places ne sont pas des nombres"
            continue
        text, first, last = row.get("texte", ""), int(start), int(end)
        # lengths first: a stranger may cite a whole library in each row
        if last - first != len(text) or texts[name][first:last] != text:
            yield f"{row.get('id')} : ses mots ne sont pas là où {name} les aurait"


def _listed(dump: ReceivedDump) -> Iterator[str]:
    """The files that the RO-Crate tells, which are all but those that tell of the others."""
    graph = dump.json(CRATE).get("@graph")
    listed_files = {
        unquote(str(entity["@id"]))
        for entity in (graph if isinstance(graph, list) else ())
        if isinstance(entity, dict) and entity.get("@type") == "File" and "@id" in entity
    }
    if not listed_files:
        yield "n’annonce aucun fichier"
        return
    for name in sorted(listed_files - dump.names):
        yield f"annonce {name}, qui est absent"
    for name in sorted(dump.names - listed_files - {SUMS, PACKAGE, CRATE}):
        yield f"n’annonce pas {name}"


def _counted(dump: ReceivedDump) -> Iterator[str]:
    """The counts of rows and of voices that the report gives."""
    report = dump.json(REPORT)
    voices, counts = report.get("passages"), report.get("tables")
    shown = sum(bool(row.get("fin")) for row in dump.rows("passages"))
    if isinstance(voices, dict) and voices.get("avec_texte") != shown:
        yield f"compte {voices.get('avec_texte')} voix avec leur texte, passages en a {shown}"
    for name, count in sorted(counts.items() if isinstance(counts, dict) else ()):
        try:
            if name in dump.tables and count != dump.count(name):
                yield f"compte {count} lignes de {name}, qui en a {dump.count(name)}"
        except (Unreadable, LimitReached, OSError):
            # its own check has said why it cannot be read
            continue


def _read(reading: Callable[[], object]) -> Iterator[str]:
    """No faults but the one that ends the reading."""
    reading()
    yield from ()


def _csv(dump: ReceivedDump, name: str) -> Iterator[str]:
    """A table that the descriptor does not describe: as many cells in each row."""
    rows = dump.csv(name)
    width = len(next(rows, []))
    for number, row in enumerate(rows, 2):
        if len(row) != width:
            yield f"ligne {number} : {counted(len(row), 'case')} au lieu de {width}"
            return
