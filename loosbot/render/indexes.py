"""Index pages: declared in ``pages/index/``, never programmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from loosbot.corpus.model import Corpus, IndexPage, Record
from loosbot.render.blocks import join, section, table
from loosbot.render.collation import sort_key
from loosbot.render.names import anchor
from loosbot.render.prose import prose
from loosbot.render.rows import ROW_TYPES, cell, groups, order, raw_values
from loosbot.render.site import Site
from loosbot.render.vocabulary import field_titles

_DEFAULTS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "source": (
        "index/sources",
        {
            "titre": "Sources",
            "colonnes": ["titre", "genre", "auteurs", "annee", "dans", "passage", "acces"],
            "trier_par": "titre",
        },
    ),
    "indicateur": (
        "index/chiffres",
        {
            "titre": "Chiffres",
            "colonnes": ["titre", "valeur", "unite", "date", "statut", "comptage", "sources"],
            "trier_par": "titre",
        },
    ),
}
_HEADERS = {"voix": "Voix", "type": "Type"}
_NOTHING = "Aucune fiche pour l'instant."


def all_indexes(corpus: Corpus) -> dict[str, IndexPage]:
    """The declared indexes, and the one that rows need where none is declared; sorted by id."""
    found = dict(corpus.indexes)
    for record_type, (id_, data) in _DEFAULTS.items():
        missing = {
            record.id
            for record in corpus.records.values()
            if record.type == record_type
            and not any(selects(index, record) for index in corpus.indexes.values())
        }
        if missing and id_ not in found:
            whole = {"type": "index", "enregistrements": {"types": [record_type]}, **data}
            found[id_] = IndexPage(id_, "", whole)
    return dict(sorted(found.items()))


def selects(index: IndexPage, record: Record) -> bool:
    """Whether a record is one of the rows of this index."""
    wanted = index.data["enregistrements"]
    if record.type not in wanted["types"]:
        return False
    for key, allowed in wanted.items():
        if key == "types":
            continue
        words = {allowed} if isinstance(allowed, str) else set(allowed)
        if words.isdisjoint(raw_values(record, key)):
            return False
    return True


def row_homes(corpus: Corpus, indexes: Mapping[str, IndexPage]) -> dict[str, str]:
    """Id of a record that is a row -> id of the index whose row carries its anchor.

    The index that shows the fewest types comes first: "Sources" before "Toutes les fiches".
    """
    by_size = sorted(
        indexes.values(),
        key=lambda one: (
            len(one.data["enregistrements"]["types"]),
            len(one.data["enregistrements"]),
            one.id,
        ),
    )
    homes: dict[str, str] = {}
    for record in corpus.records.values():
        if record.type in ROW_TYPES:
            home = next((one.id for one in by_size if selects(one, record)), None)
            if home is not None:
                homes[record.id] = home
    return homes


def body(index: IndexPage, site: Site) -> str:
    """The introduction and the table, or one table a group."""
    records = sorted(
        (one for one in site.corpus.records.values() if selects(index, one)),
        key=lambda one: _order(index, one),
    )
    intro = index.data.get("intro")
    blocks = [prose(intro, site, index.path)] if isinstance(intro, str) else []
    anchored: set[str] = set()
    group_by = index.data.get("grouper_par")
    if not records:
        blocks.append(_NOTHING)
    elif group_by is None:
        blocks.append(_table(index, index.title, records, site, anchored))
    else:
        for heading, part in _parts(records, str(group_by), site):
            blocks.append(section(heading, _table(index, heading, part, site, anchored)))
    return join(*blocks)


def _order(index: IndexPage, record: Record) -> tuple[str, str, str]:
    first = order(record, str(index.data["trier_par"])) if "trier_par" in index.data else ""
    return first, sort_key(record.title), record.id


def _parts(records: list[Record], key: str, site: Site) -> Iterator[tuple[str, list[Record]]]:
    parts: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        for group in groups(record, key, site):
            parts.setdefault(group, []).append(record)
    for (_, heading), part in sorted(parts.items()):
        yield heading, part


def _table(
    index: IndexPage, caption: str, records: list[Record], site: Site, anchored: set[str]
) -> str:
    columns = [str(one) for one in index.data["colonnes"]]
    cells = [[cell(record, column, site) for column in columns] for record in records]
    anchors = []
    for record in records:
        mine = site.names.rows.get(record.id) == index.id and record.id not in anchored
        anchors.append(anchor(record.id) if mine else "")
        anchored.add(record.id)
    return table(
        caption,
        [_header(column, records[0].type) for column in columns],
        [[text for text, _ in row] for row in cells],
        sortable=True,
        anchors=anchors,
        keys=[[key for _, key in row] for row in cells],
    )


def _header(column: str, record_type: str) -> str:
    titles = field_titles(record_type)
    plural = f"{column}s"
    return _HEADERS.get(column) or titles.get(column) or titles.get(plural) or column
