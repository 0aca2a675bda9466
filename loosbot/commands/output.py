"""Where a report goes: the terminal, or the file that someone asked for."""

from __future__ import annotations

from pathlib import Path

import click

from loosbot.errors import UserError
from loosbot.files import reason


def write(text: str, out: Path | None) -> None:
    """Raises UserError where the file cannot be written."""
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UserError(
            f"« {out} » ne peut pas être écrit : {reason(error)}.", "Choisissez un autre fichier."
        ) from error
