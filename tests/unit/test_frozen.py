"""Values of ours are compared, ordered and hashed as the frozen ones of Python's own library."""

from __future__ import annotations

from dataclasses import replace

from loosbot.corpus.model import Link, Mark


def test_values_are_equal_and_hashed_by_what_they_hold() -> None:
    assert Mark(1, 2) == Mark(1, 2) != Mark(1, 3)
    assert len({Mark(1, 2), Mark(1, 2), Mark(1, 3)}) == 2
    assert replace(Mark(1, 2), column=3) == Mark(1, 3)


def test_values_are_ordered_where_they_say_so() -> None:
    links = [Link("b", (), "a"), Link("a", ("x",), "b"), Link("a", ("x",), "a")]
    assert sorted(links) == [Link("a", ("x",), "a"), Link("a", ("x",), "b"), Link("b", (), "a")]
