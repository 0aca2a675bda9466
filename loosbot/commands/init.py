"""``loosbot init``: another town's corpus, publishable at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from loosbot.commands.french import confirm
from loosbot.commands.output import say
from loosbot.corpus import french
from loosbot.exchange import town
from loosbot.history.writing import begin


@click.command()
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option("--commune", metavar="NOM", required=True, help="Le nom de la commune.")
@click.option("--insee", metavar="CODE", required=True, help="Son code INSEE.")
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
def command(dossier: Path, commune: str, insee: str, yes: bool) -> int:
    """Ouvrir le corpus d’une autre commune, prêt à publier.

    DOSSIER est à créer, ou vide. Il reçoit un portail, des parcours, des index, des pages de
    méthode, et des exemples inventés que l’on retire d’un coup. C’est un dépôt git, avec une
    première version.

    Exemple : loosbot init ma-commune --commune "Saint-Exemple" --insee 01999
    """
    of = town.town(commune, insee, datetime.now(UTC).date())
    made = town.files(of)
    question = f"Écrire {len(made)} fichiers pour {of.commune} ({of.insee}) dans « {dossier} » ?"
    if not yes and not confirm(question):
        say("Rien n’est écrit.")
        return 0
    town.write(dossier, made)
    saved = begin(dossier, f"Ouvrir le corpus {french.of(of.commune)}")
    say(f"Le corpus {french.of(of.commune)} est dans « {dossier} » : {len(made)} fichiers.")
    if not saved:
        say("Il n’est pas encore dans git : enregistrez-le (git add, git commit) pour publier.")
    say(
        "Pour le voir :\n"
        f"  cd {dossier}\n"
        "  loosbot wiki start\n"
        "  loosbot sync\n"
        "Les exemples inventés s’appellent exemple-… ; LISEZ-MOI.md dit comment les retirer."
    )
    return 0
