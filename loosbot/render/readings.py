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
from dataclasses import dataclass, replace
from typing import Any, Final, Generic, TypeVar, overload

from loosbot.corpus import additions
from loosbot.corpus.model import Attached
from loosbot.fields.site import Site
from loosbot.render.rendered import RenderedPage

K = TypeVar("K")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
Reading = tuple[str, Any]
"""What was asked, and for which key; ``ALL`` for everything that it holds."""
ALL: Final = None
_SAMPLE: Final = 4
"""Pages that are made again for each corpus, whatever is kept of them."""
_ABSENT: Final = b"absent"


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
        self._site: Site | None = None
        self._watch = _Watch()
        self.made = 0

    @property
    def used(self) -> Mapping[str, Kept]:
        """The pages of the corpus that was rendered last, with what each read."""
        return self._used

    def beside(self) -> Renderings:
        """For another corpus: begins with these pages, and what it makes stays out of them."""
        return Renderings({**self._kept, **self._used})

    def begin(self, site: Site, make: Callable[[str, Site], RenderedPage]) -> None:
        """Take a site; ``make`` gives the page of an id.

        A few pages are made and compared with what is kept of them. Where one differs, something
        was read that nobody noted, or the file was spoiled: nothing of it is believed.
        """
        self._watch = _Watch()
        self._site = self._watch.over(site)
        self._make = make
        self._kept, self._used = {**self._kept, **self._used}, {}
        ids = sorted(self._kept)
        for id_ in random.sample(ids, min(_SAMPLE, len(ids))):  # which ones is no secret
            kept = self._kept[id_]
            if self._watch.state(kept.readings) == kept.state and self._made(id_) != kept:
                self._kept = {}
                return

    def page(self, id_: str) -> RenderedPage:
        """The page of an id of the site that was begun."""
        kept = self._kept.get(id_)
        if kept is None or self._watch.state(kept.readings) != kept.state:
            kept = self._made(id_)
        self._used[id_] = kept
        return RenderedPage(id_, kept.title, kept.body)

    def _made(self, id_: str) -> Kept:
        if self._site is None:
            raise AssertionError("no site was begun")
        self.made += 1
        self._watch.readings.clear()
        page = self._make(id_, self._site)
        noted = self._watch.readings
        whole = {name for name, key in noted if key is ALL}
        found = (one for one in noted if one[1] is ALL or one[0] not in whole)
        readings = tuple(sorted(found, key=repr))
        return Kept(page.title, page.body, readings, self._watch.state(readings))


class _Watch:
    """Notes what is asked of a site, and tells what a reading gives."""

    def __init__(self) -> None:
        self.readings: set[Reading] = set()
        self._holders: dict[str, Mapping[Any, Any] | Sequence[Any]] = {}
        self._digests: dict[Reading, bytes] = {}

    def over(self, site: Site) -> Site:
        """The same site, whose every holder notes what it is asked for."""
        corpus = replace(
            site.corpus,
            records=self._mapping("records", site.corpus.records),
            pages=self._mapping("pages", site.corpus.pages),
            indexes=self._mapping("indexes", site.corpus.indexes),
            templates=self._mapping("templates", site.corpus.templates),
            links=self._sequence("links", site.corpus.links),
            backlinks=self._mapping("backlinks", site.corpus.backlinks),
            versions=self._sequence("versions", site.corpus.versions),
            attached=self._mapping("attached", site.corpus.attached),
        )
        names = replace(
            site.names,
            titles=self._mapping("titles", site.names.titles),
            labels=self._mapping("labels", site.names.labels),
            rows=self._mapping("rows", site.names.rows),
            redirects=self._mapping("redirects", site.names.redirects),
            defined=self._mapping("defined", site.names.defined),
        )
        # what is no mapping is asked in small parts all the time: each page depends on it
        self._holders["settings"] = [
            site.corpus.config,
            sorted(site.corpus.unsaid),
            sorted(site.media),
            additions.current().text,
        ]
        return replace(
            site,
            corpus=corpus,
            names=names,
            categories=self._mapping("categories", site.categories),
            current=self._mapping("current", site.current),
            paths=self._mapping("paths", site.paths),
            linked=self._mapping("linked", site.linked),
        )

    def state(self, readings: Collection[Reading]) -> str:
        """One hash of what these readings give now."""
        digests = (self._digest(reading) for reading in (("settings", ALL), *readings))
        return hashlib.sha256(b"".join(digests)).hexdigest()

    def _digest(self, reading: Reading) -> bytes:
        known = self._digests.get(reading)
        if known is None:
            known = self._digests[reading] = self._looked_up(*reading)
        return known

    def _looked_up(self, name: str, key: Any) -> bytes:
        held = self._holders.get(name, ())
        if key is not ALL:
            one = held[key] if isinstance(held, Mapping) and key in held else _ABSENT
            return _hash(one)
        if isinstance(held, Mapping):
            # in their order, which pages may show
            return _hash(b"".join(_hash(one) + self._digest((name, one)) for one in held))
        return _hash(tuple(held))

    def _mapping(self, name: str, held: Mapping[K, V]) -> Mapping[K, V]:
        self._holders[name] = held
        return _Mapping(held, name, self.readings)

    def _sequence(self, name: str, held: Sequence[V]) -> Sequence[V]:
        self._holders[name] = held
        return _Sequence(held, name, self.readings)


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
