"""The dependencies of pages that gather many records: columns (type, field), not single records.

A report reads a few fields of thousands of records. Noted record by record, its dependencies would
be as long as the corpus, and a change of any other field would render it again. So a column, a
field of all records of one type, is one dependency; so are the titles of one type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from loosbot.corpus.model import RECORD_TYPES, Record
from loosbot.fields.site import Site
from loosbot.render.watch import ABSENT, ALL, NotingMapping, Readings, V, Watch, digest, written

_RECORDS: Final = "records"
_KEYS: Final = ""
"""Stands for a field: which fields a record has, in their order."""
_EVERY: Final = ("", _KEYS)
"""The key, among the records, of which records there are, in their order, and of their files."""
_KINDS: Final = frozenset((*RECORD_TYPES, "page", "index"))


class ColumnWatch(Watch):
    """Records which columns of a site are read; ``settings`` as for :class:`Watch`."""

    def __init__(self, site: Site, *settings: object) -> None:
        super().__init__(site, *settings)
        self._by_kind: dict[str, dict[str, list[Any]]] = {}
        self._fields: dict[str, set[str]] = {}

    def noting(self, make: Callable[[Site], V]) -> tuple[V, Readings]:
        for fields in self._fields.values():
            fields.clear()
        return super().noting(make)

    def _gather(self) -> None:
        columns = ((type_, key) for type_, keys in self._fields.items() for key in keys)
        self._asked_of(_RECORDS).update(columns)

    def _mapping(self, held: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
        if name == _RECORDS:
            return _Records(held, self._asked_of(name), self._fields)
        asked = self._asked_of(name)
        return NotingMapping(held, asked, lambda key: asked.add((_kind(key), _KEYS)))

    def _hashing(self, name: str) -> Callable[[Any], bytes]:
        mapping = self._holders.get(name, ())
        of_all = super()._hashing(name)
        return lambda key: (
            of_all(key)
            if key is ALL or not isinstance(mapping, Mapping)
            else self._hash_of_column(name, mapping, key)
        )

    def _hash_of_column(self, name: str, mapping: Mapping[Any, Any], key: Any) -> bytes:
        if name == _RECORDS and key == _EVERY:
            return digest([(id_, record.path) for id_, record in mapping.items()])
        kind, field = key
        keys = self._keys_of(name, kind)
        if name != _RECORDS:
            lines = (b"%s\0%s\n" % (written(each), written(mapping[each])) for each in keys)
            return digest(b"".join(lines))
        if field == _KEYS:
            return digest([(each, list(mapping[each].data)) for each in keys])
        # the data of a file are plain JSON values: one dump serialises them
        return digest([(each, mapping[each].data.get(field, ABSENT)) for each in keys])

    def _keys_of(self, name: str, kind: str) -> list[Any]:
        if name not in self._by_kind:
            kinds: dict[str, list[Any]] = {}
            for key in self._holders[name]:
                kinds.setdefault(_kind(key), []).append(key)
            self._by_kind[name] = kinds
        return self._by_kind[name].get(kind, [])


@lru_cache(maxsize=16_384)
def _kind(key: Any) -> str:
    """The record type of an id; "" for any other id."""
    kind = str(key).partition("/")[0]
    return kind if kind in _KINDS else ""


class _Records(Mapping[str, Record]):
    """Records whose data note the fields that are read, by type, in ``fields``."""

    __slots__ = ("_asked", "_held")

    def __init__(
        self, held: Mapping[str, Record], asked: set[Any], fields: dict[str, set[str]]
    ) -> None:
        self._asked = asked
        self._held = {
            id_: replace(record, data=_Fields(record.data, fields.setdefault(record.type, set())))
            for id_, record in held.items()
        }

    def __getitem__(self, id_: str) -> Record:
        self._asked.add(_EVERY)
        return self._held[id_]

    def __iter__(self) -> Iterator[str]:
        self._asked.add(_EVERY)
        return iter(self._held)

    def __len__(self) -> int:
        self._asked.add(_EVERY)
        return len(self._held)


class _Fields(dict[str, Any]):
    """The data of a record, which notes the keys that are read.

    A ``dict``, since code tests for it with ``isinstance``; every reading method is overridden
    (merging and copying go through ``keys``).
    """

    __slots__ = ("_asked",)

    def __init__(self, data: Mapping[str, Any], asked: set[str]) -> None:
        super().__init__(data)
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        self._asked.add(key)
        return dict.__getitem__(self, key)

    def get(self, key: str, default: Any = None) -> Any:
        self._asked.add(key)
        # called a hundred thousand times by a report: ``super()`` would double the cost
        return dict.get(self, key, default)

    def __contains__(self, key: object) -> bool:
        self._asked.add(str(key))
        return dict.__contains__(self, key)

    def __iter__(self) -> Iterator[str]:
        self._asked.add(_KEYS)
        return super().__iter__()

    def __reversed__(self) -> Iterator[str]:
        self._asked.add(_KEYS)
        return super().__reversed__()

    def __len__(self) -> int:
        self._asked.add(_KEYS)
        return super().__len__()

    # typeshed gives the views of a dict no public name
    def keys(self) -> Any:
        self._asked.add(_KEYS)
        return super().keys()

    def values(self) -> Any:
        return self.copy().values()

    def items(self) -> Any:
        return self.copy().items()

    def copy(self) -> dict[str, Any]:
        keys = super().keys()
        self._asked.update((_KEYS, *keys))
        return {key: super(_Fields, self).__getitem__(key) for key in keys}

    def __eq__(self, other: object) -> bool:
        return self.copy() == other

    def __repr__(self) -> str:
        return repr(self.copy())
