"""Which text became which."""

from __future__ import annotations

import pytest

from loosbot.corpus.pairing import pairs

GREEN, BLUE = "Le banc vert tient bien.", "Le banc bleu tient bien."
BLUER = "Le banc bleu tient très bien."


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        # the first is like it too, the second more
        ([GREEN, BLUE], [BLUER], [(1, 0)]),
        ([BLUE], [GREEN, BLUER], [(0, 1)]),
        ([GREEN, BLUE], [GREEN, BLUER], [(0, 0), (1, 1)]),
        # of two that changed places one is paired
        ([GREEN, BLUE], [BLUER, "Le banc vert tient très bien."], [(0, 1)]),
        ([GREEN], ["Une vis manque."], []),
        (["", GREEN], [""], [(0, 0)]),
        ([], [GREEN], []),
        ([GREEN], [], []),
        ([GREEN] * 41, [GREEN], []),
    ],
)
def test_pairs(old: list[str], new: list[str], found: list[tuple[int, int]]) -> None:
    assert pairs(old, new) == found
