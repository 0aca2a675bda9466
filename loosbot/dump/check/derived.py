"""The files that are made from the tables, against the tables: ids, titles, dates and numbers.

Somebody who changes one of them writes its sum again. What it says is compared by content, and only
where both sides have something to say: another version of loosbot may write other columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from loosbot.corpus.yaml.reader import read
from loosbot.dump.check import cases
from loosbot.dump.check.received import ReceivedDump, Row, Unreadable, by_column
from loosbot.dump.check.related import Related, plain
from loosbot.dump.check.tables import groups
from loosbot.dump.citation import NAME as CITATION
from loosbot.dump.edition.withdrawals import NAME as WITHDRAWALS
from loosbot.dump.formats import dublin_core, network, places, prov, texts
from loosbot.dump.formats.catalogue import CRATE, DCAT, ROW
from loosbot.dump.formats.participedia.files import CASES
from loosbot.dump.formats.transition import PATH as TRANSITION
from loosbot.dump.report import NAME as REPORT
from loosbot.escaping import beginning
from loosbot.frozen import dataclass

_SHOWN = 60
_IN_PROV = ("ville:corpus", "ville:export")
Entry = tuple[str, Row]
"""The id of what an entry is about, "" for the whole edition, and what it says, by name."""
Entries = Callable[[ReceivedDump], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class Derived:
    """What a file says, and what the rest of the dump says of the same, by id.

    ``whole``: whether it has an entry for each of these ids.
    """

    entries: Entries
    expected: Callable[[Related], Mapping[str, Row]]
    whole: bool = True


def derived_faults(related: Related, name: str) -> Iterator[str]:
    """What a file of :data:`DERIVED` says otherwise. Raises Unreadable, LimitReached, OSError."""
    derived = DERIVED[name]
    expected = derived.expected(related)
    seen: set[str] = set()
    for id_, cells in derived.entries(related.dump):
        related.dump.budget.look()
        about = f"« {beginning(id_, _SHOWN)} », " if id_ else ""
        wanted = expected.get(id_)
        if wanted is None:
            yield f"{about}rien de tel dans les tables"
        elif id_ in seen:
            yield f"{about}deux fois"
        else:
            for key, cell in cells.items():
                if key in wanted and wanted[key] != cell:
                    first, second = (beginning(text, _SHOWN) for text in (cell, wanted[key]))
                    yield f"{about}{key} : « {first} », ailleurs dans l’export « {second} »"
        seen.add(id_)
    for id_ in sorted(expected.keys() - seen if derived.whole else ()):
        yield f"« {beginning(id_, _SHOWN)} » n’y est pas"


def withdrawal_faults(dump: ReceivedDump) -> Iterator[str]:
    """The records that ``RETRAITS.csv`` calls gone and a table still has. The id of a voice may be
    that of the next one by now."""
    present = dump.values("fiches", "id")
    for row in by_column(dump.csv(WITHDRAWALS)):
        if row.get("objet") == "fiche" and row.get("id") in present:
            yield f"« {beginning(row['id'], _SHOWN)} », retiré, est encore dans les tables"


def _rows(path: str, id_: str, **names: str) -> Entries:
    """The rows of a CSV file, its columns under the ``names`` that the tables have for them."""

    def entries(dump: ReceivedDump) -> Iterator[Entry]:
        for row in by_column(dump.csv(path)):
            yield row.get(id_, ""), {names.get(key, key): cell for key, cell in row.items()}

    return entries


def _links(dump: ReceivedDump) -> Iterator[Entry]:
    for row in by_column(dump.csv(network.EDGES)):
        yield f"{row.get('Source')} → {row.get('Target')}", row


def _counted_links(related: Related) -> Mapping[str, Row]:
    counts = Counter(
        f"{row.get('source')} → {row.get('cible')}" for row in related.dump.rows("liens")
    )
    return {ends: {"Weight": str(count)} for ends, count in counts.items()}


def _features(dump: ReceivedDump) -> Iterator[Entry]:
    for feature in groups(dump.json(places.PATH).get("features")):
        properties, geometry = feature.get("properties"), feature.get("geometry")
        cells = properties if isinstance(properties, dict) else {}
        point = geometry.get("coordinates") if isinstance(geometry, dict) else None
        pair = point if isinstance(point, list) else ()
        yield (
            str(feature.get("id")),
            {str(key): _text(cell) for key, cell in cells.items()}
            | dict(zip(("longitude", "latitude"), map(_text, pair), strict=False)),
        )


def _text(value: Any) -> str:
    return plain(str(value)) if isinstance(value, int | float) else str(value or "")


def _dated_places(related: Related) -> Mapping[str, Row]:
    points = {id_: point for id_, point in related.points.items() if all(point.values())}
    features: dict[str, Row] = {
        id_: {**point, "objet": "lieu", "fiche": id_, "titre": related.cell(id_, "titre"),
              "genre": related.cell(id_, "genre")}
        for id_, point in points.items()
    }  # fmt: skip
    for row in related.dump.rows("evenements"):
        if row.get("date_debut") or row.get("date_fin"):
            record = row.get("fiche", "")
            about = {"objet": "evenement", "titre": related.cell(record, "titre")}
            for place in related.several(record, "lieu"):
                if place in points:
                    id_ = f"{row.get('id')}@{place}"
                    features[id_] = {**row, **points[place], **about, "lieu": place}
    return features


def _notices(dump: ReceivedDump) -> Iterator[Entry]:
    for row in by_column(dump.csv(dublin_core.OMEKA)):
        cells = {name.rpartition(":")[2].rpartition("_")[2]: cell for name, cell in row.items()}
        yield cells.get("identifier", ""), cells


def _notice_columns(related: Related) -> Mapping[str, Row]:
    return {
        row.get("id", ""): {
            name.rpartition("_")[2]: cell
            for name, cell in row.items()
            if name.startswith(("dc_", "dcterms_"))
        }
        for row in related.dump.rows("recits")
    }


def _stories(related: Related) -> Mapping[str, Row]:
    shown = [row for row in related.dump.rows("passages") if row.get("fin")]
    return {
        PurePosixPath(file).stem: _story(related, list(passages))
        for file, passages in groupby(shown, lambda row: row.get("fichier", ""))
    }


def _story(related: Related, passages: Sequence[Row]) -> Row:
    # before passages had a column for it, only récits had texts
    id_ = passages[0].get("fiche") or passages[0].get("recit", "")
    names = {"titre": "titre", "annee": "annee", "lieux": "lieu", "themes": "themes"}
    return {key: related.cell(id_, column) for key, column in names.items()} | {
        "voix": str(len(passages)),
        "signes": passages[-1]["fin"],
    }


def _origins(dump: ReceivedDump) -> Iterator[Entry]:
    entities = dump.json(prov.PATH).get("entity")
    for name, entity in (entities if isinstance(entities, dict) else {}).items():
        if name not in _IN_PROV:
            file = entity.get("ville:fichier", "") if isinstance(entity, dict) else ""
            yield name.removeprefix("ville:"), {"fichier": str(file)}


def _document(content: Callable[[ReceivedDump], Mapping[str, Any]], **names: str) -> Entries:
    """What a file says of the whole edition: ``names`` are its own words, by ours."""

    def entries(dump: ReceivedDump) -> Iterator[Entry]:
        document = content(dump)
        texts = {key: document.get(name) for key, name in names.items()}
        yield "", {key: text for key, text in texts.items() if isinstance(text, str) and text}

    return entries


def _citation(dump: ReceivedDump) -> Mapping[str, Any]:
    content = read(dump.read(CITATION), CITATION).data
    if not isinstance(content, dict):
        raise Unreadable("pas lisible")
    return {**content, "version": str(content.get("version", "")).replace("-", ".")}


def _root(dump: ReceivedDump) -> Mapping[str, Any]:
    graph = groups(dump.json(CRATE).get("@graph"))
    return next((entity for entity in graph if entity.get("@id") == "./"), {})


def _dataset(dump: ReceivedDump) -> Mapping[str, Any]:
    dataset = dump.json(DCAT).get("dataset")
    return dataset if isinstance(dataset, dict) else {}


def _report(dump: ReceivedDump) -> Mapping[str, Any]:
    report = dump.json(REPORT)
    return {**report, "nom": f"{report.get('corpus')}-{report.get('edition')}"}


def _edition(related: Related) -> Mapping[str, Row]:
    """What the descriptor says of the whole edition."""
    described = related.dump.described
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
    return {"": {key: str(text) for key, text in texts.items() if text}}


DERIVED: Mapping[str, Derived] = {
    network.NODES: Derived(
        _rows(network.NODES, "Id", Label="titre", type_fiche="type"),
        lambda related: related.records,
    ),
    network.EDGES: Derived(_links, _counted_links),
    places.PATH: Derived(_features, _dated_places),
    dublin_core.OMEKA: Derived(_notices, _notice_columns),
    texts.METADATA: Derived(_rows(texts.METADATA, "id"), _stories),
    prov.PATH: Derived(_origins, lambda related: related.records, whole=False),
    TRANSITION: Derived(cases.filled(TRANSITION), cases.projects, whole=False),
    CASES: Derived(cases.filled(CASES), cases.cases, whole=False),
    cases.STATES: Derived(cases.states, cases.cells),
    cases.ORGANIZATIONS: Derived(
        cases.filled(cases.ORGANIZATIONS), cases.organizations, whole=False
    ),
    CITATION: Derived(
        _document(_citation, titre="title", version="version", jour="date-released",
                  licence="license"),
        _edition,
    ),
    REPORT: Derived(_document(_report, nom="nom", jour="date"), _edition),
    CRATE: Derived(_document(_root, titre="name", jour="datePublished"), _edition),
    DCAT: Derived(_document(_dataset, titre="title", jour="issued"), _edition),
    ROW: Derived(
        _document(
            lambda dump: next(by_column(dump.csv(ROW)), {}), titre="TITRE", jour="DATE_PUBL"
        ),
        _edition,
    ),
}  # fmt: skip
"""The files that are compared, by path."""
