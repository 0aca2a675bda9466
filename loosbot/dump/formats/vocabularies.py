"""The controlled vocabularies, whole: as code books of REFI-QDA and of Taguette, a CSV file, SKOS.

They are the town's own words, with their definitions: nobody's consent is asked for them, and they
are the same whether a voice may be shown or not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from loosbot import __version__
from loosbot.corpus import schema
from loosbot.corpus.additions import BASE
from loosbot.corpus.schema import Word
from loosbot.dump.files import json_bytes
from loosbot.dump.filtered import Edition
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.tables.table import Table

BOOK, LIST, SKOS = "qda/vocabulaires.qdc", "qda/vocabulaires.csv", "catalogue/vocabulaires.jsonld"
TAGUETTE = "qda/taguette.csv"
COLUMNS = ("vocabulaire", "valeur", "libelle", "definition", "plus_large", "section")
_NAMESPACE = "urn:QDA-XML:codebook:1.0"
_BASE = "https://loosbot.invalid/vocabulaires/"
_GUIDS = uuid.uuid5(uuid.NAMESPACE_URL, _BASE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One vocabulary; ``sections`` tells where the référentiel has each word, as far as known."""

    name: str
    title: str
    description: str
    words: tuple[Word, ...]
    sections: tuple[str, ...]


def vocabularies() -> list[Vocabulary]:
    """Every vocabulary, with the words that the town adds, by name."""
    listed = []
    start = f"{BASE}vocabulaires/"
    books = {id_: book for id_, book in schema.documents().items() if id_.startswith(start)}
    for address, book in sorted(books.items()):
        name = address.removeprefix(start).removesuffix(".json")
        values = [term for term in book.get("oneOf", ()) if "const" in term]
        words = tuple(
            Word(
                str(value["const"]), value["title"], value.get("description", ""),
                value.get("x-plus-large", ""),
            )
            for value in values
        )  # fmt: skip
        sections = tuple(str(value.get("x-section", "")) for value in values)
        title, description = book["title"], book.get("description", "")
        listed.append(Vocabulary(name, title, description, words, sections))
    return listed


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """Four files, the same in every edition."""
    every = vocabularies()
    yield BOOK, _book(every)
    yield LIST, encoded(COLUMNS, [row for vocabulary in every for row in _rows(vocabulary)])
    # Taguette 1.5.2 reads code books of its own CSV alone, by these two names of columns
    tags = [(_tag(book, word), word.description) for book in every for word in book.words]
    yield TAGUETTE, encoded(("tag", "description"), tags)
    yield SKOS, json_bytes(_skos(every))


def _rows(vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    for word, section in zip(vocabulary.words, vocabulary.sections, strict=True):
        cited = f"§ {section}" if section else ""
        yield vocabulary.name, word.value, word.title, word.description, word.wider, cited


def _book(every: Sequence[Vocabulary]) -> bytes:
    """A code book: each vocabulary is a heading. Importers merge what has one name."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = Element(f"{{{_NAMESPACE}}}CodeBook", {"origin": f"loosbot {__version__}"})
    codes = SubElement(root, f"{{{_NAMESPACE}}}Codes")
    for vocabulary in every:
        heading = _code(
            codes, vocabulary.name, vocabulary.title, vocabulary.description, codable=False
        )
        for word in vocabulary.words:
            key, name = f"{vocabulary.name}/{word.value}", _tag(vocabulary, word)
            _code(heading, key, name, word.description, codable=True)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _tag(vocabulary: Vocabulary, word: Word) -> str:
    """The name of a code, which no word of another vocabulary has."""
    return f"{vocabulary.title} : {word.title}"


def _code(parent: Element, key: str, name: str, description: str, *, codable: bool) -> Element:
    attributes = {
        "guid": str(uuid.uuid5(_GUIDS, key)),
        "name": name,
        "isCodable": "true" if codable else "false",
    }
    code = SubElement(parent, f"{{{_NAMESPACE}}}Code", attributes)
    if description:
        SubElement(code, f"{{{_NAMESPACE}}}Description").text = description
    return code


def _skos(every: Sequence[Vocabulary]) -> dict[str, Any]:
    """https://www.w3.org/TR/skos-reference/, its context in the file: nothing is fetched."""
    graph: list[dict[str, Any]] = []
    for vocabulary in every:
        scheme = f"{_BASE}{vocabulary.name}"
        graph.append(
            {
                "@id": scheme,
                "@type": "skos:ConceptScheme",
                "prefLabel": vocabulary.title,
                **({"definition": vocabulary.description} if vocabulary.description else {}),
                "hasTopConcept": [
                    _concept(vocabulary, word) for word in vocabulary.words if not word.wider
                ],
            }
        )
        for word, section in zip(vocabulary.words, vocabulary.sections, strict=True):
            concept: dict[str, Any] = {
                "@id": _concept(vocabulary, word),
                "@type": "skos:Concept",
                "inScheme": scheme,
                "notation": word.value,
                "prefLabel": word.title,
            }
            if word.description:
                concept["definition"] = word.description
            if word.wider:
                concept["broader"] = f"{scheme}/{word.wider}"
            # the other end of the same link, which some readers do not infer
            if under := [inner for inner in vocabulary.words if inner.wider == word.value]:
                concept["narrower"] = [_concept(vocabulary, inner) for inner in under]
            if section:
                concept["note"] = f"Référentiel, § {section}"
            graph.append(concept)
    links = ("inScheme", "hasTopConcept", "broader", "narrower")
    context: dict[str, Any] = {"skos": "http://www.w3.org/2004/02/skos/core#"}
    context |= {name: {"@id": f"skos:{name}", "@type": "@id"} for name in links}
    context |= {
        name: {"@id": f"skos:{name}", "@language": "fr"}
        for name in ("prefLabel", "definition", "note")
    }
    context["notation"] = "skos:notation"
    return {"@context": context, "@graph": graph}


def _concept(vocabulary: Vocabulary, word: Word) -> str:
    return f"{_BASE}{vocabulary.name}/{word.value}"
