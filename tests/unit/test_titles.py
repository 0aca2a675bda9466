"""Titles that a wiki accepts, and those that it would refuse or change silently."""

from __future__ import annotations

import pytest

from loosbot.corpus.titles import fault, normalise


@pytest.mark.parametrize(
    ("title", "message", "hint"),
    [
        ("Le projet n#1", "« # »", "n°"),
        ("a | b", "« | »", "-"),
        ("le [bac]", "« [ »", "parenthèses"),
        ("le {bac}", "« { »", "parenthèses"),
        ("a < b", "« < »", "moins de"),
        ("onglet\tici", "U+0009", "Retirez"),
        ("A%41", "« %41 »", "pour cent"),
        ("caf&eacute;", "« &eacute; »", "caractère lui-même"),
        ("caf&#233;", "« &#233; »", "caractère lui-même"),
        ("a ~~~ b", "« ~~~ »", "deux"),
        (".", "points", "Retirez"),
        ("../ici", "points", "Retirez"),
        ("ici/./la", "points", "Retirez"),
        (":deux points", "« : »", "deux-points"),
        ("Aide : comment faire", "« Aide »", "Aide - comment faire"),
        ("aide:x", "« Aide »", "Aide - x"),
        ("Catégorie:Récits", "« Catégorie »", "Catégorie - Récits"),
        ("User talk:x", "« User talk »", "User talk - x"),
        ("Projet: rénover", "« Projet »", "Projet - rénover"),
        ("mw:Extension", "« Mw »", "Mw - Extension"),
        ("Wikipedia : l'article", "« Wikipedia »", "Wikipedia - l'article"),
        ("   ", "vide", "mots"),
    ],
)
def test_an_illegal_title_is_named_with_what_to_write_instead(
    title: str, message: str, hint: str
) -> None:
    finding = fault(title)
    assert finding is not None
    assert finding.code == "titre-interdit"
    assert message in finding.message
    assert hint in finding.hint


@pytest.mark.parametrize(
    "title",
    [
        "Jamais sans ma pince",
        "L'amitié, sous le signe du zéro déchet !",
        "50 % de bio",
        "R&D et ville",
        "Fleurs : la rue s'y met",
        "Qui ? Quoi ? (2018)",
        "a ~~ b",
        "et/ou",
        "Ch'ti TAIDx n°1…",
    ],
)
def test_ordinary_titles_are_accepted(title: str) -> None:
    assert fault(title) is None


def test_length_is_counted_in_bytes() -> None:
    assert fault("é" * 127) is None
    finding = fault("é" * 128)
    assert finding is not None
    assert finding.code == "titre-trop-long"
    assert "256 octets" in finding.message


def test_titles_that_the_wiki_takes_for_one_have_one_key() -> None:
    same = ["les jardins", "Les jardins", "Les_jardins", " Les  jardins ", "Les\u00a0jardins"]
    assert {normalise(title) for title in same} == {"Les jardins"}
    assert normalise("e\u0301cole") == "École"
    assert normalise("Les Jardins") != normalise("Les jardins")


def test_the_first_letter_stays_where_wikis_disagree_on_its_capital() -> None:
    assert normalise("ßa") == "ßa"
