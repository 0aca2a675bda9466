"""Dependency tracking: records what a page reads of a site, and hashes what these reads give
now."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final, Generic, TypeVar, overload

from loosbot.corpus import additions
from loosbot.corpus.model import Attached, Corpus, Link, Record
from loosbot.fields.site import Site
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.names import Names

K = TypeVar("K")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
P = TypeVar("P", Site, Corpus, Names)
Readings = tuple[tuple[str, tuple[Any, ...]], ...]
"""By what was asked, in a fixed order, the keys; ``ALL`` for everything that it holds."""
Hashed = dict[int, tuple[Record, bytes]]
"""By where it stands in memory a record, which so stays there, and its hash."""
ALL: Final = None
ABSENT: Final = b"absent"
_HASH_OF_ABSENT: Final = hashlib.sha256(ABSENT).digest()[:16]
_SETTINGS: Final = "settings"
"""The holder of what every page depends on."""


class Watch:
    """Notes the keys that a site is asked for. ``settings`` are what its pages depend on beside it.

    All that a site holds in mappings and sequences is watched. All the rest is asked in small
    parts all the time: each page depends on it. ``hashed`` are records whose hash is known, from
    another site that most of them stand in too.
    """

    def __init__(self, site: Site, *settings: object, hashed: Hashed | None = None) -> None:
        self.site = site
        self._hashed: Hashed = {} if hashed is None else hashed
        self._asked: dict[str, set[Any]] = {}
        self._settings: list[Any] = [additions.current().text, *settings]
        self._holders: dict[str, Mapping[Any, Any] | Sequence[Any]] = {_SETTINGS: self._settings}
        self._digests: dict[str, _Digests] = {}
        self._watched: Site | None = None
        for part in (site, site.corpus, site.names):
            self._look_through(part)

    def noting(self, make: Callable[[Site], V]) -> tuple[V, Readings]:
        """The result of ``make``, and the keys that it read."""
        if self._watched is None:
            site = self.site
            corpus, names = self._with_notes(site.corpus), self._with_notes(site.names)
            self._watched = self._with_notes(replace(site, corpus=corpus, names=names))
        for keys in self._asked.values():
            keys.clear()
        made = make(self._watched)
        self._gather()
        return made, tuple(
            (name, (ALL,) if ALL in keys else _in_order(keys))
            for name, keys in sorted(self._asked.items())
            if keys
        )

    def state(self, readings: Readings) -> str:
        """One hash of the present values of these keys."""
        summed = hashlib.sha256(self._digest(_SETTINGS)[ALL])
        for name, keys in readings:
            summed.update(b"".join(map(self._digest(name).__getitem__, keys)))
        return summed.hexdigest()

    def _gather(self) -> None:
        """Add what was noted elsewhere."""

    def _look_through(self, part: Site | Corpus | Names) -> None:
        for name, value in _parts(part):
            if not isinstance(value, Mapping) and not _is_sequence(value):
                self._settings.append(
                    (name, sorted(value) if isinstance(value, frozenset) else value)
                )
            elif name in self._holders:
                raise AssertionError(f"two parts of a site are called {name}")
            else:
                self._holders[name] = value

    def _with_notes(self, part: P) -> P:
        noting: dict[str, Any] = {
            name: self._mapping(value, name)
            if isinstance(value, Mapping)
            else _Sequence(value, self._asked_of(name))
            for name, value in _parts(part)
            if isinstance(value, Mapping) or _is_sequence(value)
        }
        return replace(part, **noting)

    def _mapping(self, held: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
        return NotingMapping(held, self._asked_of(name))

    def _asked_of(self, name: str) -> set[Any]:
        return self._asked.setdefault(name, set())

    def _digest(self, name: str) -> _Digests:
        if name not in self._digests:
            self._digests[name] = _Digests(self._hashing(name))
        return self._digests[name]

    def _hashing(self, name: str) -> Callable[[Any], bytes]:
        """A function from a key of a holder to the hash of what stands there now."""
        held = self._holders.get(name, ())
        values = held if isinstance(held, Mapping) else {}
        hash_of = self._hash_of

        def hashed(key: Any) -> bytes:
            if key in values:
                return hash_of(values[key])
            return _HASH_OF_ABSENT if key is not ALL else _hash_of_all(held)

        return hashed

    def _hash_of(self, value: Any) -> bytes:
        if not isinstance(value, Record):
            return digest(value)
        if id(value) not in self._hashed:
            self._hashed[id(value)] = value, digest(value)
        return self._hashed[id(value)][1]


def _hash_of_all(held: Mapping[Any, Any] | Sequence[Any]) -> bytes:
    if isinstance(held, Mapping):
        # in their order, which pages may show
        return digest(b"".join(digest(each) + digest(held[each]) for each in held))
    return digest(tuple(held))


def _in_order(keys: set[Any]) -> tuple[Any, ...]:
    try:
        return tuple(sorted(keys))
    except TypeError:
        # of several kinds
        return tuple(sorted(keys, key=repr))


class _Digests(dict[Any, bytes]):
    """The hash of the value of each key, computed once."""

    def __init__(self, look_up: Callable[[Any], bytes]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, key: Any) -> bytes:
        value = self[key] = self._look_up(key)
        return value


def digest(value: Any) -> bytes:
    """A hash of a value, by its serialised form."""
    return hashlib.sha256(written(value)).digest()[:16]


def written(value: Any) -> bytes:
    """A value serialised, with the same bytes in every run of the same version."""
    if isinstance(value, Attached):
        # ``load`` is a function with an address in its repr, and the same for all files: left out
        value = (value.path, value.kind, value.sha1)
    elif isinstance(value, Record):
        # faster than the dataclass's own repr
        value = (value.id, value.type, value.path, value.data)
    elif isinstance(value, tuple) and value and isinstance(value[0], Link):
        value = [(link.source, link.path, link.target) for link in value]
    if isinstance(value, bytes):
        return value
    try:
        # marshal version 2: later ones write back references, which depend on object identity
        return marshal.dumps(value, 2)
    except ValueError:
        # marshal takes built-in types alone; repr takes several times as long
        return repr(value).encode("utf-8", "surrogatepass")


def _parts(part: Site | Corpus | Names) -> Iterator[tuple[str, Any]]:
    """(name, value) of its fields, less those that are tracked apart, derived from others, or no
    data."""
    for field in fields(part):
        value = getattr(part, field.name)
        apart = isinstance(value, (Corpus, Names, MarkdownRenderer))
        if field.init and field.compare and not apart:
            yield field.name, value


def _is_sequence(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


class NotingMapping(Mapping[K, V_co], Generic[K, V_co]):
    """A mapping that notes the keys that it is asked for; ``note`` adds one to them."""

    __slots__ = ("_asked", "_held", "_note")

    def __init__(
        self, held: Mapping[K, V_co], asked: set[Any], note: Callable[[Any], None] | None = None
    ) -> None:
        self._held, self._asked = held, asked
        # called a hundred thousand times for a page: bound directly, without a call of ours between
        self._note = note or asked.add

    def __getitem__(self, key: K) -> V_co:
        self._note(key)
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._held

    def get(self, key: K, default: Any = None) -> Any:
        self._note(key)
        return self._held.get(key, default)

    def __iter__(self) -> Iterator[K]:
        self._asked.add(ALL)
        return iter(self._held)

    def __len__(self) -> int:
        self._asked.add(ALL)
        return len(self._held)


class _Sequence(Sequence[V_co], Generic[V_co]):
    """A sequence that notes that it was read."""

    __slots__ = ("_asked", "_held")

    def __init__(self, held: Sequence[V_co], asked: set[Any]) -> None:
        self._held, self._asked = held, asked

    @overload
    def __getitem__(self, place: int) -> V_co: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[V_co]: ...

    def __getitem__(self, place: int | slice) -> V_co | Sequence[V_co]:
        self._asked.add(ALL)
        return self._held[place]

    def __len__(self) -> int:
        self._asked.add(ALL)
        return len(self._held)
