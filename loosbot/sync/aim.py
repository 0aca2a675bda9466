"""The desired state of the wiki: the wanted pages, and the options that people chose for some."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field

from loosbot.corpus.privacy.withdrawals import Source
from loosbot.frozen import dataclass
from loosbot.history.removed import LastVersion
from loosbot.render.rendered import RenderedPage
from loosbot.sync.block import Key
from loosbot.sync.withdrawal.words import Withdrawn
from loosbot.wikitext.names import Names

Render = Callable[[Mapping[str, str]], Mapping[str, RenderedPage]]
"""Every managed page by id, given the actual titles by id."""


def _none(ids: Collection[str]) -> Mapping[str, tuple[int, int]]:
    return {}


def nothing_lost(id_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Aim:
    """What to make of the wiki. ``wanted`` is the title of each managed page, by id; ``render``
    and ``names`` take the actual titles.

    ``last_versions`` finds the last commit of records that are gone, by id. ``adopt``,
    ``recreate``, ``take_back`` and ``retrait`` name the pages that a person decided on.
    ``former`` are the ids that a record had before, by its id of today.
    ``lost`` gives the words that a page must not show any more, by its id, dear before anything is
    rendered (:mod:`loosbot.sync.withdrawal.lost`); ``gone`` are the persons whose they are. ``api``
    is the wiki's address.
    """

    corpus: str
    wanted: Mapping[str, str]
    render: Render
    names: Callable[[Mapping[str, str]], Names]
    last_versions: Callable[[Collection[str]], Mapping[str, LastVersion]]
    adopt: frozenset[str] = frozenset()
    recreate: frozenset[str] = frozenset()
    take_back: frozenset[str] = frozenset()
    retrait: frozenset[str] = frozenset()
    lost: Callable[[str], Withdrawn | None] = nothing_lost
    gone: tuple[Source, ...] = ()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    api: str = ""
    proposals: Callable[[Collection[str]], Mapping[str, tuple[int, int]]] = _none
    """The page and the version that records were read from, for those of these ids."""
    unsaid: Mapping[str, str] = field(default_factory=dict)
    """Ids made of the name of somebody who is not shown, with their files."""

    def key(self, id_: str) -> Key:
        """The key of the block on the page of ``id_``, with the former ids of its record."""
        return Key(self.corpus, id_, self.former.get(id_, ()))
