"""What MediaWiki shows alike, and what it does not, of one piece of wikitext."""

from __future__ import annotations

import pytest

from loosbot.decode.shown import shown


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("un  mot\nencore", "un mot encore"),
        ("25\u00a0000\u202f€", "25000 €"),
        ("&#50;019&nbsp;!", "2019 !"),
        ("<b>mot</b> et <em>mot</em>", "'''mot''' et ''mot''"),
        ("<nowiki>mot</nowiki>", "mot"),
        ("[[gérard_G.|Gérard G.]]", "[[Gérard G.]]"),
        ("[[Un banc|Un banc]]", "[[Un banc]]"),
        ("{{source|cahier\n| titre = T |passage=p. 2}}", "{{Source|cahier|passage=p. 2|titre=T}}"),
        ("| un || deux", "| un\n| deux"),
        ("un<br/>deux", "un<br>deux"),
    ],
)
def test_two_wikitexts_that_are_shown_alike(first: str, other: str) -> None:
    assert shown(first) == shown(other)


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("Lourd", "lourd"),
        ("| un", "! un"),
        ("[[gérard G.]]", "[[Gérard G.]]"),
        ("[[Un banc#Hier]]", "[[Un banc]]"),
        ("[[Un banc]]", "Un banc"),
        ("''mot''", "'''mot'''"),
        ("{{Statut|déduit}} {{Précision|texte=T}}", "{{Précision|texte=T}} {{Statut|déduit}}"),
        ('<span style="color:red">mot</span>', "mot"),
        ("12,5", "12.5"),
        ("Jeunesse\n\net sport", "Jeunesse et sport"),
    ],
)
def test_two_wikitexts_that_are_shown_otherwise(first: str, other: str) -> None:
    assert shown(first) != shown(other)
