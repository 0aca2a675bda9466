"""A folded text and the way back: each of its characters keeps its place in the original."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loosbot.corpus.privacy.folding import folded, plain, words_of
from loosbot.corpus.privacy.spellings import TOKEN


@pytest.mark.parametrize(
    ("text", "expected", "places"),
    [
        ("Été", "ete", ["É", "t", "é"]),
        ("Œuf", "oeuf", ["Œ", "Œ", "u", "f"]),
        ("e\u0301té", "ete", ["e", "t", "é"]),
        ("a\u00adb", "ab", ["a", "b"]),
        ("&eacute;t", "et", ["&eacute;", "t"]),
        ("%C3%A9t", "et", ["%C3%A9", "t"]),
        ("%25C3%25A9t", "et", ["%25C3%25A9", "t"]),
        ("\\u00e9&oelig;Ǣ", "eoeae", ["\\u00e9", "&oelig;", "&oelig;", "Ǣ", "Ǣ"]),
        ("Ærø, Łódź", "aero, lodz", ["Æ", "Æ", *"rø, Łódź"]),
        ("Mаrtі, ΜARTΙ", "marti, marti", list("Mаrtі, ΜARTΙ")),
        ("Yıldız ʀᴏᴢ 🅡🄿", "yildiz roz rp", list("Yıldız ʀᴏᴢ 🅡🄿")),
        ("dʼÉtang", "d'etang", list("dʼÉtang")),
        ("100 % & plus", "100 % & plus", list("100 % & plus")),
        ("", "", []),
    ],
    ids=["accent", "ligature", "decomposed", "nothing", "entity", "address", "twice", "mixed",
         "strokes", "other alphabets", "other shapes", "letter apostrophe", "no escape", "empty"],
)  # fmt: skip
def test_each_character_keeps_its_place(text: str, expected: str, places: list[str]) -> None:
    view = folded(text)
    assert view.text == expected == plain(text)
    spans = zip(view.starts, view.ends, strict=True)
    assert [text[start:end] for start, end in spans] == places


@given(st.text() | st.text("aàÉeœǢæ’« _-&%\\u0e9;x1\u00ad\u0301"))
@example("L’Été de Jean-Loup, « à l’œuvre » _2_ &eacute;t%C3%A9")
@example("Ǣva æva")
def test_the_words_of_a_text_are_those_of_its_folded_form(text: str) -> None:
    assert list(words_of(text)) == TOKEN.findall(plain(text))


SIGNS = "".join(map(chr, range(0x2190, 0x2290)))
"""More different signs than are worth a look each."""


@given(st.text(SIGNS + "aé_ "))
@example(f"a{SIGNS}b{SIGNS}é")
def test_many_different_signs_fold_as_a_few_do(text: str) -> None:
    assert plain(text) == "".join(map(plain, text))
    assert list(words_of(text)) == TOKEN.findall(plain(text))
