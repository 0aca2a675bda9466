"""``loosbot champs``: the dictionary of fields."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from loosbot.commands.options import form_option, town_option
from loosbot.commands.output import say
from loosbot.corpus.types import RECORD_TYPES
from loosbot.corpus.wording import did_you_mean, folded, nearest
from loosbot.errors import UsageError
from loosbot.fields import handbook, leaflet
from loosbot.fields.dictionary import dictionary


@click.command()
@click.argument("name", required=False, metavar="[TYPE]")
@form_option(
    "text",
    "markdown",
    "json",
    help_text="Forme de la réponse : pour les yeux, tout le dictionnaire, ou pour un programme.",
)
@town_option
def command(name: str | None, form: str) -> int:
    """Montrer ce qu’une fiche peut dire : ses clés, ses mots, un exemple entier.

    TYPE est un type de fiche (recit, reunion…) ou une liste de mots (theme, effet…). Sans lui :
    lesquels il y a.

    Exemple : loosbot champs recit
    """
    if name is not None and name not in leaflet.names():
        near, place = nearest(name, leaflet.names()), leaflet.place_of(name)
        raise UsageError(
            f"« {name} » n’est ni un type de fiche ni une liste de mots.",
            did_you_mean(near)
            if near and (folded(near) == folded(name) or not place)
            else place or "« loosbot champs » dit lesquels il y a.",
        )
    if form == "markdown":
        say(handbook.handbook(), nl=False)
    elif form == "json":
        types = [name] if name in RECORD_TYPES else RECORD_TYPES
        data = {kind: [asdict(field) for field in dictionary(kind)] for kind in types}
        say(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in leaflet.leaflet(name) if name else leaflet.overview():
            say(line)
    return 0
