"""What a town adds to the schemas: words, fields, sections, rules (``ajouts`` of loosbot.yaml).

They are merged into the schemas' documents here and nowhere else: whatever walks the schemas, the
vocabularies or the dictionary of fields sees them as it sees what comes with the tool. One town
is at work at a time, that of the corpus that was read last: ``per_town`` keeps what was computed
for it. The boxes of facts get a row for each field that a town adds, made like those there; a
template that has the row already, or no row like ours, is a town's own and stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from loosbot.corpus.types import TYPES
from loosbot.frozen import dataclass

BASE: Final = "https://loosbot.invalid/schemas/"
OPEN: Final = frozenset(
    {"theme", "effet", "levier", "limite", "vigilance", "risque", "canal"}
    | {"genre-acteur", "genre-lieu", "genre-reunion", "genre-source"}
)
"""Vocabularies that a town may add words to: the words of the others decide what the tool does."""
WORDED: Final = frozenset({"mot", "mots"})
IN_THE_BOX: Final = frozenset(
    {"ligne", "date", "nombre", "oui-non", "mot", "mots", "lien", "adresse"}
)
"""Kinds of fields that are short enough for the box of facts."""
UNDER_A_HEADING: Final = frozenset({"texte", "lignes", "mots"})

READ_BY_PEOPLE: Final = frozenset(
    {"titre", "definition", "aide", "partie", "message", "pourquoi", "combler"}
)
"""Keys of ``ajouts`` whose value is text; those of the others are keys and words of files."""

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class AddedField:
    """A field of the town. ``heading`` is the section that shows it, "" for the box of facts."""

    key: str
    types: tuple[str, ...]
    title: str
    help: str
    kind: str
    vocabulary: str
    targets: tuple[str, ...]
    heading: str


@dataclass(frozen=True, slots=True)
class Additions:
    """All that a town adds. ``text`` is the same for the same additions."""

    text: str = ""
    words: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    fields: tuple[AddedField, ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    """As ``regleAjoutee`` of the schema of ``loosbot.yaml`` describes them."""

    def of(self, type_name: str) -> tuple[AddedField, ...]:
        """The fields that the town adds to a type of record."""
        return tuple(added for added in self.fields if type_name in added.types)


NONE: Final = Additions()
_current = NONE


def read(data: Any) -> Additions:
    """The additions of a ``loosbot.yaml`` that its schema accepts; ``data`` is all of it."""
    declared = data.get("ajouts") if isinstance(data, dict) else None
    if not isinstance(declared, dict) or not declared:
        return NONE
    try:
        fields = tuple(_added(field) for field in declared.get("champs") or ())
        words = {
            name: tuple(dict(term) for term in terms)
            for name, terms in (declared.get("mots") or {}).items()
        }
        rules = tuple(dict(rule) for rule in declared.get("regles") or ())
        return Additions(json.dumps(declared, sort_keys=True), words, fields, rules)
    except (AttributeError, KeyError, TypeError, ValueError):
        return NONE  # not what the schema asks for, which is told of the file itself


def reworded(added: Additions, rewrite: Callable[[str], str]) -> Additions:
    """The same additions with what people read of them as ``rewrite`` gives it; the very same
    where it changes nothing."""

    def read_by_people(key: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: read_by_people(name, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [read_by_people("", item) for item in value]
        return rewrite(value) if key in READ_BY_PEOPLE and isinstance(value, str) else value

    declared = json.loads(added.text) if added.text else {}
    rewritten = read_by_people("", declared)
    return added if rewritten == declared else read({"ajouts": rewritten})


def use(additions: Additions) -> None:
    """Make these the additions in force for this process, from now on."""
    global _current
    _current = additions


def current() -> Additions:
    return _current


@contextmanager
def kept() -> Iterator[None]:
    """Restore the additions in force after another corpus was read inside the block."""
    before = _current
    try:
        yield
    finally:
        use(before)


def per_town(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """A cache of the results, keyed by the additions in force and the arguments.

    It is emptied at 1,000 entries: a server sees few towns."""
    made: dict[tuple[Any, ...], Made] = {}

    @wraps(make)
    def remembered(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
        key = (_current.text, args, tuple(sorted(kwargs.items())) if kwargs else ())
        if key not in made:
            if len(made) >= _MOST:
                made.clear()
            made[key] = make(*args, **kwargs)
        return made[key]

    return remembered


_MOST: Final = 1_000


def merged(documents: Mapping[str, Any], additions: Additions) -> Mapping[str, Any]:
    """The schemas and vocabularies by their ``$id``, with what the town adds."""
    widened = dict(documents)
    for name, terms in additions.words.items():
        address = f"{BASE}vocabulaires/{name}.json"
        book = widened.get(address) or _new_vocabulary(name, address, additions)
        widened[address] = {**book, "oneOf": [*book["oneOf"], *map(_term, terms)]}
    for type_name in {kind for added in additions.fields for kind in added.types}:
        address = f"{BASE}{type_name}.json"
        properties = {field.key: _node(field) for field in additions.of(type_name)}
        schema = widened[address]
        widened[address] = {**schema, "properties": {**schema["properties"], **properties}}
    return widened


def _added(field: Mapping[str, Any]) -> AddedField:
    return AddedField(
        key=field["cle"],
        types=tuple(field["fiches"]),
        title=field["titre"],
        help=field["aide"],
        kind=field["genre"],
        vocabulary=field.get("vocabulaire", ""),
        targets=tuple(field.get("vers", ())),
        heading=field.get("partie", ""),
    )


def _term(term: Mapping[str, str]) -> dict[str, str]:
    wider = {"x-plus-large": term["plus_large"]} if "plus_large" in term else {}
    return {
        "const": term["mot"],
        "title": term["titre"],
        "description": term["definition"],
        **wider,
    }


def _new_vocabulary(name: str, address: str, additions: Additions) -> dict[str, Any]:
    """A vocabulary of the town's own, titled like the first field that uses it."""
    user = next((added for added in additions.fields if added.vocabulary == name), None)
    title, help_ = (user.title, user.help) if user else (name, "")
    return {"$id": address, "title": title, "description": help_, "type": "string", "oneOf": []}


def _node(added: AddedField) -> dict[str, Any]:
    words = {"title": added.title, "description": added.help}
    if added.kind == "texte":
        return {**words, "$ref": "commun.json#/$defs/markdown"}
    if added.kind == "lignes":
        line = {"$ref": "commun.json#/$defs/ligne", "x-format": "liens"}
        lines = {"type": "array", "minItems": 1, "items": line}
        return {**words, **lines}
    if added.kind == "adresse":
        return {**words, "$ref": "commun.json#/$defs/url"}
    return {**words, "if": {"$ref": "commun.json#/$defs/etat"}, "else": _value(added)}


def _value(added: AddedField) -> dict[str, Any]:
    words = {"$ref": f"vocabulaires/{added.vocabulary}.json"}
    link = {
        "type": "string",
        "minLength": 1,
        "x-lien": list(added.targets),
        "pattern": f"^({'|'.join(added.targets)})/[a-z0-9]+(-[a-z0-9]+)*$",
    }
    values: Mapping[str, dict[str, Any]] = {
        "ligne": {"$ref": "commun.json#/$defs/ligne"},
        "date": {"$ref": "commun.json#/$defs/date"},
        "nombre": {"type": ["integer", "number"]},
        "oui-non": {"$ref": "vocabulaires/oui-non.json"},
        "mot": words,
        "mots": {"type": "array", "minItems": 1, "items": words, "uniqueItems": True},
        "lien": link,
    }
    return values[added.kind]


_MODEL = "Sources"
"""The last row of every box."""
_DATA = re.compile(r"(<templatedata>\n)(.*?)(\n</templatedata>)", re.DOTALL)


def boxes_with_rows(texts: Mapping[str, str]) -> dict[str, str]:
    """The templates, by id, that get rows for the town's fields; with these rows."""
    templates: dict[str, str] = {}
    for record_type in TYPES.values():
        rows = [added for added in current().of(record_type.name) if not added.heading]
        id_ = f"modele/{record_type.box}"
        if rows and id_ in texts:
            templates[id_] = _described(_with_rows(texts[id_], rows), rows)
    return templates


def _with_rows(text: str, rows: Iterable[AddedField]) -> str:
    lines = text.split("\n")
    last = next((rank for rank, line in enumerate(lines) if _parameter(_MODEL) in line), None)
    if last is None:
        return text
    missing = [row for row in rows if _parameter(row.title) not in text]
    added = [lines[last].replace(_MODEL, field.title) for field in missing]
    return "\n".join([*lines[: last + 1], *added, *lines[last + 1 :]])


def _parameter(name: str) -> str:
    return f"{{{{{{{name}|}}}}}}"


def _described(text: str, rows: Iterable[AddedField]) -> str:
    """The TemplateData of the template, with the town's parameters."""

    def more(match: re.Match[str]) -> str:
        data: dict[str, Any] = json.loads(match[2])
        for added in (row for row in rows if row.title not in data["params"]):
            data["params"][added.title] = {
                "label": added.title,
                "description": added.help,
                "type": "string",
                "suggested": True,
            }
            data["paramOrder"].append(added.title)
        return f"{match[1]}{json.dumps(data, ensure_ascii=False, indent=1)}{match[3]}"

    return _DATA.sub(more, text, count=1)
