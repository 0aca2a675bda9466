"""An edit beside somebody who is masked changes no word of them in the file."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from test_pull import corpus_of, pulled, tree_of

from loosbot.corpus.privacy.consent import for_channel
from loosbot.pull.edits import PullResult
from loosbot.pull.proof import PublishedCorpus
from loosbot.render.pages import default_titles, render

PROJECT, FILE = "projet/banc", "narratives/projet/banc.yaml"
FILES = {
    "loosbot.yaml": "corpus: essai\n",
    "narratives/acteur/zoe.yaml": """
type: acteur
titre: Zoé Martin
genre: personne
role: habitant
consentement: {etat: interne}
""",
    FILE: """
type: projet
titre: Un banc
annee: 2018
resume: Zoé Martin a tout commencé.
initiative: [acteur/zoe, Les voisins]
resultats: [Zoé Martin est contente., Le banc sert.]
referents: [{qui: acteur/zoe}]
voix:
  - {qui: acteur/zoe, role: habitant, texte: Elle l’a peint.}
texte: |
  Zoé Martin a choisi la place.

  La ville a prêté le bois.
""",
}


@pytest.fixture(scope="module", params=["interne", "retire"])
def base(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> PublishedCorpus:
    """As a wiki that anybody reads shows it."""
    files = {path: text.replace("interne", request.param) for path, text in FILES.items()}
    tree = tree_of(tmp_path_factory.mktemp("base"), files)
    corpus = corpus_of(tree)
    visible = partial(for_channel, channel="wiki-ouvert", today=date(2026, 1, 1))
    titles = default_titles(visible(corpus))
    return PublishedCorpus(tree, corpus, visible, titles, render(visible(corpus), titles))


def after(base: PublishedCorpus, old: str, new: str) -> tuple[PullResult, str]:
    body = base.rendered[PROJECT].body
    nobody = "personne non nommée" if "personne non nommée" in body else "personne retirée"
    old, new = old.replace("ZOÉ", nobody), new.replace("ZOÉ", nobody)
    assert old in body
    carried = pulled(base, {PROJECT: body.replace(old, new, 1)})
    return carried, carried.files.get(FILE, b"").decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ZOÉ a tout commencé.", "ZOÉ a tout commencé, un soir."),
        ("ZOÉ a tout commencé.", "Paul a tout commencé."),
        ("| Initiative = ZOÉ ; Les voisins", "| Initiative = ZOÉ ; Les voisins ; L’école"),
        ("| Initiative = ZOÉ ; Les voisins\n", ""),
        ("* ZOÉ est contente.", "* ZOÉ est très contente."),
        ("* ZOÉ est contente.\n", ""),
        ("* Le banc sert.", "* Le banc sert.\n* ZOÉ le dit."),
        ("ZOÉ a choisi la place.", "ZOÉ a choisi cette place."),
    ],
)
def test_what_is_masked_stays_in_the_file_and_the_edit_is_named(
    old: str, new: str, base: PublishedCorpus
) -> None:
    carried, file = after(base, old, new)
    assert file == ""
    assert [left.reason for page in carried.pages for left in page.left] == [
        "ce passage tait quelqu’un qui ne paraît pas sur ce wiki : faites ce changement dans le "
        "fichier"
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("La ville a prêté le bois.", "La ville a donné le bois."),
        ("La ville a prêté le bois.", "La ville a prêté le bois.\n\nLes voisins ont cloué."),
        ("* Le banc sert.", "* Le banc sert tous les jours."),
        ("* Le banc sert.", "* Le banc sert.\n* Il pleut dessus."),
    ],
)
def test_what_stands_beside_it_comes_back(old: str, new: str, base: PublishedCorpus) -> None:
    carried, file = after(base, old, new)
    assert [left for page in carried.pages for left in page.left] == []
    assert file.count("Zoé Martin") == 3
    assert file.count("acteur/zoe") == 3
    assert all(line.strip(" *") in file for line in new.split("\n"))


def test_a_voice_that_is_masked_is_not_deleted(base: PublishedCorpus) -> None:
    body = base.rendered[PROJECT].body
    start = body.index("=== Voix ")
    carried = pulled(base, {PROJECT: body[:start] + body[body.index("}}\n", start) + 3 :]})
    assert carried.files == {}
    assert any(page.left for page in carried.pages)
