"""Index pages: declared in ``pages/index/``, never programmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.check.load import ROW_INDEXES
from loosbot.corpus.french import counted
from loosbot.corpus.model import Corpus, IndexPage, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.types import ROW_TYPES
from loosbot.fields.certainty import status_call
from loosbot.fields.collation import sort_key
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.vocabulary import vocabulary
from loosbot.frozen import dataclass
from loosbot.render import pictures
from loosbot.render.charts.chart import Chart
from loosbot.render.indexes import chronology, crossed, grouped, leftover
from loosbot.render.indexes.cells import cell
from loosbot.render.indexes.columns import declared
from loosbot.render.indexes.rows import (
    is_known,
    order,
    raw_values,
    value_of,
    vocabulary_of,
)
from loosbot.render.indexes.selection import selects
from loosbot.render.sources import source_lines
from loosbot.render.steps import numbered
from loosbot.wikitext.blocks import bullets, filled_columns, join, long, section, table
from loosbot.wikitext.encoding import Context, encode

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


def body(index: IndexPage, site: Site) -> str:
    """The introduction, the charts, then the table, or one a group or a period; and its sources."""
    records = selected(index, site)
    intro = index.data.get("intro")
    blocks = [prose(intro, site, index.path)] if isinstance(intro, str) else []
    if "parcours" in index.data:
        return join(*blocks, numbered(index, site))
    blocks += pictures.sections(pictures.charts(index, records, site), site)
    anchored: set[str] = set()
    group_by = index.data.get("grouper_par")
    if "graphiques" in index.data and not records:
        pass  # each chart says that there is nothing
    elif "chronologie" in index.data:
        blocks.append(
            chronology.body(index, index.data["chronologie"], records, site) or pictures.NOTHING
        )
    elif group_by is not None and (declared := _declared_parts(index, str(group_by))):
        blocks += _by_term(index, declared, records, site, anchored)
    elif not records:
        blocks.append(pictures.NOTHING)
    elif "colonnes" not in index.data:
        pass  # the charts are all that it shows
    elif group_by is None:
        blocks.append(_rows(index, index.title, records, site, anchored))
    else:
        blocks += _grouped(index, list(grouped.parts(records, str(group_by), site)), site, anchored)
    if home := _at_home(index, records, site):
        blocks.append(leftover.below(home, _columns(index), site))
    sources = index.data.get("sources")
    listed = source_lines(sources, site.names) if isinstance(sources, list) else ()
    return join(*blocks, section("Sources", bullets(listed)))


def _shows(index: IndexPage, record: Record, site: Site) -> bool:
    """Whether a record has a row: one of the fields that ``remplis`` asks for says something."""
    wanted = index.data.get("remplis")
    return selects(index, record) and (
        wanted is None
        or any(is_known(record, key_) and cell(record, key_, site)[0] for key_ in wanted)
    )


def _grouped(
    index: IndexPage, parts: list[tuple[str, list[Record]]], site: Site, anchored: set[str]
) -> Iterator[str]:
    """A way to jump, then a section a part. A record has one row, in the first of its parts; where
    a field is crossed it may stand in several, for each of its lines is about something else."""
    yield grouped.jumps(index.id, ((heading, len(part)) for heading, part in parts), site)
    if "croiser" in index.data:
        crossings = [(heading, crossed.rows(index, part, site)) for heading, part in parts]
        folded = long((row for _, rows in crossings for row in rows), len(parts))
        for (heading, part), (_, lines) in zip(parts, crossings, strict=True):
            names = grouped.named(part, site) if folded else ""
            yield section(
                heading, names, crossed.laid_out(index, heading, part, lines, folded=folded)
            )
        return
    layout = _layout(index, site, len(parts))
    for heading, mine, others in grouped.once(parts):
        rows = _rows(index, heading, mine, site, anchored, layout) if mine else ""
        names = grouped.named(mine, site) if layout.folded else ""
        yield section(heading, names, rows, grouped.also(others, site))


def _rows(
    index: IndexPage,
    caption: str,
    records: list[Record],
    site: Site,
    anchored: set[str],
    layout: _Layout | None = None,
) -> str:
    """One row a record, or one a value of the field that the index crosses with."""
    if "croiser" not in index.data:
        return _table(index, caption, records, site, anchored, layout=layout)
    rows = crossed.rows(index, records, site)
    return crossed.laid_out(index, caption, records, rows, folded=long(rows))


def _declared_parts(index: IndexPage, key: str) -> list[Word]:
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
        if key and "enregistrements" in index.data and (terms := _declared_parts(index, key)):
            name = vocabulary_of(index.data["enregistrements"]["types"][0], key) or ""
            for term in terms:
                meanings.setdefault((name, term.value), index.id)
    return meanings


def by_term(index: IndexPage, records: Sequence[Record]) -> list[tuple[Word, list[Record]]]:
    """The records under each word that an index both asks for and groups by; [] for another."""
    key = str(index.data.get("grouper_par", ""))
    return _parted(_declared_parts(index, key) if key else [], key, records)


def _parted(
    terms: Sequence[Word], key: str, records: Sequence[Record]
) -> list[tuple[Word, list[Record]]]:
    return [
        (term, [record for record in records if term.value in raw_values(record, key)])
        for term in terms
    ]


def _by_term(
    index: IndexPage,
    terms: Sequence[Word],
    records: Sequence[Record],
    site: Site,
    anchored: set[str],
) -> Iterator[str]:
    """A part a word, with its definition. A record has its row under the first of its words; under
    the others it is named, with what is said of it there."""
    key = str(index.data["grouper_par"])
    parts = [(term.title, part) for term, part in _parted(terms, key, records)]
    yield grouped.jumps(index.id, ((label, len(part)) for label, part in parts), site)
    layout = _layout(index, site, len(parts))
    for term, (_, mine, others) in zip(terms, grouped.once(parts), strict=True):
        certainty = {record.id: _certainty(record, key, term, site) for record in (*mine, *others)}
        rows = ""
        if mine:
            small = {
                id_: sure + (f"<br><small>{note}</small>" if note else "")
                for id_, (sure, note) in certainty.items()
            }
            names = grouped.named(mine, site, certainty) if layout.folded else ""
            rows = join(names, _table(index, term.title, mine, site, anchored, small, layout))
        elif not others:
            rows = f"''{pictures.NOTHING}''"
        noted = {other.id: certainty[other.id] for other in others}
        yield section(term.title, _definition(term, site), rows, grouped.also(others, site, noted))


def _columns(index: IndexPage) -> set[str]:
    """The fields that the columns of an index name."""
    return {plain_key(key) for column in declared(index.data) for key in column.keys}


def _at_home(index: IndexPage, records: Sequence[Record], site: Site) -> list[Record]:
    """The records whose only place on the wiki is their row here."""
    return [record for record in records if site.names.rows.get(record.id) == index.id]


def _certainty(record: Record, key: str, term: Word, site: Site) -> tuple[str, str]:
    """How sure it is that this word fits this record, and what it was there; "" for no more."""
    value = value_of(record, key)
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping) and item.get("valeur") == term.value:
            sure = f" {status_call(item['statut'], site.names)}" if "statut" in item else ""
            return sure, encode(item["note"], Context.CELL) if "note" in item else ""
    return "", ""


def _definition(term: Word, site: Site) -> str:
    """What a word means, and where the town's reference document says so."""
    text = encode(term.description, Context.PROSE)
    known = site.corpus.config.referentiel == "oui"
    section_of = encode(term.section, Context.PROSE) if known else ""
    return f"{text} <small>(référentiel, § {section_of})</small>" if section_of else text


def _order(index: IndexPage, record: Record) -> tuple[str, str, str]:
    first = order(record, str(index.data["trier_par"])) if "trier_par" in index.data else ""
    return first, sort_key(record.title), record.id


def _table(
    index: IndexPage,
    caption: str,
    records: list[Record],
    site: Site,
    anchored: set[str],
    notes: Mapping[str, str] | None = None,
    layout: _Layout | None = None,
) -> str:
    """``notes`` are written behind the first cell of a record: id -> wikitext.

    A table stands under its heading or the title of its page, which the caption need not say
    again. A column in which no row has anything is left out.
    """
    columns = declared(index.data)
    cells = [[column.cell(record, site) for column in columns] for record in records]
    anchors = []
    for record, row in zip(records, cells, strict=True):
        mine = site.names.rows.get(record.id) == index.id and record.id not in anchored
        anchors.append(site.names.anchor(record.id) if mine else "")
        anchored.add(record.id)
        more = leftover.beside(record, _columns(index), site) if mine else ""
        text, key = row[0]
        row[0] = text + (notes or {}).get(record.id, "") + more, key
    shown = layout.shown if layout else filled_columns([[text for text, _ in row] for row in cells])
    return table(
        counted(len(records), "fiche"),
        [columns[place].header(records[0].type) for place in shown],
        [[row[place][0] for place in shown] for row in cells],
        sortable=True,
        anchors=anchors,
        keys=[[row[place][1] for place in shown] for row in cells],
        label=caption,
        widths=layout.widths if layout else (),
        folded=layout.folded if layout else False,
        headed=False,
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the tables of an index that has several are laid out: the same columns, as wide."""

    shown: list[int]
    widths: list[int]
    folded: bool


def _layout(index: IndexPage, site: Site, parts: int) -> _Layout:
    """The columns in which some row of the index has something, and how wide each is."""
    columns = declared(index.data)
    records = selected(index, site)
    cells = [[column.cell(record, site)[0] for column in columns] for record in records]
    shown = filled_columns(cells)
    widths = grouped.widths([row[place] for place in shown] for row in cells)
    return _Layout(
        shown, widths, folded=long(([row[place] for place in shown] for row in cells), parts)
    )
