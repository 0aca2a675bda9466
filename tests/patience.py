"""How long a test waits for what must come: a limit ends what hangs, and no machine is too slow."""

from __future__ import annotations

import time
from collections.abc import Callable

LONG = 600
"""Seconds. Nothing that goes well takes as long, however much else the machine has to do."""


def until(condition: Callable[[], object], never: str, every: float = 0.05) -> None:
    """Wait until something has become so. Raises AssertionError with ``never``."""
    deadline = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < deadline, never
        time.sleep(every)


def next_second() -> None:
    """Wait for it: MediaWiki dates to the second, and takes two deeds of one for simultaneous."""
    # time() of a kernel may be a tick behind
    time.sleep(1.05 - time.time() % 1)
