"""The schemas themselves: readable by staff, and the shapes that are made from them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from loosbot.corpus import schema
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.wording import folded, without_accents

_OWN_WORDS = ("title", "description")


def _properties(node: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        named = node.get("properties")
        if isinstance(named, dict):
            for key, value in named.items():
                yield f"{path}/{key}", value
        for key, value in node.items():
            yield from _properties(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _properties(value, f"{path}/{index}")


@pytest.mark.parametrize("address", sorted(schema.documents()))
def test_every_property_has_a_french_title_and_description(address: str) -> None:
    document = schema.documents()[address]
    assert document["title"]
    assert document["description"]
    lacking = [
        path
        for path, value in _properties(document, "")
        if not value.get("title") or not value.get("description")
    ]
    assert lacking == []


_FORMS = ("", "s", "e", "es")


def _described(shape: schema.Shape, path: str) -> Iterator[tuple[str, str, schema.Shape]]:
    """Every field with words of a vocabulary: where it is, what explains it, its words."""
    worded = shape if shape.words or not shape.items else shape.items
    if worded.words:
        yield path, shape.description, worded
    for key, child in shape.properties.items():
        yield from _described(child, f"{path}/{key}")
    if shape.items:
        yield from _described(shape.items, f"{path}/…")


@pytest.mark.parametrize("name", schema.names())
def test_an_explanation_names_no_word_otherwise_than_it_is_written(name: str) -> None:
    """Who reads « tenue, en retard… » writes that, and is refused: the word is ``tenu``."""
    otherwise = []
    for path, description, shape in _described(schema.shape(name), name):
        quoted = re.findall(r"« ([^»]+) »", description)
        plain = f" {without_accents(re.sub('« [^»]+ »', '', description))} "
        values = {word.value for word in shape.words}
        for word in shape.words:
            form = without_accents(word.title)
            # a word that is written as it is said may be said: « consultation »
            if word.value != word.title.casefold() and any(
                re.search(rf"[(:,] ?{re.escape(form + end)}(?=[ ,.;…)])", plain) for end in _FORMS
            ):
                otherwise.append((path, word.title))
            otherwise += [
                (path, said)
                for said in quoted
                if said not in values and folded(said) in (folded(word.value), folded(word.title))
            ]
    assert otherwise == []


def test_a_form_that_several_fields_share_has_a_name() -> None:
    """It stands once, in ``commun.json``; each field keeps its own title and description."""
    fields: dict[str, list[str]] = {}
    for address, document in schema.documents().items():
        for path, value in _properties(document, address.rsplit("/", 1)[-1]):
            form = {key: fact for key, fact in value.items() if key not in _OWN_WORDS}
            fields.setdefault(json.dumps(form, indent=2, sort_keys=True), []).append(path)
    longest = {form: form.count("\n") + 1 for form in fields}
    repeated = [paths for form, paths in fields.items() if len(paths) > 2 and longest[form] > 8]
    assert repeated == []


@pytest.mark.parametrize("address", sorted(schema.documents()))
def test_every_schema_is_valid_json_schema(address: str) -> None:
    assert jsonschema_rs.meta.is_valid(schema.documents()[address])


def test_every_word_of_a_vocabulary_has_a_title_and_a_description() -> None:
    for address, document in schema.documents().items():
        for word in document.get("oneOf", ()):
            assert word["title"], address
            assert word["description"], address


def test_every_wider_word_is_in_the_same_vocabulary() -> None:
    for document in schema.documents().values():
        words = {word["const"] for word in document.get("oneOf", ())}
        wider = {
            word["x-plus-large"] for word in document.get("oneOf", ()) if "x-plus-large" in word
        }
        assert wider <= words


@pytest.mark.parametrize("name", schema.names())
def test_every_schema_compiles(name: str) -> None:
    assert schema.load(name).shape.properties


@pytest.mark.parametrize("name", RECORD_TYPES)
def test_a_type_accepts_only_its_own_name(name: str) -> None:
    validator = schema.load(name).validator
    wrong = [error.instance_path for error in validator.iter_errors({"type": "autre"})]
    assert ["type"] in wrong


def test_a_shape_tells_what_a_value_means() -> None:
    device = schema.shape("fifty-fifty")
    assert device.at(("annee",)).date
    assert device.at(("annee",)).state
    assert device.at(("lieu",)).links == ("lieu",)
    assert not device.at(("lieu",)).free
    who = device.at(("convention", "engagements", 3, "qui", 0))
    assert who.links == ("acteur",)
    assert who.free
    assert device.at(("sources", 0)).source
    assert device.at(("niveau",)).vocabulary == "niveau"
    assert device.at(("niveau", "valeur")).words[0].title == "Information"
    assert device.at(("resume",)).markdown
    assert device.at(("resume",)).title == "Résumé"
    assert device.at(("rien", "du", "tout")) == schema.Shape()


def test_every_type_may_be_listed_and_linked() -> None:
    defined = schema.documents()["https://loosbot.invalid/schemas/commun.json"]["$defs"]
    assert tuple(defined["typeDeFiche"]["enum"]) == RECORD_TYPES
    assert tuple(defined["liens"]["items"]["x-lien"]) == RECORD_TYPES


def test_vs_code_knows_the_schema_of_every_type() -> None:
    root = Path(__file__).parents[2]
    settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    mapped = settings["yaml.schemas"]
    assert {f"./schemas/{name}.json" for name in RECORD_TYPES} < set(mapped)
    for path, files in mapped.items():
        assert (root / path).is_file()
        assert list(root.glob(files)), files


def test_pre_commit_is_given_the_command() -> None:
    [hook] = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    assert hook["id"] == "loosbot-check"
    assert hook["entry"].split() == ["loosbot", "check"]
    assert hook["pass_filenames"] is False


@pytest.mark.slow
def test_the_shell_completes_the_commands() -> None:
    """As the guide says it; click writes the script, and answers what it asks."""
    asked = {"_LOOSBOT_COMPLETE": "bash_complete", "COMP_WORDS": "loosbot ch", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "loosbot"], env=os.environ | asked, capture_output=True, text=True
    )
    assert done.stdout.split() == ["plain,check", "plain,champs"]
