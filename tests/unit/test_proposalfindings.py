"""What a talk page is told of a proposed page: the field and what it takes, no word of the page."""

from __future__ import annotations

import pytest

from loosbot.decode.proposal import UnshownPiece
from loosbot.pull.edits import Remainder
from loosbot.pull.findings import missing, sentences
from loosbot.pull.proposed import NO_TYPE
from loosbot.sync.proposaltalk import HEADING, Findings, message
from loosbot.sync.summary import (
    Origin,
    findings_digest,
    findings_suffix,
    messaged_revision,
    read,
    write,
)

SECRET = "Gisèle Mots-Tus"


@pytest.mark.parametrize(
    ("left", "told_so"),
    [
        (Remainder((), "Page", "", "", NO_TYPE), "on ne voit pas ce que cette page propose"),
        (
            Remainder(
                ("voix", 1, "role"), "Page", "", "", f"« {SECRET} » n’est pas…", "vocabulaire"
            ),
            "« Rôle », voix 2 : écrivez l’un de ces mots : Habitant",
        ),
        (
            Remainder(("voix", 0), "Page", "", "", "Il manque la clé « qui ». …", "cle-manquante"),
            "« Qui parle », voix 1 : il manque",
        ),
        (
            Remainder(("date",), "Date", "", SECRET, f"« {SECRET} » n’est pas une date"),
            "« Date » : écrivez une date comme 2018",
        ),
        (
            Remainder(("voix", 0, "texte"), SECRET, "", SECRET, f"Markdown n’a pas : {SECRET}"),
            "« Texte », voix 1 : gardez des paragraphes",
        ),
        (Remainder((), SECRET, "", SECRET, "aucun champ"), "un passage ne va dans aucune rubrique"),
        (Remainder((), "Page", "", "", f"{SECRET}", "titre-en-double"), "la fiche serait refusée"),
        (
            Remainder(("rien",), SECRET, "", SECRET, SECRET, "x"),
            "un passage ne va dans aucune rubrique",
        ),
    ],
    ids=["no type", "word", "missing", "date", "markup", "nowhere", "whole page", "no field"],
)  # fmt: skip
def test_a_fault_is_told_by_its_field_and_without_what_was_written(
    left: Remainder, told_so: str
) -> None:
    [line] = sentences([left, left], "recit")
    assert line.startswith(told_so)
    assert SECRET not in line


def test_what_the_record_does_not_say_is_told_without_the_words() -> None:
    lacks = [
        UnshownPiece(("resume",), "Résumé", "otherwise"),
        UnshownPiece((), SECRET, "title"),
        UnshownPiece((), SECRET, "nowhere"),
    ]
    first, *rest = missing(lacks, "recit")
    assert first.startswith("« Résumé » : la fiche ne dit pas encore")
    assert len(rest) == 1 and SECRET not in rest[0]


def test_a_message_is_known_by_what_it_says() -> None:
    findings = Findings(12, "Un banc", 345, "Camille [[x]]", "2026-01-02T03:04:05Z", ("un",) * 14)
    text = message(findings, "Loosbot")
    assert text.startswith(f"== {HEADING} ==\nBonjour [[User:Camille [[x]]|Camille &#91;&#91;x")
    assert text.count("* Un.") == 12 and "* Et 2 autres." in text
    origin = Origin("essai", "1a2b3c4d5e6f", False, "20260612T101500Z-1f2e")
    comment = write(origin, "proposition/12", findings_suffix(345, findings.digest))
    assert findings_digest(comment) == findings.digest and messaged_revision(comment) == 345
    marker = read(comment)
    assert marker and marker[1].id == "proposition/12"
    assert findings_digest(write(origin, "recit/banc")) == ""
