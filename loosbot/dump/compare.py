"""``loosbot dump diff``: what was added, changed and withdrawn between two dumps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from loosbot.dump.received import Received, Row
from loosbot.errors import UserError

_FIRST_SHOWN = 8
"""Columns named for one record; the others are counted."""


def differences(before: Received, after: Received) -> Iterator[str]:
    """One sentence a record, then one a table; nothing where both say the same.

    Raises UserError for dumps of two series, whose codes have nothing in common, and for one that
    lacks a table: everything in it would seem withdrawn.
    """
    if before.described.get("name") != after.described.get("name"):
        raise UserError(
            f"Ces exports ne sont pas de la même série : « {before.described.get('name')} » et "
            f"« {after.described.get('name')} ».",
            "Comparez deux exports de la même commune et de la même édition.",
        )
    for dump in (before, after):
        for name, described in sorted(dump.tables.items()):
            if dump.file(str(described.get("path", ""))) is None:
                raise UserError(
                    f"« {dump.root} » est incomplet : la table « {name} » n’y est pas.",
                    "Lancez « loosbot dump check », ou demandez une nouvelle copie.",
                )
    yield from _records(before, after)
    for table in sorted(before.tables.keys() | after.tables.keys()):
        if table not in before.tables:
            yield f"Table nouvelle : {table}."
        elif table not in after.tables:
            yield f"Table disparue : {table}."
        else:
            yield from _table(before, after, table)


def _records(before: Received, after: Received) -> Iterator[str]:
    old, new = _by_id(before, "fiches"), _by_id(after, "fiches")
    for id_ in sorted(new.keys() - old.keys()):
        yield f"Ajoutée : {id_} « {new[id_].get('titre')} »."
    for id_ in sorted(old.keys() - new.keys()):
        yield f"Retirée : {id_}."
    for table in sorted(after.tables.keys() & before.tables.keys() - {"fiches"}):
        old_rows, new_rows = _by_id(before, table), _by_id(after, table)
        for id_ in sorted(old_rows.keys() & new_rows.keys()):
            changed = [
                column
                for column, value in new_rows[id_].items()
                if old_rows[id_].get(column, "") != value
            ]
            if changed:
                yield f"Changée : {id_} ({table}) : {_some(changed)}."


def _some(columns: list[str]) -> str:
    more = len(columns) - _FIRST_SHOWN
    shown = ", ".join(columns[:_FIRST_SHOWN])
    return f"{shown} et {more} autre{'s' if more > 1 else ''}" if more > 0 else shown


def _by_id(dump: Received, table: str) -> Mapping[str, Row]:
    return {row["id"]: row for row in dump.rows(table) if row.get("id")}


def _table(before: Received, after: Received, table: str) -> Iterator[str]:
    def rows(dump: Received) -> set[tuple[str, ...]]:
        return {tuple(map(str, row.values())) for row in dump.rows(table)}

    old, new = rows(before), rows(after)
    if table == "fiches" or old == new:
        return
    kept = _by_id(before, table).keys() & _by_id(after, table).keys()
    added, gone = len(new - old), len(old - new)
    if not kept or added != gone:
        yield f"Table {table} : {added} ligne(s) nouvelle(s) ou changée(s), {gone} de moins."
