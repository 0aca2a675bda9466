"""The desired state of the wiki: the wanted pages, and the options that people chose for some."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import field

from loosbot.corpus.privacy.withdrawals import WithdrawnPerson
from loosbot.frozen import dataclass
from loosbot.history.removed import LastVersion
from loosbot.render.rendered import RenderedPage
from loosbot.sync.block import Key
from loosbot.sync.withdrawal.words import WithdrawnWords
from loosbot.wikitext.names import Names

Render = Callable[[Mapping[str, str]], Mapping[str, RenderedPage]]
"""Every managed page by id, given the actual titles by id."""


def nothing_lost(id_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Overrides:
    """Ids of pages that a person asked to write although a run by itself leaves them alone.

    ``adopt``: put our block above a page that people wrote; ``recreate``: a page that somebody
    deleted; ``take_back``: publish over a person's change, and tell them; ``retrait``: the same
    without a message, where the page shows words of somebody who withdrew.
    """

    adopt: tuple[str, ...] = ()
    recreate: tuple[str, ...] = ()
    take_back: tuple[str, ...] = ()
    retrait: tuple[str, ...] = ()


NO_OVERRIDES = Overrides()


@dataclass(frozen=True, slots=True)
class Aim:
    """The desired state of the wiki. ``wanted`` is the title of each managed page, by id;
    ``render`` and ``names`` take the actual titles.

    ``last_versions`` finds the last commit of records that are gone, by id. ``former`` are the ids
    that a record had before, by its current id. ``lost`` gives the words that a page must no longer
    show, by its id; expensive before anything is rendered
    (:mod:`loosbot.sync.withdrawal.losttexts`). ``withdrawn`` are those who withdrew, and those
    whose agreement ended. ``api`` is the wiki's address.
    """

    corpus: str
    wanted: Mapping[str, str]
    render: Render
    names: Callable[[Mapping[str, str]], Names]
    last_versions: Callable[[Collection[str]], Mapping[str, LastVersion]]
    overrides: Overrides = NO_OVERRIDES
    lost: Callable[[str], WithdrawnWords | None] = nothing_lost
    withdrawn: tuple[WithdrawnPerson, ...] = ()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    api: str = ""
    proposals: Callable[[Collection[str]], Mapping[str, tuple[int, int]]] = lambda ids: {}
    """The page and the version that records were read from, for those of these ids."""
    unsaid: Mapping[str, str] = field(default_factory=dict)
    """Ids made of the name of somebody who is not shown, with their files."""

    def key(self, id_: str) -> Key:
        """The key of the block on the page of ``id_``, with the former ids of its record."""
        return Key(self.corpus, id_, self.former.get(id_, ()))
