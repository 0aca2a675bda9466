"""The templates that come with the tool: complete, documented, and free to be renamed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import mwparserfromhell
import pytest
from corpora import corpus
from fiches import FILES
from wikis import CHECKOUT

from loosbot import resources
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.types import TYPES
from loosbot.fields import parameters as tables
from loosbot.fields.agreement import ending
from loosbot.render.pages import default_titles, names_of, render, site_of
from loosbot.render.template import with_written_names
from loosbot.trace.words import SIGNS

SOURCES = ("Sources", "Sources du compte rendu", "Source des coordonnées")
"""What is unknown of them is said by {{Source}}."""
NEVER_UNKNOWN = ("Langue", *SOURCES)
TEMPLATES = {
    file.stem: file.read_text(encoding="utf-8") for file in resources.templates().glob("*.wiki")
}
BOXES = {TYPES[type_].box: fields for type_, fields in tables.FICHES.items()}
USED = {name: [field.parameter for field in fields] for name, fields in BOXES.items()}
USED["Étape"] = [
    field.parameter for stage in (*tables.STAGES, tables.STOP) for field in stage.fields
]
USED["Convention"] = [field.parameter for field in tables.CLAUSES]
USED["Engagement"] = [field.parameter for field in tables.PROMISE]
USED["Voix"] = [field.parameter for field in tables.VOICE]


def test_a_stage_has_the_sign_that_reports_give_it() -> None:
    shown = TEMPLATES["Fil"].partition("<noinclude>")[0]
    signs = dict(re.findall(r"\|([^|={}]+)=([●◐◌○✕–])", shown))
    assert {word: signs[word] for word in SIGNS} == SIGNS


def data_of(name: str) -> Any:
    match = re.search(r"<templatedata>(.*)</templatedata>", TEMPLATES[name], re.DOTALL)
    assert match
    return json.loads(match[1])


@pytest.mark.parametrize("name", USED)
def test_a_template_shows_and_explains_every_parameter(name: str) -> None:
    shown = TEMPLATES[name].partition("<noinclude>")[0]
    described = data_of(name)["params"]
    for parameter in USED[name]:
        assert "{{{" + parameter in shown
        assert described[parameter]["description"].endswith((".", "…"))


@pytest.mark.parametrize("name", BOXES)
def test_what_is_unknown_agrees_with_its_name(name: str) -> None:
    """« Année : inconnue »; the parameter says « inconnu », whatever it is the parameter of."""
    shown = TEMPLATES[name].partition("<noinclude>")[0]
    rows = re.findall(r">(?:{{#if:[^<>]*\|)?([^<>{}|]+)(?:}})?</th><td[^>]*>(.*?)</td>", shown)
    assert rows
    unknown = {label: cell for label, cell in rows if ending(label) and label not in NEVER_UNKNOWN}
    for label, cell in unknown.items():
        value = "{{{" + label + "}}}"
        assert cell == f"{{{{#ifeq:{value}|inconnu|inconnu{ending(label)}|{value}}}}}"


def test_what_is_said_of_a_stage_agrees_with_its_name() -> None:
    shown = TEMPLATES["Fil"].partition("<noinclude>")[0]
    for name in ("Demande", "Convention", "Réalisation", "Évaluation"):
        value = "{{{" + name + "}}}"
        match = re.search(rf"<b>{name}</b> .*?</span> (.*?)</span>", shown)
        assert match
        assert match[1].startswith(f"{{{{#switch:{value}|attesté=attestée|")
        for word in set(SIGNS) - {"sans objet", "dit, sans source"}:
            assert f"|{word}={word}e|" in match[1]
    for name in ("Diagnostic", "Suivi", "Arrêt"):
        assert f"</span> {{{{{{{name}}}}}}}</span>" in shown


def test_the_source_that_is_unknown_agrees_too() -> None:
    assert "(source : {{#ifeq:{{{état}}}|inconnu|inconnue|{{{état}}}}})" in TEMPLATES["Source"]


def test_types_and_words_are_those_of_the_schemas() -> None:
    """A word was added, or a field: run ``scripts/templatedata.py``."""
    done = subprocess.run(
        [sys.executable, "scripts/templatedata.py", "--check"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize(
    ("name", "parameter", "type_", "words"),
    [
        ("Fiche projet", "Statut", "string", ["Abouti", "Entretien érodé", "inconnu"]),
        ("Fiche projet", "Année", "date", None),
        ("Fiche projet", "Lieu", "content", None),
        ("Fiche récit", "Vidéo", "url", None),
        ("Fiche récit", "Prononcé", "string", ["Oui", "Non", "inconnu", "sans objet"]),
        ("Fiche récit", "Langue", "line", None),
        ("Fiche lieu", "Latitude", "number", None),
        ("Fiche réunion", "Présents", "content", None),
        ("Voix", "Rôle", "string", ["Habitant", "Agent", "Élu"]),
        ("Voix", "Thèmes", "string", ["Énergie", "Voirie", "sans objet"]),
        ("Engagement", "Tenu", "string", ["Tenu", "En retard", "inconnu"]),
        ("Étape", "Entretien", "string", ["inconnu", "sans objet"]),
        ("Fil", "Suivi", "line", ["attesté", "non renseigné", "dit, sans source"]),
        ("Statut", "1", "line", ["déduit", "estimé"]),
        ("Voix absente", "Rôle", "line", ["Habitant", "Partenaire"]),
    ],
)
def test_a_parameter_has_its_type_and_a_vocabulary_its_words(
    name: str, parameter: str, type_: str, words: list[str] | None
) -> None:
    described = data_of(name)["params"][parameter]
    assert described["type"] == type_
    assert set(words or []) <= set(described.get("suggestedvalues", []))
    assert ("suggestedvalues" in described) is (words is not None)


def test_each_word_that_is_offered_is_taken_back(tmp_path: Path) -> None:
    town = corpus(tmp_path, FILES)
    names = names_of(town, default_titles(town))
    stages = [field for stage in (*tables.STAGES, tables.STOP) for field in stage.fields]
    fields = {
        **BOXES,
        "Étape": stages,
        "Convention": tables.CLAUSES,
        "Engagement": tables.PROMISE,
        "Voix": tables.VOICE,
    }
    offered = [
        (field, word)
        for name, its_fields in fields.items()
        for field in its_fields
        for word in data_of(name)["params"][field.parameter].get("suggestedvalues", [])
    ]
    assert len(offered) > 200
    for field, word in offered:
        assert field.encode(field.decode(word, names), names) == word


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_but_the_template_itself_reaches_the_page(name: str) -> None:
    text = TEMPLATES[name]
    assert data_of(name)["description"]
    assert text.startswith("<includeonly>")
    assert "</includeonly><noinclude>" in text
    assert text.endswith("</noinclude>\n")


def test_the_wiki_takes_the_layout_of_each_call() -> None:
    """A wiki refuses to save a template whose ``format`` is none."""
    for name in TEMPLATES:
        layout = data_of(name).get("format", "inline")
        assert layout in ("inline", "block") or re.fullmatch(
            r"\n?\{\{ *_+\n? *\|\n? *_+ *= *_+\n? *\}\}\n?", layout
        ), name


def test_every_table_has_a_caption_and_no_style_needs_a_stylesheet() -> None:
    for name, text in TEMPLATES.items():
        assert text.count("<table") == text.count("<caption"), name
        assert "<style" not in text, name


def test_backgrounds_come_with_a_text_colour() -> None:
    for name, text in TEMPLATES.items():
        for style in re.findall(r'style="([^"]*)"', text):
            assert "background" not in style or re.search(r"(?<![a-z-])color:", style), name


@pytest.mark.slow
def test_a_prefix_goes_before_every_template_and_every_call(tmp_path: Path) -> None:
    own = (
        "<includeonly>{{Statut|{{{1|{{Précision|texte=x}}}}}}}{{#if:a|{{Ailleurs}}}}</includeonly>"
    )
    town = corpus(tmp_path, {**FILES, "pages/modeles/Mien.wiki": own})
    town = replace(town, config=replace(town.config, prefixe_modeles="Loos "))
    pages = render(town, default_titles(town))
    assert pages["modele/Mien"].title == "Modèle:Loos Mien"
    assert pages["modele/Mien"].body.startswith(
        "<includeonly>{{Loos Statut|{{{1|{{Loos Précision|texte=x}}}}}}}"
        "{{#if:a|{{Ailleurs}}}}</includeonly><noinclude>\n"
    )
    for page in pages.values():
        if page.kind == "page":
            for call in mwparserfromhell.parse(page.body).filter_templates(recursive=True):
                assert str(call.name).strip().startswith("Loos ")


def test_a_prefix_goes_before_the_category_of_what_people_propose(tmp_path: Path) -> None:
    town = corpus(tmp_path, FILES)
    plain, before = "Catégorie:Propositions de fiches", "Catégorie:Loos Propositions de fiches"
    shipped = render(town, default_titles(town))
    assert f"[[{plain}]]" in shipped["modele/Proposition de lieu"].body
    assert shipped["categorie/propositions"].title == plain
    town = replace(town, config=replace(town.config, prefixe_categories="Loos "))
    pages = render(town, default_titles(town))
    body = pages["modele/Proposition de lieu"].body
    assert f"[[{before}]]" in body and plain not in body
    assert pages["categorie/propositions"].title == before
    site = site_of(with_current_ids(town), {})
    assert with_written_names(body, site).startswith(TEMPLATES["Proposition de lieu"].strip())


def test_the_category_of_notices_has_its_page_in_every_corpus(tmp_path: Path) -> None:
    town = corpus(tmp_path, {})
    assert "ne publie plus" in render(town, default_titles(town))["categorie/retirees"].body
    town = replace(town, config=replace(town.config, prefixe_categories="Loos "))
    assert default_titles(town)["categorie/retirees"] == "Catégorie:Loos Fiches retirées"


def test_the_tracking_category_of_a_template_stays_off_the_pages_that_use_it(
    tmp_path: Path,
) -> None:
    town = corpus(tmp_path, {"pages/modeles/Mien.wiki": "bonjour\n"})
    assert render(town, {})["modele/Mien"].body == (
        "bonjour<noinclude>\n[[Catégorie:Modèles de fiches]]\n"
        "[[Catégorie:Fiches loosbot|&#101;ssai:&#109;odele/&#77;ien]]\n</noinclude>"
    )
