"""The JSON Schemas, compiled once: a validator and a ``Shape`` for each.

A ``Shape`` is the merged view of a schema (``$ref``, ``allOf`` and ``if/then/else`` resolved), so
that links, hints and labels can walk a record together with what its values mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cache
from typing import Any

import jsonschema_rs

from loosbot import resources
from loosbot.corpus import additions, addresses, dates
from loosbot.corpus.additions import BASE, per_town
from loosbot.corpus.model import RECORD_TYPES
from loosbot.frozen import dataclass

_STATE = f"{BASE}commun.json#/$defs/etat"
_OTHERS = ("page", "index", "configuration", "versions")
_WAYS = ("links", "source", "markdown", "linked")
"""What a shape says of a text that may lead to a record."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a vocabulary: ``value`` in YAML, ``title`` for readers, and what it means.

    ``wider`` is the value that takes it in (``skos:broader``), "" for none; ``section`` tells where
    the town's reference document defines it: ``5.1.1``, or nothing.
    """

    value: str
    title: str
    description: str = ""
    wider: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at one place of a record, and what it means.

    ``types`` are JSON type names, empty for any. ``state``: whether ``inconnu`` and ``sans-objet``
    are accepted. ``links`` are the record types that a string may name, ``free`` that it may be
    free text too. ``linked``: whether sentences may hold links to records
    (:mod:`loosbot.corpus.inlinelinks`), ``leads`` that the value or one inside it may lead to one.
    ``leading`` are those of ``properties`` that do. ``others`` is the shape of keys that have no
    name of their own (None: refused, unless ``open``).
    """

    title: str = ""
    description: str = ""
    types: frozenset[str] = frozenset()
    properties: Mapping[str, Shape] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    items: Shape | None = None
    others: Shape | None = None
    open: bool = False
    links: tuple[str, ...] = ()
    free: bool = False
    source: bool = False
    markdown: bool = False
    linked: bool = False
    leads: bool = False
    leading: Mapping[str, Shape] = field(default_factory=dict)
    date: bool = False
    url: bool = False
    state: bool = False
    vocabulary: str = ""
    words: tuple[Word, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def child(self, key: str | int) -> Shape | None:
        """The shape of one value inside this one: an index for an item, else a key. None where the
        schema knows nothing there."""
        return self.items if isinstance(key, int) else self.properties.get(key, self.others)

    def at(self, path: Iterable[str | int]) -> Shape:
        """The shape of what stands at ``path``; an empty one where the schema says nothing."""
        shape: Shape | None = self
        for key in path:
            if shape is None:
                break
            shape = shape.child(key)
        return shape or _ANYTHING


_ANYTHING = Shape()


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema, ready for use."""

    name: str
    shape: Shape
    validator: jsonschema_rs.Draft202012Validator


@per_town
def documents() -> Mapping[str, Any]:
    """Every schema and vocabulary by its address, with what the town adds."""
    return additions.merged(packaged(), additions.current())


@cache
def packaged() -> Mapping[str, Any]:
    """Those that come with the tool.

    In its file the ``$id`` of each is relative: an editor takes what a schema refers to from the
    folder where it found it, and would look for a whole address on the network.
    """
    documents = {}
    for path in sorted(resources.schemas().rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        address = f"{BASE}{document['$id']}"
        documents[address] = {**document, "$id": address}
    return documents


@per_town
def load(name: str) -> Schema:
    """The schema of a record type, of ``page``, ``index`` or ``configuration``."""
    document = documents()[f"{BASE}{name}.json"]
    validator = jsonschema_rs.Draft202012Validator(
        document,
        registry=_registry(),
        formats={"date-souple": dates.is_date, "adresse-web": addresses.is_web_address},
        validate_formats=True,
    )
    return Schema(name, shape(name), validator)


@per_town
def shape(name: str) -> Shape:
    """The shape of a record type, of ``page``, ``index`` or ``configuration``."""
    address = f"{BASE}{name}.json"
    return _shape(documents()[address], address)


@per_town
def plain_keys(name: str) -> frozenset[str]:
    """The fields of a record type that hold one word, text or number, never a list or an object."""
    return frozenset(
        key
        for key, inner in shape(name).properties.items()
        if inner.types and inner.types.isdisjoint(("object", "array"))
    )


@per_town
def key_names() -> frozenset[str]:
    """Every key that a record, or a group within it, may have."""
    keys: set[str] = set()
    shapes = [shape(name) for name in RECORD_TYPES]
    while shapes:
        inner = shapes.pop()
        keys.update(inner.properties)
        shapes += [*inner.properties.values(), *([inner.items] if inner.items else [])]
    return frozenset(keys)


def names() -> tuple[str, ...]:
    """Names of the schemas that describe a whole file."""
    return (*RECORD_TYPES, *_OTHERS)


@per_town
def _registry() -> jsonschema_rs.Registry:
    return jsonschema_rs.Registry(
        [(address, _flat(document)) for address, document in documents().items()]
    )


def _flat(document: Any) -> Any:
    """A vocabulary as a plain list of words.

    It accepts the same values, and an error no longer holds one more error for each word: a file
    of 45,000 words outside a vocabulary took half a minute.
    """
    if "oneOf" not in document:
        return document
    rest = {key: value for key, value in document.items() if key != "oneOf"}
    return {**rest, "enum": [word["const"] for word in document["oneOf"]]}


def _shape(node: Any, base: str) -> Shape:
    facts: dict[str, Any] = {}
    _gather(node, base, facts)
    leading = {key: child for key, child in facts.get("properties", {}).items() if child.leads}
    inside = (facts.get("items"), facts.get("others"))
    leads = (
        bool(leading)
        or any(facts.get(way) for way in _WAYS)
        or any(child and child.leads for child in inside)
    )
    return Shape(**facts, leads=leads, leading=leading)


def _gather(node: Any, base: str, facts: dict[str, Any]) -> None:
    """Add to ``facts`` (fields of a Shape) what ``node`` says; what it says itself wins."""
    if not isinstance(node, dict):
        return
    if "$ref" in node:
        _follow(node["$ref"], base, facts)
    for part in (*node.get("allOf", ()), node.get("then"), node.get("else")):
        _gather(part, base, facts)
    condition = node.get("if")
    if isinstance(condition, dict) and _absolute(condition.get("$ref", ""), base) == _STATE:
        facts["state"] = True
    for key in ("title", "description", "pattern", "minimum", "maximum"):
        if key in node:
            facts[key] = node[key]
    if "type" in node:
        named = node["type"] if isinstance(node["type"], list) else [node["type"]]
        facts["types"] = facts.get("types", frozenset()) | frozenset(named)
    _gather_children(node, base, facts)
    _gather_meaning(node, base, facts)


def _gather_children(node: Mapping[str, Any], base: str, facts: dict[str, Any]) -> None:
    if "properties" in node:
        children = {key: _shape(child, base) for key, child in node["properties"].items()}
        facts["properties"] = {**facts.get("properties", {}), **children}
    if "required" in node:
        facts["required"] = (*facts.get("required", ()), *node["required"])
    if "items" in node:
        facts["items"] = _shape(node["items"], base)
    others = node.get("additionalProperties")
    if others is True:
        facts["open"] = True
    elif isinstance(others, dict):
        facts["others"] = _shape(others, base)


def words(vocabulary: Mapping[str, Any]) -> tuple[Word, ...]:
    """The words of a vocabulary, in its order."""
    more = ("description", "x-plus-large", "x-section")
    return tuple(
        Word(word["const"], word["title"], *(str(word.get(key, "")) for key in more))
        for word in vocabulary["oneOf"]
    )


def _gather_meaning(node: Mapping[str, Any], base: str, facts: dict[str, Any]) -> None:
    if "x-lien" in node:
        facts["links"] = tuple(node["x-lien"])
    if "oneOf" in node:
        facts["vocabulary"] = base.removeprefix(BASE).removesuffix(".json").split("/")[-1]
        facts["words"] = words(node)
    elif "enum" in node:
        facts["words"] = tuple(Word(value, value) for value in node["enum"])
    for fact, meaning in (
        ("free", node.get("x-libre") is True),
        ("source", node.get("x-source") is True),
        ("markdown", node.get("x-format") == "markdown"),
        ("linked", node.get("x-format") == "liens"),
        ("date", node.get("format") == "date-souple"),
        ("url", node.get("format") == "adresse-web"),
    ):
        if meaning:
            facts[fact] = True


def _follow(reference: str, base: str, facts: dict[str, Any]) -> None:
    address = _absolute(reference, base)
    if facts:
        _gather(*_referred(address), facts)
    else:
        facts |= _facts_at(address)


@per_town
def _facts_at(address: str) -> Mapping[str, Any]:
    """The facts of a node, cached: dozens of places of each schema refer to the same few."""
    facts: dict[str, Any] = {}
    _gather(*_referred(address), facts)
    return facts


def _referred(address: str) -> tuple[Any, str]:
    """What an address leads to, and the document that it stands in."""
    document, _, pointer = address.partition("#")
    node = documents()[document]
    for key in pointer.split("/")[1:]:
        node = node[key]
    return node, document


def _absolute(reference: str, base: str) -> str:
    """References are to a file of the schemas' folder, or to a place of the same file."""
    if not reference or reference.startswith("#"):
        return base + reference
    return BASE + reference.removeprefix("../")
