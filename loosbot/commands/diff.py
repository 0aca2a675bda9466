"""``loosbot diff``: what changed between two versions of the corpus."""

from __future__ import annotations

from pathlib import Path

import click

from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option, form_option
from loosbot.commands.output import say
from loosbot.diff.past import open_past, revision_of
from loosbot.diff.text import to_json, to_text
from loosbot.errors import UserError

_FORMATS = {"text": to_text, "json": to_json}


@click.command()
@click.argument("before", metavar="AVANT")
@click.argument("after", metavar="[APRÈS]", default="HEAD")
@form_option(*_FORMATS, help_text="Forme de la réponse : pour les yeux, ou pour un programme.")
@corpus_option
@needs_sound_corpus
def command(before: str, after: str, form: str, corpus: Path) -> int:
    """Dire en phrases ce qui a changé entre deux versions, fiche par fiche.

    Une version est un nom de pages/versions.yaml, une étiquette ou un commit de git. Ce que
    quelqu’un a retiré depuis n’est pas redit. Ce qui n’est pas encore enregistré dans git n’est pas
    lu.

    Exemple : loosbot diff HEAD~10 HEAD
    """
    past = open_past(corpus)
    first, second = revision_of(before, past), revision_of(after, past)
    comparison = past.compare(first, second)
    if comparison is None:
        raise UserError(
            "L’une des deux versions a des erreurs selon les règles d’aujourd’hui : elle ne se "
            "compare pas.",
            "Choisissez une version plus récente.",
        )
    say(_FORMATS[form](comparison), nl=False)
    return 0
