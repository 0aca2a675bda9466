"""What a page read of the corpus while it was made: a page whose readings say the same is the same.

Nobody declares what a page depends on. While one is made, everything that a site holds (records,
titles, what points where…) notes what is asked of it; asked for all it holds, that is noted too.
The page is kept with these readings and one hash of what they gave. Asked for again, for this
corpus or another one, it is made only where that hash is another.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Generic, TypeVar, overload

from loosbot.corpus import additions
from loosbot.corpus.model import Attached, Corpus
from loosbot.fields.site import Site
from loosbot.render.rendered import RenderedPage
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.names import Names

K = TypeVar("K")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
P = TypeVar("P", Site, Corpus, Names)
Reading = tuple[str, Any]
"""What was asked, and for which key; ``ALL`` for everything that it holds."""
ALL: Final = None
_SAMPLE: Final = 4
"""Pages that are made again for each corpus, whatever is kept of them."""
_ABSENT: Final = b"absent"
_SETTINGS: Final = "settings"
"""The holder of what every page depends on."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page with what it read; ``state`` is the hash of what that gave."""

    title: str
    body: str
    readings: tuple[Reading, ...]
    state: str


class Renderings:
    """The pages of one wiki, each made once as long as nothing that it read changes.

    ``kept`` are those of an earlier run, none by default. ``made`` counts the pages that were
    made since.
    """

    def __init__(self, kept: Mapping[str, Kept] | None = None) -> None:
        self._kept: dict[str, Kept] = dict(kept or {})
        self._used: dict[str, Kept] = {}
        self.made = 0

    @property
    def used(self) -> Mapping[str, Kept]:
        """The pages of the corpus that was rendered last, with what each read."""
        return self._used

    def beside(self) -> Renderings:
        """For another corpus: begins with these pages, and what it makes stays out of them."""
        return Renderings({**self._kept, **self._used})

    def over(
        self, site: Site, make: Callable[[str, Site], RenderedPage]
    ) -> Callable[[str], RenderedPage]:
        """What gives the page of an id of this site; ``make`` makes one that is not kept.

        A few pages are made and compared with what is kept of them. Where one differs, something
        was read that nobody noted, or the file was spoiled: nothing of it is believed.
        """
        watch = _Watch()
        watched = watch.over(site)
        self._kept, self._used = {**self._kept, **self._used}, {}

        def made(id_: str) -> Kept:
            self.made += 1
            page, readings = watch.noting(lambda: make(id_, watched))
            return Kept(page.title, page.body, readings, watch.state(readings))

        def page_of(id_: str) -> RenderedPage:
            kept = self._kept.get(id_)
            if kept is None or watch.state(kept.readings) != kept.state:
                kept = made(id_)
            self._used[id_] = kept
            return RenderedPage(id_, kept.title, kept.body)

        for id_ in random.sample(sorted(self._kept), min(_SAMPLE, len(self._kept))):
            kept = self._kept[id_]
            if watch.state(kept.readings) == kept.state and made(id_) != kept:
                self._kept = {}
                break
        return page_of


class _Watch:
    """Notes what is asked of a site, and tells what a reading gives."""

    def __init__(self) -> None:
        self._readings: set[Reading] = set()
        self._settings: list[Any] = [additions.current().text]
        self._holders: dict[str, Mapping[Any, Any] | Sequence[Any]] = {_SETTINGS: self._settings}
        self._digests: dict[Reading, bytes] = {}

    def over(self, site: Site) -> Site:
        """The same site, all of whose mappings and sequences note what they are asked for.

        All the rest is asked in small parts all the time: each page depends on it.
        """
        return self._watched(
            replace(site, corpus=self._watched(site.corpus), names=self._watched(site.names))
        )

    def _watched(self, part: P) -> P:
        noting: dict[str, Any] = {}
        for field in fields(part):
            value = getattr(part, field.name)
            if not field.init or isinstance(value, (Corpus, Names, MarkdownRenderer)):
                continue  # watched by itself, made of the rest, or no data
            if isinstance(value, Mapping):
                noting[field.name] = _Mapping(value, field.name, self._readings)
            elif isinstance(value, Sequence) and not isinstance(value, str):
                noting[field.name] = _Sequence(value, field.name, self._readings)
            else:
                settings = sorted(value) if isinstance(value, frozenset) else value
                self._settings.append((field.name, settings))
                continue
            if field.name in self._holders:
                raise AssertionError(f"two parts of a site are called {field.name}")
            self._holders[field.name] = value
        return replace(part, **noting)

    def noting(self, make: Callable[[], V]) -> tuple[V, tuple[Reading, ...]]:
        """What ``make`` makes, and what it read meanwhile, in a fixed order."""
        self._readings.clear()
        made = make()
        whole = {name for name, key in self._readings if key is ALL}
        told = ((name, key) for name, key in self._readings if key is ALL or name not in whole)
        return made, tuple(sorted(told, key=repr))

    def state(self, readings: Collection[Reading]) -> str:
        """One hash of what these readings give now."""
        digests = (self._digest(reading) for reading in ((_SETTINGS, ALL), *readings))
        return hashlib.sha256(b"".join(digests)).hexdigest()

    def _digest(self, reading: Reading) -> bytes:
        known = self._digests.get(reading)
        if known is None:
            known = self._digests[reading] = self._looked_up(*reading)
        return known

    def _looked_up(self, name: str, key: Any) -> bytes:
        held = self._holders.get(name, ())
        if key is not ALL:
            return _hash(held[key] if isinstance(held, Mapping) and key in held else _ABSENT)
        if isinstance(held, Mapping):
            # in their order, which pages may show
            return _hash(b"".join(_hash(each) + self._digest((name, each)) for each in held))
        return _hash(tuple(held))


class _Mapping(Mapping[K, V_co], Generic[K, V_co]):
    """A mapping that notes the keys that it is asked for."""

    __slots__ = ("_held", "_name", "_readings")

    def __init__(self, held: Mapping[K, V_co], name: str, readings: set[Reading]) -> None:
        self._held, self._name, self._readings = held, name, readings

    def __getitem__(self, key: K) -> V_co:
        self._readings.add((self._name, key))
        return self._held[key]

    def __contains__(self, key: object) -> bool:
        self._readings.add((self._name, key))
        return key in self._held

    def get(self, key: K, default: Any = None) -> Any:
        self._readings.add((self._name, key))
        return self._held.get(key, default)

    def __iter__(self) -> Iterator[K]:
        self._readings.add((self._name, ALL))
        return iter(self._held)

    def __len__(self) -> int:
        self._readings.add((self._name, ALL))
        return len(self._held)


class _Sequence(Sequence[V_co], Generic[V_co]):
    """A sequence that notes that it was read."""

    __slots__ = ("_held", "_name", "_readings")

    def __init__(self, held: Sequence[V_co], name: str, readings: set[Reading]) -> None:
        self._held, self._name, self._readings = held, name, readings

    @overload
    def __getitem__(self, place: int) -> V_co: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[V_co]: ...

    def __getitem__(self, place: int | slice) -> V_co | Sequence[V_co]:
        self._readings.add((self._name, ALL))
        return self._held[place]

    def __len__(self) -> int:
        self._readings.add((self._name, ALL))
        return len(self._held)


def _hash(value: Any) -> bytes:
    if isinstance(value, Attached):
        # how its bytes are read again is the same for all
        value = (value.path, value.kind, value.sha1)
    said = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).digest()[:16]
