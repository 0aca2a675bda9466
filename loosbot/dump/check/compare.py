"""``loosbot dump diff``: what was added, changed and withdrawn between two dumps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from loosbot.corpus.french import agreed, counted
from loosbot.corpus.wording import quoted
from loosbot.dump.check.bounds import LimitReached
from loosbot.dump.check.received import PACKAGE, ReceivedDump, Row, Unreadable, by_column
from loosbot.dump.check.tables import columns_of
from loosbot.dump.check.voices import followed, of_row
from loosbot.dump.edition.withdrawals import NAME as WITHDRAWALS
from loosbot.dump.edition.withdrawals import name_of
from loosbot.dump.tables.fields import SEPARATOR
from loosbot.errors import UserError

_FIRST_SHOWN = 8
"""Columns named for one record; the others are counted."""
VOICES, _CHANGED = "passages", "Changée : "
_PLACES = frozenset({"id", "rang", "passage", "debut", "fin"})
"""Columns that tell where a part of a record stands: what is put before it changes them."""


def differences(before: ReceivedDump, after: ReceivedDump) -> Iterator[str]:
    """One sentence a record, then one a table; nothing where both say the same.

    Raises UserError for dumps of two series, whose codes have nothing in common, and for one that
    lacks a table or has one that cannot be read: everything in it would seem withdrawn.
    """
    first, second = (received.described.get("name") for received in (before, after))
    if first != second:
        raise UserError(
            f"Ces exports ne sont pas de la même série : {quoted(first)} et {quoted(second)}.",
            "Comparez deux exports de la même commune et de la même édition.",
        )
    old, new = _tables(before), _tables(after)
    columns = {
        table: (columns_of(before, table), columns_of(after, table))
        for table in old.keys() & new.keys()
    }
    old, new = (_with(columns, tables) for tables in (old, new))
    renamed = _renamed(before, after, old, new)
    yield from _records(old, new, renamed)
    old = _under_new_names(old, renamed)
    changed: Counter[str] = Counter()
    same = {table for table in old.keys() & new.keys() if old[table] == new[table]}
    for table in sorted((old.keys() & new.keys()) - same - {"fiches"}):
        for sentence in _voices(old, new) if table == VOICES else _changed(old, new, table):
            changed[table] += sentence.startswith(_CHANGED)
            yield sentence
    for table in sorted(old.keys() | new.keys()):
        if table not in old:
            yield f"Table nouvelle : {table}."
        elif table not in new:
            yield f"Table disparue : {table}."
        else:
            yield from _other_columns(table, *columns[table])
            if table not in same:
                yield from _table(old[table], new[table], table, changed[table])


Tables = Mapping[str, list[Row]]


def altered(dump: ReceivedDump) -> Iterator[str]:
    """The tables whose hash differs from the descriptor's: the comparison of these may be wrong."""
    for name in sorted(dump.tables):
        path = dump.path_of(name)
        try:
            same = dump.hash_of(path) == f"sha256:{dump.digest(path)}"
        except (Unreadable, LimitReached, OSError):
            same = False
        if not same:
            yield path


def _tables(dump: ReceivedDump) -> Tables:
    """Every table, whole. Raises UserError: what cannot be read must not seem withdrawn."""
    rows_of: dict[str, list[Row]] = {}
    for name in sorted(dump.tables):
        wanted = columns_of(dump, name)
        try:
            if dump.size(dump.path_of(name)) is None:
                raise Unreadable("elle n’y est pas")
            header, *lines = list(dump.lines(name)) or [[]]
            if header != wanted or any(len(line) != len(header) for line in lines):
                raise Unreadable("ses colonnes ne sont pas celles qu’elle annonce")
        except (Unreadable, LimitReached, OSError) as error:
            why = "elle ne peut pas être lue" if isinstance(error, OSError) else str(error)
            raise UserError(
                f"« {dump.root} » est incomplet ou abîmé, table {quoted(name)} : {why}.",
                "Lancez « loosbot dump check », ou demandez une nouvelle copie.",
            ) from error
        rows_of[name] = [dict(zip(header, line, strict=True)) for line in lines]
    if "id" not in next(iter(rows_of.get("fiches", ())), {"id": ""}) or "fiches" not in rows_of:
        raise UserError(
            f"« {dump.root} » n’a pas de table « fiches » : {PACKAGE} n’est pas celui d’un export.",
            "Lancez « loosbot dump check », ou demandez une nouvelle copie.",
        )
    return rows_of


def _with(columns: Mapping[str, tuple[list[str], list[str]]], tables: Tables) -> Tables:
    """The tables with the columns that both dumps have: another one changed no record."""
    shared = {
        table: [name for name in first if name in second]
        for table, (first, second) in columns.items()
        if first != second
    }
    return {
        table: [{name: row[name] for name in shared[table]} for row in rows]
        if table in shared
        else rows
        for table, rows in tables.items()
    }


def _other_columns(table: str, before: list[str], after: list[str]) -> Iterator[str]:
    for word, names in (
        ("nouvelle", [name for name in after if name not in before]),
        ("disparue", [name for name in before if name not in after]),
    ):
        if names:
            title = agreed(f"colonne {word}", len(names), f"colonnes {word}s")
            yield f"Table {table}, {title} : {_some(names)}."


def _renamed(
    before: ReceivedDump, after: ReceivedDump, old: Tables, new: Tables
) -> Mapping[str, str]:
    """The records that the later dump names otherwise, where it was told of an earlier one."""
    had, now = (_by_id(tables, "fiches").keys() for tables in (old, new))
    try:
        rows = list(by_column(after.csv(WITHDRAWALS)))
        own = [row for row in rows if row.get("export") == name_of(before)]
    except (Unreadable, LimitReached, OSError):
        return {}
    names = {row.get("id", ""): row.get("devenu", "") for row in own or rows}
    return {id_: names[id_] for id_ in had - now if names.get(id_) in now}


def _under_new_names(tables: Tables, renamed: Mapping[str, str]) -> Tables:
    """The tables with the ids that their records have now, also within other ids and in lists."""

    def current(id_: str) -> str:
        type_, _, rest = id_.partition("/")
        slug, slash, place = rest.partition("/")
        name = f"{type_}/{slug}"
        return f"{renamed[name]}{slash}{place}" if name in renamed else id_

    def cell(text: str) -> str:
        return SEPARATOR.join(map(current, text.split(SEPARATOR))) if "/" in text else text

    if not renamed:
        return tables
    return {
        table: [{column: cell(text) for column, text in row.items()} for row in rows]
        for table, rows in tables.items()
    }


def _records(before: Tables, after: Tables, renamed: Mapping[str, str]) -> Iterator[str]:
    old, new = _by_id(before, "fiches"), _by_id(after, "fiches")
    for id_ in sorted(new.keys() - old.keys() - {*renamed.values()}):
        yield f"Ajoutée : {id_} « {new[id_].get('titre')} »."
    for id_, now in sorted(renamed.items()):
        yield f"Renommée : {id_}, maintenant {now} « {new[now].get('titre')} »."
    for id_ in sorted(old.keys() - new.keys() - renamed.keys()):
        yield f"Retirée : {id_}."


def _changed(before: Tables, after: Tables, table: str) -> Iterator[str]:
    """The rows in which something changed that is no rank, of which their id may be made."""
    old_rows, new_rows = _by_id(before, table), _by_id(after, table)
    old, new = (Counter(map(_content, rows.values())) for rows in (old_rows, new_rows))
    gone, come = old - new, new - old
    for id_ in sorted(old_rows.keys() & new_rows.keys()):
        if _content(old_rows[id_]) in gone and _content(new_rows[id_]) in come:
            yield from _cells(f"{id_} ({table})", old_rows[id_], new_rows[id_])


def _voices(before: Tables, after: Tables) -> Iterator[str]:
    """What became of each voice; of a record that is gone, it was said."""
    old_rows, new_rows = _by_id(before, VOICES), _by_id(after, VOICES)
    old, new = (list(map(of_row, rows.values())) for rows in (old_rows, new_rows))
    records = _by_id(after, "fiches").keys()
    for id_, now in sorted(followed(old, new, {}).items()):
        if now:
            if now != id_:
                yield f"Renommée : {id_}, maintenant {now} ({VOICES})."
            yield from _cells(f"{now} ({VOICES})", old_rows[id_], new_rows[now])
        elif id_.rpartition("/")[0] in records:
            yield f"Retirée : {id_} ({VOICES})."


def _cells(name: str, old: Row, new: Row) -> Iterator[str]:
    places = () if old["id"] == new["id"] else _PLACES
    changed = [
        column
        for column, value in new.items()
        if column not in places and old.get(column, "") != value
    ]
    if changed:
        yield f"{_CHANGED}{name} : {_some(changed)}."


def _content(row: Row) -> tuple[str, ...]:
    """A row without what an insertion before it changes, where its id is a rank in a list."""
    places = _PLACES if "rang" in row else ()
    return tuple(cell for column, cell in row.items() if column not in places)


def _some(columns: list[str]) -> str:
    more = len(columns) - _FIRST_SHOWN
    shown = ", ".join(columns[:_FIRST_SHOWN])
    return f"{shown} et {counted(more, 'autre')}" if more > 0 else shown


def _by_id(tables: Tables, table: str) -> Mapping[str, Row]:
    return {row["id"]: row for row in tables[table] if row.get("id")}


def _table(before: Sequence[Row], after: Sequence[Row], table: str, told: int) -> Iterator[str]:
    """How many rows are new and gone, where their records and their ids do not tell it all."""
    old, new = (Counter(map(_content, rows)) for rows in (before, after))
    added, gone = (new - old).total(), (old - new).total()
    if table != "fiches" and {added, gone} != {told}:
        new_ones = counted(added, "ligne nouvelle ou changée", "lignes nouvelles ou changées")
        yield f"Table {table} : {new_ones}, {gone} de moins."
