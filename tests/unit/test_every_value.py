"""Every value that a schema allows can be seen: on the record's page, or in its row.

A record of each type holds something in each of its fields. Then each value in turn becomes
another one: what the wiki shows must change with it, or the field is named in ``NOT_SHOWN``.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
import yaml
from corpora import corpus, write
from PIL import Image

from loosbot.corpus import schema
from loosbot.corpus.model import RECORD_TYPES, Corpus, KeyPath, Record
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import STATES, at
from loosbot.fields.parameters import FICHES
from loosbot.fields.unshown import NOT_SHOWN
from loosbot.html.context import Shelf
from loosbot.html.record import Articles
from loosbot.render import pages

WORDS = ("un", "deux")
COLORS = {"un": "navy", "deux": "olive"}
MINIMAL = {
    "recit": {"voix": [{"qui": "Ali B.", "role": "agent", "texte": "Oui."}]},
    "reunion": {"date": 2015},
    "acteur": {"genre": "association"},
    "lieu": {"genre": "site"},
    "source": {"genre": "document"},
    "indicateur": {"valeur": 3},
}
PATTERNS = (
    "fr", "en", "projet/avant-un", "projet/avant-deux", "1", "2", "abcdef1", "abcdef2", "3:05",
    "4:10",
)  # fmt: skip


def picture(color: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (20, 10), color).save(stream, "PNG")
    return stream.getvalue()


def value(shape: Shape, number: int, path: KeyPath) -> Any:
    """A value of this shape that is no group nor list, the first or the second one."""
    word = WORDS[number]
    if shape.words:
        return shape.words[number].value
    if shape.source:
        return f"{word} § {number}"
    if shape.links:
        return f"{shape.links[0]}/{word}"
    if shape.date:
        return 2011 + number
    if shape.url:
        return f"https://example.org/{word}"
    if path[-1] == "fichier":
        return f"{word}.png"
    if shape.pattern and not re.fullmatch(shape.pattern, "un mot"):
        fitting = [sample for sample in PATTERNS if re.search(shape.pattern, sample)]
        return fitting[number]
    if shape.types and "string" not in shape.types:
        return 1 + number
    return f"mot {word}"


def pair(shape: Shape, path: KeyPath) -> tuple[Any, Any]:
    """Two values that a page must tell from each other; a word that is alone, and nothing."""
    alone = len(shape.words) == 1
    return value(shape, 0, path), None if alone else value(shape, 1, path)


def full(shape: Shape, path: KeyPath = ()) -> Any:
    """The longest form of a value: groups with all their keys, lists of one item."""
    if shape.properties:
        return {
            key: full(child, (*path, key))
            for key, child in shape.properties.items()
            if (*path, key) != ("type",)
        }
    if shape.items is not None:
        return [full(shape.items, (*path, 0))]
    return value(shape, 0, path)


def leaves(shape: Shape, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Shape]]:
    """Every place where a single value may stand, those inside groups and lists too."""
    single = {"string", "integer", "number", "boolean"} & shape.types or shape.words
    inside = shape.properties or shape.items
    if path and (single or not inside):
        yield path, shape
    for key, child in shape.properties.items():
        if (*path, key) != ("type",):
            yield from leaves(child, (*path, key))
    if shape.items is not None:
        yield from leaves(shape.items, (*path, 0))


def put(data: dict[str, Any], path: KeyPath, new: Any) -> dict[str, Any]:
    """``data`` with another value at ``path``; a list there takes the place of a longer form."""
    changed = copy.deepcopy(data)
    if path[-1] == 0 and isinstance(at(changed, path[:-1]), dict):
        path, new = path[:-1], [new]
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    if new is None:
        del place[path[-1]]
    else:
        place[path[-1]] = new
    return changed


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Two records of each type, to be named by the one that has everything."""
    root = tmp_path_factory.mktemp("chaque")
    for kind in RECORD_TYPES:
        for word in WORDS:
            joined = [{"fichier": f"{word}.png", "alt": "Une image."}]
            record: dict[str, Any] = {"type": kind, "titre": f"{kind} {word}"}
            if kind in FICHES:
                record["documents"] = joined
            text = yaml.safe_dump({**record, **MINIMAL.get(kind, {})}, allow_unicode=True)
            write(root, {f"narratives/{kind}/{word}.yaml": text})
            write(root, {f"narratives/{kind}/{word}.png": picture(COLORS[word])})
    return corpus(root, {})


def everything(kind: str) -> Record:
    """A record with something in each of its fields."""
    data = {**full(schema.shape(kind)), "type": kind}
    assert list(schema.load(kind).validator.iter_errors(data)) == []
    return Record(f"{kind}/tout", kind, f"narratives/{kind}/tout.yaml", data)


def shown(others: Corpus, record: Record) -> str:
    """The record's page, or all the pages that have rows."""
    corpus = replace(others, records={record.id: record, **others.records})
    rendered = pages.each(corpus, {}, media=frozenset({"png"}))
    if record.type in FICHES:
        return next(f"{page.title}\n{page.body}" for page in rendered if page.id == record.id)
    return "\n".join(page.body for page in rendered if page.id.startswith("index/"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_value_is_shown_or_named_among_those_that_are_not(kind: str, others: Corpus) -> None:
    record = everything(kind)
    data = dict(record.data)
    whole = shown(others, record)
    lost = set()
    for path, shape in leaves(schema.shape(kind)):
        first, second = (put(data, path, value) for value in pair(shape, path))
        # of nearly every field, the first value is the one that the record has already
        before = whole if first == data else shown(others, replace(record, data=first))
        if before == shown(others, replace(record, data=second)):
            lost.add(".".join(str(key) for key in path if key != 0))
    named = {name for type_, name in NOT_SHOWN if type_ in (kind, "")}
    hidden = {name: next((holder for holder in named if within(name, holder)), "") for name in lost}
    assert [name for name, reason in hidden.items() if not reason] == []
    assert {name for type_, name in NOT_SHOWN if type_ == kind} <= set(hidden.values())


def read_as_html(others: Corpus, record: Record) -> str:
    """The record as the site, the booklet and a reader of the atelier show it."""
    corpus = replace(others, records={record.id: record, **others.records})
    shelf = Shelf(corpus, lambda here, id_: id_ if id_ in corpus.records else None)
    return Articles(shelf, lambda path: path).article(record)


@pytest.mark.slow
@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_value_is_in_the_html_too(kind: str, others: Corpus) -> None:
    record = everything(kind)
    lost = set()
    for path, shape in leaves(schema.shape(kind)):
        first, second = (put(dict(record.data), path, value) for value in pair(shape, path))
        if read_as_html(others, replace(record, data=first)) == read_as_html(
            others, replace(record, data=second)
        ):
            lost.add(".".join(str(key) for key in path if key != 0))
    named = {name for type_, name in NOT_SHOWN if type_ in (kind, "")}
    hidden = {name for name in lost if any(within(name, holder) for holder in named)}
    # the anchor of a promise leads somewhere on the wiki alone; a word of ours that agrees with
    # who speaks stands in the place of the role
    assert lost - hidden <= {"engagements.id", "convention.engagements.id", "voix.role"}


def groups(shape: Shape, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every group that may be one word (``compte_rendu: inconnu``) in the place of its keys."""
    if path and shape.state and shape.properties and shape.types <= {"object"}:
        yield path
    for key, child in shape.properties.items():
        yield from groups(child, (*path, key))
    if shape.items is not None:
        yield from groups(shape.items, (*path, 0))


@pytest.mark.slow
@pytest.mark.parametrize("kind", FICHES)
def test_a_group_that_is_one_word_is_shown(kind: str, others: Corpus) -> None:
    record = everything(kind)
    for path in groups(schema.shape(kind)):
        pages = {
            word: shown(others, replace(record, data=put(dict(record.data), path, word)))
            for word in (None, *STATES)
        }
        # a project without a stage says of it what it says where the stage does not apply
        assert pages["inconnu"] not in (pages[None], pages["sans-objet"]), path


def within(name: str, group: str) -> bool:
    return name == group or name.startswith(f"{group}.")
