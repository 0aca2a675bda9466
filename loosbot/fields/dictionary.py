"""The dictionary of fields: all that a form, a spreadsheet, a page of documentation must know.

Derived from the schemas, in the order in which the page shows the fields. It holds no value, no
wikitext and no HTML: whoever shows or asks for the fields of a record walks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Literal

from loosbot import resources
from loosbot.corpus import schema
from loosbot.corpus.additions import per_town
from loosbot.corpus.schema import Shape, Word
from loosbot.fields.order import LAST, headings, in_order, order
from loosbot.fields.unshown import is_shown
from loosbot.fields.vocabulary import STATES
from loosbot.frozen import dataclass

Kind = Literal[
    "line", "plain", "text", "choice", "choices", "flag", "date", "number", "numbers", "address",
    "link", "links", "reference", "references", "lines", "file", "group", "items", "map",
]  # fmt: skip
"""What a value is: one line; some sentences without markup; Markdown; a word of a vocabulary, or a
list of them; ``oui`` or ``non``; a "date souple"; a number, or a list; a web address; the id of a
record, or a list; a passage of a source (``referentiel § 5.6.4.1``), or a list; a list of one-line
texts; the name of a joined file; a group of keys; a list of groups; names that the author chooses,
each with a text."""

MANY: frozenset[Kind] = frozenset({"choices", "numbers", "links", "references", "lines", "items"})
"""What is written as a list."""
_LISTS: Mapping[Kind, Kind] = {
    "choice": "choices",
    "flag": "choices",
    "number": "numbers",
    "link": "links",
    "reference": "references",
}
_TYPE = "type"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record, or of a group inside it.

    ``path`` holds keys only, from the record: ``("voix", "texte")`` is the text of each voice.
    ``fields`` are the fields of a group, or of each item. Where ``short`` names one of them, a
    group that has nothing else may be written as that value alone: ``annee: 2018`` and ``annee:
    {valeur: 2018, statut: deduit}`` (``simple`` is that short form as a field). ``states`` may
    stand instead of a value. ``targets`` are the types of the records that a link may name,
    ``free``: whether words that name no record are accepted too (for a number: a range such as ``10
    à 15``). ``alone``: a list of one may be written without its brackets.
    """

    key: str
    path: tuple[str, ...]
    title: str
    help: str
    kind: Kind
    required: bool
    vocabulary: str
    words: tuple[Word, ...]
    targets: tuple[str, ...]
    free: bool
    states: tuple[str, ...]
    fields: tuple[Field, ...]
    short: str
    alone: bool
    pattern: str
    minimum: float | None
    maximum: float | None
    whole: bool
    """A number without decimals; where words are taken too, « 3.10 » is some."""
    heading: str = ""
    """Under which heading the page shows it; "" for the fiche, and for a field of a group."""
    shown: bool = True
    """Whether the wiki shows it."""
    linked: bool = False
    """Sentences that may hold links to records; of a list, each of its texts."""

    @property
    def many(self) -> bool:
        """Whether it is written as a list."""
        return self.kind in MANY

    @property
    def name(self) -> str:
        """Its path with dots: ``voix.texte``."""
        return ".".join(self.path)

    def field(self, key: str) -> Field | None:
        """The field of this group or item that has this key, or None."""
        return next((field for field in self.fields if field.key == key), None)

    @property
    def simple(self) -> Field:
        """What most people fill in: the short form, with this field's own name and help.

        A field without a short form is its own. Of a list, it is a list: of words, of texts.
        """
        inner = self.field(self.short)
        if inner is None:
            return self
        kind = inner.kind if self.kind == "group" else _LISTS.get(inner.kind, "lines")
        return replace(
            inner,
            key=self.key,
            path=self.path,
            title=self.title,
            help=self.help,
            kind=kind,
            required=self.required,
            states=self.states or inner.states,
            alone=self.alone or inner.alone,
            heading=self.heading,
            shown=self.shown,
        )


@per_town
def dictionary(type_name: str) -> tuple[Field, ...]:
    """The fields of a type of record (of ``page``, ``index``, ``configuration`` too), in order.

    ``type`` itself is not among them: it is the name of the dictionary.
    """
    shape = schema.shape(type_name)
    places = headings(type_name)
    return tuple(
        replace(
            _field(key, shape.properties[key], (key,), shape, type_name),
            heading=places.get(key, ""),
        )
        for key in in_order(shape.properties, order(type_name, ()), LAST)
        if key != _TYPE
    )


def walk(fields: tuple[Field, ...]) -> Iterator[Field]:
    """These fields and all those inside them, each before its own."""
    for field in fields:
        yield field
        yield from walk(field.fields)


def find(type_name: str, name: str) -> Field | None:
    """The field at this dotted path, or None."""
    return next((field for field in walk(dictionary(type_name)) if field.name == name), None)


@per_town
def title(type_name: str) -> str:
    """What the type is called: « Récit »."""
    return schema.shape(type_name).title


@per_town
def about(type_name: str) -> str:
    """What a record of this type is, in a sentence."""
    return schema.shape(type_name).description


@cache
def example(type_name: str) -> str:
    """A whole record of this type as its file holds it; ``check`` has nothing to say about it."""
    path = resources.schemas() / "exemples" / f"{type_name}.yaml"
    return path.read_text(encoding="utf-8")


def _field(key: str, shape: Shape, path: tuple[str, ...], parent: Shape, type_name: str) -> Field:
    kind = _kind(shape, key)
    item = shape.items if shape.items is not None and not shape.properties else None
    inner = item or shape
    leaf = kind not in ("group", "items")
    words = inner.words if leaf else ()
    return Field(
        key=key,
        path=path,
        title=shape.title,
        help=shape.description,
        kind=kind,
        required=key in parent.required,
        vocabulary=inner.vocabulary if words else "",
        words=words,
        targets=(("source",) if inner.source else inner.links) if leaf else (),
        free=leaf and (inner.free or (kind == "number" and "string" in inner.types)),
        states=tuple(STATES) if shape.state else (),
        fields=() if leaf else _inside(inner, path, type_name),
        short="" if leaf else _short(inner),
        alone=kind in MANY and "string" in shape.types,
        pattern=inner.pattern,
        minimum=inner.minimum,
        maximum=inner.maximum,
        whole="integer" in inner.types and "number" not in inner.types,
        linked=leaf and inner.linked,
        shown=all(is_shown(type_name, ".".join(path[: end + 1])) for end in range(len(path))),
    )


def _inside(shape: Shape, path: tuple[str, ...], type_name: str) -> tuple[Field, ...]:
    keys = in_order(shape.properties, order(type_name, path), ())
    return tuple(_field(key, shape.properties[key], (*path, key), shape, type_name) for key in keys)


def _short(shape: Shape) -> str:
    """The key that a value alone stands for, where a group may be written without its keys."""
    single = {"string", "integer", "number", "array"} & shape.types
    return shape.required[0] if single and len(shape.required) == 1 else ""


def _kind(shape: Shape, key: str) -> Kind:
    if shape.properties:
        return "group"
    if shape.items is not None:
        return _kind_of_list(shape.items)
    if shape.others is not None:
        return "map"
    if shape.source:
        return "reference"
    if shape.links:
        return "link"
    if shape.words:
        return "flag" if shape.vocabulary == "oui-non" else "choice"
    if shape.date:
        return "date"
    if shape.url:
        return "address"
    if shape.markdown:
        return "text"
    if {"integer", "number"} & shape.types:
        return "number"
    if key == "fichier":
        return "file"
    return "line" if shape.pattern else "plain"


def _kind_of_list(item: Shape) -> Kind:
    if item.properties:
        return "items"
    if item.source:
        return "references"
    if item.links:
        return "links"
    return "choices" if item.words else "lines"
