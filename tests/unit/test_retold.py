"""A récit told again is ours and says so; exact words are credited to who said or wrote them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from corpora import corpus, reading

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import default_titles, render

ROOT = Path(__file__).parents[2]

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
    match = re.search(r"^''(Récit retracé.*)''$", body, re.MULTILINE)

    assert (match[1] if match else "") == sentence
    assert ("\n| retracé = " in body) is bool(sentence)
    assert "\n| plume = Jeanne Plume\n" in body


def test_exact_words_are_never_said_to_be_told_again(tmp_path: Path) -> None:
    read = reading(tmp_path, {PATH: _tale(PEN, AFTER, natures=("verbatim", "transcription"))})

    (finding,) = read.findings
    assert (finding.severity, finding.code, finding.line) == ("error", "d-apres-de-trop", 4)


LENGTHS = {
    "de-grands-pas-pour-les-petits-pieds": 851,
    "interview-celia-c": 689,
    "jamais-sans-ma-pince": 793,
    "interview-sabrina-d": 683,
    "plein-soleil-sur-les-mines": 718,
    "l-amitie-sous-le-signe-du-zero-dechet": 807,
    "dukass-comme-une-pomme-d-amour": 746,
}
"""How many words the text has that each of the seven is told after."""


@pytest.mark.parametrize("tale", LENGTHS)
def test_each_of_the_seven_is_told_at_length(tale: str) -> None:
    """A story that one would read aloud, not the minutes of it: 60 to 80 % of its words."""
    words = [word for text in _told(f"recit/{tale}") for word in text.split() if word[0].isalnum()]
    assert 0.6 <= len(words) / LENGTHS[tale] <= 0.8


def test_what_stands_between_guillemets_is_an_expression_at_most() -> None:
    long = [
        (record, quote)
        for record in _shipped().records
        for text in _told(record)
        for quote in re.findall(r"« (.*?) »", text, re.DOTALL)
        if len(quote.split()) > 4
    ]
    assert long == []


@pytest.mark.slow
def test_each_of_the_seven_says_whose_words_it_holds() -> None:
    pages = render(_shipped(), default_titles(_shipped()))
    bodies = [pages[f"recit/{tale}"].body for tale in LENGTHS]
    assert [body.count("\n''Récit retracé d’après l’annexe B") for body in bodies] == [1] * 7


@cache
def _shipped() -> Corpus:
    read = load_corpus(FolderTree(ROOT)).corpus
    assert read is not None
    return read


def _told(record: str) -> tuple[str, ...]:
    """What the voices of a shipped record that are told by us say."""
    voices = _shipped().records[record].data.get("voix", ())
    return tuple(
        voice["texte"] for voice in voices if voice.get("nature", "rapporte") == "rapporte"
    )


def _body(folder: Path, tale: str) -> str:
    town = corpus(folder, {PATH: tale})
    return render(town, default_titles(town))[TALE].body
