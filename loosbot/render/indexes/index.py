"""The indexes that there are, declared in ``pages/index/``, never programmed; what each shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.check.load import ROW_INDEXES
from loosbot.corpus.model import Corpus, IndexPage, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.types import ROW_TYPES
from loosbot.fields.collation import sort_key
from loosbot.fields.site import Site
from loosbot.fields.vocabulary import vocabulary
from loosbot.render import pictures
from loosbot.render.charts.chart import Chart
from loosbot.render.indexes.cells import cell
from loosbot.render.indexes.rows import is_known, order, raw_values, selects, vocabulary_of

_DEFAULTS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "source": (
        "index/sources",
        {
            "titre": ROW_INDEXES["source"],
            "colonnes": ["titre", "genre", "auteurs", "annee", "dans", "passage", "acces"],
            "trier_par": "titre",
        },
    ),
    "indicateur": (
        "index/chiffres",
        {
            "titre": ROW_INDEXES["indicateur"],
            "colonnes": [
                "titre",
                "resume",
                "valeur",
                "unite",
                "date",
                "statut",
                "comptage",
                "sources",
            ],
            "trier_par": "titre",
        },
    ),
}


def all_indexes(corpus: Corpus) -> dict[str, IndexPage]:
    """The declared indexes, and the one that rows need where none is declared; sorted by id."""
    indexes = dict(corpus.indexes)
    for record_type, (id_, data) in _DEFAULTS.items():
        missing = {
            record.id
            for record in corpus.records.values()
            if record.type == record_type
            and not any(selects(index, record) for index in _tables(corpus.indexes))
        }
        if missing and id_ not in indexes:
            whole = {"type": "index", "enregistrements": {"types": [record_type]}, **data}
            indexes[id_] = IndexPage(id_, "", whole)
    return dict(sorted(indexes.items()))


def declared_or_made(id_: str, corpus: Corpus) -> IndexPage:
    """One of :func:`all_indexes`."""
    return corpus.indexes.get(id_) or all_indexes(corpus)[id_]


def _tables(indexes: Mapping[str, IndexPage]) -> list[IndexPage]:
    """The indexes with a row for each record; a chronology has rows of dates."""
    others = {"chronologie", "croiser", "parcours"}
    return [
        index
        for index in indexes.values()
        if "colonnes" in index.data and others.isdisjoint(index.data)
    ]


def row_homes(corpus: Corpus, indexes: Mapping[str, IndexPage]) -> dict[str, str]:
    """Id of a record that is a row -> id of the index whose row carries its anchor.

    The index that shows the fewest types comes first: "Sources" before "Toutes les fiches".
    """
    by_size = sorted(
        _tables(indexes),
        key=lambda page: (
            len(page.data["enregistrements"]["types"]),
            len(page.data["enregistrements"]),
            page.id,
        ),
    )
    homes: dict[str, str] = {}
    for record in corpus.records.values():
        if record.type in ROW_TYPES:
            home = next((page.id for page in by_size if selects(page, record)), None)
            if home is not None:
                homes[record.id] = home
    return homes


def charts(index: IndexPage, site: Site) -> list[Chart]:
    """The charts that an index declares."""
    return pictures.charts(index, selected(index, site), site)


def selected(index: IndexPage, site: Site) -> list[Record]:
    """The records that an index shows, in its order."""
    return sorted(
        (record for record in site.corpus.records.values() if _shows(index, record, site)),
        key=lambda record: _order(index, record),
    )


def _shows(index: IndexPage, record: Record, site: Site) -> bool:
    """Whether a record has a row: one of the fields that ``remplis`` asks for says something."""
    wanted = index.data.get("remplis")
    return selects(index, record) and (
        wanted is None
        or any(is_known(record, key_) and cell(record, key_, site)[0] for key_ in wanted)
    )


def declared_parts(index: IndexPage, key: str) -> list[Word]:
    """The words that an index both asks for and groups by, in its order; none otherwise.

    Each has its part then, whether a record stands in it or not.
    """
    wanted = index.data["enregistrements"]
    words = next((wanted[name] for name in wanted if plain_key(name) == plain_key(key)), None)
    name = vocabulary_of(wanted["types"][0], key)
    if words is None or name is None:
        return []
    terms = vocabulary(name).terms
    return [terms[word] for word in ([words] if isinstance(words, str) else words) if word in terms]


def definitions(corpus: Corpus) -> dict[tuple[str, str], str]:
    """A vocabulary and one of its words -> id of the first index that has a part for it."""
    meanings: dict[tuple[str, str], str] = {}
    for index in corpus.indexes.values():
        key = str(index.data.get("grouper_par", ""))
        if key and "enregistrements" in index.data and (terms := declared_parts(index, key)):
            name = vocabulary_of(index.data["enregistrements"]["types"][0], key) or ""
            for term in terms:
                meanings.setdefault((name, term.value), index.id)
    return meanings


def by_term(index: IndexPage, records: Sequence[Record]) -> list[tuple[Word, list[Record]]]:
    """The records under each word that an index both asks for and groups by; [] for another."""
    key = str(index.data.get("grouper_par", ""))
    return parted(declared_parts(index, key) if key else [], key, records)


def parted(
    terms: Sequence[Word], key: str, records: Sequence[Record]
) -> list[tuple[Word, list[Record]]]:
    """The records under each of these words of the field ``key``."""
    return [
        (term, [record for record in records if term.value in raw_values(record, key)])
        for term in terms
    ]


def _order(index: IndexPage, record: Record) -> tuple[str, str, str]:
    first = order(record, str(index.data["trier_par"])) if "trier_par" in index.data else ""
    return first, sort_key(record.title), record.id
