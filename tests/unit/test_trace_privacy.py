"""Which words of a record are taken for the name of a person whom nobody declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import corpus

from loosbot.trace.facts import view
from loosbot.trace.observed.privacy import observe

PEOPLE = {
    "narratives/acteur/audrey-m.yaml": "type: acteur\ntitre: Audrey M.\ngenre: personne\n"
    "consentement: {etat: public}\n",
    "narratives/acteur/maire.yaml": "type: acteur\ntitre: Jean-François Caron\ngenre: personne\n"
    "public: oui\nvariantes: [M. le maire]\n",
    "narratives/lieu/stade.yaml": "type: lieu\ntitre: Stade Audrey Tautou\ngenre: site\n",
    "narratives/source/livre.yaml": "type: source\ntitre: Un livre\ngenre: livre\n"
    "auteurs: [Audrey Azoulay]\n",
}


def named(root: Path, text: str) -> bool:
    """Whether a récit with this text names somebody who is not declared."""
    voice = f"{{qui: des voisins, role: habitant, texte: {text!r}}}"
    tale = f"type: recit\ntitre: Un récit\nvoix: [{voice}]\n"
    town = corpus(root, {**PEOPLE, "narratives/recit/r.yaml": tale})
    return any(observation.topic == "personne" for observation in observe(view(town, None)))


@pytest.mark.parametrize(
    "text",
    [
        "On a cloué avec Paul D. tout le jour.",
        "Marie-Claude B., elle, repeignait.",
        "Mme Durand a prêté son échelle.",
        "Merci à M. Lefèvre.",
        "Madame Lucie Petit est passée.",
        "Audrey Martin a prêté son échelle.",
        "Audrey de Martin a prêté son échelle.",
        "Jean-François Petit aussi.",
    ],
)
def test_a_private_name_is_seen(tmp_path: Path, text: str) -> None:
    assert named(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "Selon M. le maire, le bac est plein.",
        "Audrey M. a cloué.",
        "Jean-François Caron est venu, et M. Caron a parlé.",
        "On se retrouve rue Audrey Martin.",
        "À l’école Mme Durand",
        "Au Stade Audrey Tautou.",
        "Madame la directrice et M. le maire sont venus.",
        "Loos-en-Gohelle et la Base 11/19 ; le Plan Solaire.",
        "Fulgence Durand, dont personne ne déclare le prénom.",
    ],
)
def test_what_is_no_private_name_is_left(tmp_path: Path, text: str) -> None:
    assert not named(tmp_path, text)
