"""Postponing garbage collection while many long-lived objects are created."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MANY: Final = 100_000
"""So many more objects than were let go, and garbage is looked for: a few megabytes at most."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """A context without garbage collection: while a corpus is read, masked or rendered there is
    none to find, and each collection would scan all of it."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


@contextmanager
def collector_slowed() -> Iterator[None]:
    """For a command that holds a corpus until it ends: collect after many more new objects than
    Python's default of 700."""
    thresholds = gc.get_threshold()
    gc.set_threshold(MANY)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


@contextmanager
def collector_off() -> Iterator[None]:
    """For a command whose objects all live until it ends: exempt them from every later collection,
    the one at exit too."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if searched:
            gc.enable()
