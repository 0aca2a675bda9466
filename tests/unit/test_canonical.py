"""The form in which a text is stored and sent: what no wiki can hold is refused, nothing else."""

from __future__ import annotations

import pytest

from loosbot.canonical import UNSTORABLE, canonical, storable


def test_a_text_becomes_canonical() -> None:
    assert canonical("e\u0301\r\nb\rc \t\n\x00\x0b") == "é\nb\nc"
    assert canonical("  a\n\u00a0") == "  a\n\u00a0"


def _refused(text: str) -> bool:
    try:
        storable(text)
    except ValueError:
        return True
    return False


def test_each_letter_is_refused_where_the_rule_says_so() -> None:
    letters = [chr(code) for code in (*range(0x3100), *range(0xD000, 0x11000), 0x1F600)]

    assert [letter for letter in letters if _refused(f"a{letter}b")] == [
        letter for letter in letters if UNSTORABLE.search(letter)
    ]


def test_the_place_of_what_is_refused_is_told() -> None:
    with pytest.raises(ValueError, match=r"U\+FFFF at 3"):
        storable("été\uffff\x00")
