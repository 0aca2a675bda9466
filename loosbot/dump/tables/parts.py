"""The parts of records that have a table for themselves: what happened, was promised, counted,
said. Found by their shape, so that a new list in a schema needs no line here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from loosbot.corpus import schema
from loosbot.corpus.model import KeyPath, Record
from loosbot.corpus.schema import Shape
from loosbot.dump.filtered import known, motive, stated
from loosbot.dump.tables.fields import is_fact, is_list_of_groups, is_quantity, text_of

Table = Literal["evenements", "engagements", "mesures", "enonces"]

_HAPPENED = {"deroule": "deroule", "visites": "visite", "mandats": "mandat", "reperes": "repere"}
TEXTS = ("texte", "quoi", "constat", "fonction", "titre", "role", "valeur")
"""Where the words of a statement are, the first that it has."""
_STATEMENT = frozenset({*TEXTS, "qui", "date", "statut", "sources", "suite"})


class Part(NamedTuple):
    """One part of a record. ``field`` names its list (``convention.engagements``), ``rank``
    counts from 1; ``data`` is a group even where the record writes a single value.

    A tuple, since a large corpus has tens of thousands.
    """

    table: Table
    kind: str
    record: Record
    path: KeyPath
    field: str
    rank: int
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Stable as long as nothing is inserted before it in the record."""
        steps = [str(key + 1) if isinstance(key, int) else key for key in self.path]
        return f"{self.record.id}/{'-'.join(steps)}"


def parts(record: Record) -> list[Part]:
    """Every part of a record, in the order of its schema's walk."""
    listed: list[Part] = []
    _walk(record, record.data, schema.shape(record.type), (), listed)
    _whole(record, listed)
    return listed


def _walk(record: Record, value: Any, shape: Shape, path: KeyPath, listed: list[Part]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            child = shape.child(key)
            if child is None or key == "relectures":
                continue
            # a value alone, which is never written as a group, has no part
            if child.properties or isinstance(inner, dict | list):
                _inside(record, inner, child, (*path, key), listed)
    elif isinstance(value, list) and shape.items is not None:
        for rank, inner in enumerate(value):
            _walk(record, inner, shape.items, (*path, rank), listed)


def _inside(record: Record, value: Any, shape: Shape, path: KeyPath, listed: list[Part]) -> None:
    if is_quantity(shape):
        listed.append(_part("mesures", "mesure", record, path, 1, _group(value, "valeur")))
        return
    if isinstance(value, list) and shape.items is not None and shape.items.properties:
        _list(record, value, shape, path, listed)
        return
    if len(path) == 1 and isinstance(path[0], str) and "part_au_faire" in shape.properties:
        name = path[0]
        if "date" in shape.properties:
            # who says that a stage is unknown says it of all of it
            whole = dict.fromkeys(shape.properties, value) if motive(value) else {}
            group = {**whole, **_group(value, "date"), "titre": name}
            listed.append(_part("evenements", "etape", record, path, 1, group))
    _walk(record, value, shape, path, listed)


def _list(
    record: Record, value: list[Any], shape: Shape, path: KeyPath, listed: list[Part]
) -> None:
    items = shape.items or Shape()
    if path == ("voix",):
        for rank, voice in enumerate(value):
            _walk(record, voice, items, (*path, rank), listed)
        return
    name = str(path[-1])
    for rank, item in enumerate(value, 1):
        here = (*path, rank - 1)
        if is_list_of_groups(shape) and "issue" in items.properties:
            part = _part("engagements", "engagement", record, here, rank, item)
        elif is_quantity(items):
            part = _part("mesures", "mesure", record, here, rank, _group(item, "valeur"))
        elif name in _HAPPENED:
            part = _part("evenements", _HAPPENED[name], record, here, rank, item)
        elif not is_fact(items):
            part = _part("enonces", "enonce", record, here, rank, _group(item, "texte"))
        elif isinstance(item, dict):
            # the value alone is in the record's own table
            part = _part("enonces", "precision", record, here, rank, item)
        else:
            continue
        listed.append(part)


def _whole(record: Record, listed: list[Part]) -> None:
    """The event that a meeting or a récit is, and the minutes of the former."""
    if record.type in ("reunion", "recit"):
        date = record.data.get("date", record.data.get("annee"))
        event = {"titre": record.title, "date": stated(date), "niveau": record.data.get("niveau")}
        event["part_au_faire"] = record.data.get("part_au_faire")
        event["sources"] = record.data.get("sources")
        listed.append(_part("evenements", record.type, record, ("date",), 1, event))
    minutes = record.data.get("compte_rendu")
    if isinstance(minutes, dict):
        event = {"titre": "compte rendu", **minutes, "preuve": minutes.get("document")}
        listed.append(_part("evenements", "compte-rendu", record, ("compte_rendu",), 1, event))


def _part(
    table: Table, kind: str, record: Record, path: KeyPath, rank: int, data: Mapping[str, Any]
) -> Part:
    field = ".".join([key for key in path if isinstance(key, str)])
    return Part(table, kind, record, path, field, rank, data)


def _group(value: Any, key: str) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {key: value}


def words_of(part: Part) -> Any:
    """What a statement says: the value of the first key that holds words."""
    return next((stated(part.data[key]) for key in TEXTS if key in part.data), None)


def others_of(part: Part) -> str | None:
    """What the columns of a statement have no place for, as JSON; None for nothing."""
    taken = next((key for key in TEXTS if key in part.data), "")
    rest = {
        key: value
        for key, value in part.data.items()
        if key != taken and (key not in _STATEMENT or key in TEXTS)
    }
    return json.dumps(rest, ensure_ascii=False, sort_keys=True) if rest else None


def when(part: Part) -> Any:
    """The date of an event: its own, else the period it is given, else None."""
    if (own := stated(part.data.get("date"))) is not None:
        return own
    first, last = stated(part.data.get("du")), stated(part.data.get("au"))
    if known(first) is not None and known(last) is not None and first != last:
        return f"{first} au {last}"
    if known(first) is not None:
        return first if first == last else f"depuis {first}"
    if known(last) is not None:
        return f"jusqu’au {last}"
    return first if first is not None else last


def proof_of(part: Part) -> str | None:
    """Sources and proof together, as one cell: what an event rests on; None where nothing does."""
    proofs = [*_many(part.data.get("sources")), *_many(part.data.get("preuve"))]
    cell = text_of(list(dict.fromkeys(map(str, proofs))))
    return None if cell is None else str(cell)


def _many(value: Any) -> list[Any]:
    value = known(value)
    if value is None:
        return []
    return [known(item) for item in value if known(item)] if isinstance(value, list) else [value]
