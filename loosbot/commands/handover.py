"""``loosbot handover``: what an outgoing team leaves, on any day, to print or to file."""

from __future__ import annotations

from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option, day_of, form_option, out_option
from loosbot.commands.output import write
from loosbot.trace.handover.printed import dossier, to_html, to_json, to_text

_FORMATS = {"text": to_text, "html": to_html, "json": to_json}


@click.command()
@form_option(
    *_FORMATS, help_text="Forme du dossier : pour les yeux, pour imprimer, pour un programme."
)
@click.option("--date", "day", metavar="JOUR", help="Le dossier tel qu’il était ce jour-là.")
@click.option(
    "--about",
    "key",
    metavar="SUJET",
    default="",
    help="Un service (service-…) ou un thème (theme-…) ; toute la commune sinon.",
)
@out_option
@corpus_option
@needs_sound_corpus
def command(form: str, day: str | None, key: str, out: Path | None, corpus: Path) -> int:
    """Dire ce qui est en cours, promis, en retard ou arrêté, et qui s’en occupe.

    Le dossier est celui de la dernière version enregistrée dans git. Rien n’est écrit, sauf le
    fichier que demande --out.

    Exemple : loosbot handover --date 2020-06-30 --format html --out avant.html
    """
    handover = dossier(corpus, day_of(day) if day else None, key)
    write(_FORMATS[form](handover), out, form)
    return 0
