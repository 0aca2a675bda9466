"""What may be published of a folder that git does not know, and what it published before."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from corpora import write
from gits import commit, git
from PIL import Image

from loosbot.errors import UserError
from loosbot.render.pages import render
from loosbot.sync.source import read_source, require_committed, shown
from loosbot.sync.withdrawal.losttexts import WithdrawnTexts

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


def test_a_picture_whose_words_name_who_withdrew_is_told_as_still_seen(tmp_path: Path) -> None:
    papers = [
        {"fichier": "a.png", "alt": "Un four"},
        {"fichier": "b.png", "alt": "Ada Ellinor devant le four"},
        {"fichier": "c.png", "alt": "Luc Quénard, à la maison"},
    ]
    pictures = {}
    for side, paper in enumerate(papers, 8):
        stream = BytesIO()
        Image.new("RGB", (side, 8)).save(stream, "PNG")
        pictures[f"narratives/projet/{paper['fichier']}"] = stream.getvalue()
    folder = write(
        tmp_path,
        {
            "narratives/acteur/ada.yaml": "type: acteur\ntitre: Ada Ellinor\ngenre: personne\n"
            "consentement: {etat: retire}\n",
            "narratives/acteur/luc.yaml": "type: acteur\ntitre: Luc Quénard\ngenre: personne\n"
            "consentement: {etat: interne}\n",
            "narratives/projet/four.yaml": f"type: projet\ntitre: Four\ndocuments: {papers}\n",
            **pictures,
        },
    )
    read = replace(read_source(folder), channel="wiki-ouvert")
    source = replace(read, corpus=shown(read.whole, read.consents, read.channel))
    lost = WithdrawnTexts(source, lambda titles: render(source.corpus, titles))
    told = {name: lost.of(f"fichier/projet-{name}") for name in "abc"}
    assert {name for name, words in told.items() if words and words.is_file} == {"b"}


def test_words_of_a_file_that_git_does_not_look_at_are_not_published(tmp_path: Path) -> None:
    town = write(tmp_path, {"narratives/recit/deux-voix.yaml": RECIT})
    commit(town)
    git(town, "update-index", "--assume-unchanged", "narratives/recit/deux-voix.yaml")
    require_committed(read_source(town))
    write(town, {"narratives/recit/deux-voix.yaml": RECIT.replace("MOTLIBRE", "MOTNEUF")})

    with pytest.raises(UserError, match="ne sont pas enregistrés dans git") as refused:
        require_committed(read_source(town))

    assert "git update-index -z --no-assume-unchanged" in refused.value.hint
