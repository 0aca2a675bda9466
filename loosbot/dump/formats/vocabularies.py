"""The controlled vocabularies, whole: as code books of REFI-QDA and of Taguette, a CSV file, SKOS.

They are the town's own words, with their definitions: nobody's consent is asked for them, and they
are the same whether a voice may be shown or not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from loosbot.corpus import schema
from loosbot.corpus.additions import BASE
from loosbot.corpus.schema import Word
from loosbot.dump.filtered import Edition
from loosbot.dump.formats.csvfiles import encoded
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import json_bytes
from loosbot.fields.vocabulary import Vocabulary, vocabulary

BOOK, LIST, SKOS = "qda/vocabulaires.qdc", "qda/vocabulaires.csv", "catalogue/vocabulaires.jsonld"
TAGUETTE = "qda/taguette.csv"
COLUMNS = ("vocabulaire", "valeur", "libelle", "definition", "plus_large", "section")
_NAMESPACE = "urn:QDA-XML:codebook:1.0"
_BASE = "https://loosbot.invalid/vocabulaires/"
_GUIDS = uuid.uuid5(uuid.NAMESPACE_URL, _BASE)


def vocabularies() -> list[Vocabulary]:
    """Every vocabulary, with the words that the town adds, by name."""
    start = f"{BASE}vocabulaires/"
    books = sorted(address for address in schema.documents() if address.startswith(start))
    return [vocabulary(book.removeprefix(start).removesuffix(".json")) for book in books]


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """Four files, the same in every edition of one version of the tool."""
    every = vocabularies()
    yield BOOK, _book(every, edition.snapshot.tool)
    yield LIST, encoded(COLUMNS, [row for book in every for row in _rows(book)])
    # Taguette 1.5.2 reads code books of its own CSV alone, by these two names of columns
    tags = [(_tag(book, term), term.description) for book in every for term in book.terms.values()]
    yield TAGUETTE, encoded(("tag", "description"), tags)
    yield SKOS, json_bytes(_skos(every))


def _rows(book: Vocabulary) -> Iterator[tuple[str, ...]]:
    for term in book.terms.values():
        cited = f"§ {term.section}" if term.section else ""
        yield book.name, term.value, term.title, term.description, term.wider, cited


def _book(every: Sequence[Vocabulary], tool: str) -> bytes:
    """A code book: each vocabulary is a heading. Importers merge what has one name."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = Element(f"{{{_NAMESPACE}}}CodeBook", {"origin": tool})
    codes = SubElement(root, f"{{{_NAMESPACE}}}Codes")
    for book in every:
        heading = _code(codes, book.name, book.title, book.description, codable=False)
        for term in book.terms.values():
            key = f"{book.name}/{term.value}"
            _code(heading, key, _tag(book, term), term.description, codable=True)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def _tag(book: Vocabulary, term: Word) -> str:
    """The name of a code, which no word of another vocabulary has."""
    return f"{book.title} : {term.title}"


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
    for book in every:
        scheme, terms = f"{_BASE}{book.name}", book.terms.values()
        graph.append(
            {
                "@id": scheme,
                "@type": "skos:ConceptScheme",
                "prefLabel": book.title,
                **({"definition": book.description} if book.description else {}),
                "hasTopConcept": [f"{scheme}/{term.value}" for term in terms if not term.wider],
            }
        )
        for term in terms:
            concept: dict[str, Any] = {
                "@id": f"{scheme}/{term.value}",
                "@type": "skos:Concept",
                "inScheme": scheme,
                "notation": term.value,
                "prefLabel": term.title,
            }
            if term.description:
                concept["definition"] = term.description
            if term.wider:
                concept["broader"] = f"{scheme}/{term.wider}"
            # the other end of the same link, which some readers do not infer
            if under := [inner for inner in terms if inner.wider == term.value]:
                concept["narrower"] = [f"{scheme}/{inner.value}" for inner in under]
            if term.section:
                concept["note"] = f"Référentiel, § {term.section}"
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
