"""A link inside a sentence: in the file, on the page and back, and its words elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from test_every_value import everything, leaves, others, put, shown  # noqa: F401 - fixture

from loosbot.corpus import schema
from loosbot.corpus.inlinelinks import InlineLink, pieces, without_links
from loosbot.corpus.model import RECORD_TYPES, Corpus, KeyPath
from loosbot.decode.frame import read_page
from loosbot.fields.linked import read_linked, write_linked
from loosbot.fields.parameters import FICHES
from loosbot.render.pages import names_of
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable, Verbatim

NAMES = Names(
    titles={"projet/skatepark": "Skate park", "index/sources": "Sources"},
    labels={
        "projet/skatepark": "Skate park",
        "source/referentiel": "Le référentiel",
        "acteur/sans-page": "Sans page",
    },
    rows={"source/referentiel": "index/sources"},
)

NO_LINK = (
    "Rien.",
    "Il a dit [sic] oui.",
    "voir [1] (p. 3)",
    "voir [1](p. 3)",
    "[1](3)",
    "[un site](https://example.org/a)",
    "[x](mailto:a@example.org)",
    "[x](javascript:alert(1))",
    "[](projet/skatepark)",
    "[a [b] c](projet/skatepark c)",
    "![une image](photo.png)",
    "**gras** et `code`, [x][y] et <b>",
    "tableau[0](i)",
    "[x](#ancre)",
    "[x] (projet/skatepark)",
)


@pytest.mark.parametrize("text", NO_LINK)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert without_links(text) == text
    for context in (Context.LIST_ITEM, Context.PARAM, Context.CELL):
        assert write_linked(text, context, NAMES) == encode(text, context)
    assert read_linked(encode(text, Context.LIST_ITEM), NAMES) == text


@pytest.mark.parametrize(
    ("text", "words", "target"),
    [
        ("[le skate park](projet/skatepark)", "le skate park", "projet/skatepark"),
        ("[l’aire](projet/skatepark#Résultats)", "l’aire", "projet/skatepark#Résultats"),
        ("[l’aire](../projet/skatepark.yaml)", "l’aire", "../projet/skatepark.yaml"),
        ("[d’autres](../projets/skatepark.yaml)", "d’autres", "../projets/skatepark.yaml"),
        ("[la méthode](page/methode)", "la méthode", "page/methode"),
        ("[**gras**](projet/skatepark)", "**gras**", "projet/skatepark"),
    ],
)
def test_a_link_is_words_and_where_they_lead(text: str, words: str, target: str) -> None:
    assert list(pieces(f"Voir {text}.")) == ["Voir ", InlineLink(words, target), "."]
    assert without_links(f"Voir {text}.") == f"Voir {words}."


@pytest.mark.parametrize(
    ("text", "wikitext"),
    [
        ("[le skate park](projet/skatepark)", "[[Skate park|le skate park]]"),
        ("[Skate park](projet/skatepark)", "[[Skate park]]"),
        ("Du [skate park](projet/skatepark).", "Du [[Skate park|skate park]]."),
        ("d’[ici](projet/skatepark#Résultats)", "d’[[Skate park#Résultats|ici]]"),
        ("[la p. 3](source/referentiel)", "[[Sources#source-referentiel|la p. 3]]"),
        (
            "[a](projet/skatepark) [b](projet/skatepark)",
            "[[Skate park|a]] [[Skate park|b]]",
        ),
        ("[sic] [a](projet/skatepark)[1]", "[sic] [[Skate park|a]][1]"),
        ("[[a](projet/skatepark)]", "&#91;[[Skate park|a]]]"),
        ("[a|b}} ''c''](projet/skatepark)", "[[Skate park|a&#124;b&#125;} '&#39;c'&#39;]]"),
        ("* [a](projet/skatepark)", "* [[Skate park|a]]"),
        ("[a](projet/inconnu)", "[a](projet/inconnu)"),
    ],
)
def test_the_page_has_a_link_and_the_file_has_it_back(text: str, wikitext: str) -> None:
    assert write_linked(text, Context.LIST_ITEM, NAMES) == wikitext
    assert read_linked(wikitext, NAMES) == text


def test_of_a_record_without_a_page_the_words_stay() -> None:
    assert write_linked("[elle](acteur/sans-page)", Context.PARAM, NAMES) == "elle"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("[[skate park]]", "[skate park](projet/skatepark)"),
        ("[[Skate_park|là]]", "[là](projet/skatepark)"),
        ("[[:Skate park|là]]", "[là](projet/skatepark)"),
        ("[[skate park]]s", "[skate park](projet/skatepark)s"),
        ("[[Skate park#Ce_que|là]]", "[là](projet/skatepark#Ce_que)"),
    ],
)
def test_a_link_is_read_as_people_type_it(typed: str, text: str) -> None:
    assert read_linked(typed, NAMES) == text


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("[[Une autre page]]", "n’est pas une fiche"),
        ("[[Catégorie:Projets]]", "n’est pas une fiche"),
        ("[[Utilisateur:Camille|Camille]] ([[Discussion utilisateur:Camille|x]])", "une signature"),
        ("[[Spécial:Contributions/192.0.2.7|192.0.2.7]]", "une signature"),
        ("[[Utilisateurs du parc]]", "n’est pas une fiche"),
        ("[[Skate park|''là'']]", "mise en forme"),
        ("[[Skate park|[là]]]", "crochets"),
        ("[[Skate park|là<br>bas]]", "crochets ou plusieurs lignes"),
        ("[là](projet/skatepark)", "écrire un lien"),
        ("'''[[Skate park|là]]'''", "mise en forme"),
    ],
)
def test_what_the_file_cannot_hold_is_said(typed: str, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        read_linked(typed, NAMES)


LINKED = "Voir [{}](lieu/deux) ici"
READ_AS_A_WHOLE = {
    ("chiffres", "comptage"),
    ("chiffres", "note"),
    ("realisation", "couts", "comptage"),
    ("realisation", "couts", "note"),
}
"""Shown among other words of their line or cell: compared, and never taken apart."""
NEVER_SHOWN = ("consentement",)


def keys(path: KeyPath) -> tuple[str, ...]:
    return tuple(str(key) for key in path if not isinstance(key, int))


def linked(kind: str) -> Iterator[KeyPath]:
    return (path for path, shape in leaves(schema.shape(kind)) if shape.linked)


def test_the_schemas_name_the_sentences() -> None:
    paths = {keys(path) for kind in RECORD_TYPES for path in linked(kind)}
    expected = {"resultats", "questions", "frottements", "enseignements", "notes"}
    assert expected <= {path[0] for path in paths}
    assert {
        ("deroule", "texte"),
        ("deroule", "titre"),
        ("reperes", "texte"),
        ("decisions", "suite"),
        ("engagements", "quoi"),
        ("realisation", "apports", "quoi"),
        ("suivi", "visites", "constat"),
        ("effets", "note"),
        ("demande", "besoin"),
        ("referents", "role"),
        ("mandats", "fonction"),
    } <= paths
    assert not {("titre",), ("variantes",), ("texte",), ("resume",)} & paths


@pytest.mark.slow
@pytest.mark.parametrize("kind", FICHES)
def test_each_sentence_shows_its_link_and_reads_it_again(
    kind: str,
    others: Corpus,  # noqa: F811 - the fixture
) -> None:
    record = everything(kind)
    paths = [path for path in linked(kind) if not set(keys(path)) & set(NEVER_SHOWN)]
    # a sentence that may also be a group with a sentence in it
    short = {longer[:end] for longer in paths for end in range(1, len(longer))}
    for is_short in (True, False):
        together = [path for path in paths if (path in short) is is_short]
        data, words = dict(record.data), {}
        for number, path in enumerate(together):
            words[path] = f"les mots {number}"
            data = put(data, path, LINKED.format(words[path]))
        changed = replace(record, data=data)
        page = shown(others, changed).partition("\n")[2]
        names = names_of(replace(others, records={changed.id: changed, **others.records}), {})
        values = list(values_of(page, changed.id, names))
        for path, own in words.items():
            assert f"Voir {names.link('lieu/deux', own)} ici" in page, path
            whole = keys(path) in READ_AS_A_WHOLE
            assert (LINKED.format(own) in values) is not whole, path


def values_of(page: str, id_: str, names: Names) -> Iterator[Any]:
    """Every text that the pieces of a page say which hold the words of the link."""
    for slot in read_page(id_, page, names).slots.values():
        for text in slot.texts if slot.decode else ():
            assert slot.decode
            if "les mots" in text:  # the others take a quarter of the time, and cannot say it
                yield from texts_in(slot.decode(text, names))


def texts_in(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif not isinstance(value, Verbatim):
        yield value
