"""Five questions of a new team, answered from the handover of the shipped corpus alone."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.trace.handover.collect import handovers
from loosbot.trace.handover.printed import Dossier, to_html, to_text
from loosbot.trace.rules import rules_of

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 28)


@cache
def dossier() -> Dossier:
    read = load_corpus(FolderTree(ROOT)).corpus
    assert read is not None
    corpus = for_channel(read, "rapport", TODAY)
    _, handover = next(handovers(corpus, rules_of(corpus), TODAY))
    return Dossier("Dossier de passation", TODAY, handover, corpus)


def part(title: str) -> str:
    """What stands under one title, on one line."""
    _, _, rest = to_text(dossier()).partition(f"\n{title}\n")
    assert rest, title
    return " ".join(rest.split("\n\n")[0].split())


@pytest.mark.parametrize(
    ("question", "title", "answers"),
    [
        (
            "Qui s’occupe du Quartier Ouest aujourd’hui ?",
            "Qui s’en occupe",
            ["Océane T. - Animation du Quartier Ouest, chargée de mission"],
        ),
        (
            "Qui s’en est occupé avant, et saurait ce qui n’est pas écrit ?",
            "Qui s’en est occupé, et ne le fait plus",
            ["Thibault V.", "Pauline B.", "parti depuis"],
        ),
        (
            "Qu’a-t-on promis pour les chemins, et depuis quand attend-on de le savoir ?",
            "Promis, sans que l’on sache la suite",
            [
                "- Rénovation des chemins ruraux avec les agriculteurs - Payer les matériaux",
                "– Ville de Loos-en-Gohelle",
                "(pour le 15 juin 2018, il y a huit ans)",
            ],
        ),
        (
            "Que devait-il arriver, dont plus personne n’a parlé ?",
            "Annoncé, sans nouvelles depuis",
            [
                "L’achat de la maison par Audrey M.",
                "Première production attendue",
                "Faîtes-in-Loos 2019 (annoncé : la rencontre elle-même ; pour quand : fin 2019)",
            ],
        ),
        (
            "Pourquoi les abris de touche n’ont-ils pas été construits ?",
            "Arrêté ou érodé, et pourquoi",
            ["Abris de touche", "que l’assurance, la règle et la responsabilité du maire"],
        ),
        (
            "Qui raconte la maison d’assistantes maternelles, et où le lire ?",
            "Ce que l’on en raconte",
            [
                "- Maison d’assistantes maternelles Les Petits pieds - sur sa page : élu "
                "- De grands pas pour les petits pieds - Interview de Célia C.",
                "- Groupes déchets et cycle de réunions - sur sa page : habitants",
            ],
        ),
    ],
)
def test_a_question_of_a_new_team(question: str, title: str, answers: list[str]) -> None:
    text = part(title)
    assert [answer for answer in answers if answer not in text] == [], question


def test_who_left_carries_nothing_and_nobody_is_named_thirty_times() -> None:
    assert "Thibault V." not in part("En cours ou annoncé")
    assert "Thibault V." not in part("Qui s’en occupe")
    assert to_text(dossier()).count("à désigner") == 1


def test_history_is_no_open_promise() -> None:
    promised = part("Promis, sans que l’on sache la suite")
    assert "Castors" not in promised
    assert "Ne rien changer" not in promised


def test_one_line_a_project_and_deduced_dates_stay_marked() -> None:
    promised = part("Promis, sans que l’on sache la suite")
    assert promised.count("Rénovation des chemins ruraux") == 1
    assert "depuis 2011 (déduit)" in part("En cours ou annoncé")
    # and a state that is deduced stays so too
    assert "Loos ville pilote, depuis 2012 (déduit) (état : En cours (déduit))" in " ".join(
        part("En cours ou annoncé").split()
    )
    # what waits most comes first
    assert part("En cours ou annoncé").startswith("- Rénovation des chemins ruraux")


def test_it_fits_a_terminal_of_sixty_columns_and_prints() -> None:
    assert max(map(len, to_text(dossier()).splitlines())) <= 60
    assert to_html(dossier()).count("<h2") >= 8
