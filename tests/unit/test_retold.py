"""A récit told again is ours and says so; exact words are credited to who said or wrote them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpora import corpus, reading

from loosbot.render.pages import default_titles, render

TALE = "recit/banc"
PATH = f"narratives/{TALE}.yaml"
PEN = "plume: Jeanne Plume"
AFTER = "d_apres: l’annexe B1 du référentiel"
FILM = "video: https://example.org/v"


def _tale(*lines: str, natures: tuple[str, ...] = ("rapporte",)) -> str:
    voices = [
        line
        for rank, nature in enumerate(natures)
        for line in (
            f"  - qui: Habitante {rank}",
            "    role: habitant",
            f"    nature: {nature}",
            "    consentement: {etat: public}",
            "    texte: Elle voulait un banc.",
        )
    ]
    return "\n".join(("type: recit", "titre: Un banc", *lines, "voix:", *voices)) + "\n"


RETOLD = "Récit retracé d’après l’annexe B1 du référentiel"


@pytest.mark.parametrize(
    ("tale", "sentence"),
    [
        (
            _tale(PEN, AFTER, "prononce: oui", FILM),
            f"{RETOLD} ; ce n’est pas le texte prononcé, que la vidéo fait entendre.",
        ),
        (_tale(PEN, AFTER, "prononce: oui"), f"{RETOLD} ; ce n’est pas le texte prononcé."),
        (_tale(PEN, AFTER, "prononce: non"), f"{RETOLD} ; ce n’est pas le texte d’origine."),
        (_tale(PEN, AFTER, FILM), f"{RETOLD} ; ce n’est pas le texte d’origine."),
        (
            _tale(PEN, AFTER, natures=("rapporte", "verbatim")),
            f"{RETOLD}, sauf les mots exacts, donnés comme tels ; ce n’est pas le texte d’origine.",
        ),
        # written by the pen herself, in the third person or word for word
        (_tale(PEN), ""),
        (_tale(PEN, natures=("verbatim",)), ""),
    ],
)
def test_the_page_says_whose_words_it_holds(tmp_path: Path, tale: str, sentence: str) -> None:
    body = _body(tmp_path, tale)
    found = re.search(r"^''(Récit retracé.*)''$", body, re.MULTILINE)

    assert (found[1] if found else "") == sentence
    assert ("|retracé=" in body) is bool(sentence)
    assert "|plume=Jeanne Plume|" in body


def test_exact_words_are_never_said_to_be_told_again(tmp_path: Path) -> None:
    read = reading(tmp_path, {PATH: _tale(PEN, AFTER, natures=("verbatim", "transcription"))})

    (finding,) = read.findings
    assert (finding.severity, finding.code, finding.line) == ("error", "d-apres-de-trop", 4)


def _body(folder: Path, tale: str) -> str:
    found = corpus(folder, {PATH: tale})
    return render(found, default_titles(found))[TALE].body
