"""A day of the week in a text that is not that of its date is said, with the one that it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.check.weekdays import misreadings

PATH = "narratives/reunion/banc.yaml"
MEETING = "type: reunion\ntitre: Le banc\ndate: {}\ntexte: Ils se voient le {}.\n"


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("mardi 3 juin 2018", "dimanche 3 juin 2018"),
        ("lundi 1er août 2022", "lundi 1er août 2022"),
        ("Vendredi 05/06/2018", "Mardi 05/06/2018"),
        ("samedi 3 fevrier 2019", "dimanche 3 fevrier 2019"),
    ],
)
def test_the_day_of_a_date_is_said(typed: str, right: str, tmp_path: Path) -> None:
    files = {PATH: MEETING.format("2018", typed)}
    found = [
        (finding.code, finding.severity, finding.line, finding.column, finding.hint)
        for finding in reading(tmp_path, files).findings
    ]
    hint = f"Le jour ou la date est faux. Si c’est le jour, écrivez : {right}"
    told = [("jour-de-semaine", "warning", 4, 25, hint)]
    assert found == (told if typed != right else [])
    assert reading(tmp_path, {PATH: MEETING.format("2018", right)}).findings == ()


def test_the_date_of_a_field_is_told_once(tmp_path: Path) -> None:
    [finding] = reading(tmp_path, {PATH: MEETING.format("mardi 3 juin 2018", "soir")}).findings
    assert (finding.code, finding.line, finding.column) == ("jour-de-semaine", 3, 7)


@pytest.mark.parametrize(
    "text",
    [
        "Le dimanche 3 juin 2018, un lundi 4 juin, le mardi 3, et mercredi 1 000 personnes.",
        "Il écrit : « mardi 3 juin 2018 [sic] ». Le mardi 31 février 2018 n’est pas une date.",
        "Mardi 12 février 1213, à Muret ; mardi 3 brumaire 1798 ; mardi 3 juin, 2018 ans après.",
        "Vendredi 13 2018 ; lundi 5 chemins 2018.",
    ],
)
def test_days_that_are_right_or_cannot_be_known_are_not(text: str) -> None:
    assert not list(misreadings(text))
