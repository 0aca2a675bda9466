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
_ALONE = ("live/test_embedded", "live/test_upgrade")
"""Files whose tests without a release start a wiki each, whatever another one did."""
_LONG = (
    "this-town",
    "test_counts",
    "test_atelier_town",
    "torture",
    "test_faults",
    "test_not_one_word",
    "test_another_town",
)
"""Units that take longest, whatever the release: at the end one worker would be alone with one."""


def unit(nodeid: str) -> str:
    """The name of what a worker takes at once, that test and all of the same name."""
    path, _, test = nodeid.partition("::")
    stem = path.rpartition("/")[2].removesuffix(".py")
    release = _RELEASE.search(test)
    if release is None:
        alone = any(path.endswith(f"{name}.py") for name in _ALONE)
        return f"{stem}::{test}" if alone else stem
    if release[1] == "closed":
        return "closed"
    return f"{_SHARED.get(stem, stem)}-{release[1]}"


def order(nodeid: str) -> tuple[bool, int]:
    """The newer release first, so that a worker changes over once; the longest first in each."""
    name = unit(nodeid)
    kind = name.removesuffix("-1.39").removesuffix("-1.43")
    return name.endswith("-1.39"), _LONG.index(kind) if kind in _LONG else len(_LONG)


class ByUnit(LoadScopeScheduling):
    """Hands out units."""

    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)
