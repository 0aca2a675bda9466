"""Which tests stay together on one worker of pytest-xdist, and what the workers take first.

pytest-xdist groups by the mark ``xdist_group``, which it writes into the name of a test; since
pytest 9.2 that name is elsewhere, and ``--dist loadgroup`` puts no two tests together any more,
without a word. This reads what the name says by itself: folder, file, release of MediaWiki.
"""

from __future__ import annotations

import re

from xdist.scheduler import LoadScopeScheduling

_RELEASE = re.compile(r"\[(\d\.\d\d|closed)[-\]]")
_SHARED = {
    **dict.fromkeys(("test_town", "test_town_found", "test_visual_editor"), "this-town"),
    "test_sequences": "torture",
}
"""Files of one unit on each release: what they share is slow to make."""
_ALONE = ("live/test_embedded", "live/test_upgrade", "live/test_disaster")
"""Files whose tests without a release start a wiki each, whatever another one did."""
_FIRST = ("this-town-1.43", "test_counts")
"""Units that take longest: at the end one worker would be alone with them."""


def unit(nodeid: str) -> str:
    """The name of what a worker takes at once, that test and all of the same name."""
    path, _, test = nodeid.partition("::")
    stem = path.rpartition("/")[2].removesuffix(".py")
    release = _RELEASE.search(test)
    if release is None:
        alone = any(path.endswith(f"{one}.py") for one in _ALONE)
        return f"{stem}::{test}" if alone else stem
    if release[1] == "closed":
        return "closed"
    return f"{_SHARED.get(stem, stem)}-{release[1]}"


def order(nodeid: str) -> tuple[bool, int, bool]:
    """Sorts the longest to the front, then the newer release: a worker changes over once."""
    name = unit(nodeid)
    rank = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return name not in _FIRST, rank, name.endswith("-1.39")


class ByUnit(LoadScopeScheduling):
    """Hands out units."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)
