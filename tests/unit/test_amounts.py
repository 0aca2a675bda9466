"""Words of a quantity that are words, and numbers that everybody reads as one."""

from __future__ import annotations

import time

import pytest

from loosbot.corpus import schema
from loosbot.corpus.check.amounts import faults
from loosbot.corpus.model import Record
from loosbot.dump.tables.fields import number_of
from loosbot.render.charts.parts import amount


@pytest.mark.parametrize(
    "value",
    [
        "10 à 15", "une dizaine", "environ 1\u00a0850", "plus de 300", "150 en moyenne", "- 4",
        "4 ou 5", "12,5", "1 500", "25\u202f000", 1500, 1.5, 12.25, 0.125, "huit fois moins",
        "deux fois", "quatre ou cinq", "un peu",
        "deux dizaines", "deux tiers", "une centaine d’euros",
        "3 fois", "2 fois/an", "inconnu", True, "120 €/m2 de toile", "100 € ou 120 €",
    ],
)  # fmt: skip
def test_a_quantity_that_is_read_as_meant_is_not_told(value: object) -> None:
    for data in ({"chiffres": [{"valeur": value, "unite": "m"}]}, {"chiffres": [value]}):
        assert not list(faults(data, schema.shape("projet"), f"valeur: {value}".encode(), ()))


def test_what_a_sum_is_for_is_told_before_the_keys_to_type() -> None:
    (fault,) = faults({"chiffres": [{"valeur": "Bois 120 €"}]}, schema.shape("projet"), b"", ())
    assert "(Bois)" in fault.hint
    assert fault.hint.endswith(" : valeur: 120, unite: €")


def test_a_long_text_in_place_of_a_number_takes_no_time() -> None:
    data = {"chiffres": ["a" + "-" * 50_000 + "b 12 €"]}
    begun = time.process_time()
    assert not list(faults(data, schema.shape("projet"), b"", ()))
    assert time.process_time() - begun < 2  # a minute and more, where it grows with the square


@pytest.mark.parametrize(
    ("value", "number"),
    [("1 500", 1500), ("25\u00a0000", 25000), ("1\u202f234\u202f567,5", 1234567.5), ("2,5", 2.5),
     ("1 5", None), ("15 00", None), ("1 500 €", None), ("une", None)],
)  # fmt: skip
def test_a_number_with_blanks_between_its_thousands_is_one(
    value: str, number: float | None
) -> None:
    assert number_of(value) == number


@pytest.mark.parametrize(
    ("value", "bounds"),
    [("1 500", (1500, 1500)), ("1\u00a0500 à 2\u202f000", (1500, 2000)), ("15 00", None)],
)
def test_a_chart_counts_it_too(value: str, bounds: tuple[int, int] | None) -> None:
    record = Record("projet/a", "projet", "narratives/projet/a.yaml", {"chiffre": value})
    figure = amount(record, "chiffre")
    assert (figure and (figure.low, figure.high)) == bounds
