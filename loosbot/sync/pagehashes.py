"""A cache of the hashes of each page as we would write it.

Of most pages a run asks nothing else: whether the wiki holds that very text, which it tells by its
SHA-1. A block is made, checked and hashed again where anything that it is made of changed. Kept are
hashes alone, among the notes of :class:`loosbot.sync.facts.FactCache`.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from loosbot import resources
from loosbot.frozen import dataclass
from loosbot.render.rendered import RenderedPage
from loosbot.sync import block
from loosbot.sync.block import Key
from loosbot.sync.planned import digest

_NOTE: Final = "pages-ecrites"


@dataclass(frozen=True, slots=True)
class Sums:
    """``page`` is the SHA-1 by which the wiki knows a page that holds our block and nothing else,
    ``block`` the :func:`digest` of the block, markers included."""

    page: str
    block: str


class KnownHashes:
    """Reads ``notes``, and writes there what this run looked up."""

    def __init__(self, notes: dict[str, Any]) -> None:
        self._notes = notes
        self._known = _read(notes.get(_NOTE))
        self._asked: dict[str, list[str]] = {}

    def of(self, key: Key, title: str, page: RenderedPage) -> Sums:
        """The sums of a page under the title that is wanted. Raises ValueError as
        :func:`block.make` does."""
        made_of = f"{resources.tool()}\n{key}\n{title}\n{page.kind}\n{page.body}"
        name = hashlib.sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        sums = self._known.get(name) or _made(key, title, page)
        self._asked[name] = [sums.page, sums.block]
        self._notes[_NOTE] = self._asked
        return sums


def _made(key: Key, title: str, page: RenderedPage) -> Sums:
    text = block.write(block.make(key, title, page.body, page.kind))
    sha1 = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return Sums(sha1, digest(text))


def _read(note: Any) -> dict[str, Sums]:
    try:
        return {str(name): Sums(str(page), str(text)) for name, (page, text) in note.items()}
    except (AttributeError, TypeError, ValueError):
        return {}  # a malformed note is ignored: the sums are computed again
