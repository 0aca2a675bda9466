"""Lines found without reading everything are those of a whole reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fiches import FILES
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.corpus.model import KeyPath
from loosbot.corpus.yaml.lines import by_margin, lines
from loosbot.corpus.yaml.reader import locate, read

TEXT = """\
# a comment
titre: Un banc
demande:
  demandeurs: [a, {nom: b}]
  "besoin": |
    sources: rien
suivi: "deux
  lignes"
sources: [c,
  d]
"""
PATHS: list[KeyPath] = [
    (),
    ("titre",),
    ("demande", "demandeurs", 1, "nom"),
    ("demande", "demandeurs", 7),
    ("demande", "besoin"),
    ("demande", "sources"),
    ("suivi", 0, "date"),
    ("sources", 1),
    ("rien",),
]


def every_path(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    yield path
    inner = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else inner:
        yield from every_path(item, (*path, key))


def test_lines_of_values_and_of_what_holds_them() -> None:
    assert lines(TEXT.encode(), PATHS, {}) == dict(
        zip(PATHS, [2, 2, 4, 4, 5, 4, 7, 10, 2], strict=True)
    )


@pytest.mark.parametrize("path", sorted(path for path in FILES if path.endswith(".yaml")))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_any_paths_of_any_record(path: str, data: st.DataObject) -> None:
    content = FILES[path].encode()
    places = locate(content)
    keys = st.one_of(st.sampled_from(["titre", "voix", "sources", "texte"]), st.integers(0, 2))
    known = st.sampled_from(list(every_path(read(content, "").data, ())))
    wanted = data.draw(
        st.lists(st.builds(lambda a, b: (*a, *b), known, st.lists(keys, max_size=2)))
    )
    numbers = {path: places.nearest(path).line for path in wanted}
    assert lines(content, wanted, read(content, "").data) == numbers


@pytest.mark.parametrize("content", [b"", b"\xff", b"[[[[", b"a: [1\nb: 2\n", b"a: 1\n  b: [\n"])
def test_a_file_that_cannot_be_read_has_a_first_line(content: bytes) -> None:
    assert lines(content, [("b", 0)], {})[("b", 0)] in (1, 2)


def test_a_line_separator_inside_a_text_is_no_line() -> None:
    assert lines("a: x\u2028y\nb: 1\n".encode(), [("b",)], {}) == {("b",): 2}


SIMPLE = """\
# a comment
titre: Un banc

# another
texte: |
  sources: rien
demande:
  besoin: de l’ombre
  lieux:
  - place
  - rue
suivi: {date: 2012, etat: bon}
enseignements:
  # of the first
  - texte: un
    suite: deux
  - trois
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 2),
        (("titre",), 2),
        (("texte",), 5),
        (("demande",), 8),
        (("demande", "besoin"), 8),
        (("demande", "lieux"), 10),
        (("demande", "lieux", 1), 11),
        (("suivi", "etat"), 12),
        (("enseignements",), 15),
        (("enseignements", 1), 17),
    ],
)
def test_a_simple_file_is_not_read_as_yaml(path: KeyPath, line: int) -> None:
    value = read(SIMPLE.encode(), "").data
    for breaks in ("\n", "\r\n"):
        assert by_margin(SIMPLE.replace("\n", breaks).encode(), [path], value) == {path: line}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        pytest.param('a: "x\nb: y"\n"b": 1\n', ("b",), id="a text that looks like a key"),
        pytest.param("a: [x,\nb: y]\n? b\n: 1\n", ("b",), id="brackets over two lines"),
        pytest.param('"a": 1\nb: 2\n', ("b",), id="a key in quotes"),
        pytest.param("a: &x\n  b: 1\n", ("a",), id="an anchor"),
        pytest.param("a: # why\n  b: 1\n", ("a",), id="a comment behind a key"),
        pytest.param("---\na: 1\n", ("a",), id="a document that begins late"),
        pytest.param("a: 1\rb: 2\r", ("b",), id="breaks of another system"),
        pytest.param("a: {b: 1,\n  c: 2}\n", ("a", "c"), id="inside brackets over two lines"),
        pytest.param("a:\n  - b: 1\n    c: 2\n", ("a", 0, "c"), id="behind a dash"),
        pytest.param("a:\n  - b\n  -\n    c: 1\n", ("a", 1, "d"), id="what is not there"),
    ],
)
def test_what_the_margin_does_not_tell_is_read_as_yaml(text: str, path: KeyPath) -> None:
    value = read(text.encode(), "").data or {"a": 1, "b": 1}
    assert by_margin(text.encode(), [path], value) is None
    assert lines(text.encode(), [path], value) == {path: locate(text.encode()).nearest(path).line}


def test_a_file_that_holds_something_else_than_what_is_known_is_read() -> None:
    assert by_margin(b"a: 1\nb: 2\n", [("b",)], {"b": 2}) is None
    assert lines(b"a: 1\nb: 2\n", [("b",)], {"b": 2}) == {("b",): 2}


@pytest.mark.parametrize("path", sorted(path for path in FILES if path.startswith("narratives/")))
def test_no_key_of_a_record_asks_to_read_it_as_yaml(path: str) -> None:
    content = FILES[path].encode()
    value = read(content, "").data
    keys: list[KeyPath] = [(key,) for key in value]
    places = locate(content)
    assert by_margin(content, keys, value) == {key: places.nearest(key).line for key in keys}
