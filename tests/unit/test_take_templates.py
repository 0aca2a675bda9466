"""Which calls of a template are found in a page, however somebody wrote them."""

from __future__ import annotations

import pytest

from loosbot.wikitext.wikicode import take_templates


@pytest.mark.parametrize(
    ("wikitext", "names", "rest"),
    [
        ("{{Fiche projet|a=1}} Texte.", ["Fiche projet"], "Texte."),
        ("{{ fiche_projet\n| a = 1\n}}\nTexte.", ["Fiche projet"], "Texte."),
        ("{{fiche  projet}}{{Fiche projet}}", ["Fiche projet", "Fiche projet"], ""),
        ("{{Autre|{{Fiche projet}}}}", [], "{{Autre|{{Fiche projet}}}}"),
        ("{{à_suivre}} Texte.", ["À suivre"], "Texte."),
        (" Rien {{Fiche\nprojets}} ", [], "Rien {{Fiche\nprojets}}"),
        (" {{FICHE PROJET}} ", [], "{{FICHE PROJET}}"),
        ("Fiche projet", [], "Fiche projet"),
    ],
)
def test_a_call_is_found_as_mediawiki_reads_its_name(
    wikitext: str, names: list[str], rest: str
) -> None:
    calls, text = take_templates(wikitext, {"Fiche projet", "À suivre"})
    assert ([call.name for call in calls], text) == (names, rest)
