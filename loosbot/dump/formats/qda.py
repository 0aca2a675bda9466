"""``qda/recits.qdpx``: the récits coded, as REFI-QDA 1.0 has them (https://www.qdasoftware.org).

Codes are kinds of voices, themes, effects and frictions, never persons; a project is a case. Beyond
the schema, importers want: an ``origin``, texts in ``sources/`` without byte order mark and with
LF, places in code points with the end excluded, unique names.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from loosbot.corpus import schema
from loosbot.corpus.values import several
from loosbot.dump.filtered import Edition, Passage, RecitText, known, stated
from loosbot.dump.tables.fields import SEPARATOR, why
from loosbot.dump.tables.normative import text_name
from loosbot.dump.tables.table import Table
from loosbot.dump.writer import member

PATH, PROJECT = "qda/recits.qdpx", "project.qde"
NAMESPACE = "urn:QDA-XML:project:1.0"
_CASE_VARIABLES = ("annee", "statut", "niveau", "taille", "themes", "lieu")
_TEXT_VARIABLES = ("annee", "occasion", "themes", "projet", "lieu", "plume", "repond_a")
"""Links among them: an importer may drop what ties a text to its case, and keeps variables."""
_NOTHINGS = {"inconnu": "(inconnu)", "masque": "(masqué)", "sans-objet": "(sans objet)"}
"""How a value says which of the nothings it is; where a record says nothing there is no value."""


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """One archive, its members stored so that its bytes are the same everywhere."""
    ids = _Ids(edition)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(member(PROJECT), project(edition, ids))
        for story in edition.stories:
            name = f"sources/{ids.of('texte', story.record)}.txt"
            archive.writestr(member(name), story.text.encode("utf-8"))
    yield PATH, stream.getvalue()


class _Ids:
    """GUIDs that are the same in every dump of a series."""

    def __init__(self, edition: Edition) -> None:
        name = f"https://loosbot.invalid/{edition.snapshot.corpus}/{edition.kind}"
        self._town = uuid.uuid5(uuid.NAMESPACE_URL, name)
        self._known: dict[tuple[str, str], str] = {}

    def of(self, kind: str, name: str) -> str:
        known = self._known.get((kind, name))
        if known is None:
            known = str(uuid.uuid5(self._town, f"{kind}:{name}"))
            self._known[kind, name] = known
        return known


@dataclass(slots=True)
class _Codes:
    """The code book: a heading, and under it the codes by value (name, description)."""

    heading: str
    words: dict[str, tuple[str, str]] = field(default_factory=dict)

    def name(self, value: str) -> str:
        # names are unique in the whole project, or importers merge what has one name
        return f"{self.heading} : {self.words[value][0]}"


def project(edition: Edition, ids: _Ids) -> bytes:
    """``project.qde``: its children in the strict order of the schema, no empty wrapper."""
    ElementTree.register_namespace("", NAMESPACE)
    user = ids.of("auteur", "loosbot")
    snapshot = edition.snapshot
    root = Element(
        qn("Project"),
        {
            "name": f"{snapshot.commune} ({edition.kind})",
            "origin": snapshot.tool,
            "creatingUserGUID": user,
            **_creation(edition),
        },
    )
    SubElement(SubElement(root, qn("Users")), qn("User"), {"guid": user, "name": "loosbot"})
    if books := _books(edition):
        _code_book(root, books, ids)
    _variables(root, ids)
    _cases(root, edition, ids)
    if edition.stories:
        sources, words = SubElement(root, qn("Sources")), _all_words("recit", _TEXT_VARIABLES)
        for story in edition.stories:
            _source(sources, story, edition, words, ids, user)
    _describe(root, "Récits pseudonymisés, pas anonymes : voir README.md de l’export.")
    ElementTree.indent(root, " ")
    # as one text: to bytes it writes each sign by itself
    text = ElementTree.tostring(root, "unicode")
    return f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode()


def _books(edition: Edition) -> dict[str, _Codes]:
    """Only codes that some passage bears."""
    voice = schema.shape("recit").at(("voix", 0)).properties
    titles = {
        "role": {word.value: (word.title, word.description) for word in voice["role"].words},
        "theme": {w.value: (w.title, w.description) for w in voice["themes"].at((0,)).words},
        "effet": {w.value: (w.title, w.description) for w in voice["effets"].at((0,)).words},
    }
    headings = {
        "role": "Voix",
        "theme": "Thème",
        "effet": "Effet utile",
        "frottement": "Frottement",
    }
    books: dict[str, _Codes] = {}
    for passage in (passage for story in edition.stories for passage in story.passages):
        for kind, value in _coded(passage):
            book = books.setdefault(kind, _Codes(headings[kind]))
            book.words.setdefault(value, titles.get(kind, {}).get(value, (value, "")))
    return {kind: books[kind] for kind in headings if kind in books}


def _coded(passage: Passage) -> Iterator[tuple[str, str]]:
    if known(passage.role):
        yield "role", passage.role
    yield from (("theme", value) for value in passage.themes)
    yield from (("effet", value) for value in passage.effects)
    yield from (("frottement", value) for value in passage.frictions)


def _code_book(root: Element, books: Mapping[str, _Codes], ids: _Ids) -> None:
    codes = SubElement(SubElement(root, qn("CodeBook")), qn("Codes"))
    for kind, book in books.items():
        guid = ids.of("rubrique", kind)
        heading = {"guid": guid, "name": book.heading, "isCodable": "false"}
        parent = SubElement(codes, qn("Code"), heading)
        for value, (_, description) in sorted(book.words.items()):
            code = SubElement(
                parent,
                qn("Code"),
                {"guid": ids.of(kind, value), "name": book.name(value), "isCodable": "true"},
            )
            _describe(code, description)


def _variables(root: Element, ids: _Ids) -> None:
    variables = SubElement(root, qn("Variables"))
    shapes = {"projet": _CASE_VARIABLES, "recit": _TEXT_VARIABLES}
    for type_, keys in shapes.items():
        for key in keys:
            shape = schema.shape("fifty-fifty" if type_ == "projet" else type_).properties[key]
            attributes = {
                "guid": ids.of("variable", f"{type_}.{key}"),
                "name": f"{type_}_{key}",
                "typeOfVariable": "Text",
            }
            _describe(SubElement(variables, qn("Variable"), attributes), shape.description)


def _cases(root: Element, edition: Edition, ids: _Ids) -> None:
    projects = [*edition.of_type("projet"), *edition.of_type("fifty-fifty")]
    if not projects:
        return
    by_project: dict[str, list[str]] = {}
    for story in edition.stories:
        # a project's own voices are about itself
        about = stated(edition.records[story.record].data.get("projet", story.record))
        for id_ in several(about):
            by_project.setdefault(str(id_), []).append(story.record)
    cases, words = SubElement(root, qn("Cases")), _all_words("projet", _CASE_VARIABLES)
    for project in projects:
        case = SubElement(
            cases, qn("Case"), {"guid": ids.of("cas", project.id), "name": project.id}
        )
        _describe(case, project.title)
        _values(case, project.data, "projet", words, edition, ids)
        for record in by_project.get(project.id, ()):
            SubElement(case, qn("SourceRef"), {"targetGUID": ids.of("texte", record)})


def _values(
    parent: Element,
    data: Mapping[str, Any],
    type_: str,
    values: Mapping[str, Mapping[str, str]],
    edition: Edition,
    ids: _Ids,
) -> None:
    for key, words in values.items():
        text = _in_words(stated(data.get(key)), words, edition)
        if text is None:
            continue
        value = SubElement(parent, qn("VariableValue"))
        target = {"targetGUID": ids.of("variable", f"{type_}.{key}")}
        SubElement(value, qn("VariableRef"), target)
        SubElement(value, qn("TextValue")).text = str(text)


def _all_words(type_: str, keys: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """The words of each of these fields, by value; none where it takes any."""
    return {key: _words(type_, key) for key in keys}


def _words(type_: str, key: str) -> Mapping[str, str]:
    shape = schema.shape("fifty-fifty" if type_ == "projet" else type_).properties[key]
    value = shape.properties.get("valeur", shape)
    items = shape.items or value.items
    terms = (items.words or items.at(("valeur",)).words) if items else value.words
    return {word.value: word.title for word in terms}


def _in_words(value: Any, words: Mapping[str, str], edition: Edition) -> str | None:
    """A value as people say it: the words of its vocabulary, the titles of what it leads to."""
    if nothing := why(value):
        return _NOTHINGS[nothing]
    texts = []
    for item in several(value):
        if (word := known(stated(item))) is not None:
            record = edition.records.get(str(word))
            texts.append(record.title if record else words.get(str(word), str(word)))
    return SEPARATOR.join(text.replace(SEPARATOR, "¦") for text in texts) or None


def _source(
    sources: Element,
    story: RecitText,
    edition: Edition,
    words: Mapping[str, Mapping[str, str]],
    ids: _Ids,
    user: str,
) -> None:
    guid = ids.of("texte", story.record)
    attributes = {
        "guid": guid,
        # a name with a slash has no file at import
        "name": text_name(story.record),
        "plainTextPath": f"internal://{guid}.txt",
        "creatingUser": user,
        **_creation(edition),
    }
    source = SubElement(sources, qn("TextSource"), attributes)
    _describe(source, story.title)
    for passage in story.passages:
        selection = SubElement(
            source,
            qn("PlainTextSelection"),
            {
                "guid": ids.of("passage", passage.id),
                "name": f"voix {passage.rank}",
                "startPosition": str(passage.start),
                "endPosition": str(passage.end),
                "creatingUser": user,
            },
        )
        for kind, value in _coded(passage):
            coding = {
                "guid": ids.of("codage", f"{passage.id}:{kind}:{value}"),
                "creatingUser": user,
            }
            element = SubElement(selection, qn("Coding"), coding)
            SubElement(element, qn("CodeRef"), {"targetGUID": ids.of(kind, value)})
    record = edition.records[story.record]
    # the voices of a project are about itself
    about = {"projet": record.id} if record.type in ("projet", "fifty-fifty") else {}
    _values(source, {**about, **record.data}, "recit", words, edition, ids)


def _describe(element: Element, text: str) -> None:
    if text:
        SubElement(element, qn("Description")).text = text


def _creation(edition: Edition) -> dict[str, str]:
    date = edition.snapshot.date
    return {"creationDateTime": f"{date}T00:00:00Z"} if date else {}


def qn(name: str) -> str:
    """The tag of an element of the project, as ElementTree writes it."""
    return f"{{{NAMESPACE}}}{name}"
