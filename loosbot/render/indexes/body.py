"""The body of an index page: its introduction, its charts, its tables and its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from loosbot.corpus.check.coherence import plain_key
from loosbot.corpus.french import counted
from loosbot.corpus.model import IndexPage, Record
from loosbot.corpus.schema import Word
from loosbot.corpus.types import ROW_TYPES
from loosbot.corpus.values import several
from loosbot.fields.certainty import status_call
from loosbot.fields.prose import prose
from loosbot.fields.site import Site
from loosbot.fields.unshown import is_shown
from loosbot.fields.vocabulary import STATES, field_titles
from loosbot.frozen import dataclass
from loosbot.render import pictures
from loosbot.render.foot import source_lines
from loosbot.render.indexes import chronology, grouped
from loosbot.render.indexes.cells import cell
from loosbot.render.indexes.columns import crossed_rows, crossed_table, declared
from loosbot.render.indexes.index import declared_parts, parted, selected
from loosbot.render.indexes.rows import value_of
from loosbot.render.steps import numbered
from loosbot.wikitext.blocks import bullets, filled_columns, join, long, section, table
from loosbot.wikitext.encoding import Context, encode


def body(index: IndexPage, site: Site) -> str:
    """The introduction, the charts, then the table, or one a group or a period; and its sources."""
    intro = index.data.get("intro")
    blocks = [prose(intro, site, index.path)] if isinstance(intro, str) else []
    if "parcours" in index.data:
        return join(*blocks, numbered(index, site))
    sources = index.data.get("sources")
    listed = source_lines(sources, site.names) if isinstance(sources, list) else ()
    blocks += _Tables(index, site).blocks()
    return join(*blocks, section("Sources", bullets(listed)))


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the tables of an index that has several are laid out: the same columns, as wide."""

    shown: list[int]
    widths: list[int]
    folded: bool


class _Tables:
    """The charts and the tables of one index."""

    def __init__(self, index: IndexPage, site: Site) -> None:
        self._index = index
        self._site = site
        self._records = selected(index, site)
        self._anchored: set[str] = set()
        """Records whose anchor stands in a row already."""

    def blocks(self) -> Iterator[str]:
        index, site, records = self._index, self._site, self._records
        yield from pictures.sections(pictures.charts(index, records, site), site)
        group_by = index.data.get("grouper_par")
        if "graphiques" in index.data and not records:
            pass  # each chart says that there is nothing
        elif "chronologie" in index.data:
            dated = chronology.body(index, index.data["chronologie"], records, site)
            yield dated or pictures.NOTHING
        elif group_by is not None and (terms := declared_parts(index, str(group_by))):
            yield from self._by_term(terms, str(group_by))
        elif not records:
            yield pictures.NOTHING
        elif "colonnes" not in index.data:
            pass  # the charts are all that it shows
        elif group_by is None:
            yield self._rows(index.title, records)
        else:
            yield from self._grouped(list(grouped.parts(records, str(group_by), site)))
        # those whose only place on the wiki is their row here
        if home := [record for record in records if site.names.rows.get(record.id) == index.id]:
            yield _below(home, self._fields(), site)

    def _grouped(self, parts: list[tuple[str, list[Record]]]) -> Iterator[str]:
        """A way to jump, then a section a part. A record has one row, in the first of its parts;
        where a field is crossed it may stand in several, for each of its lines is about something
        else."""
        index, site = self._index, self._site
        yield grouped.jumps(index.id, ((heading, len(part)) for heading, part in parts), site)
        if "croiser" in index.data:
            crossings = [(heading, crossed_rows(index, part, site)) for heading, part in parts]
            folded = long((row for _, rows in crossings for row in rows), len(parts))
            for (heading, part), (_, lines) in zip(parts, crossings, strict=True):
                names = grouped.named(part, site) if folded else ""
                yield section(
                    heading, names, crossed_table(index, heading, part, lines, folded=folded)
                )
            return
        layout = self._layout(len(parts))
        for heading, mine, others in grouped.once(parts):
            rows = self._rows(heading, mine, layout) if mine else ""
            names = grouped.named(mine, site) if layout.folded else ""
            yield section(heading, names, rows, grouped.also(others, site))

    def _rows(self, caption: str, records: list[Record], layout: _Layout | None = None) -> str:
        """One row a record, or one a value of the field that the index crosses with."""
        if "croiser" not in self._index.data:
            return self._table(caption, records, layout=layout)
        rows = crossed_rows(self._index, records, self._site)
        return crossed_table(self._index, caption, records, rows, folded=long(rows))

    def _by_term(self, terms: Sequence[Word], key: str) -> Iterator[str]:
        """A part a word, with its definition. A record has its row under the first of its words;
        under the others it is named, with what is said of it there."""
        site = self._site
        parts = [(term.title, part) for term, part in parted(terms, key, self._records)]
        yield grouped.jumps(self._index.id, ((label, len(part)) for label, part in parts), site)
        layout = self._layout(len(parts))
        for term, (_, mine, others) in zip(terms, grouped.once(parts), strict=True):
            certainty = {
                record.id: _certainty(record, key, term, site) for record in (*mine, *others)
            }
            rows = ""
            if mine:
                small = {
                    id_: sure + (f"<br><small>{note}</small>" if note else "")
                    for id_, (sure, note) in certainty.items()
                }
                names = grouped.named(mine, site, certainty) if layout.folded else ""
                rows = join(names, self._table(term.title, mine, small, layout))
            elif not others:
                rows = f"''{pictures.NOTHING}''"
            noted = {other.id: certainty[other.id] for other in others}
            also = grouped.also(others, site, noted)
            yield section(term.title, _definition(term, site), rows, also)

    def _table(
        self,
        caption: str,
        records: list[Record],
        notes: Mapping[str, str] | None = None,
        layout: _Layout | None = None,
    ) -> str:
        """``notes`` are written behind the first cell of a record: id -> wikitext.

        A table stands under its heading or the title of its page, which the caption need not say
        again. A column in which no row has anything is left out.
        """
        index, site = self._index, self._site
        columns = declared(index.data)
        cells = [[column.cell(record, site) for column in columns] for record in records]
        anchors = []
        for record, row in zip(records, cells, strict=True):
            mine = site.names.rows.get(record.id) == index.id and record.id not in self._anchored
            anchors.append(site.names.anchor(record.id) if mine else "")
            self._anchored.add(record.id)
            more = _beside(record, self._fields(), site) if mine else ""
            text, key = row[0]
            row[0] = text + (notes or {}).get(record.id, "") + more, key
        texts = [[text for text, _ in row] for row in cells]
        shown = layout.shown if layout else filled_columns(texts)
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

    def _layout(self, parts: int) -> _Layout:
        """The columns in which some row of the index has something, and how wide each is."""
        columns = declared(self._index.data)
        cells = [
            [column.cell(record, self._site)[0] for column in columns] for record in self._records
        ]
        shown = filled_columns(cells)
        rows = [[row[place] for place in shown] for row in cells]
        return _Layout(shown, grouped.widths(rows), folded=long(rows, parts))

    def _fields(self) -> set[str]:
        """The fields that the columns of the index name."""
        return {plain_key(key) for column in declared(self._index.data) for key in column.keys}


def _certainty(record: Record, key: str, term: Word, site: Site) -> tuple[str, str]:
    """How sure it is that this word fits this record, and what it was there; "" for no more."""
    for item in several(value_of(record, key)):
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


_ELSEWHERE = frozenset({"type", "titre", "url", "texte"})
"""The title carries the address, unless that is « inconnu »; ``_below`` tells the text."""


def _beside(record: Record, keys: Collection[str], site: Site) -> str:
    """The values that no column shows, to write in small letters behind the title."""
    parts = [
        f"<br><small>{encode(title, Context.CELL)} : {cell(record, key, site)[0]}</small>"
        for key, title in field_titles(record.type).items()
        if key in record.data
        and is_shown(record.type, key)
        and key not in keys
        and (key not in _ELSEWHERE or (key == "url" and record.data[key] in STATES))
    ]
    return "".join(parts)


def _below(records: Iterable[Record], keys: Collection[str], site: Site) -> str:
    """The longer texts of the rows, each under the title of its record."""
    if "texte" in keys:
        return ""
    texts = [
        section(record.title, prose(record.data["texte"], site, record.path, level=3), level=3)
        for record in records
        if record.type in ROW_TYPES and "texte" in record.data
    ]
    return section("En détail", join(*texts))
