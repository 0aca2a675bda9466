"""What may be published of a folder that git does not know."""

from __future__ import annotations

from pathlib import Path

from corpora import write

from loosbot.sync.source import read_source

RECIT = """\
type: recit
titre: Deux voix
voix:
  - {qui: Anne, role: habitant, texte: MOTSCELLE, consentement: {etat: scelle, jusquau: 2030}}
  - {qui: Un voisin, role: habitant, texte: MOTFINI, consentement: {etat: public, jusquau: 2030}}
  - {qui: Une passante, role: habitant, texte: MOTLIBRE, consentement: {etat: public}}
"""


def test_without_a_day_nothing_is_unsealed_and_no_ended_consent_holds(tmp_path: Path) -> None:
    corpus = read_source(write(tmp_path, {"narratives/recit/deux-voix.yaml": RECIT})).corpus

    shown = repr(corpus)
    assert "MOTLIBRE" in shown
    assert "MOTSCELLE" not in shown
    assert "MOTFINI" not in shown
