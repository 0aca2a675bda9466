"""How far a long run is: a bar on a terminal, a line every few seconds anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from loosbot.commands.output import say

_LABEL = "Publication"
EVERY = 5.0
"""Seconds between two lines: a log stays short, and nobody thinks that all has stopped."""


@contextmanager
def progress(
    length: int, *, hidden: bool = False, every: float = EVERY
) -> Iterator[Callable[[], None]]:
    """What to call after each of ``length`` steps, or of some more where a rename brings new ones.
    It speaks on the error stream."""
    if sys.stderr.isatty():
        with click.progressbar(
            length=length, label=_LABEL, file=sys.stderr, hidden=hidden or not length
        ) as bar:

            def step() -> None:
                bar.length = max(bar.length or 0, bar.pos + 1)
                bar.update(1)

            yield step
    else:
        yield _Lines(length, every).step


class _Lines:
    def __init__(self, length: int, every: float) -> None:
        self._length, self._every = length, every
        self._done = 0
        self._last_shown = time.monotonic()

    def step(self) -> None:
        self._done += 1
        self._length = max(self._length, self._done)
        now = time.monotonic()
        if now - self._last_shown >= self._every:
            self._last_shown = now
            say(f"{_LABEL} : {self._done} sur {self._length}…", err=True)
