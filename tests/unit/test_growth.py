"""What a long text costs grows as the text does: steps of the interpreter are counted, not time."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from test_decode_bounds import SHAPES as PAGES
from test_time import SHAPES as TEXTS

from loosbot.decode.bounds import is_too_long, weight
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import to_markdown
from loosbot.wikitext.wikicode import Undecodable

SMALL, LARGE = 1_500, 12_000
MORE: dict[str, Callable[[int], str]] = {
    "notes of their own": lambda size: "".join(
        f"m[^{n}]\n\n[^{n}]: n\n\n" for n in range(size // 20)
    ),
    "reference links": lambda size: "[a]: http://b.fr\n\n" + "[a] [b][a]\n\n" * (size // 12),
    "definitions": lambda size: "".join(f"[a{n}]: http://a.fr/{n}\n" for n in range(size // 22)),
    "brackets": lambda size: "[" * size,
    "underscores": lambda size: "_a " * (size // 3),
    "backticks": lambda size: "`` ` " * (size // 5),
    "less than": lambda size: "<a " * (size // 3),
    "lists in quotes": lambda size: "> - a\n" * (size // 6),
    "lists in lists": lambda size: "".join("  " * n + "- a\n" for n in range(40)) * (size // 1_500),
    "wide rows": lambda size: "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n"
    + ("|" + "a|" * 50 + "\n") * (size // 101),
    "underlined headings": lambda size: "a\n=\n" * (size // 4),
}  # fmt: skip


def steps(action: Callable[[], object]) -> int:
    """How many lines the interpreter comes to, again in each turn of a loop, and how many functions
    it enters and leaves: the same number at each run."""
    count = 0

    def traced(_frame: FrameType, _event: str, _given: Any) -> Any:
        nonlocal count
        count += 1
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def grows_with(cost: Callable[[int], int]) -> None:
    cost(SMALL - 300)  # what is made once is made; a text that was asked before is remembered
    small, large = cost(SMALL), cost(LARGE)
    # eight times the text: some eight times the work, and 64 where each part looks at all others
    assert large < 16 * small, (small, large)


@pytest.mark.slow
@pytest.mark.parametrize("shape", [*TEXTS, *MORE])
def test_markdown_costs_what_it_is_long(shape: str) -> None:
    renderer, made = MarkdownRenderer(), {**TEXTS, **MORE}[shape]
    grows_with(
        lambda size: steps(
            lambda: renderer.to_wikitext(made(size), level=1, resolve=lambda _href: None)
        )
    )


@pytest.mark.slow
@pytest.mark.parametrize("shape", [name for name in PAGES if not name.startswith("open ")])
def test_wikitext_costs_what_it_is_long(shape: str) -> None:
    made = PAGES[shape]

    def read(wikitext: str) -> None:
        with contextlib.suppress(Undecodable):
            to_markdown(wikitext, level=1, link=lambda _title, _fragment: None)

    grows_with(lambda size: steps(lambda: read(made(size // 20))))


@pytest.mark.slow
@pytest.mark.parametrize("shape", PAGES)
def test_whether_a_page_is_too_long_costs_what_it_is_long(shape: str) -> None:
    made = PAGES[shape]
    grows_with(lambda size: steps(lambda: (weight(made(size)), is_too_long(made(size)))))
