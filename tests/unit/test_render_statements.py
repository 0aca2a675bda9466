"""What a record says in a list: a lesson and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import corpus

from loosbot.render.pages import render

RECORD = """\
type: projet
titre: Le banc
enseignements:
  - texte: Choisir un bois dur.
    suite: {}
"""


@pytest.mark.parametrize(
    ("suite", "told"),
    [
        ("{quoi: Un essai est fait.}", "Un essai est fait."),
        ("{quoi: Un essai., fait: oui, date: inconnu}", "Un essai, fait, date inconnue"),
        ("{quoi: Un essai, echeance: inconnu}", "Un essai, échéance inconnue"),
        ("{quoi: Un essai, fait: inconnu, date: 2019}", "Un essai, fait : inconnu, 2019"),
    ],
)
def test_what_follows_is_one_sentence(tmp_path: Path, suite: str, told: str) -> None:
    pages = render(corpus(tmp_path, {"narratives/projet/a.yaml": RECORD.format(suite)}), {})
    assert f"** Suite : {told}\n" in pages["projet/a"].body + "\n"
