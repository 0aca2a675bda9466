"""A cache of rendered pages, each with its dependencies: it holds while these do not change.

Nobody declares what a page depends on. While one is made, everything that a site holds (records,
titles, what points where…) notes what is asked of it (:mod:`loosbot.render.watch`). The page is
kept with these readings and one hash of what they gave. Asked for again, for this corpus or
another one, it is made only where that hash is another. A page that gathers many records reads
columns (:mod:`loosbot.render.columns`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from loosbot.fields.site import Site
from loosbot.frozen import dataclass
from loosbot.render.columns import ColumnWatch
from loosbot.render.rendered import RenderedPage
from loosbot.render.watch import Hashed, Readings, Watch

_SAMPLE: Final = 4
"""Pages that are made again for each corpus, whatever is kept of them."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page with what it read; ``state`` is the hash of what that gave.

    ``text`` is its body, as UTF-8 where it only waits to be written: one sign beyond Latin-1 makes
    a text take twice the room.
    """

    title: str
    text: str | bytes
    readings: Readings
    state: str

    @property
    def body(self) -> str:
        return self.text if isinstance(self.text, str) else self.text.decode()


@dataclass(frozen=True, slots=True)
class Bundle:
    """Pages that are rendered together: one alone, or those of one report.

    ``ids`` are all that ``make`` gives; ``gathers`` tells those that read fields of many records.
    """

    ids: tuple[str, ...]
    make: Callable[[Site], Iterable[RenderedPage]]
    gathers: bool = False


class Renderings:
    """The pages of one wiki, each made once as long as nothing that it read changes.

    ``kept`` are those of an earlier run, none by default. ``made`` counts the pages that were
    made since.
    """

    def __init__(self, kept: Mapping[str, CachedPage] | None = None, *, notes: bool = True) -> None:
        self._kept: dict[str, CachedPage] = dict(kept or {})
        self._used: dict[str, CachedPage] = {}
        self._notes = notes
        self._hashed: Hashed = {}
        self.made = 0

    @property
    def used(self) -> Mapping[str, CachedPage]:
        """The pages of the corpus that was rendered last, with what each read."""
        return self._used

    def beside(self) -> Renderings:
        """For another corpus: begins with these pages, and what it makes stays out of them.

        What it makes is for once: nothing is noted of what that reads.
        """
        beside = Renderings({**self._kept, **self._used}, notes=False)
        beside._hashed = self._hashed
        return beside

    def over(
        self, site: Site, bundles: Sequence[Bundle], *moment: object
    ) -> Iterator[RenderedPage]:
        """The pages of these bundles for a site, in their order.

        ``moment`` is what those that gather records depend on beside the site. A few pages are
        made and compared with what is kept of them. Where one differs, something was read that
        nobody noted, or the file was spoiled: nothing of it is believed.
        """
        watches = Watch(site, hashed=self._hashed), ColumnWatch(site, *moment)
        self._kept, self._used = {**self._kept, **self._used}, {}
        sample = min(_SAMPLE, len(self._kept)) if self._notes else 0
        drawn = set(random.sample(sorted(self._kept), sample))
        for bundle in bundles:
            kept = self._of(bundle, watches) if drawn.intersection(bundle.ids) else None
            if kept is not None and self._made(bundle, watches) != kept:
                self._kept = {}
                break
        for bundle in bundles:
            pages = self._of(bundle, watches)
            if pages is None:
                pages = self._made(bundle, watches)
            self._used.update(pages)
            for id_, page in pages.items():
                yield RenderedPage(id_, page.title, page.body)

    def page_by_page(
        self, site: Site, bundles: Iterable[Bundle], *moment: object
    ) -> Callable[[str], RenderedPage | None]:
        """A function that gives single pages on demand, by id."""
        watches = Watch(site, hashed=self._hashed), ColumnWatch(site, *moment)
        by_id = {id_: bundle for bundle in bundles for id_ in bundle.ids}
        pages: dict[str, CachedPage] = {}

        def page(id_: str) -> RenderedPage | None:
            if id_ not in by_id:
                return None
            if id_ not in pages:
                bundle = by_id[id_]
                pages.update(self._of(bundle, watches) or self._made(bundle, watches))
            return RenderedPage(id_, pages[id_].title, pages[id_].body)

        return page

    def _of(self, bundle: Bundle, watches: tuple[Watch, Watch]) -> dict[str, CachedPage] | None:
        """What is kept of these pages, where all of it holds."""
        kept = {id_: self._kept[id_] for id_ in bundle.ids if id_ in self._kept}
        watch = watches[bundle.gathers]
        holds = all(watch.state(page.readings) == page.state for page in kept.values())
        return kept if holds and len(kept) == len(bundle.ids) else None

    def _made(self, bundle: Bundle, watches: tuple[Watch, Watch]) -> dict[str, CachedPage]:
        watch = watches[bundle.gathers]
        if self._notes:
            pages, readings = watch.noting(lambda site: list(bundle.make(site)))
        else:
            pages, readings = list(bundle.make(watch.site)), ()
        self.made += len(pages)
        state = watch.state(readings)
        return {page.id: CachedPage(page.title, page.body, readings, state) for page in pages}
