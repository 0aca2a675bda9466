"""Python's search for garbage, left for later while many objects are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MANY: Final = 100_000
"""So many more objects than were let go, and garbage is looked for: a few megabytes at most."""


@contextmanager
def left_alone() -> Iterator[None]:
    """While modules are loaded, a corpus is read, masked or rendered there is no garbage to find,
    and each search looks through all of it again."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


@contextmanager
def seldom_looked_for() -> Iterator[None]:
    """For a command that holds a corpus until it ends: Python looks for garbage after seven hundred
    new objects, and every so often among all that there are. Here it does after so many more."""
    thresholds = gc.get_threshold()
    gc.set_threshold(MANY)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


@contextmanager
def never_looked_for() -> Iterator[None]:
    """For a command whose objects all live until it ends: what is there then is looked through by
    no later search either, nor by the one that Python makes as it leaves."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if searched:
            gc.enable()
