"""``loosbot rappels``: what is due, for an agenda, a feed reader or an e-mail."""

from __future__ import annotations

from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import about_option, corpus_option, form_option, out_option
from loosbot.commands.output import write
from loosbot.due.atom import to_atom
from loosbot.due.ics import to_ics
from loosbot.due.mail import to_text
from loosbot.due.source import Reminder, read
from loosbot.errors import UsageError

_FORMATS = ("text", "ics", "atom")


@click.command()
@form_option(*_FORMATS, help_text="Le texte d’un courriel, un agenda (iCalendar), un flux (Atom).")
@about_option
@click.option(
    "--evenements",
    "events",
    is_flag=True,
    help="Dans l’agenda, des journées plutôt que des tâches : certains n’affichent pas celles-ci.",
)
@out_option
@corpus_option
@needs_sound_corpus
def command(form: str, asked: str, events: bool, out: Path | None, corpus: Path) -> int:
    """Rappeler ce qui est promis, à visiter, à rendre, à relire, et les accords qui finissent.

    Rien n’est écrit, sauf le fichier que demande --out. Pour la mairie : les personnes « interne »
    y sont nommées, qui a retiré son accord n’y est pas.

    Exemple : loosbot rappels --format ics --about theme-energie --out energie.ics
    """
    if events and form != "ics":
        raise UsageError("--evenements ne vaut que pour un agenda.", "Ajoutez --format ics.")
    reminder = read(corpus, asked)
    write(_text(reminder, form, events=events), out, form)
    return 0


def _text(reminder: Reminder, form: str, *, events: bool) -> str:
    if form == "ics":
        return to_ics(reminder, events=events)
    return to_atom(reminder) if form == "atom" else to_text(reminder)
