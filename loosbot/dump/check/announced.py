"""What the files that describe an edition say of it, against its descriptor and its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from loosbot.corpus.yaml.reader import mapping
from loosbot.dump.check.entries import differences
from loosbot.dump.check.rebuilt import root
from loosbot.dump.check.received import ReceivedDump, Row, Unreadable, by_column, groups
from loosbot.dump.citation import NAME as CITATION
from loosbot.dump.edition.withdrawals import NAME as WITHDRAWALS
from loosbot.dump.formats import prov
from loosbot.dump.formats.catalogue import CRATE, DCAT, ROW
from loosbot.dump.report import NAME as REPORT
from loosbot.dump.tables.normative import TABLE_NAMES
from loosbot.escaping import beginning

_SHOWN = 60
_IN_PROV = ("ville:corpus", "ville:export")
Said = Callable[[ReceivedDump], Mapping[str, str]]
"""What a file says of the whole edition, in our words; nothing where it says nothing."""


def announced_faults(dump: ReceivedDump, name: str) -> Iterator[str]:
    """What a file of :data:`ANNOUNCED` says otherwise. Raises Unreadable, LimitReached, OSError."""
    cells, whole = ANNOUNCED[name](dump), _whole(dump)
    shared = cells.keys() & whole.keys()
    wanted, given = ({key: row[key] for key in shared} for row in (whole, cells))
    yield from differences({"": wanted}, [("", given)], dump.budget, None)


def origin_faults(dump: ReceivedDump) -> Iterator[str]:
    """The records whose file ``prov.json`` gives otherwise than their table. Raises the same."""
    given = dict(_origins(dump))
    files = {row.get("id", ""): {"fichier": row.get("fichier", "")}
             for table in TABLE_NAMES.values() for row in dump.rows(table)}  # fmt: skip
    wanted = {
        id_: files.get(id_, {"fichier": ""}) for id_ in dump.values("fiches", "id") & given.keys()
    }
    yield from differences(wanted, given.items(), dump.budget, None)


def withdrawal_faults(dump: ReceivedDump) -> Iterator[str]:
    """The records that ``RETRAITS.csv`` calls gone and a table still has. The id of a voice may be
    that of the next one by now."""
    present = dump.values("fiches", "id")
    for row in by_column(dump.csv(WITHDRAWALS)):
        if row.get("objet") == "fiche" and row.get("id") in present:
            yield f"« {beginning(row['id'], _SHOWN)} », retiré, est encore dans les tables"


def _origins(dump: ReceivedDump) -> Iterator[tuple[str, Row]]:
    entities = dump.json(prov.PATH).get("entity")
    for name, entity in (entities if isinstance(entities, dict) else {}).items():
        if name not in _IN_PROV:
            file = entity.get("ville:fichier", "") if isinstance(entity, dict) else ""
            yield name.removeprefix("ville:"), {"fichier": str(file)}


def _document(content: Callable[[ReceivedDump], Mapping[str, Any]], **names: str) -> Said:
    """``names`` are the words of a file, by ours."""

    def said(dump: ReceivedDump) -> Mapping[str, str]:
        document = content(dump)
        texts = {key: document.get(name) for key, name in names.items()}
        return {key: text for key, text in texts.items() if isinstance(text, str) and text}

    return said


def _citation(dump: ReceivedDump) -> Mapping[str, Any]:
    content = mapping(dump.read(CITATION), CITATION)
    if content is None:
        raise Unreadable("pas lisible")
    return {**content, "version": str(content.get("version", "")).replace("-", ".")}


def _dataset(dump: ReceivedDump) -> Mapping[str, Any]:
    dataset = dump.json(DCAT).get("dataset")
    return dataset if isinstance(dataset, dict) else {}


def _report(dump: ReceivedDump) -> Mapping[str, Any]:
    report = dump.json(REPORT)
    return {**report, "nom": f"{report.get('corpus')}-{report.get('edition')}"}


def _whole(dump: ReceivedDump) -> Row:
    """What the descriptor says of the whole edition."""
    described = dump.described
    day = str(described.get("version", ""))
    licence = next(iter(groups(described.get("licenses"))), {})
    texts = {
        "titre": described.get("title"),
        "nom": described.get("name"),
        "version": day.replace("-", "."),
        "licence": licence.get("name"),
        # an edition that git does not date has none
        "jour": day if day != "0" else None,
    }
    return {key: str(text) for key, text in texts.items() if text}


ANNOUNCED: Mapping[str, Said] = {
    CITATION: _document(
        _citation, titre="title", version="version", jour="date-released", licence="license"
    ),
    REPORT: _document(_report, nom="nom", jour="date"),
    CRATE: _document(root, titre="name", jour="datePublished"),
    DCAT: _document(_dataset, titre="title", jour="issued"),
    ROW: _document(
        lambda dump: next(by_column(dump.csv(ROW)), {}), titre="TITRE", jour="DATE_PUBL"
    ),
}
"""The files that are compared, by path."""
