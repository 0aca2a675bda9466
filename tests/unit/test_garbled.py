"""Letters that a program spoiled are said, with the letter that was meant; others are not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.check.garbled import MOST, faults


@pytest.mark.parametrize("letter", "éèêëàâçîïôûùüÉÈÀÇœŒ’“”«»–…€°")
def test_a_letter_of_utf_8_read_as_windows_1252_is_said(letter: str) -> None:
    spoiled = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in letter.encode()
    )

    (fault,) = faults({"voix": [{"texte": f"Un mot {spoiled} ici."}]}, "", ())

    assert fault.path == ("voix", 0, "texte")
    assert (fault.severity, fault.needle) == ("warning", spoiled)
    assert f"Écrivez {letter} à la place" in fault.hint


@pytest.mark.parametrize("lost", ["\ufffd", "ï¿½"])
def test_a_letter_that_is_gone_is_said(lost: str) -> None:
    (fault,) = faults({}, f"Le caf{lost} du coin", ())

    assert fault.path == ()
    assert "perdue" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "L’Âge d’or, ÂGÉE, SÃO PAULO, Århus, « Â »",
        "Ça coûte 12 €, à l’œuvre, naïf…",
        "".join(letter for letter in map(chr, range(0xA0, 0x180)) if unicodedata.name(letter, "")),
    ],
)
def test_letters_that_are_meant_are_not(text: str) -> None:
    assert not list(faults({"resume": text}, text, ()))


def test_a_pasted_text_is_not_told_letter_by_letter() -> None:
    assert len(list(faults({"resume": "Ã© Ã¨ Ãª Ã« Ã§ Ã© Ã©"}, "", ()))) == MOST


def test_the_finding_names_the_place(tmp_path: Path) -> None:
    findings = reading(
        tmp_path, {"narratives/lieu/a.yaml": "type: lieu\ntitre: Ici\nresume: Le cafÃ© ferme\n"}
    ).findings

    assert ("lettre-abimee", 3, 15) in [
        (finding.code, finding.line, finding.column) for finding in findings
    ]


@pytest.mark.parametrize(
    "typed",
    ["Le cafÃ© ferme", '"Le caf\\xC3\\xA9 ferme"', "Le caf\ufffd ferme"],
    ids=["as it is", "an escape", "gone"],
)
def test_however_it_is_typed_in_the_file(typed: str, tmp_path: Path) -> None:
    findings = reading(
        tmp_path, {"narratives/lieu/a.yaml": f"type: lieu\ntitre: Ici\nresume: {typed}\n"}
    ).findings

    assert "lettre-abimee" in [finding.code for finding in findings]
