"""The dictionary of fields: whole, in French, in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus import schema
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.schema import Shape
from loosbot.corpus.yaml.reader import shipped
from loosbot.fields import dictionary as fields
from loosbot.fields.dictionary import dictionary, find


def described(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The dotted path of every key of a schema."""
    for key, child in shape.properties.items():
        if (*path, key) == ("type",):
            continue
        yield ".".join((*path, key))
        yield from described(child, (*path, key))
        if child.items is not None:
            yield from described(child.items, (*path, key))


@pytest.mark.parametrize("name", schema.names())
def test_every_key_of_a_schema_is_in_it(name: str) -> None:
    listed = [field.name for field in fields.walk(dictionary(name))]
    assert sorted(listed) == sorted(described(schema.shape(name)))


@pytest.mark.parametrize("name", schema.names())
def test_every_field_has_a_title_and_a_help(name: str) -> None:
    assert fields.title(name)
    assert fields.about(name)
    silent = [
        field.name for field in fields.walk(dictionary(name)) if not (field.title and field.help)
    ]
    assert silent == []


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_a_field_says_all_that_a_form_must_know(name: str) -> None:
    for field in fields.walk(dictionary(name)):
        assert bool(field.fields) == (field.kind in ("group", "items")), field.name
        assert bool(field.words) == (field.kind in ("choice", "choices", "flag")), field.name
        assert bool(field.targets) == (
            field.kind in ("link", "links", "reference", "references")
        ), field.name
        assert not field.short or field.field(field.short), field.name
        assert not field.simple.fields or not field.short, field.name


@pytest.mark.parametrize(
    ("type_name", "name", "kind", "short", "simple"),
    [
        ("recit", "titre", "line", "", "line"),
        ("recit", "resume", "text", "", "text"),
        ("recit", "occasion", "plain", "", "plain"),
        ("recit", "annee", "group", "valeur", "date"),
        ("recit", "prononce", "group", "valeur", "flag"),
        ("recit", "lieu", "group", "valeur", "links"),
        ("recit", "themes", "choices", "", "choices"),
        ("recit", "effets", "items", "valeur", "choices"),
        ("recit", "frottements", "items", "texte", "lines"),
        ("recit", "voix", "items", "", "items"),
        ("recit", "voix.qui", "links", "", "links"),
        ("recit", "voix.consentement", "group", "", "group"),
        ("recit", "voix.consentement.section", "reference", "", "reference"),
        ("recit", "sources", "references", "", "references"),
        ("recit", "video", "address", "", "address"),
        ("recit", "documents.fichier", "file", "", "file"),
        ("acteur", "variantes", "lines", "", "lines"),
        ("lieu", "coordonnees.latitude", "number", "", "number"),
        ("fifty-fifty", "realisation.participants", "group", "valeur", "number"),
        ("fifty-fifty", "convention.engagements.preuve", "link", "", "link"),
    ],
)
def test_the_kind_of_a_field(type_name: str, name: str, kind: str, short: str, simple: str) -> None:
    field = find(type_name, name)
    assert field is not None
    assert (field.kind, field.short, field.simple.kind) == (kind, short, simple)
    assert (field.simple.name, field.simple.title) == (name, field.title)


def test_what_a_value_may_be() -> None:
    role = find("recit", "voix.role")
    assert role is not None
    assert role.required
    assert role.vocabulary == "role"
    assert [word.value for word in role.words[:2]] == ["habitant", "agent"]
    assert all(word.title and word.description for word in role.words)
    who = find("recit", "voix.qui")
    assert who is not None
    assert (who.targets, who.free, who.alone) == (("acteur",), True, True)
    place = find("recit", "lieu.valeur")
    assert place is not None
    assert (place.targets, place.free) == (("lieu",), False)
    latitude = find("lieu", "coordonnees.latitude")
    assert latitude is not None
    assert (latitude.minimum, latitude.maximum, latitude.whole) == (-90, 90, False)
    year = find("projet", "annee")
    assert year is not None
    assert year.states == ("inconnu", "sans-objet")
    assert find("projet", "rien.du.tout") is None


def test_the_wiki_does_not_show_what_unshown_names() -> None:
    hidden = [field.name for field in fields.walk(dictionary("recit")) if not field.shown]
    assert "voix.consentement" in hidden
    assert "voix.consentement.etat" in hidden
    assert "voix.texte" not in hidden


def test_the_order_is_that_of_the_page() -> None:
    record = dictionary("recit")
    assert [field.key for field in record][:3] == ["titre", "resume", "annee"]
    assert [field.key for field in record][-3:] == ["notes", "relectures", "anciens_ids"]
    headings = list(dict.fromkeys(field.heading for field in record))
    assert headings[:4] == ["", "Les voix", "Autour du récit", "Effets"]
    voice = find("recit", "voix")
    assert voice is not None
    assert [field.key for field in voice.fields] == [
        "qui",
        "role",
        "accord",
        "nature",
        "consentement",
        "date",
        "de",
        "a",
        "texte",
        "repond_a",
        "themes",
        "effets",
        "frottements",
        "sources",
    ]
    project = [field.key for field in dictionary("projet")]
    stages = ["demande", "diagnostic", "convention", "realisation", "suivi", "evaluation", "arret"]
    assert project[project.index("demande") : project.index("demande") + 7] == stages


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_the_example_of_a_type_has_no_finding(name: str, tmp_path: Path) -> None:
    path = f"narratives/{name}/exemple.yaml"
    read = reading(tmp_path, {path: fields.example(name)})
    assert read.findings == ()
    assert read.corpus is not None
    assert read.corpus.records[f"{name}/exemple"].data == shipped(f"exemples/{name}.yaml")


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_the_example_has_what_the_type_requires_and_more(name: str) -> None:
    known = shipped(f"exemples/{name}.yaml")
    required = {field.key for field in dictionary(name) if field.required}
    assert required < set(known)
    assert known["type"] == name


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_the_example_names_no_inhabitant(name: str) -> None:
    """It stands on the wiki of every town, where somebody of that name may withdraw."""
    text = fields.example(name)
    assert not re.findall(r"[A-ZÉ][a-zà-ÿ]+ [A-Z]\.(?!\w)", text)
