"""Values of ours are compared, ordered and hashed as the frozen ones of Python's own library."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import field, replace
from typing import Any

from loosbot import frozen
from loosbot.corpus.model import Link, Mark


def test_values_are_equal_and_hashed_by_what_they_hold() -> None:
    assert Mark(1, 2) == Mark(1, 2) != Mark(1, 3)
    assert len({Mark(1, 2), Mark(1, 2), Mark(1, 3)}) == 2
    assert replace(Mark(1, 2), column=3) == Mark(1, 3)


def test_values_are_ordered_where_they_say_so() -> None:
    links = [Link("b", (), "a"), Link("a", ("x",), "b"), Link("a", ("x",), "a")]
    assert sorted(links) == [Link("a", ("x",), "a"), Link("a", ("x",), "b"), Link("b", (), "a")]


def _places(dataclass: Any) -> Iterable[Any]:
    """Two equal values of a class that this makes, one that differs, and one of a class below."""

    @dataclass(frozen=True, slots=True)
    class Place:
        name: str
        near: tuple[str, ...] = ()
        seen: int = field(default=0, compare=False)
        note: str = field(default="", repr=False)

    @dataclass(frozen=True)
    class Square(Place):
        size: int = 1

    return (
        Place("banc", ("rue",), 1, "a"),
        Place("banc", ("rue",), 2, "a"),
        Place("banc", ("rue",), 1, "b"),
        Square("banc", ("rue",), 1, "a"),
    )


def test_values_are_compared_hashed_and_written_as_by_python_the_first_time_and_the_next() -> None:
    answers = [
        [
            (repr(place), hash(place), [place == other for other in (*places, "banc")])
            for place in (*places, *places)
        ]
        for places in (_places(dataclasses.dataclass), _places(frozen.dataclass))
    ]

    assert answers[0] == answers[1]


def test_what_a_class_says_of_itself_is_kept() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Voice:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Voice) and self.name.lower() == other.name.lower()

        def __hash__(self) -> int:
            return hash(self.name.lower())

        def __repr__(self) -> str:
            return f"voice of {self.name}"

    assert Voice("Ada") == Voice("ada")
    assert len({Voice("Ada"), Voice("ada")}) == 1
    assert repr(Voice("Ada")) == "voice of Ada"
