"""The pages that were rendered for one wiki, kept in the cache folder for the next run.

Kept with what each read (:mod:`loosbot.render.pagecache`), for one town whatever the clone, one
wiki and version of the tool: a page is taken from here only where all that it read says the same.
Only pages of the corpus that was rendered last are in it, and none that read anything of somebody
who withdrew. A missing, foreign or odd file makes a run slower, nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from loosbot import resources
from loosbot.corpus.check.filecache import read_cache, write_cache
from loosbot.render.pagecache import CachedPage

_VERSION: Final = 2
_SHARDS: Final = "0123456789abcdef"
"""A changed page writes one of so many files again."""


class PageStore:
    """``folder`` is the cache folder; ``place`` is what it is for: the town, the wiki.

    ``scope`` changes with whatever else decides what the pages say.
    """

    def __init__(self, folder: Path, *place: str, scope: str = "") -> None:
        name = hashlib.sha256(json.dumps(place).encode()).hexdigest()[:24]
        self._folder = folder / f"pages-{name}"
        self._scope = json.dumps([_VERSION, resources.tool(), scope])
        self._before: dict[str, dict[str, CachedPage]] = {}

    def read(self) -> dict[str, CachedPage]:
        """Every page that was kept, by id."""
        self._before = {shard: self._shard(shard) for shard in _SHARDS}
        return {id_: kept for pages in self._before.values() for id_, kept in pages.items()}

    def write(self, used: Mapping[str, CachedPage], withdrawn: Collection[str]) -> None:
        """Keep these pages and no others; ``withdrawn`` are the ids of who withdrew."""
        wanted: dict[str, dict[str, CachedPage]] = {shard: {} for shard in _SHARDS}
        for id_, kept in used.items():
            if id_ not in withdrawn and all(
                key not in withdrawn for _, keys in kept.readings for key in keys
            ):
                wanted[hashlib.sha256(id_.encode()).hexdigest()[0]][id_] = kept
        for shard, pages in wanted.items():
            file = self._folder / f"{shard}.json"
            if not pages:
                # nothing is written over the file: it would keep what another scope left in it
                with suppress(OSError):
                    file.unlink(missing_ok=True)
            elif pages != self._before.get(shard, {}):
                entries = {
                    id_: [page.title, page.body, page.readings, page.state]
                    for id_, page in pages.items()
                }
                write_cache(file, {"scope": self._scope, "pages": entries})

    def _shard(self, shard: str) -> dict[str, CachedPage]:
        try:
            raw = read_cache(self._folder / f"{shard}.json")
            if raw["scope"] == self._scope:
                return {str(id_): _kept(entry) for id_, entry in raw["pages"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            pass
        return {}


def _kept(entry: Any) -> CachedPage:
    title, body, readings, state = entry
    return CachedPage(str(title), str(body), tuple(map(_reading, readings)), str(state))


def _reading(entry: Any) -> tuple[str, tuple[Any, ...]]:
    name, keys = entry
    # keys of two parts come back from JSON as lists: a vocabulary and its word, a type and
    # its field
    pairs = bool(keys) and isinstance(keys[0], list)
    return str(name), tuple(map(tuple, keys)) if pairs else tuple(keys)
