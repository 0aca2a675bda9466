"""The templates that come with the tool: complete, documented, and free to be renamed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import mwparserfromhell
import pytest
from corpora import corpus
from fiches import FILES

from loosbot import resources
from loosbot.fields import parameters as tables
from loosbot.render.pages import default_titles, render

TEMPLATES = {
    file.stem: file.read_text(encoding="utf-8") for file in resources.templates().glob("*.wiki")
}
USED = {name: [one.parameter for one in fields] for name, fields in tables.FICHES.values()}
USED["Étape"] = [one.parameter for stage in (*tables.STAGES, tables.STOP) for one in stage.fields]
USED["Convention"] = [one.parameter for one in tables.CLAUSES]
USED["Engagement"] = [one.parameter for one in tables.PROMISE]
USED["Voix"] = [one.parameter for one in tables.VOICE]


def data_of(name: str) -> dict[str, dict[str, dict[str, str]]]:
    found = re.search(r"<templatedata>(.*)</templatedata>", TEMPLATES[name], re.DOTALL)
    assert found
    data: dict[str, dict[str, dict[str, str]]] = json.loads(found[1])
    return data


@pytest.mark.parametrize("name", USED)
def test_a_template_shows_and_explains_every_parameter(name: str) -> None:
    shown = TEMPLATES[name].partition("<noinclude>")[0]
    described = data_of(name)["params"]
    for parameter in USED[name]:
        assert "{{{" + parameter in shown
        assert described[parameter]["description"].endswith((".", "…"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_but_the_template_itself_reaches_the_page(name: str) -> None:
    text = TEMPLATES[name]
    assert data_of(name)["description"]
    assert text.startswith("<includeonly>")
    assert "</includeonly><noinclude>" in text
    assert text.endswith("</noinclude>\n")


def test_every_table_has_a_caption_and_no_style_needs_a_stylesheet() -> None:
    for name, text in TEMPLATES.items():
        assert text.count("<table") == text.count("<caption"), name
        assert "<style" not in text, name


def test_backgrounds_come_with_a_text_colour() -> None:
    for name, text in TEMPLATES.items():
        for style in re.findall(r'style="([^"]*)"', text):
            assert "background" not in style or re.search(r"(?<![a-z-])color:", style), name


def test_a_prefix_goes_before_every_template_and_every_call(tmp_path: Path) -> None:
    own = (
        "<includeonly>{{Statut|{{{1|{{Précision|texte=x}}}}}}}{{#if:a|{{Ailleurs}}}}</includeonly>"
    )
    found = corpus(tmp_path, {**FILES, "pages/modeles/Mien.wiki": own})
    found = replace(found, config=replace(found.config, prefixe_modeles="Loos "))
    pages = render(found, default_titles(found))
    assert pages["modele/Mien"].title == "Modèle:Loos Mien"
    assert pages["modele/Mien"].body.startswith(
        "<includeonly>{{Loos Statut|{{{1|{{Loos Précision|texte=x}}}}}}}"
        "{{#if:a|{{Ailleurs}}}}</includeonly><noinclude>\n"
    )
    for page in pages.values():
        if page.kind == "page":
            for call in mwparserfromhell.parse(page.body).filter_templates(recursive=True):
                assert str(call.name).strip().startswith("Loos ")


def test_the_tracking_category_of_a_template_stays_off_the_pages_that_use_it(
    tmp_path: Path,
) -> None:
    found = corpus(tmp_path, {"pages/modeles/Mien.wiki": "bonjour\n"})
    assert render(found, {})["modele/Mien"].body == (
        "bonjour<noinclude>\n[[Catégorie:Modèles de fiches|mien]]\n"
        "[[Catégorie:Fiches loosbot|essai:modele/Mien]]\n</noinclude>"
    )
