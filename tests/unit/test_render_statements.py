"""What a record says in a list: a lesson and what follows from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpora import corpus

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.tree import FolderTree
from loosbot.decode.body import read_body
from loosbot.fields.vocabulary import vocabulary
from loosbot.fields.wordlines import small_first, word_line
from loosbot.render.pages import default_titles, names_of, render

RECORD = """\
type: projet
titre: Le banc
enseignements:
  - texte: Choisir un bois dur.
    suite: {}
"""


@pytest.mark.parametrize(
    ("suite", "expected"),
    [
        ("{quoi: Un essai est fait.}", "Un essai est fait."),
        ("{quoi: Un essai., fait: oui, date: inconnu}", "Un essai, fait, date inconnue"),
        ("{quoi: Un essai, echeance: inconnu}", "Un essai, échéance inconnue"),
        ("{quoi: Un essai, fait: inconnu, date: 2019}", "Un essai, fait : inconnu, 2019"),
    ],
)
def test_what_follows_is_one_sentence(tmp_path: Path, suite: str, expected: str) -> None:
    pages = render(corpus(tmp_path, {"narratives/projet/a.yaml": RECORD.format(suite)}), {})
    assert f"** Suite : {expected}\n" in pages["projet/a"].body + "\n"


EFFECTS = """\
type: index
titre: Les effets
enregistrements: {types: [projet], effets: [confiance, fierte]}
grouper_par: effets
colonnes: [titre]
"""


@pytest.mark.parametrize(
    ("effect", "defined", "expected", "read"),
    [
        # the definition is on the index: the page says what happened here, or the word alone
        ("confiance", True, "'''[[Les effets#Confiance|Confiance]]'''", "confiance"),
        (
            "{valeur: confiance, note: On se prête les clés.}",
            True,
            "'''[[Les effets#Confiance|Confiance]]''' : On se prête les clés.",
            {"valeur": "confiance", "note": "On se prête les clés."},
        ),
        (
            "{valeur: confiance, note: On se prête les clés.}",
            False,
            "'''Confiance''' : On se prête les clés.",
            {"valeur": "confiance", "note": "On se prête les clés."},
        ),
        # no page of this town defines it: its meaning beside it would read as what happened here
        ("confiance", False, "'''Confiance'''", "confiance"),
    ],
)
def test_an_effect_says_what_happened_here(
    tmp_path: Path, effect: str, defined: bool, expected: str, read: object
) -> None:
    files = {"narratives/projet/a.yaml": f"type: projet\ntitre: Le banc\neffets: [{effect}]\n"}
    if defined:
        files["pages/index/effets.yaml"] = EFFECTS
    town = corpus(tmp_path, files)
    body = render(town, {})["projet/a"].body
    assert f"\n* {expected}\n" in body
    names = names_of(town, default_titles(town))
    slot = read_body("projet/a", body, names)[("effets",)]
    assert slot.decode is not None
    assert [slot.decode(text, names) for text in slot.texts] == [read]


def test_the_page_of_all_vocabularies_defines_what_no_index_does(tmp_path: Path) -> None:
    town = corpus(
        tmp_path,
        {
            "pages/accueil.md": "---\ntitre: Accueil\n---\nBonjour.\n",
            "narratives/projet/a.yaml": "type: projet\ntitre: Le banc\neffets: [confiance]\n",
        },
    )
    pages = render(town, {})
    line = re.search(r"\* '''\[\[([^#|]+)#([^|]+)\|Confiance]]'''\n", pages["projet/a"].body)
    assert line
    words = pages["rapport/mots"]
    assert words.title == line[1]
    assert re.search(rf"^=+ {line[2]} =+$", words.body, re.MULTILINE)
    names = names_of(town, default_titles(town))
    slot = read_body("projet/a", pages["projet/a"].body, names)[("effets",)]
    assert slot.decode is not None
    assert [slot.decode(text, names) for text in slot.texts] == ["confiance"]


def test_a_page_of_before_with_a_definition_says_the_word_alone(tmp_path: Path) -> None:
    definition = small_first(vocabulary("effet").terms["confiance"].description)
    names = names_of(corpus(tmp_path, {}), {})
    assert word_line("effet").decode(f"'''Confiance''' : {definition}", names) == "confiance"


def test_an_index_of_effects_says_what_each_was(tmp_path: Path) -> None:
    note = "{valeur: fierte, statut: deduit, note: Le banc a été repeint deux fois.}"
    files = {
        "narratives/projet/a.yaml": f"type: projet\ntitre: Le banc\neffets: [{note}]\n",
        "pages/index/effets.yaml": EFFECTS,
    }
    body = render(corpus(tmp_path, files), {})["index/effets"].body
    assert (
        "[[Le banc]] {{Statut|déduit}}<br><small>Le banc a été repeint deux fois.</small>" in body
    )


@pytest.mark.slow
def test_no_page_of_the_town_repeats_a_general_definition() -> None:
    """« Une maison, un chemin, un skatepark » is no effect of a garden."""
    reading = load_corpus(FolderTree(Path(__file__).parents[2]))
    assert reading.corpus is not None
    pages = render(reading.corpus, {})
    general = [
        small_first(term.description)
        for name in ("effet", "limite", "levier", "vigilance")
        for term in vocabulary(name).terms.values()
    ]
    repeated = [
        (id_, definition)
        for id_, page in pages.items()
        if id_.startswith(("projet/", "fifty-fifty/"))
        for definition in general
        if f"''' : {definition}" in page.body
    ]
    assert repeated == []
