"""One table of a received dump against its schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from loosbot.corpus.french import counted
from loosbot.dump.check.bounds import MOST_FOREIGN_KEYS, LimitReached
from loosbot.dump.check.received import ReceivedDump, Unreadable, groups
from loosbot.dump.formats.participedia.files import CASES
from loosbot.escaping import beginning

_MOST = 5
"""Faults of one kind in one column after which the others are no longer news."""
_SHOWN = 40
"""Characters of a cell that a message quotes."""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _matches(pattern: str) -> Callable[[str], bool]:
    whole = re.compile(pattern)
    return lambda text: whole.fullmatch(text) is not None


_TYPES: Mapping[str, Callable[[str], bool]] = {
    "integer": _matches("-?[0-9]+"),
    "number": _matches(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?"),
    "date": _is_date,
    "yearmonth": _matches("[0-9]{4}-(0[1-9]|1[0-2])"),
}


def table_faults(dump: ReceivedDump, name: str) -> Iterator[str]:
    """What is wrong with a table: its bytes, its header, its cells, its keys.

    Raises Unreadable, LimitReached, OSError.
    """
    described, path = dump.tables[name], dump.path_of(name)
    with dump.opened(path) as file:
        if file.read(3) == b"\xef\xbb\xbf" and path != CASES:
            yield "commence par une marque d’ordre des octets"
    header, *rows = list(dump.lines(name)) or [[]]
    schema = described["schema"]
    columns = groups(schema.get("fields"))
    if header != [str(column.get("name")) for column in columns]:
        yield "ses colonnes ne sont pas celles que décrit datapackage.json"
        return
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            yield f"ligne {number} : {counted(len(row), 'case')} au lieu de {len(header)}"
            return
    for rank, column in enumerate(columns):
        dump.budget.look()
        yield from _cells(column, [row[rank] for row in rows])
    yield from _own_keys(schema, header, rows)
    yield from _foreign_keys(dump, schema, header, rows)


def columns_of(dump: ReceivedDump, table: str) -> list[str]:
    """The names that the descriptor gives to the columns of a table."""
    fields = groups(dump.tables[table]["schema"].get("fields"))
    return [str(field.get("name")) for field in fields]


def _cells(column: Mapping[str, Any], cells: Sequence[str]) -> Iterator[str]:
    name, rules = column.get("name"), column.get("constraints")
    if rules is None:
        rules = {}
    if not isinstance(rules, dict) or not isinstance(rules.get("enum", []), list):
        yield f"colonne {name} : ses contraintes sont mal décrites"
        rules = {}
    fits = _TYPES.get(str(column.get("type")))
    words = {str(word) for word in rules["enum"]} if "enum" in rules else None
    count = 0
    for number, cell in enumerate(cells, 2):
        if not cell:
            fault = "vide" if rules.get("required") else ""
        elif fits is not None and not fits(cell):
            fault = f"« {beginning(cell, _SHOWN)} » n’est pas du type {column.get('type')}"
        elif words is not None and cell not in words:
            fault = f"« {beginning(cell, _SHOWN)} » n’est pas une valeur prévue"
        else:
            fault = ""
        if fault:
            yield f"ligne {number}, colonne {name} : {fault}"
            count += 1
            if count == _MOST:
                return


def _own_keys(
    schema: Mapping[str, Any], header: Sequence[str], rows: Sequence[Sequence[str]]
) -> Iterator[str]:
    key = schema.get("primaryKey", [])
    names = [key] if isinstance(key, str) else key
    if not isinstance(names, list) or not all(name in header for name in names):
        yield "sa clé est mal décrite"
        return
    # each column once, however often the key names it
    ranks = sorted({header.index(name) for name in names})
    if ranks and len({tuple(row[rank] for rank in ranks) for row in rows}) != len(rows):
        yield "deux lignes ont le même identifiant"


def _foreign_keys(
    dump: ReceivedDump,
    schema: Mapping[str, Any],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Iterator[str]:
    keys = schema.get("foreignKeys", [])
    if not isinstance(keys, list):
        yield "un renvoi vers une autre table est mal décrit"
        return
    if len(keys) > MOST_FOREIGN_KEYS:
        raise LimitReached(f"ses renvois ne sont pas relus, il y en a plus de {MOST_FOREIGN_KEYS}")
    for key in keys:
        try:
            (column,), target = key["fields"], key["reference"]
            (wanted,), table = target["fields"], str(target["resource"])
            rank = header.index(column)
            known = dump.values(table, str(wanted))
        except (KeyError, TypeError, ValueError):
            yield "un renvoi vers une autre table est mal décrit"
            continue
        except (Unreadable, LimitReached, OSError):
            # that table's own check says why
            yield f"colonne {column} : {table} ne peut pas être lue, ses renvois ne sont pas relus"
            continue
        lost = sorted({row[rank] for row in rows if row[rank]} - known)
        for value in lost[:_MOST]:
            yield f"colonne {column} : « {beginning(value, _SHOWN)} » n’est pas dans {table}"
