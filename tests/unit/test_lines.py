"""Lines found without reading everything are those of a whole reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fiches import FILES
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.corpus.model import KeyPath
from loosbot.corpus.yaml.lines import lines
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
    for key, one in enumerate(value) if isinstance(value, list) else inner:
        yield from every_path(one, (*path, key))


def test_lines_of_values_and_of_what_holds_them() -> None:
    assert lines(TEXT.encode(), PATHS) == dict(
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
    assert lines(content, wanted) == {one: places.nearest(one).line for one in wanted}


@pytest.mark.parametrize("content", [b"", b"\xff", b"[[[[", b"a: [1\nb: 2\n", b"a: 1\n  b: [\n"])
def test_a_file_that_cannot_be_read_has_a_first_line(content: bytes) -> None:
    assert lines(content, [("b", 0)])[("b", 0)] in (1, 2)


def test_a_line_separator_inside_a_text_is_no_line() -> None:
    assert lines("a: x\u2028y\nb: 1\n".encode(), [("b",)]) == {("b",): 2}
