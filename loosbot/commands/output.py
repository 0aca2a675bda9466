"""Where words go: the terminal, which nothing from outside may act on, or a file asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from loosbot.escaping import harmless_lines
from loosbot.files import write_file, writing

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
