"""Every value that the schemas allow goes into a template parameter and comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot import resources
from loosbot.canonical import canonical
from loosbot.corpus.dates import is_date
from loosbot.corpus.decoding import FORBIDDEN
from loosbot.fields import parameters as tables
from loosbot.fields.parameters import Field
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

NAMES = Names(
    titles={
        "acteur/afr": "Association foncière",
        "acteur/piege": "L’« ''AFR'' » & Cie; suite, fin",
        "lieu/chemins": "Chemins ruraux",
        "projet/p": "Projet P",
        "recit/r": "Récit R",
        "index/sources": "Toutes les sources",
    },
    labels={
        "acteur/afr": "Association foncière",
        "acteur/piege": "L’« ''AFR'' » & Cie; suite, fin",
        "lieu/chemins": "Chemins ruraux",
        "projet/p": "Autre nom ]] du projet",
        "recit/r": "Récit R",
        "source/referentiel": "Le référentiel | 2019",
    },
    rows={"source/referentiel": "index/sources"},
)
IDS = (*NAMES.labels, "acteur/inconnu-au-bataillon")
TRAPS = (
    "inconnu", "sans-objet", "sans objet", "Inconnu", "a; b", "a ; b, c", ";", "&nbsp;x;", "25",
    "25 000", "12,5", "{{Statut|estimé}}", "x {{Source|a}}", "<!-- fait -->", "<!-- liste -->",
    "[[Chemins ruraux]]", "juin 2018", "http://a.org/?b;c|d", "<nowiki>;</nowiki>", "* a", " a ",
    "a\nb\n\nc", "~~~~", "|}", "}}", "{", "&#59;", "de 1995 à 2000", "Chemins ruraux",
    "9" * 5000, "1 000" * 1000, "1e999", "1,5e-9999", "²", "٣", "-0", "0" * 400,
)  # fmt: skip
DATES = (
    2018, "2018", "2018-06", "2018-06-01", "2018-06-15", "1995-2000", "depuis 2015", "vers 1989",
    "fin 2017", "années 1980", "15 juin 2018", "1er juin 2018", "juin 2018", "de 1995 à 2000",
    "depuis 2018-06", "du 2018-06-04 au 2018-06-15", "2018-06-04 à 2018-06-15",
    "du 4 au 15 juin 2018", "du 4 juin 2018 au 15 juin 2018", "entre 2016 et 2018", "Depuis  2015",
    "de 2009-10 à 2010-09", "d’octobre 2009 à 2010",
)  # fmt: skip


def one_line(text: str) -> bool:
    return "\n" not in text


def texts() -> st.SearchStrategy[str]:
    typed = st.text(min_size=1, max_size=30).map(canonical)
    typed = typed.filter(lambda text: bool(text) and not FORBIDDEN.search(text))
    return st.one_of(st.sampled_from(TRAPS), typed)


def values(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that a node of the schemas allows, with the traps of this module among them."""
    if "$ref" in node:
        return values(resolve(node["$ref"]))
    if "oneOf" in node:
        return st.sampled_from([word["const"] for word in node["oneOf"]])
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if "if" in node and "else" in node:
        return st.one_of(values(node["if"]), values(node["else"]))
    if "if" in node:
        rest = {key: value for key, value in node.items() if key not in ("if", "then")}
        others = [values({**rest, "type": kind}) for kind in others_of(node)]
        return st.one_of(values(node["then"]), *others)
    if node.get("format") == "date-souple":
        return st.sampled_from(DATES)
    if node.get("format") == "adresse-web":
        return st.sampled_from(["https://a.org/b?c=d&e;f", "http://a.org/é|x", "https://x.fr"])
    if node.get("x-source"):
        passage = texts().filter(one_line).map(lambda text: f" § {text.strip() or '1'}")
        names = st.sampled_from(["referentiel", "source/referentiel", "autre", "2018", "inconnu"])
        return st.builds(str.__add__, names, st.one_of(st.just(""), passage))
    if "x-lien" in node:
        ids = st.sampled_from(IDS)
        return st.one_of(ids, texts()) if node.get("x-libre") else ids
    return typed(node)


def others_of(node: dict[str, Any]) -> list[str]:
    """The types that the condition of a node leaves to the rest of it."""
    condition = node["if"].get("type", [])
    named = [condition] if isinstance(condition, str) else condition
    return [kind for kind in ("array", "object") if kind in node["type"] and kind not in named]


def typed(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    kinds = node.get("type", "string")
    by_kind: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "array": lambda: st.lists(values(node["items"]), min_size=1, max_size=3),
        "object": lambda: st.fixed_dictionaries(
            {key: values(node["properties"][key]) for key in node.get("required", ())},
            optional={
                key: values(child)
                for key, child in node["properties"].items()
                if key not in node.get("required", ())
            },
        ),
        "integer": lambda: st.integers(-(10**9), 10**9),
        "number": lambda: st.floats(-1e6, 1e6, allow_nan=False),
        "string": lambda: (
            st.sampled_from(["fr", "materiaux", "a-1"]) if "pattern" in node else texts()
        ),
    }
    return st.one_of([by_kind[kind]() for kind in ([kinds] if isinstance(kinds, str) else kinds)])


def resolve(reference: str) -> dict[str, Any]:
    file, _, pointer = reference.partition("#")
    node = schema(file or "commun.json")
    for part in pointer.strip("/").split("/") if pointer else ():
        node = node[part]
    return node


@cache  # read at each reference of each value, of some 5,000
def schema(file: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((resources.schemas() / file).read_text(encoding="utf-8"))
    return document


def node_at(node: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    for key in path:
        while "properties" not in node:
            named = node.get("$ref")
            node = resolve(named) if named else node.get("else") or node["items"]
        node = node["properties"][key]
    return node


def every_field() -> list[tuple[dict[str, Any], Field, str]]:
    listed: list[tuple[dict[str, Any], Field, str]] = []
    for record_type, fields in tables.FICHES.items():
        listed += [(schema(f"{record_type}.json"), field, record_type) for field in fields]
    for record_type, fields in tables.ROWS.items():
        listed += [(schema(f"{record_type}.json"), field, record_type) for field in fields]
    project = schema("projet.json")
    for stage in (*tables.STAGES, tables.STOP):
        inside = node_at(project, (stage.key,))
        listed += [(inside, field, stage.key) for field in stage.fields]
    agreement = node_at(project, ("convention",))
    listed += [(agreement, field, "convention") for field in tables.CLAUSES]
    listed += [
        (node_at(project, ("engagements",)), field, "engagement") for field in tables.PROMISE
    ]
    listed += [(node_at(schema("recit.json"), ("voix",)), field, "voix") for field in tables.VOICE]
    return listed


FIELDS = {f"{where}:{field.parameter}": (node, field) for node, field, where in every_field()}


@cache  # built once, a strategy knows at its second example what it may draw
def values_of(name: str) -> st.SearchStrategy[Any]:
    node, field = FIELDS[name]
    return values(node_at(node, field.path))


@pytest.mark.slow
@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_value_comes_back_from_its_parameter(name: str, data: st.DataObject) -> None:
    field = FIELDS[name][1]
    value = data.draw(values_of(name))
    wikitext = field.encode(value, NAMES)
    assert wikitext
    decoded = field.decode(wikitext, NAMES)
    assert decoded == value, wikitext
    assert type(decoded) is type(value) or isinstance(value, float)


NUMBERS = st.from_regex(
    r"[-+]?[0-9²٣]{1,40}([ ,.\u00a0][0-9]{3,40}){0,3}(e[-+]?[0-9]{1,5})?", fullmatch=True
) | st.integers(1, 6000).map("7".__mul__)


@pytest.mark.slow
@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=10, deadline=None)
@given(
    typed=st.text(max_size=40) | NUMBERS | st.lists(st.sampled_from(TRAPS), max_size=3).map("".join)
)
def test_nothing_typed_in_a_parameter_raises(name: str, typed: str) -> None:
    field = FIELDS[name][1]
    try:
        value = field.decode(typed, NAMES)
    except Undecodable:
        return
    if isinstance(value, int | float):
        assert field.decode(field.encode(value, NAMES), NAMES) == value


def field_of(record_type: str, parameter: str) -> Field:
    return next(field for field in tables.FICHES[record_type] if field.parameter == parameter)


def test_the_dates_of_this_module_are_dates() -> None:
    assert [day for day in DATES if not is_date(day)] == []


@pytest.mark.parametrize(
    ("record_type", "parameter", "typed", "expected"),
    [
        ("projet", "Statut", "en cours", "en-cours"),
        ("projet", "Statut", "Entretien erode", "entretien-erode"),
        ("projet", "Niveau", "coproduction {{Statut|Estimé}}",
         {"valeur": "coproduction", "statut": "estime"}),
        ("projet", "Lieu", "[[chemins ruraux|CHEMINS ruraux]]", "lieu/chemins"),
        ("projet", "Lieu", "[[Chemins_ruraux]]", "lieu/chemins"),
        ("projet", "Parties prenantes", "[[Association foncière]], [[Chemins ruraux]]",
         ["acteur/afr", "lieu/chemins"]),
        ("projet", "Parties prenantes", "les riverains ; [[Association foncière]] ;",
         ["les riverains", "acteur/afr"]),
        ("recit", "Occasion", "la f&ecirc;te<br />du village", "la fête\ndu village"),
        ("recit", "Date", "1er février 2019", "2019-02-01"),
        ("recit", "Date", "du 4 décembre 2015 au 5 décembre 2015", "2015-12-04 à 2015-12-05"),
        ("recit", "Date", "du 4 au 5 décembre 2015", "du 4 au 5 décembre 2015"),
        ("recit", "Langue", "Picard", "pcd"),
        ("recit", "Langue", "fr", "fr"),
        ("recit", "Langue", "wa", "wa"),
        # too long for a year or a quantity: the words of whoever typed them, for check to judge
        ("recit", "Date", "9" * 5000, "9" * 5000),
        ("projet", "Participants", "9" * 5000, "9" * 5000),
        ("projet", "Participants", "1e999", "1e999"),
        ("projet", "Participants", "²", "²"),
        ("projet", "Participants", "{{Quantité|valeur=1 200|unité=habitants}}",
         {"valeur": 1200, "unite": "habitants"}),
        ("projet", "Sources", "{{source|referentiel|passage=§ 2}} {{Source|referentiel}}",
         ["referentiel § 2", "referentiel"]),
    ],
)  # fmt: skip
def test_what_a_person_types_is_understood(
    record_type: str, parameter: str, typed: str, expected: Any
) -> None:
    assert field_of(record_type, parameter).decode(typed, NAMES) == expected


def test_a_language_is_shown_by_its_name_or_by_its_code_where_we_have_none() -> None:
    shown = field_of("recit", "Langue")
    assert [shown.encode(code, NAMES) for code in ("fr", "pcd", "wa")] == [
        "français",
        "picard",
        "wa",
    ]


@pytest.mark.parametrize(
    ("record_type", "parameter", "typed"),
    [
        ("projet", "Statut", "presque fini"),
        ("projet", "Lieu", "[[Page que personne ne connaît]]"),
        ("projet", "Lieu", "[[chemins ruraux|là où l’on passait]]"),
        ("projet", "Récurrence", "chaque '''année'''"),
        ("projet", "Récurrence", "{{Modèle inconnu}}"),
        # MediaWiki acts on these and shows nothing of them; a file would show their letters
        ("projet", "Récurrence", "chaque __NOTOC__année"),
        ("projet", "Récurrence", "__SOMMAIRE__"),
        ("projet", "Récurrence", 'au printemps<br clear="all">et en automne'),
        ("projet", "Récurrence", "chaque année</div>"),
        ("projet", "Sources", "un vieux livre"),
        ("projet", "Participants", "{{Quantité|unité=habitants}}"),
    ],
)
def test_what_yaml_cannot_hold_is_refused(record_type: str, parameter: str, typed: str) -> None:
    with pytest.raises(Undecodable):
        field_of(record_type, parameter).decode(typed, NAMES)
