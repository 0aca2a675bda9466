"""Index pages: declared in ``pages/index/``, never programmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.check.load import ROW_INDEXES
from loosbot.corpus.model import Corpus, IndexPage, Record
from loosbot.fields.codecs import status_call
from loosbot.fields.collation import sort_key
from loosbot.fields.prose import prose
from loosbot.fields.site import Site, bare
from loosbot.fields.vocabulary import STATES, Term, vocabulary
from loosbot.render import pictures
from loosbot.render.charts.model import Chart
from loosbot.render.indexes import chronology, grouped, leftover
from loosbot.render.indexes.columns import declared, header
from loosbot.render.indexes.rows import (
    ROW_TYPES,
    cell,
    groups,
    order,
    raw_values,
    value_of,
    vocabulary_of,
)
from loosbot.render.indexes.selection import selects
from loosbot.render.sources import source_lines
from loosbot.render.steps import numbered
from loosbot.wikitext.blocks import bullets, counted, join, section, table, telling
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import anchor

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
_CROSSED = "Ce qui y a été fait"
_NOTHING = "Aucune fiche pour l’instant."


def all_indexes(corpus: Corpus) -> dict[str, IndexPage]:
    """The declared indexes, and the one that rows need where none is declared; sorted by id."""
    found = dict(corpus.indexes)
    for record_type, (id_, data) in _DEFAULTS.items():
        missing = {
            record.id
            for record in corpus.records.values()
            if record.type == record_type
            and not any(selects(index, record) for index in _tables(corpus.indexes))
        }
        if missing and id_ not in found:
            whole = {"type": "index", "enregistrements": {"types": [record_type]}, **data}
            found[id_] = IndexPage(id_, "", whole)
    return dict(sorted(found.items()))


def _tables(indexes: Mapping[str, IndexPage]) -> list[IndexPage]:
    """Those that have a row for each record: a chronology has rows of dates."""
    others = {"chronologie", "croiser", "parcours"}
    return [
        one for one in indexes.values() if "colonnes" in one.data and others.isdisjoint(one.data)
    ]


def row_homes(corpus: Corpus, indexes: Mapping[str, IndexPage]) -> dict[str, str]:
    """Id of a record that is a row -> id of the index whose row carries its anchor.

    The index that shows the fewest types comes first: "Sources" before "Toutes les fiches".
    """
    by_size = sorted(
        _tables(indexes),
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


def charts(index: IndexPage, site: Site) -> list[Chart]:
    """The charts that an index declares."""
    return pictures.charts(index, selected(index, site), site)


def selected(index: IndexPage, site: Site) -> list[Record]:
    """The records that an index shows, in its order."""
    return sorted(
        (one for one in site.corpus.records.values() if _shows(index, one, site)),
        key=lambda one: _order(index, one),
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
        blocks.append(chronology.body(index.data["chronologie"], records, site) or _NOTHING)
    elif group_by is not None and (declared := _declared_parts(index, str(group_by))):
        for term, part in _by_term(declared, records, str(group_by)):
            said = {one.id: _certainty(one, str(group_by), term, site) for one in part}
            rows = (
                _table(index, term.label, part, site, anchored, said) if part else f"''{_NOTHING}''"
            )
            blocks.append(section(term.label, _definition(term, site), rows))
    elif not records:
        blocks.append(_NOTHING)
    elif "colonnes" not in index.data:
        pass  # the charts are all that it shows
    elif group_by is None:
        blocks.append(_rows(index, index.title, records, site, anchored))
    else:
        blocks += _grouped(index, list(_parts(records, str(group_by), site)), site, anchored)
    home = _at_home(index, records, site)
    if home:
        blocks.append(leftover.below(home, _columns(index), site))
    sources = index.data.get("sources")
    listed = source_lines(sources, site.names) if isinstance(sources, list) else ()
    return join(*blocks, section("Sources", bullets(listed)))


def _shows(index: IndexPage, record: Record, site: Site) -> bool:
    """Whether a record has a row: one of the fields that ``remplis`` asks for says something."""
    wanted = index.data.get("remplis")
    return selects(index, record) and (
        wanted is None or any(cell(record, one, site)[0] for one in wanted)
    )


def _grouped(
    index: IndexPage, parts: list[tuple[str, list[Record]]], site: Site, anchored: set[str]
) -> Iterator[str]:
    """A way to jump, then a section a part. A record has one row, in the first of its parts; where
    a field is crossed it may stand in several, for each of its lines is about something else."""
    yield grouped.jumps(index.id, ((heading, len(part)) for heading, part in parts), site)
    if "croiser" in index.data:
        for heading, part in parts:
            yield section(heading, _rows(index, heading, part, site, anchored))
        return
    layout = _layout(index, site)
    for heading, mine, others in grouped.once(parts, site):
        rows = _rows(index, heading, mine, site, anchored, layout) if mine else ""
        yield section(heading, rows, grouped.also(others, site))


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
    key = str(index.data["croiser"])
    rows = []
    ids = {site.names.label(id_): id_ for one in records for id_ in raw_values(one, key)}
    for heading, part in _parts(records, key, site):
        lines = "<br>".join(_line(index, one, site) for one in part)
        link = site.names.link_or_text(ids.get(heading, heading), Context.CELL)
        rows.append((str(link), lines))
    heads = [header(key, records[0].type), _CROSSED]
    return table(
        counted(len(records), "fiche"), heads, rows, sortable=True, label=caption, headed=False
    )


def _line(index: IndexPage, record: Record, site: Site) -> str:
    """What the columns say of a record, as one line of words."""
    said = []
    for key in (one for column in declared(index.data) for one in column.keys):
        text = cell(record, key, site)[0] if _tells(record, key) else ""
        # how it ended goes on after a comma
        said.append(text[:1].lower() + text[1:] if key == "fin" else text)
    return ", ".join(filter(None, said))


def _tells(record: Record, column: str) -> bool:
    """False for what is unknown: in a line of words it would say nothing."""
    return str(bare(value_of(record, column))) not in STATES


def _declared_parts(index: IndexPage, key: str) -> list[Term]:
    """The words that an index both asks for and groups by, in its order; none otherwise.

    Each has its part then, whether a record stands in it or not.
    """
    wanted = index.data["enregistrements"]
    asked = next((wanted[one] for one in wanted if plain_key(one) == plain_key(key)), None)
    name = vocabulary_of(wanted["types"][0], key)
    if asked is None or name is None:
        return []
    terms = vocabulary(name).terms
    return [terms[one] for one in ([asked] if isinstance(asked, str) else asked) if one in terms]


def definitions(corpus: Corpus) -> dict[tuple[str, str], str]:
    """A vocabulary and one of its words -> id of the first index that has a part for it."""
    found: dict[tuple[str, str], str] = {}
    for index in corpus.indexes.values():
        key = str(index.data.get("grouper_par", ""))
        if key and "enregistrements" in index.data and (terms := _declared_parts(index, key)):
            name = vocabulary_of(index.data["enregistrements"]["types"][0], key) or ""
            for term in terms:
                found.setdefault((name, term.word), index.id)
    return found


def _by_term(
    terms: Sequence[Term], records: Sequence[Record], key: str
) -> Iterator[tuple[Term, list[Record]]]:
    for term in terms:
        yield term, [one for one in records if term.word in raw_values(one, key)]


def _columns(index: IndexPage) -> set[str]:
    """The fields that the columns of an index name."""
    return {plain_key(key) for column in declared(index.data) for key in column.keys}


def _at_home(index: IndexPage, records: Sequence[Record], site: Site) -> list[Record]:
    """Those whose only place on the wiki is their row here."""
    return [record for record in records if site.names.rows.get(record.id) == index.id]


def _certainty(record: Record, key: str, term: Term, site: Site) -> str:
    """What this word was for this record, and how sure it is that it fits; "" for no more."""
    value = value_of(record, key)
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping) and one.get("valeur") == term.word:
            sure = f" {status_call(one['statut'], site.names)}" if "statut" in one else ""
            said = (
                f"<br><small>{encode(one['note'], Context.CELL)}</small>" if "note" in one else ""
            )
            return sure + said
    return ""


def _definition(term: Term, site: Site) -> str:
    """What a word means, and where the town's reference document says so."""
    text = encode(term.definition, Context.PROSE)
    known = site.corpus.config.referentiel == "oui"
    section_of = encode(term.section, Context.PROSE) if known else ""
    return f"{text} <small>(référentiel, § {section_of})</small>" if section_of else text


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
    index: IndexPage,
    caption: str,
    records: list[Record],
    site: Site,
    anchored: set[str],
    said: Mapping[str, str] | None = None,
    layout: _Layout | None = None,
) -> str:
    """``said`` is written behind the first cell of a record: id -> wikitext.

    A table stands under its heading or the title of its page, which the caption need not say
    again. A column in which no row has anything is left out.
    """
    columns = declared(index.data)
    cells = [[column.cell(record, site) for column in columns] for record in records]
    anchors = []
    for record, row in zip(records, cells, strict=True):
        mine = site.names.rows.get(record.id) == index.id and record.id not in anchored
        anchors.append(anchor(record.id) if mine else "")
        anchored.add(record.id)
        more = leftover.beside(record, _columns(index), site) if mine else ""
        text, key = row[0]
        row[0] = text + (said or {}).get(record.id, "") + more, key
    shown = layout.shown if layout else telling([[text for text, _ in row] for row in cells])
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


def _layout(index: IndexPage, site: Site) -> _Layout:
    """The columns in which some row of the index has something, and how wide each is."""
    columns = declared(index.data)
    records = selected(index, site)
    cells = [[column.cell(record, site)[0] for column in columns] for record in records]
    shown = telling(cells)
    widths = grouped.widths([row[place] for place in shown] for row in cells)
    return _Layout(shown, widths, folded=len(records) > grouped.LONG)
