"""``loosbot export``: the records of a type as a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import click

from loosbot import extras
from loosbot.commands.check import needs_sound_corpus
from loosbot.commands.options import corpus_option
from loosbot.commands.output import say, write
from loosbot.corpus.types import RECORD_TYPES, TYPES
from loosbot.errors import UsageError, UserError
from loosbot.exchange import spreadsheets
from loosbot.files import write_file, writing


@click.command()
@click.argument("type_", metavar="TYPE", type=click.Choice(RECORD_TYPES))
@click.option(
    "--format", "form", type=click.Choice(spreadsheets.FORMS), default=None,
    help="Forme du fichier (par défaut : celle que dit son nom, sinon ods).",
)  # fmt: skip
@click.option(
    "--out",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Où l’écrire (« csv » sans lui : à l’écran).",
)
@corpus_option
@needs_sound_corpus
def command(type_: str, form: str | None, out: Path | None, corpus: Path) -> int:
    """Écrire les fiches d’un type dans un tableau, à changer puis à reprendre.

    Une feuille pour les fiches, une pour chaque liste (voix, engagements, effets…). « csv » n’a
    que les fiches. « loosbot import » reprend le fichier.

    Exemple : loosbot export projet --out projets.ods
    """
    ending = out.suffix.lower().removeprefix(".") if out else ""
    if ending and not form and ending not in spreadsheets.FORMS:
        raise UsageError(
            f"Un tableau ne s’écrit pas en .{ending}.",
            "Donnez-lui un nom en .ods, .xlsx ou .csv, ou choisissez par --format.",
        )
    form = form or ending or "ods"
    if form == "xlsx":
        extras.require("import")
    file = out or Path(f"{type_}.{form}")
    data = spreadsheets.exported(corpus, type_, form)
    if form == "csv" and out is None:
        write(data.decode(), None, form)
        return 0
    if file.is_file() and file.read_bytes() != data and spreadsheets.holds_work(file, corpus):
        raise UserError(
            f"« {file} » existe déjà, et dit autre chose que les fiches : ce que quelqu’un y a "
            "tapé serait perdu.",
            f"Reprenez-le d’abord (« loosbot import {file} »), ou donnez un autre nom : --out.",
        )
    with writing(file):
        write_file(file, data)
    say(f"{TYPES[type_].plural} : tableau écrit dans {file}.")
    say(
        "Il contient tout ce que disent les fiches, paroles internes comprises : ne l’envoyez "
        "pas hors de la mairie.",
        err=True,
    )
    return 0
