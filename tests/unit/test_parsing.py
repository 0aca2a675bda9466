"""Numbers and JSON from outside are read within bounds, or not at all."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from corpora import write
from hypothesis import given
from hypothesis import strategies as st
from processes import loosbot

from loosbot.corpus.french import count, read_count
from loosbot.parsing import decimal_number, json_value, whole_number
from loosbot.sync.summary import messaged_revision, taken_back_revision


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-12", -12),
        ("007", 7),
        ("9" * 18, 999_999_999_999_999_999),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("0" * 5000 + "1", None),
        ("²", None),
        ("٣", None),
        ("1.0", None),
        ("1_000", None),
        (" 1", None),
        ("1\n", None),
        ("", None),
    ],
)
def test_whole_numbers_and_what_is_none(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2.5", 2.5),
        ("-1e3", -1000.0),
        ("12", 12.0),
        ("1e999", None),
        ("1e9999", None),
        ("9" * 400, None),
        ("inf", None),
        ("nan", None),
        ("1_0.5", None),
        ("٣.٥", None),
    ],
)
def test_decimal_numbers_and_what_is_none(text: str, number: float | None) -> None:
    assert decimal_number(text) == number


@given(st.text() | st.from_regex(r"[-+]?[0-9]{1,30}([.,][0-9]{0,50})?(e[-+]?[0-9]{1,9})?"))
def test_no_text_raises_or_is_endless(text: str) -> None:
    assert isinstance(whole_number(text), int | None)
    number = decimal_number(text)
    assert number is None or math.isfinite(number)
    read = read_count(text)
    assert read is None or count(read)


@given(st.integers(-(10**18) + 1, 10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_that_is_shown_comes_back(number: float) -> None:
    assert read_count(count(number)) in (number, None)
    if abs(number) < 10**18:
        assert read_count(count(number)) == number


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"a":' * 200_000, "NaN", "[Infinity]", "9" * 5000, "", "\ud800", "{"]
)
def test_a_json_that_is_none_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        json_value(text)


@pytest.mark.parametrize("read", [taken_back_revision, messaged_revision])
def test_a_revision_of_any_length_in_a_summary_is_none(read: object) -> None:
    assert callable(read)
    assert read("loosbot : reprise de la révision " + "9" * 5000) == 0


LONG = "9" * 5000
TOWN = {
    "loosbot.yaml": "corpus: essai\n",
    "narratives/projets/verger.yaml": f"""\
type: projet
titre: Le verger
statut: abouti
realisation:
  date: 2018
  participants: {LONG}
""",
    "narratives/projets/four.yaml": f"""\
type: projet
titre: Le four
statut: abouti
realisation:
  date: 2018
  participants:
    valeur: {LONG}
    unite: habitants
""",
    "narratives/projets/mare.yaml": """\
type: projet
titre: La mare
statut: abouti
realisation:
  date: 2018
  participants: ²
""",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [("check",), ("trace",), ("dump", "build", "export")], ids="-".join
)
def test_a_number_of_five_thousand_digits_in_a_file_ends_no_command(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    write(tmp_path, TOWN)

    done = loosbot(*words, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
