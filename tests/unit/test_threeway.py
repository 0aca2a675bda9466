"""Three versions of a list: what a person changed, what the corpus changed, what both did."""

from __future__ import annotations

import pytest

from loosbot.decode.merging import PieceConflict, merge


def merged(base: str, theirs: str, ours: str) -> tuple[str, list[PieceConflict]]:
    """Each letter is an item; gives ``ours`` with the splices made."""
    pieces = [(tuple(side), tuple(side)) for side in (base, theirs, ours)]
    splices, clashes = merge(*pieces)
    result = list(ours)
    for splice in reversed(splices):
        result[splice.start : splice.end] = splice.new
    return "".join(result), clashes


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "result"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "aXc", "abc", "aXc"),
        ("abc", "ac", "abc", "ac"),
        ("abc", "abcd", "abc", "abcd"),
        ("abc", "xabc", "abc", "xabc"),
        ("abc", "aXc", "abcd", "aXcd"),
        ("abc", "aXc", "abY", "aXY"),
        ("abc", "aXc", "aXc", "aXc"),
        ("abc", "ab", "ab", "ab"),
        ("abc", "abXc", "abYc", "abYXc"),
        ("abc", "abXc", "abYXc", "abYXc"),
        ("", "ab", "c", "cab"),
        ("", "ab", "ab", "ab"),
    ],
)
def test_changes_of_both_sides_stand_together(
    base: str, theirs: str, ours: str, result: str
) -> None:
    assert merged(base, theirs, ours) == (result, [])


@pytest.mark.parametrize(
    ("base", "theirs", "ours", "clash"),
    [
        ("abc", "aXc", "aYc", PieceConflict(("b",), ("X",), ("Y",))),
        ("abc", "ac", "aYc", PieceConflict(("b",), (), ("Y",))),
        ("abc", "aXc", "ac", PieceConflict(("b",), ("X",), ())),
        # the corpus only moved what the person took out
        ("abc", "ac", "bac", PieceConflict(("b",), (), ("b",))),
        ("abc", "ab", "cab", PieceConflict(("c",), (), ("c",))),
    ],
)
def test_the_same_item_changed_twice_is_a_clash(
    base: str, theirs: str, ours: str, clash: PieceConflict
) -> None:
    assert merged(base, theirs, ours) == (ours, [clash])


def test_a_clash_does_not_hold_back_the_rest() -> None:
    result, clashes = merged("abcde", "aXcdZ", "aYcde")

    assert result == "aYcdZ"
    assert len(clashes) == 1


@pytest.mark.parametrize("theirs", ["aXc", "abcd", "xabc", "ac", "abXc", "aXcW"])
@pytest.mark.parametrize("ours", ["abc", "abcV", "Vabc", "abVc"])
def test_what_was_carried_once_is_not_carried_again(theirs: str, ours: str) -> None:
    once, clashes = merged("abc", theirs, ours)
    if not clashes:
        assert merged("abc", theirs, once) == (once, [])
