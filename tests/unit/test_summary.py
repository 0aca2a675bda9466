from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.sync.block import Key
from loosbot.sync.summary import LIMIT, Origin, is_about, read, write

CLEAN = Origin("loos-en-gohelle", "1a2b3c4d5e6f", False, "20260612T101500Z-1f2e")


@pytest.mark.parametrize(
    ("origin", "text"),
    [
        (CLEAN, "1a2b3c4d5e6f loos-en-gohelle · recit/pince · run 20260612T101500Z-1f2e"),
        (
            Origin("loos-en-gohelle", "1a2b3c4d5e6f", True, "20260612T101500Z-1f2e"),
            "1a2b3c4d5e6f+ loos-en-gohelle · recit/pince · run 20260612T101500Z-1f2e",
        ),
        (
            Origin("loos-en-gohelle", "", False, "20260612T101500Z-1f2e"),
            "sans-git loos-en-gohelle · recit/pince · run 20260612T101500Z-1f2e",
        ),
    ],
)
def test_the_commit_stands_first_and_all_is_read_back(origin: Origin, text: str) -> None:
    assert write(origin, "recit/pince") == text
    assert read(text) == (origin, Key("loos-en-gohelle", "recit/pince"))


def test_a_move_s_comment_holds_ours_among_the_wiki_s_words() -> None:
    comment = f"Loosbot a déplacé la page [[A]] vers [[B]] : {write(CLEAN, 'recit/pince')} — titre"

    assert read(comment) == (CLEAN, Key("loos-en-gohelle", "recit/pince"))


@pytest.mark.parametrize(
    "comment", ["", "corrigé une faute", "1a2b3c4d5e6f", "Annulation de 1a2b3c4d5e6f · recit/x"]
)
def test_a_person_s_comment_says_nothing(comment: str) -> None:
    assert read(comment) is None


def test_a_summary_is_about_one_record_by_any_of_its_ids() -> None:
    key = Key("loos-en-gohelle", "recit/pince", ("recit/pinces",))

    assert is_about(write(CLEAN, "recit/pince"), key)
    assert is_about(write(CLEAN, "recit/pinces"), key)
    assert not is_about(write(CLEAN, "recit/pin"), key)
    assert not is_about(write(CLEAN, "recit/pince"), Key("oignies", "recit/pince"))
    assert is_about("", key)


def test_a_summary_cut_short_is_about_what_begins_so() -> None:
    long = "recit/" + "a" * 600

    assert is_about(write(CLEAN, long), Key("loos-en-gohelle", long))
    assert not is_about(write(CLEAN, long), Key("loos-en-gohelle", "recit/b"))


@given(st.text("abé·/ -", max_size=700))
@settings(max_examples=50, deadline=None)
def test_no_summary_is_cut_by_the_wiki(id_: str) -> None:
    text = write(CLEAN, id_)

    assert len(text) <= LIMIT
    assert text.endswith(f"run {CLEAN.run}")
