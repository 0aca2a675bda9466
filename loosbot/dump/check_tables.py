"""One table of a received dump against its schema."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from loosbot.dump.received import Received, read_csv

_MOST = 5
"""Faults of one kind in one column after which the others are no longer news."""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_TYPES: Mapping[str, Callable[[str], bool]] = {
    "integer": lambda text: re.fullmatch(r"-?\d+", text) is not None,
    "number": lambda text: _NUMBER.fullmatch(text) is not None,
    "date": _is_date,
    "yearmonth": lambda text: re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text) is not None,
}


def table_faults(dump: Received, name: str) -> Iterator[str]:
    """What is wrong with a table: its bytes, its header, its cells, its keys."""
    described = dump.tables[name]
    where = str(described.get("path", name))
    path = dump.file(where)
    if path is None:
        return
    with path.open("rb") as file:
        if file.read(3) == b"\xef\xbb\xbf" and described.get("encoding") != "utf-8-sig":
            yield f"{where} : commence par une marque d’ordre des octets"
    try:
        header, *rows = read_csv(path, str(described.get("encoding", "utf-8")))
    except UnicodeDecodeError:
        yield f"{where} : pas en UTF-8"
        return
    except (csv.Error, ValueError):
        yield f"{where} : pas un fichier CSV lisible"
        return
    columns = _columns(described)
    if header != [str(one.get("name")) for one in columns]:
        yield f"{where} : ses colonnes ne sont pas celles que décrit datapackage.json"
        return
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            yield f"{where}, ligne {number} : {len(row)} cases au lieu de {len(header)}"
            return
    for rank, column in enumerate(columns):
        yield from _cells(where, column, [row[rank] for row in rows])
    yield from _keys(dump, where, described, header, rows)


def _columns(described: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = described["schema"].get("fields")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _cells(where: str, column: Mapping[str, Any], cells: Sequence[str]) -> Iterator[str]:
    name, said = column.get("name"), column.get("constraints") or {}
    fits = _TYPES.get(str(column.get("type")))
    words = said.get("enum")
    told = 0
    for number, cell in enumerate(cells, 2):
        if not cell:
            fault = "vide" if said.get("required") else ""
        elif fits is not None and not fits(cell):
            fault = f"« {cell[:40]} » n’est pas du type {column.get('type')}"
        elif words is not None and cell not in words:
            fault = f"« {cell[:40]} » n’est pas une valeur prévue"
        else:
            fault = ""
        if fault:
            yield f"{where}, ligne {number}, colonne {name} : {fault}"
            told += 1
            if told == _MOST:
                return


def _keys(
    dump: Received,
    where: str,
    described: Mapping[str, Any],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Iterator[str]:
    schema = described["schema"]
    ranks = [header.index(one) for one in schema.get("primaryKey", ()) if one in header]
    keys = [tuple(row[rank] for rank in ranks) for row in rows]
    if ranks and len(keys) != len(set(keys)):
        yield f"{where} : deux lignes ont le même identifiant"
    for one in schema.get("foreignKeys", ()):
        try:
            (column,), target = one["fields"], one["reference"]
            (wanted,) = target["fields"]
            known = {row.get(wanted) for row in dump.rows(str(target["resource"]))}
            rank = header.index(column)
        except (KeyError, TypeError, ValueError):
            yield f"{where} : un renvoi vers une autre table est mal décrit"
            continue
        lost = sorted({row[rank] for row in rows if row[rank]} - known)
        for value in lost[:_MOST]:
            yield f"{where}, colonne {column} : « {value} » n’est pas dans {target['resource']}"
