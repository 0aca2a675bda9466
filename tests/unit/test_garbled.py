"""Letters that a program spoiled are said, with the letter that was meant; others are not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.check.garbled import (
    CHECKS,
    MOST,
    may_be_written_otherwise,
    misreadings,
    written_otherwise,
)
from loosbot.corpus.check.texts import faults


@pytest.mark.parametrize("letter", "éèêëàâçîïôûùüÉÈÀÇœŒ’“”«»–…€°")
def test_a_letter_of_utf_8_read_as_windows_1252_is_said(letter: str) -> None:
    spoiled = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in letter.encode()
    )

    text = f"Un mot {spoiled} ici."
    (fault,) = faults(CHECKS, {"voix": [{"texte": text}]}, "", text.encode(), ())

    assert fault.path == ("voix", 0, "texte")
    assert (fault.severity, fault.needle) == ("warning", spoiled)
    assert f"Écrivez {letter} à la place" in fault.hint


@pytest.mark.parametrize("lost", ["\ufffd", "ï¿½"])
def test_a_letter_that_is_gone_is_said(lost: str) -> None:
    text = f"Le caf{lost} du coin"
    (fault,) = faults(CHECKS, {}, text, text.encode(), ())

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
    assert not list(misreadings(text))


@pytest.mark.parametrize(
    ("spoiled", "letter"),
    [
        ("l’=C3=A9cole", "é"), ("=E2=80=99", "’"), ("d=E9cembre", "é"), ("b%C3%A2timent", "â"),
        ("\\u00e9cole", "é"), ("l\\u2019an", "’"), ("l'‚cole", "é"), ("‚t‚", "é"), ("bƒti", "â"),
        ("fran‡ais", "ç"), ("lÕan", "’"), ("cafŽ", "é"), ("lÕŽcole", "’"),
    ],
)  # fmt: skip
def test_a_letter_in_figures_or_of_an_old_machine_is_said(spoiled: str, letter: str) -> None:
    text = f"Un mot {spoiled} ici."
    misreading = next(written_otherwise(text))

    assert may_be_written_otherwise(text.encode())
    assert misreading.typed in spoiled and f"Écrivez {letter} à la place" in misreading.hint


def test_letters_that_became_question_marks_are_said_once(tmp_path: Path) -> None:
    record = "type: lieu\ntitre: Ici\ngenre: rue\nresume: Le b?timent de l’?cole, en d?cembre.\n"
    path = "narratives/lieu/a.yaml"
    [finding] = reading(tmp_path, {path: record}).findings
    assert (finding.code, finding.line, finding.column) == ("lettre-abimee", 4, 12)
    assert "« b?timent »" in finding.message
    mended = record.replace("b?t", "bât").replace("?c", "éc").replace("d?c", "déc")
    assert reading(tmp_path, {path: mended}).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Quoi?Rien. Qui?Quoi ? Pourquoi?parce que.",
        "Voir https://a.fr/b?c=d%C3%A9e&f=%C3%A9 et a.fr/?x, www.a.fr/%C3%A9, e/b?c f/b?c",
        "« ‚Ja‘, sagte er », ŽIŽEK, Žižka et Škoda, Õ, ƒ(x), a=B, 2=20, 100 %A0, C:\\une\\usine",
        "La colonne =C3 du tableau, et =C3+A9.",
    ],
)
def test_signs_that_are_meant_are_no_spoiled_letters(text: str) -> None:
    assert not list(written_otherwise(text))


def test_a_pasted_text_is_not_told_letter_by_letter() -> None:
    assert len(list(misreadings("Ã© Ã¨ Ãª Ã« Ã§ Ã© Ã©"))) == MOST


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
