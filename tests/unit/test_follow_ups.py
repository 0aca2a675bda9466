"""What became of a lesson: words on the page, and the same keys again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from test_pull import published, pulled, tree_of

from loosbot.decode.threeway import STRAYED
from loosbot.fields.lessons import LESSON
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Verbatim

NAMES = Names(
    titles={"acteur/technique": "Services techniques", "lieu/place": "La place"},
    labels={"acteur/technique": "Services techniques", "lieu/place": "La place"},
)
WHO = "[[Services techniques]]"


FOLLOW_UPS = [
    ({"quoi": "Prévoir du jeu."}, "Prévoir du jeu."),
    ({"quoi": "Prévoir du jeu, ensuite le bois"}, "Prévoir du jeu, ensuite le bois"),
    ({"qui": "acteur/technique"}, f"par {WHO}"),
    ({"quoi": "Revoir [la place](lieu/place)", "qui": "acteur/technique"},
     f"Revoir [[La place|la place]], par {WHO}"),
    ({"quoi": "Le dire", "qui": ["acteur/technique", "Anne B."], "echeance": "2019-03"},
     f"Le dire, par {WHO} ; Anne B., pour : mars 2019"),
    ({"quoi": "Le dire", "echeance": "inconnu", "fait": "non"},
     "Le dire, échéance inconnue, pas encore fait"),
    ({"quoi": "Le dire", "fait": "oui", "date": 2019, "preuve": "Le compte rendu"},
     "Le dire, fait, 2019, preuve : Le compte rendu"),
    ({"quoi": "Le dire", "fait": "inconnu", "date": "inconnu"},
     "Le dire, fait : inconnu, date inconnue"),
    ({"fait": "oui"}, "fait"),
    ({"quoi": "Le dire", "fait": "oui", "sources": ["plan § 2"]},
     "Le dire, fait {{Source|plan|passage=§ 2}}"),
    ("inconnu", "inconnue"),
    ("sans-objet", "sans objet"),
]  # fmt: skip


@pytest.mark.parametrize(("follow_up", "words"), FOLLOW_UPS)
def test_it_is_read_as_it_was_written(follow_up: Any, words: str) -> None:
    lesson = {"texte": "Le bois travaille.", "suite": follow_up}
    line = LESSON.encode(lesson, NAMES)
    assert line == f"Le bois travaille.\n** Suite : {words}"
    assert LESSON.decode(line, NAMES) == lesson


@pytest.mark.parametrize(
    "words",
    [
        "Le dire, par [[Une autre page]]",
        "Le dire '''fort''', fait",
        "Le dire, fait, hier",
        "Le dire,  fait",
    ],
)
def test_other_words_are_compared_as_they_are(words: str) -> None:
    read = LESSON.decode(f"Le bois.\n** Suite : {words}", NAMES)["suite"]
    taken = (
        read if isinstance(read, Verbatim) else LESSON.encode({"texte": "a", "suite": read}, NAMES)
    )
    assert str(taken).endswith(words)


LESSON_FILE = "narratives/projet/banc.yaml"
BANC = """type: projet
titre: Le banc
enseignements:
- texte: On plante en novembre.
  suite: {quoi: Une fiche de conseils, fait: oui}
- Le bois travaille.
"""
FOLLOWED = "* On plante en novembre.\n** Suite : Une fiche de conseils, fait\n"


def pulled_with(folder: Path, after: str) -> tuple[list[Any] | None, list[str]]:
    """The lessons of the file once somebody made this of the first one, None where nothing is
    taken; and why something is left."""
    base = published(tree_of(folder, {LESSON_FILE: BANC}))
    body = base.rendered["projet/banc"].body
    assert FOLLOWED in body
    carried = pulled(base, {"projet/banc": body.replace(FOLLOWED, after)})
    left = [passage.reason for page in carried.pages for passage in page.left]
    source = carried.files.get(LESSON_FILE)
    return (yaml.safe_load(source)["enseignements"] if source else None), left


@pytest.mark.parametrize("emptied", ["*", "* "])
def test_a_lesson_without_its_words_is_told_what_to_do_with_the_rest(
    emptied: str, tmp_path: Path
) -> None:
    lessons, [reason] = pulled_with(
        tmp_path, f"{emptied}\n** Suite : Une fiche de conseils, fait\n"
    )
    assert lessons is None
    assert "remettez-les ; s’il doit partir, retirez sa suite aussi" in reason


@pytest.mark.parametrize("emptied", ["", "**\n", "** Suite :\n", "** Suite : \n", "**Suite\n"])
def test_a_follow_up_without_its_words_goes(emptied: str, tmp_path: Path) -> None:
    lessons, left = pulled_with(tmp_path, f"* On plante en novembre.\n{emptied}")
    assert left == []
    assert lessons in (
        ["On plante en novembre.", "Le bois travaille."],
        [{"texte": "On plante en novembre."}, "Le bois travaille."],
    )


@pytest.mark.parametrize("emptied", ["", "*\n"])
def test_a_lesson_without_any_words_goes(emptied: str, tmp_path: Path) -> None:
    assert pulled_with(tmp_path, emptied) == (["Le bois travaille."], [])


@pytest.mark.parametrize(
    ("after", "is_told"),
    [
        ("* Il gèle.\n** Suite : Une fiche de conseils, fait\n", True),
        ("* Il gèle.\n** Suite : Un abri\n** Suite : Une fiche de conseils, fait\n", True),
        ("* Il gèle.\n* On sème en mai.\n** Suite : Une fiche de conseils, fait\n", False),
        ("* Il gèle.\n** Suite : Un abri\n", False),
        ("* Il gèle.\n", False),
    ],
)
def test_a_follow_up_without_its_lesson_goes_to_no_other_one_unseen(
    after: str, is_told: bool, tmp_path: Path
) -> None:
    file = BANC.replace("- texte: On", "- Il gèle.\n- texte: On")
    base = published(tree_of(tmp_path, {LESSON_FILE: file}))
    body = base.rendered["projet/banc"].body.replace(f"* Il gèle.\n{FOLLOWED}", after)
    carried = pulled(base, {"projet/banc": body})
    left = [passage.reason for page in carried.pages for passage in page.left]
    assert (left == [STRAYED], LESSON_FILE in carried.files) == (is_told, not is_told)
