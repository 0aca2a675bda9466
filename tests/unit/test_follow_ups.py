"""What became of a lesson: words on the page, and the same keys again."""

from __future__ import annotations

from typing import Any

import pytest

from loosbot.fields.lessons import LESSON
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Verbatim

NAMES = Names(
    titles={"acteur/technique": "Services techniques", "lieu/place": "La place"},
    labels={"acteur/technique": "Services techniques", "lieu/place": "La place"},
)
WHO = "[[Services techniques]]"


@pytest.mark.parametrize(
    ("follow_up", "words"),
    [
        ({"quoi": "Prévoir du jeu."}, "Prévoir du jeu."),
        ({"quoi": "Prévoir du jeu, ensuite le bois"}, "Prévoir du jeu, ensuite le bois"),
        ({"qui": "acteur/technique"}, f"par {WHO}"),
        (
            {"quoi": "Revoir [la place](lieu/place)", "qui": "acteur/technique"},
            f"Revoir [[La place|la place]], par {WHO}",
        ),
        (
            {"quoi": "Le dire", "qui": ["acteur/technique", "Anne B."], "echeance": "2019-03"},
            f"Le dire, par {WHO} ; Anne B., pour : mars 2019",
        ),
        (
            {"quoi": "Le dire", "echeance": "inconnu", "fait": "non"},
            "Le dire, échéance inconnue, pas encore fait",
        ),
        (
            {"quoi": "Le dire", "fait": "oui", "date": 2019, "preuve": "Le compte rendu"},
            "Le dire, fait, 2019, preuve : Le compte rendu",
        ),
        (
            {"quoi": "Le dire", "fait": "inconnu", "date": "inconnu"},
            "Le dire, fait : inconnu, date inconnue",
        ),
        ({"fait": "oui"}, "fait"),
        (
            {"quoi": "Le dire", "fait": "oui", "sources": ["plan § 2"]},
            "Le dire, fait {{Source|plan|passage=§ 2}}",
        ),
        ("inconnu", "inconnue"),
        ("sans-objet", "sans objet"),
    ],
)
def test_it_is_read_as_it_was_written(follow_up: Any, words: str) -> None:
    lesson = {"texte": "Le bois travaille.", "suite": follow_up}
    line = LESSON.encode(lesson, NAMES)
    assert line == f"Le bois travaille.\n** Suite : {words}"
    assert LESSON.decode(line, NAMES) == lesson


@pytest.mark.parametrize(
    "words",
    [
        "Le dire, par [[Une autre page]]",
        "Le dire '''fort''', fait",
        "Le dire, fait, hier",
        "Le dire,  fait",
    ],
)
def test_other_words_are_compared_as_they_are(words: str) -> None:
    read = LESSON.decode(f"Le bois.\n** Suite : {words}", NAMES)["suite"]
    taken = (
        read if isinstance(read, Verbatim) else LESSON.encode({"texte": "a", "suite": read}, NAMES)
    )
    assert str(taken).endswith(words)
