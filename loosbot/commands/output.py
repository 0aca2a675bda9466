"""Where words go: the terminal, which nothing from outside may act on, or a file asked for; and how
far a long run is: a bar on a terminal, a line every few seconds anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from loosbot.escaping import harmless_lines
from loosbot.files import write_file, writing

_LABEL = "Publication"
EVERY = 5.0
"""Seconds between two lines: a log stays short, and nobody thinks that all has stopped."""
_FOR_PROGRAMS = ("csv", "html", "ics", "atom")


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print lines; every command prints through this, so that none need think of it."""
    click.echo(harmless_lines(text), err=err, nl=nl)


def write(text: str, out: Path | None, form: str) -> None:
    """Print a report, or write it to ``out``. Raises UserError where the file cannot be written.

    A table or a page that goes down a pipe is for another program, which gets each sign as it is.
    """
    if out is None:
        raw = form in _FOR_PROGRAMS and not sys.stdout.isatty()
        click.echo(text if raw else harmless_lines(text), nl=False)
        return
    with writing(out, "Choisissez un autre fichier."):
        write_file(out, text.encode("utf-8", "surrogatepass"))


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
