"""A pattern that waits is the one that Python would have compiled at once."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from typing import Any

import pytest

import loosbot
from loosbot import lazy


@pytest.mark.parametrize(
    ("way", "asked"),
    [
        ("search", ("un Banc, deux bancs",)),
        ("match", ("banc",)),
        ("fullmatch", ("Bancs", 0, 4)),
        ("findall", ("un Banc, deux bancs",)),
        ("split", ("un Banc, deux bancs", 1)),
        ("sub", (lambda match: match[1].upper(), "un Banc, deux bancs")),
        ("subn", ("chaise", "un Banc, deux bancs", 1)),
    ],
)
def test_it_answers_as_a_compiled_one_the_first_time_and_the_next(
    way: str, asked: tuple[Any, ...]
) -> None:
    waiting, at_once = lazy.pattern("(banc)s?", re.IGNORECASE), re.compile("(banc)s?", re.I)
    answer = _told(getattr(at_once, way)(*asked))

    assert [_told(getattr(waiting, way)(*asked)) for _ in range(2)] == [answer, answer]


def _told(answer: Any) -> Any:
    return (answer.span(), answer.groups()) if isinstance(answer, re.Match) else answer


def test_nothing_is_compiled_before_something_is_looked_for() -> None:
    waiting = lazy.pattern("(")

    with pytest.raises(re.error):
        waiting.search("")


def test_each_of_ours_is_a_pattern() -> None:
    for module in pkgutil.walk_packages(loosbot.__path__, "loosbot."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.unfreeze()  # what a command froze that ran in this process is not listed
    ours = [kept for kept in gc.get_objects() if type(kept).__module__ == lazy.__name__]
    ours = [kept for kept in ours if kept.pattern != "("]

    assert len(ours) > 100
    for kept in ours:
        re.compile(kept.pattern, kept.flags)
